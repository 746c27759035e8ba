/*
 * search.h - the match that zlib finds at a place of a query behind a prefix
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DEFLATE_SEARCH_H
#define CODIST_DEFLATE_SEARCH_H

#include "index.h"

/* A query behind the prefix; self of codist_sizer_search_find(). */
struct sizer_search {
	const struct sizer_index *index; /* the query stands behind its text */
	struct sizer_query query;
	unsigned run; /* of the query, with the place looked at, or before */
	/* The hashes of the strings that begin in the prefix's last byte and
	 * the one before; UINT_MAX where there is none. */
	unsigned bridge_hash[SIZER_N_BRIDGES];
	unsigned tail_end; /* of the text's last run, which may go on in x */
};

/*
 * Does a search know the query's own matches beforehand? zlib does not match a
 * string at the first byte of its buffer, which is the query's if there is no
 * prefix, and slides the buffer beyond the prefix in a long query.
 */
static inline int codist_sizer_search_takes(const struct sizer_params *params,
					    const struct sizer_parse *primed,
					    size_t prefix, size_t x)
{
	size_t slides = (prefix - primed->buffer + params->window - 1) /
			params->window;
	/* Where the buffer would begin, if it began in the query. */
	size_t buffer = primed->buffer + slides * params->window;

	return prefix > 0 && prefix + x <= buffer + params->farthest;
}

/* Begin with x, behind the text of the index; what was prepared of it. */
void codist_sizer_search_begin(struct sizer_search *search,
			       struct sizer_index *index, struct codist_bytes x,
			       const void *prepared);

/* For struct sizer_source. */
int codist_sizer_search_find(void *self, const struct sizer_parse *parse,
			     unsigned chain, unsigned most,
			     struct sizer_match *match);

#endif
