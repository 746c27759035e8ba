/*
 * refine_raster.c - a picture's pixels, a byte each, with white all around
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "refine_raster.h"

#include <stdlib.h>
#include <string.h>

enum codist_status codist_raster_fill(struct codist_raster *raster,
				      const struct codist_pbm *picture,
				      struct codist_error *err)
{
	size_t width = picture->width, height = picture->height;
	size_t stride = width + 2 * REFINE_MARGIN;
	size_t nbytes = stride * (height + 2 * REFINE_MARGIN);
	unsigned char *pixels, *buffer;

	if (width > REFINE_MOST_PIXELS / height)
		return codist_fail(err, CODIST_EFORMAT,
				   "refine-image: a picture of %zu x %zu "
				   "pixels, expected at most %zu in all",
				   width, height, REFINE_MOST_PIXELS);
	if (raster->width != width || raster->height != height) {
		buffer = realloc(raster->buffer, nbytes);
		if (!buffer)
			return codist_no_memory(err, "the pixels of a picture");
		memset(buffer, 0, nbytes);
		raster->buffer = buffer;
		raster->width = width;
		raster->height = height;
		raster->stride = (ptrdiff_t)stride;
	}
	pixels = raster->buffer + REFINE_MARGIN * stride + REFINE_MARGIN;
	for (size_t y = 0; y < height; y++)
		for (size_t x = 0; x < width; x++)
			pixels[y * stride + x] = (unsigned char)
				codist_pbm_pixel(picture, y, x);
	raster->pixels = pixels;
	return CODIST_OK;
}
