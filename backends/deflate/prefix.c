/*
 * prefix.c - the match that zlib finds at a place of a prefix
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "prefix.h"

#include "bound.h"

#include <limits.h>
#include <string.h>

#define SAMPLE ((size_t)1 << 15)
/* Measured: binarized digits have 12 bytes a run, and take the index a third of
 * the time, or less. Grey ones have 4, and 90 candidates at level 6, where chains
 * are quicker, or 2,500 at level 9, where they are not. Sources in C have 1 and
 * 25 to 32, and are parsed with chains in less than half of the time; of four
 * letters, 112 to 256, it is a quarter with the index. */
#define LONG_RUNS 6
#define MANY_CANDIDATES 110

int codist_sizer_prefix_pays(const struct sizer_params *params,
			     struct codist_bytes bytes, uint16_t *counts)
{
	size_t n = bytes.nbytes < SAMPLE ? bytes.nbytes : SAMPLE, n_runs = 0;
	uint64_t n_candidates = 0;

	for (size_t at = 0; at < n; n_runs++)
		at = sizer_run_end(bytes.data, at, n);
	if (n_runs * LONG_RUNS <= n)
		return 1;
	memset(counts, 0, sizeof(*counts) << params->hash_bits);
	for (size_t at = 0; at + SIZER_MIN_MATCH <= n; at++) {
		uint16_t *count = &counts[sizer_hash(params, bytes.data + at)];

		n_candidates += *count < params->chain ? *count :
							 params->chain;
		++*count;
	}
	return n_candidates >= (uint64_t)n * MANY_CANDIDATES;
}

/* Index what can be reached from `at` on, and what follows. */
static void move(struct sizer_prefix *prefix, size_t at)
{
	size_t farthest = prefix->index->params->farthest;

	codist_sizer_index_make(prefix->index, prefix->bytes,
				at > farthest ? at - farthest : 0);
	prefix->run = 1;
}

void codist_sizer_prefix_begin(struct sizer_prefix *prefix,
			       struct sizer_index *index,
			       struct codist_bytes bytes)
{
	*prefix = (struct sizer_prefix){ .index = index,
					 .bytes = bytes };
	move(prefix, 0);
}

static size_t end_of_index(const struct sizer_prefix *prefix)
{
	return prefix->index->first + prefix->index->length;
}

void codist_sizer_prefix_finish(struct sizer_prefix *prefix,
				const struct sizer_parse *parse)
{
	if (end_of_index(prefix) < prefix->bytes.nbytes)
		move(prefix, parse->at);
	codist_sizer_index_keep(prefix->index);
}

/* Bounds by the window and by the count of candidates; 0: there is none. */
static int set_bounds(struct sizer_seek *seek, const struct sizer_parse *parse,
		      unsigned chain)
{
	const struct sizer_index *index = seek->index;
	uint32_t rank = index->ranks[seek->at];
	unsigned hash = sizer_hash(index->params, seek->here);
	uint32_t n = rank - index->starts[hash];

	if (n == 0 || !sizer_bound(seek, parse, index->strings[rank - 1]))
		return 0;
	if (n >= chain && seek->oldest < index->strings[rank - chain])
		seek->oldest = index->strings[rank - chain];
	return 1;
}

static void set_phrases(struct sizer_seek *seek, uint32_t i)
{
	const struct sizer_runs *runs = &seek->index->runs;
	const struct sizer_run *run = &runs->runs[i];
	unsigned n_known = sizer_known_phrases(runs->n - i);

	seek->run = run->end - seek->at;
	seek->same = runs->same[i].older ? i - runs->same[i].older : 0;
	seek->has_begun = seek->at > run[-1].end;
	for (unsigned list = 0; list < SIZER_N_LISTS; list++) {
		unsigned step = list < n_known ? run->older[list] : 0;

		seek->reach[list] = UINT_MAX;
		seek->list[list] = step ? i - step : 0;
		if (list < n_known)
			seek->reach[list] = run[sizer_phrase_runs[list]].end -
					    seek->at;
	}
}

int codist_sizer_prefix_find(void *self, const struct sizer_parse *parse,
			     unsigned chain, unsigned most,
			     struct sizer_match *match)
{
	struct sizer_prefix *prefix = self;
	const struct sizer_index *index = prefix->index;
	unsigned known = parse->match.length;
	struct sizer_seek seek;

	if (parse->at + SIZER_MIN_LOOKAHEAD > end_of_index(prefix) &&
	    end_of_index(prefix) < prefix->bytes.nbytes)
		move(prefix, parse->at);
	sizer_seek_start(&seek, index, parse, most);
	seek.newest = seek.at;
	seek.tail_end = index->length;
	/* What reaches the end depends on what follows. */
	seek.floor = known < most ? known : most - 1;
	while (index->runs.runs[prefix->run].end <= seek.at)
		prefix->run++;
	if (!set_bounds(&seek, parse, chain))
		return 1;
	set_phrases(&seek, prefix->run);
	codist_sizer_seek(&seek);
	if (seek.best.length == most && most < SIZER_MAX_MATCH)
		return 0;
	*match = seek.best;
	return 1;
}
