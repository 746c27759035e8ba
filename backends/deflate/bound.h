/*
 * bound.h - which candidates zlib's window leaves
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DEFLATE_BOUND_H
#define CODIST_DEFLATE_BOUND_H

#include "seek.h"

/*
 * Set seek->oldest by the window, given the newest candidate: only that one may
 * be at the very farthest. 0 if not even it is in reach.
 */
static inline int sizer_bound(struct sizer_seek *seek,
			      const struct sizer_parse *parse, unsigned newest)
{
	size_t first = seek->index->first;
	unsigned farthest = (unsigned)seek->index->params->farthest;

	if (newest + first <= parse->buffer || seek->at - newest > farthest)
		return 0;
	seek->oldest = parse->buffer >= first ?
			       (unsigned)(parse->buffer + 1 - first) :
			       0;
	if (seek->at - newest == farthest)
		seek->oldest = newest;
	else if (seek->at >= farthest && seek->oldest <= seek->at - farthest)
		seek->oldest = seek->at - farthest + 1;
	return 1;
}

#endif
