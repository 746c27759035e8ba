/*
 * prefix.h - the match that zlib finds at a place of a prefix
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DEFLATE_PREFIX_H
#define CODIST_DEFLATE_PREFIX_H

#include "index.h"

/* The parse of a prefix, stretch by stretch. */
struct sizer_prefix {
	struct sizer_index *index;
	struct codist_bytes bytes;
	uint32_t run; /* of the index, with the place looked at, or before */
};

/*
 * codist_sizer_prefix_pays(): is a prefix parsed quicker by an index than with
 * chains, to judge by its beginning?
 *
 *   counts   [1 << hash_bits], scratch
 */
int codist_sizer_prefix_pays(const struct sizer_params *params,
			     struct codist_bytes bytes, uint16_t *counts);

void codist_sizer_prefix_begin(struct sizer_prefix *prefix,
			       struct sizer_index *index,
			       struct codist_bytes bytes);

/* For struct sizer_source; self is a struct sizer_prefix. */
int codist_sizer_prefix_find(void *self, const struct sizer_parse *parse,
			     unsigned chain, unsigned most,
			     struct sizer_match *match);

/*
 * The parse is where it cannot go on by itself: index all that a query can
 * reach from there, and make room behind it.
 */
void codist_sizer_prefix_finish(struct sizer_prefix *prefix,
				const struct sizer_parse *parse);

#endif
