/*
 * sizer.c - zlib's lengths without zlib's work
 *
 * A prefix is parsed once, as far as zlib goes before it needs more, and then
 * on as long as no decision depends on what follows. What matches can still
 * reach of it is indexed. A query is parsed from there on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sizer.h"

#include "chain.h"
#include "hunt.h"

#include <assert.h>
#include <stdlib.h>

struct sizer {
	struct sizer_params params;
	struct sizer_chain chain;
	struct sizer_index index;
	struct sizer_parse primed; /* after the prefix */
	struct sizer_place *places; /* [SIZER_QUERY_MOST] */
	uint16_t *heads;            /* [1 << hash_bits] */
};

/* zlib's table of levels: good, lazy, nice, chain. */
static const struct {
	unsigned good, lazy, nice, chain;
} levels[10] = {
	[4] = { 4, 4, 16, 16 },	    [5] = { 8, 16, 32, 32 },
	[6] = { 8, 16, 128, 128 },  [7] = { 8, 32, 128, 256 },
	[8] = { 32, 128, 258, 1024 }, [9] = { 32, 258, 258, 4096 },
};

int codist_sizer_knows(int level, int wbits, int memlevel, int strategy)
{
	int window = wbits < 0 ? -wbits : wbits > 15 ? wbits - 16 : wbits;

	return level >= 4 && level <= 9 && window >= 8 && window <= 15 &&
	       memlevel >= 1 && memlevel <= 9 && strategy == 0;
}

static void fill_params(struct sizer_params *params, int level, int wbits,
			int memlevel)
{
	int window = wbits < 0 ? -wbits : wbits > 15 ? wbits - 16 : wbits;

	params->good = levels[level].good;
	params->lazy = levels[level].lazy;
	params->nice = levels[level].nice;
	params->chain = levels[level].chain;
	/* zlib cannot do windows of 2^8, and takes 2^9 instead. */
	params->window = (size_t)1 << (window == 8 ? 9 : window);
	params->farthest = params->window - SIZER_MIN_LOOKAHEAD;
	params->hash_bits = (unsigned)memlevel + 7;
	params->hash_shift = (params->hash_bits + 2) / 3;
	params->block_symbols = (1u << (memlevel + 6)) - 1;
	if (wbits > 15) {
		params->header_bits = 80;
		params->trailer_bits = 64;
	} else if (wbits > 0) {
		params->header_bits = 16;
		params->trailer_bits = 32;
	}
}

struct sizer *codist_sizer_new(int level, int wbits, int memlevel)
{
	struct sizer *sizer = calloc(1, sizeof(*sizer));

	assert(codist_sizer_knows(level, wbits, memlevel, 0));
	if (!sizer)
		return NULL;
	fill_params(&sizer->params, level, wbits, memlevel);
	sizer->places = malloc(SIZER_QUERY_MOST * sizeof(*sizer->places));
	sizer->heads = malloc(sizeof(*sizer->heads)
			      << sizer->params.hash_bits);
	if (codist_sizer_chain_init(&sizer->chain, &sizer->params) &&
	    codist_sizer_index_init(&sizer->index, &sizer->params) &&
	    sizer->places && sizer->heads)
		return sizer;
	codist_sizer_free(sizer);
	return NULL;
}

void codist_sizer_free(struct sizer *sizer)
{
	if (!sizer)
		return;
	codist_sizer_chain_release(&sizer->chain);
	codist_sizer_index_release(&sizer->index);
	free(sizer->places);
	free(sizer->heads);
	free(sizer);
}

int codist_sizer_takes_prefix(size_t nbytes)
{
	return nbytes <= UINT32_MAX - 2 * SIZER_QUERY_MOST;
}

int codist_sizer_takes_query(size_t nbytes)
{
	return nbytes <= SIZER_QUERY_MOST;
}

/* The stream's end may fall within a byte, which a trailer does not. */
static uint64_t framed(const struct sizer *sizer, uint64_t body)
{
	return sizer->params.header_bits + body + sizer->params.trailer_bits;
}

uint64_t codist_sizer_length(struct sizer *sizer, struct codist_bytes x)
{
	struct sizer_source source = {
		.params = &sizer->params,
		.end = x.nbytes,
		.find = codist_sizer_chain_find,
		.bytes = x.data,
		.self = &sizer->chain,
	};
	struct sizer_parse parse;

	assert(codist_sizer_takes_prefix(x.nbytes));
	codist_sizer_chain_start(&sizer->chain, x.data, x.nbytes);
	sizer->chain.is_end = 1;
	codist_sizer_parse_init(&parse);
	return framed(sizer, codist_sizer_parse_finish(&parse, &source));
}

void codist_sizer_prime(struct sizer *sizer, struct codist_bytes prefix)
{
	struct sizer_source source = {
		.params = &sizer->params,
		.end = prefix.nbytes,
		.find = codist_sizer_chain_find,
		.bytes = prefix.data,
		.self = &sizer->chain,
	};

	assert(codist_sizer_takes_prefix(prefix.nbytes));
	codist_sizer_chain_start(&sizer->chain, prefix.data, prefix.nbytes);
	codist_sizer_parse_init(&sizer->primed);
	codist_sizer_parse_until(&sizer->primed, &source);
	codist_sizer_parse_ahead(&sizer->primed, &source);
	codist_sizer_index_make(&sizer->index, &sizer->primed, prefix);
}

size_t codist_sizer_prepared_size(size_t nbytes)
{
	return nbytes * sizeof(struct sizer_place);
}

void codist_sizer_prepare(struct sizer *sizer, struct codist_bytes x,
			  void *prepared)
{
	assert(codist_sizer_takes_query(x.nbytes));
	codist_sizer_query_prepare(prepared, &sizer->params, x.data, x.nbytes,
				   sizer->heads);
}

uint64_t codist_sizer_length_primed(struct sizer *sizer, struct codist_bytes x,
				    const void *prepared)
{
	struct sizer_index *index = &sizer->index;
	unsigned n_before = index->first > 0;
	struct sizer_search search;
	struct sizer_source source = {
		.params = &sizer->params,
		.end = index->first + index->length + x.nbytes,
		.find = codist_sizer_hunt_find,
		/* The byte before may still wait to become a literal. */
		.bytes = index->text - n_before,
		.first = index->first - n_before,
		.self = &search,
	};
	struct sizer_parse parse = sizer->primed;

	assert(codist_sizer_takes_query(x.nbytes));
	if (!prepared) {
		codist_sizer_prepare(sizer, x, sizer->places);
		prepared = sizer->places;
	}
	codist_sizer_hunt_begin(&search, index, x, prepared);
	return framed(sizer, codist_sizer_parse_finish(&parse, &source));
}
