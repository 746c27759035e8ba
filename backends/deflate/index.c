/*
 * index.c - a stretch of a prefix, for fast look-up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "index.h"

#include <stdlib.h>
#include <string.h>

int codist_sizer_index_init(struct sizer_index *index,
			    const struct sizer_params *params)
{
	size_t n_hashes = (size_t)1 << params->hash_bits;

	index->params = params;
	index->starts = malloc((n_hashes + 1) * sizeof(*index->starts));
	index->strings = malloc(SIZER_TEXT_MOST * sizeof(*index->strings));
	index->ranks = malloc(SIZER_TEXT_MOST * sizeof(*index->ranks));
	index->room = calloc(SIZER_TEXT_MOST + SIZER_QUERY_MOST, 1);
	return codist_sizer_runs_init(&index->runs, SIZER_TEXT_MOST) &&
	       index->starts && index->strings && index->ranks && index->room;
}

void codist_sizer_index_release(struct sizer_index *index)
{
	free(index->starts);
	free(index->strings);
	free(index->ranks);
	free(index->room);
	codist_sizer_runs_release(&index->runs);
	*index = (struct sizer_index){ 0 };
}

/* How many strings of three bytes are within a run? They are the same. */
static uint32_t inner_strings(const struct sizer_run *run)
{
	uint32_t length = run->end - run[-1].end;

	return length < SIZER_MIN_MATCH ? 0 : length + 1 - SIZER_MIN_MATCH;
}

/* Sort the n strings of which the hash is known by it, then by age. */
static void sort_by_hash(struct sizer_index *index, uint32_t n)
{
	const struct sizer_params *params = index->params;
	size_t n_hashes = (size_t)1 << params->hash_bits;
	const unsigned char *text = index->text;
	uint32_t *starts = index->starts, sum = 0, i = 0;

	memset(starts, 0, (n_hashes + 1) * sizeof(*starts));
	for (const struct sizer_run *run = index->runs.runs + 1; i < n; run++) {
		uint32_t inner = inner_strings(run);

		if (inner)
			starts[sizer_hash(params, text + i) + 1] += inner;
		for (i += inner; i < run->end && i < n; i++)
			starts[sizer_hash(params, text + i) + 1]++;
	}
	for (size_t h = 1; h <= n_hashes; h++) {
		uint32_t count = starts[h];

		starts[h] = sum; /* its start, and soon its end */
		sum += count;
	}
	i = 0;
	for (const struct sizer_run *run = index->runs.runs + 1; i < n; run++) {
		uint32_t end = i + inner_strings(run), rank;

		if (i < end) {
			uint32_t *start =
				&starts[sizer_hash(params, text + i) + 1];

			for (rank = *start, *start += end - i; i < end; i++) {
				index->strings[rank] = i;
				index->ranks[i] = rank++;
			}
		}
		for (; i < run->end && i < n; i++) {
			rank = starts[sizer_hash(params, text + i) + 1]++;
			index->strings[rank] = i;
			index->ranks[i] = rank;
		}
	}
}

void codist_sizer_index_make(struct sizer_index *index,
			     struct codist_bytes prefix, size_t first)
{
	size_t length = prefix.nbytes - first;

	if (length > SIZER_TEXT_MOST)
		length = SIZER_TEXT_MOST;
	index->first = first;
	index->length = (unsigned)length;
	index->text = prefix.data ? (const unsigned char *)prefix.data + first :
				    index->room;
	codist_sizer_runs_find(&index->runs, index->text, length);
	sort_by_hash(index,
		     length > SIZER_N_BRIDGES ?
			     (uint32_t)length - SIZER_N_BRIDGES :
			     0);
}

void codist_sizer_index_keep(struct sizer_index *index)
{
	memcpy(index->room, index->text, index->length);
	index->text = index->room;
}
