/*
 * pbm.h - a stream of raw PBM pictures, as the transform pbm writes them
 *
 * "P4", white space, width, white space, height, one white space, and rows of
 * eight pixels a byte, the first one highest; the next picture, if any, follows
 * at once. Comments, from '#' to the end of a line, may be in the header.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BACKENDS_IMAGE_PBM_H
#define CODIST_BACKENDS_IMAGE_PBM_H

#include <codist/base.h>

/* A picture, of at least one pixel, in the bytes that it was found in. */
struct codist_pbm {
	size_t width, height;
	const unsigned char *raster; /* [height][(width + 7) / 8] */
	size_t number;               /* in its stream, from 1 on */
};

/*
 * codist_pbm_next() takes the next picture off the front of `stream`.
 *
 *   picture    the one before it, as this filled it; {0} for the first
 *   who        of the backend, for messages
 *   stream     what is left of it, and receives what is left then
 *   is_there   receives 0 at the stream's end, else 1
 *
 * CODIST_EFORMAT says what was found instead of a picture.
 */
enum codist_status codist_pbm_next(struct codist_pbm *picture,
				   struct codist_bytes *stream, const char *who,
				   int *is_there, struct codist_error *err);

/* codist_pbm_pixel() is 1 where it is black; y < height, x < width. */
static inline unsigned codist_pbm_pixel(const struct codist_pbm *picture,
					size_t y, size_t x)
{
	size_t row = (picture->width + 7) / 8;

	return picture->raster[y * row + x / 8] >> (7 - x % 8) & 1;
}

#endif
