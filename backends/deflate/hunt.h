/*
 * hunt.h - the match that zlib finds at a place of a query behind a prefix
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DEFLATE_HUNT_H
#define CODIST_DEFLATE_HUNT_H

#include "index.h"

/* A query behind the prefix; self of codist_sizer_hunt_find(). */
struct sizer_search {
	struct sizer_index *index; /* the query stands behind its text */
	const struct sizer_place *places; /* of the query */
	/* The hashes of the strings that begin in the prefix's last byte and
	 * the one before; UINT_MAX where there is none. */
	unsigned bridge_hash[SIZER_N_BRIDGES];
	unsigned tail_end; /* of the text's last run, which may go on in x */
};

/* Begin with x, behind the text of the index; its matches among itself. */
void codist_sizer_hunt_begin(struct sizer_search *search,
			     struct sizer_index *index,
			     struct codist_bytes x,
			     const struct sizer_place *places);

/* For struct sizer_source. */
int codist_sizer_hunt_find(void *self, const struct sizer_parse *parse,
			   unsigned chain, unsigned most,
			   struct sizer_match *match);

#endif
