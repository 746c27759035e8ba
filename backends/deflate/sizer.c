/*
 * sizer.c - zlib's lengths without zlib's work
 *
 * A prefix is parsed once, as far as zlib goes before it needs more, and then
 * on as long as no decision depends on what follows. A query is parsed from
 * there on. For lazy levels what matches can still reach of the prefix is
 * indexed, for queries that are prepared; all else goes on with its chains.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sizer.h"

#include "behind.h"
#include "chain.h"
#include "prefix.h"
#include "search.h"
#include "walk.h"

#include <assert.h>
#include <stdlib.h>

#define STORED_MOST 65535 /* bytes in a block */
#define STORED_HEADER 5   /* bytes, on a byte's bound */
/* Queries need the index of a prefix's end anyway, which is most of it here. */
#define SHORT_PREFIX ((size_t)1 << 16)

struct sizer {
	struct sizer_params params;
	struct sizer_chain chain; /* of the prefix, if it has one */
	int has_chain;
	struct sizer_chain alone; /* of a stream without one */
	struct sizer_index index; /* SIZER_LAZY only, of the prefix, too */
	int has_index;
	struct sizer_behind behind;
	struct codist_bytes prefix;
	struct sizer_parse primed; /* after the prefix */
	/* SIZER_LAZY only: */
	struct sizer_query_scratch scratch;
};

static int looks_for_matches(const struct sizer_params *params)
{
	return params->way == SIZER_GREEDY || params->way == SIZER_LAZY;
}

static int init_lazy(struct sizer *sizer)
{
	struct sizer_query_scratch *scratch = &sizer->scratch;

	scratch->heads =
		malloc(sizeof(*scratch->heads) << sizer->params.hash_bits);
	scratch->previous =
		malloc(SIZER_QUERY_MOST * sizeof(*scratch->previous));
	return codist_sizer_index_init(&sizer->index, &sizer->params) &&
	       scratch->heads && scratch->previous;
}

struct sizer *codist_sizer_new(int level, int wbits, int memlevel,
			       int strategy)
{
	struct sizer *sizer = calloc(1, sizeof(*sizer));
	int is_made = 1;

	if (!sizer)
		return NULL;
	codist_sizer_params_init(&sizer->params, level, wbits, memlevel,
				 strategy);
	if (looks_for_matches(&sizer->params))
		is_made = codist_sizer_chain_init(&sizer->chain,
						  &sizer->params) &&
			  codist_sizer_chain_init(&sizer->alone,
						  &sizer->params);
	if (is_made && sizer->params.way == SIZER_LAZY)
		is_made = init_lazy(sizer);
	if (is_made)
		return sizer;
	codist_sizer_free(sizer);
	return NULL;
}

void codist_sizer_free(struct sizer *sizer)
{
	if (!sizer)
		return;
	codist_sizer_chain_release(&sizer->chain);
	codist_sizer_chain_release(&sizer->alone);
	codist_sizer_index_release(&sizer->index);
	codist_sizer_behind_release(&sizer->behind);
	free(sizer->scratch.heads);
	free(sizer->scratch.previous);
	free(sizer);
}

size_t codist_sizer_window(const struct sizer *sizer)
{
	return sizer->params.window;
}

/* The stream's end may fall within a byte, which a trailer does not. */
static uint64_t framed(const struct sizer *sizer, uint64_t body)
{
	return sizer->params.header_bits + body + sizer->params.trailer_bits;
}

/* Each block as long as can be; one if there is nothing to store. */
static uint64_t stored(uint64_t nbytes)
{
	uint64_t n_blocks = nbytes / STORED_MOST + (nbytes % STORED_MOST > 0);

	return 8 * (nbytes + STORED_HEADER * (n_blocks ? n_blocks : 1));
}

/* A stream's bytes, and its chains if matches are looked for. */
static struct sizer_source start(const struct sizer *sizer,
				 struct sizer_chain *chain,
				 struct codist_bytes x)
{
	if (looks_for_matches(&sizer->params))
		codist_sizer_chain_start(chain, x.data, x.nbytes);
	return (struct sizer_source){
		.params = &sizer->params,
		.end = x.nbytes,
		.find = codist_sizer_walk,
		.bytes = x.data,
		.self = chain,
	};
}

uint64_t codist_sizer_length(struct sizer *sizer, struct codist_bytes x)
{
	struct sizer_source source;
	struct sizer_parse parse;

	if (sizer->params.way == SIZER_STORED)
		return framed(sizer, stored(x.nbytes));
	source = start(sizer, &sizer->alone, x);
	sizer->alone.is_end = 1;
	codist_sizer_parse_init(&parse);
	return framed(sizer, codist_sizer_parse_finish(&parse, &source));
}

