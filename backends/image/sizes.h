/*
 * sizes.h - what comes next in a stream: a picture of what size, or its end
 *
 * A bit says whether there is another picture, and a second one, but of the
 * first picture, whether its size is that of the one before; both cost next to
 * nothing if so. Another width and height have Elias's gamma code (1975).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BACKENDS_IMAGE_SIZES_H
#define CODIST_BACKENDS_IMAGE_SIZES_H

#include "coding.h"

/* The size of the last picture; begin with zeros. */
struct codist_sizes {
	size_t width, height;
};

/*
 * codist_sizes_picture() codes that a picture comes, and its size, which is at
 * least 1 x 1. Where it is read, width and height receive it.
 *
 * Returns 1; or 0 where the stream's end was read.
 */
int codist_sizes_picture(struct codist_sizes *sizes,
			 struct codist_coding *coding, size_t *width,
			 size_t *height);

/* codist_sizes_end() codes, by counting or writing, that no picture comes. */
void codist_sizes_end(struct codist_coding *coding);

#endif
