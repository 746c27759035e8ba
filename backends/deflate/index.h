/*
 * index.h - the part of a prefix that matches can reach, for fast look-up
 *
 * Made once for each prefix; trees grow when queries show that they pay.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DEFLATE_INDEX_H
#define CODIST_DEFLATE_INDEX_H

#include "parse.h"
#include "query.h"
#include "runs.h"
#include "trees.h"

#include <codist/base.h>

/* The last strings of a prefix, whose hash is not known without the query. */
#define SIZER_N_BRIDGES (SIZER_MIN_MATCH - 1)

/*
 * text[0] is the byte `first` of the stream; places count from there. Behind
 * text[length] a query is put, so that a match goes on from one into the other.
 */
struct sizer_index {
	const struct sizer_params *params;
	size_t first;
	unsigned length;
	unsigned tail; /* where the text's last run of one byte begins */
	uint32_t *starts;   /* by hash, into strings; one more at the end */
	uint16_t *strings;  /* the places of each hash, ascending */
	struct sizer_runs runs;
	struct sizer_trees trees; /* of strings */
	unsigned char *text; /* text[-1] is there, too, unless first is 0 */
	unsigned char *room; /* which text is within */
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
 * codist_sizer_index_make() indexes what a query can reach of a prefix from
 * parse->at on.
 */
void codist_sizer_index_make(struct sizer_index *index,
			     const struct sizer_parse *parse,
			     struct codist_bytes prefix);

#endif
