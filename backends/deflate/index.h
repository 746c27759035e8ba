/*
 * index.h - a stretch of a prefix, for fast look-up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DEFLATE_INDEX_H
#define CODIST_DEFLATE_INDEX_H

#include "parse.h"
#include "query.h"
#include "runs.h"

#include <codist/base.h>

/* The last strings of a prefix, whose hash is not known without the query. */
#define SIZER_N_BRIDGES (SIZER_MIN_MATCH - 1)

/*
 * text[0] is the byte `first` of the stream; places count from there. Once it
 * is the last stretch of a prefix, there is room behind text[length] for a
 * query, so that a match goes on from one into the other.
 */
struct sizer_index {
	const struct sizer_params *params;
	const unsigned char *text;
	size_t first;
	unsigned length;
	/* The places of each hash, ascending. */
	uint32_t *starts;  /* by hash, into strings; one more at the end */
	uint32_t *strings;
	uint32_t *ranks;   /* where a place stands among strings */
	struct sizer_runs runs;
	unsigned char *room;
};

/* How many strings have this hash. */
static inline uint32_t sizer_index_count(const struct sizer_index *index,
					 unsigned hash)
{
	return index->starts[hash + 1] - index->starts[hash];
}

/* A zeroed struct becomes an index; 0 when out of memory. */
int codist_sizer_index_init(struct sizer_index *index,
			    const struct sizer_params *params);
void codist_sizer_index_release(struct sizer_index *index);

/*
 * codist_sizer_index_make() indexes a prefix from its byte `first` on, or
 * SIZER_TEXT_MOST bytes of it.
 */
void codist_sizer_index_make(struct sizer_index *index,
			     struct codist_bytes prefix, size_t first);

/* codist_sizer_index_keep() makes room for queries behind the text. */
void codist_sizer_index_keep(struct sizer_index *index);

#endif
