/*
 * walk.h - the match that zlib finds along its chains
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DEFLATE_WALK_H
#define CODIST_DEFLATE_WALK_H

#include "chain.h"
#include "parse.h"

/*
 * For struct sizer_source; self is the struct sizer_chain. For SIZER_GREEDY
 * the match found is the one that is taken.
 */
int codist_sizer_walk(void *self, const struct sizer_parse *parse,
		      unsigned n_candidates, unsigned most,
		      struct sizer_match *match);

#endif
