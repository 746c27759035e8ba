/*
 * index.c - the part of a prefix that matches can reach, for fast look-up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "index.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int codist_sizer_index_init(struct sizer_index *index,
			    const struct sizer_params *params)
{
	size_t n_hashes = (size_t)1 << params->hash_bits;

	index->params = params;
	index->starts = malloc((n_hashes + 1) * sizeof(*index->starts));
	index->strings = malloc(SIZER_TEXT_MOST * sizeof(*index->strings));
	index->room = calloc(1 + SIZER_TEXT_MOST + SIZER_QUERY_MOST, 1);
	return codist_sizer_runs_init(&index->runs) &&
	       codist_sizer_trees_init(&index->trees, params->hash_bits) &&
	       index->starts && index->strings && index->room;
}

void codist_sizer_index_release(struct sizer_index *index)
{
	free(index->starts);
	free(index->strings);
	free(index->room);
	codist_sizer_runs_release(&index->runs);
	codist_sizer_trees_release(&index->trees);
	*index = (struct sizer_index){ 0 };
}

/* Sort the n strings of which the hash is known by it, then by age. */
static void sort_by_hash(struct sizer_index *index, size_t n)
{
	const struct sizer_params *params = index->params;
	size_t n_hashes = (size_t)1 << params->hash_bits;
	const unsigned char *text = index->text;
	uint32_t sum = 0;

	memset(index->starts, 0, (n_hashes + 1) * sizeof(*index->starts));
	for (size_t i = 0; i < n; i++)
		index->starts[sizer_hash(params, text + i) + 1]++;
	for (size_t h = 1; h <= n_hashes; h++) {
		uint32_t count = index->starts[h];

		index->starts[h] = sum; /* its start, and soon its end */
		sum += count;
	}
	for (size_t i = 0; i < n; i++)
		index->strings[index->starts[sizer_hash(params, text + i) +
					     1]++] = (uint16_t)i;
}

static void copy_text(struct sizer_index *index, struct codist_bytes prefix)
{
	size_t n_before = index->first > 0;

	index->text = index->room + n_before;
	if (prefix.nbytes)
		memcpy(index->room, prefix.data + index->first - n_before,
		       index->length + n_before);
	index->tail = index->length > 0 ? index->length - 1 : 0;
	while (index->tail > 0 &&
	       index->text[index->tail - 1] == index->text[index->tail])
		index->tail--;
}

void codist_sizer_index_make(struct sizer_index *index,
			     const struct sizer_parse *parse,
			     struct codist_bytes prefix)
{
	size_t farthest = index->params->farthest, length;

	index->first = parse->at > farthest ? parse->at - farthest : 0;
	if (index->first < parse->buffer)
		index->first = parse->buffer;
	length = prefix.nbytes - index->first;
	assert(length < SIZER_TEXT_MOST);
	index->length = (unsigned)length;
	copy_text(index, prefix);
	codist_sizer_runs_find(&index->runs, index->text, length);
	codist_sizer_trees_start(&index->trees, index->text, index->length);
	sort_by_hash(index,
		     length > SIZER_N_BRIDGES ? length - SIZER_N_BRIDGES : 0);
}
