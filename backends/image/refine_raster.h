/*
 * refine_raster.h - a picture's pixels, a byte each, with white all around
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BACKENDS_IMAGE_REFINE_RASTER_H
#define CODIST_BACKENDS_IMAGE_REFINE_RASTER_H

#include "pbm.h"

#include <stddef.h>

/* As far as a context reaches beyond an edge, with the largest displacement. */
#define REFINE_MARGIN 4

/* Pictures of more pixels are refused: 64 of them lie side by side. */
#define REFINE_MOST_PIXELS ((size_t)1 << 20)

struct codist_raster {
	size_t width, height;
	ptrdiff_t stride;
	unsigned char *buffer;       /* grows, for free() */
	const unsigned char *pixels; /* [height][stride], 0 or 1 */
};

/* codist_raster_fill() unpacks a picture; zero the raster before the first. */
enum codist_status codist_raster_fill(struct codist_raster *raster,
				      const struct codist_pbm *picture,
				      struct codist_error *err);

/* codist_raster_at() is a pixel, which may lie in the margin. */
static inline unsigned codist_raster_at(const struct codist_raster *raster,
					ptrdiff_t y, ptrdiff_t x)
{
	return raster->pixels[y * raster->stride + x];
}

#endif
