/*
 * seek.h - the best match within bounds of the prefix, at one place
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DEFLATE_SEEK_H
#define CODIST_DEFLATE_SEEK_H

#include "index.h"

/* What one look-up has found out so far. Places are those of the text. */
struct sizer_seek {
	struct sizer_index *index;
	const unsigned char *text, *here;
	unsigned at, hash, most, nice;
	unsigned newest; /* candidates of the prefix begin before this place, */
	unsigned oldest; /* and not before this one */
	unsigned floor;  /* only longer matches are of use */
	unsigned tail_end; /* of the text's last run, going on in the query */
	struct sizer_match best;
};

/* A candidate, older than those before; 1 if it is long enough. */
int codist_sizer_seek_offer(struct sizer_seek *seek, unsigned candidate);

void codist_sizer_seek_prefix(struct sizer_seek *seek);

#endif