static void prime_by_index(struct sizer *sizer)
{
	struct sizer_prefix place;
	struct sizer_source source = {
		.params = &sizer->params,
		.end = sizer->prefix.nbytes,
		.find = codist_sizer_prefix_find,
		.bytes = sizer->prefix.data,
		.self = &place,
	};

	codist_sizer_prefix_begin(&place, &sizer->index, sizer->prefix);
	codist_sizer_parse_until(&sizer->primed, &source);
	codist_sizer_parse_ahead(&sizer->primed, &source);
	codist_sizer_prefix_finish(&place, &sizer->primed);
	sizer->has_index = 1;
}

static void prime_by_chain(struct sizer *sizer)
{
	struct sizer_source source =
		start(sizer, &sizer->chain, sizer->prefix);

	codist_sizer_parse_until(&sizer->primed, &source);
	if (looks_for_matches(&sizer->params))
		codist_sizer_parse_ahead(&sizer->primed, &source);
	sizer->has_chain = 1;
}

static int is_primed_by_index(const struct sizer *sizer)
{
	return sizer->params.way == SIZER_LAZY &&
	       (sizer->prefix.nbytes <= SHORT_PREFIX ||
		codist_sizer_prefix_pays(&sizer->params, sizer->prefix,
					 sizer->scratch.heads));
}

void codist_sizer_prime(struct sizer *sizer, struct codist_bytes prefix)
{
	sizer->prefix = prefix;
	if (sizer->params.way == SIZER_STORED)
		return;
	sizer->has_chain = sizer->has_index = 0;
	codist_sizer_parse_init(&sizer->primed);
	if (is_primed_by_index(sizer))
		prime_by_index(sizer);
	else
		prime_by_chain(sizer);
	codist_sizer_behind_start(&sizer->behind, prefix, sizer->primed.at);
}

size_t codist_sizer_prepared_size(int level, int strategy, size_t nbytes)
{
	if (codist_sizer_way(level, strategy) != SIZER_LAZY ||
	    nbytes > SIZER_QUERY_MOST)
		return 0;
	return codist_sizer_query_size(nbytes);
}

void codist_sizer_prepare(struct sizer *sizer, struct codist_bytes x,
			  void *prepared)
{
	assert(sizer->params.way == SIZER_LAZY);
	assert(x.nbytes <= SIZER_QUERY_MOST);
	codist_sizer_query_prepare(prepared, &sizer->params, x.data, x.nbytes,
				   &sizer->scratch);
}

static void need_index(struct sizer *sizer)
{
	size_t farthest = sizer->params.farthest, at = sizer->primed.at;

	if (sizer->has_index)
		return;
	codist_sizer_index_make(&sizer->index, sizer->prefix,
				at > farthest ? at - farthest : 0);
	codist_sizer_index_keep(&sizer->index);
	sizer->has_index = 1;
}

static void need_chain(struct sizer *sizer)
{
	if (!sizer->has_chain)
		codist_sizer_chain_start_at(&sizer->chain, sizer->prefix.data,
					    sizer->prefix.nbytes,
					    sizer->primed.at);
	sizer->has_chain = 1;
}

static uint64_t by_index(struct sizer *sizer, struct codist_bytes x,
			 const void *prepared)
{
	struct sizer_index *index = &sizer->index;
	struct sizer_search search;
	struct sizer_source source = {
		.params = &sizer->params,
		.end = index->first + index->length + x.nbytes,
		.find = codist_sizer_search_find,
		.bytes = index->text,
		.first = index->first,
		.self = &search,
	};
	struct sizer_parse parse = sizer->primed;

	codist_sizer_search_begin(&search, index, x, prepared);
	return codist_sizer_parse_finish(&parse, &source);
}

static uint64_t by_chain(struct sizer *sizer, struct codist_bytes x)
{
	const struct sizer_behind *behind = &sizer->behind;
	struct sizer_source source = {
		.params = &sizer->params,
		.end = sizer->prefix.nbytes + x.nbytes,
		.find = codist_sizer_walk,
		.bytes = behind->text,
		.first = behind->first,
		.self = &sizer->chain,
	};
	struct sizer_parse parse = sizer->primed;
	uint64_t bits;

	if (!looks_for_matches(&sizer->params))
		return codist_sizer_parse_finish(&parse, &source);
	need_chain(sizer);
	codist_sizer_chain_go_on(&sizer->chain, behind->text, behind->first,
				 source.end);
	bits = codist_sizer_parse_finish(&parse, &source);
	codist_sizer_chain_go_back(&sizer->chain);
	return bits;
}

uint64_t codist_sizer_length_primed(struct sizer *sizer, struct codist_bytes x,
				    const void *prepared)
{
	if (sizer->params.way == SIZER_STORED)
		return framed(sizer, stored((uint64_t)sizer->prefix.nbytes +
					    x.nbytes));
	if (prepared && codist_sizer_search_takes(
				&sizer->params, &sizer->primed,
				sizer->prefix.nbytes, x.nbytes)) {
		need_index(sizer);
		return framed(sizer, by_index(sizer, x, prepared));
	}
	if (!codist_sizer_behind_put(&sizer->behind, x))
		return 0;
	return framed(sizer, by_chain(sizer, x));
}
