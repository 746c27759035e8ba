/*
 * center.c - an image moved so that its mass is in the middle
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "moments.h"

#include <math.h>

/* The pixel at a place, which may be outside: 0. */
static unsigned char pixel_at(const struct codist_image *image, double y,
			      double x)
{
	if (y < 0 || x < 0 || y >= (double)image->height ||
	    x >= (double)image->width)
		return 0;
	return image->pixels[(size_t)y * image->width + (size_t)x];
}

static enum codist_status apply(const void *config,
				const struct codist_image *image,
				unsigned char *out, size_t *n_out,
				struct codist_error *err)
{
	struct codist_moments m = codist_moments_of(image);
	double down = floor(((double)image->height - 1) / 2 - m.y + 0.5);
	double right = floor(((double)image->width - 1) / 2 - m.x + 0.5);

	(void)config;
	(void)err;
	for (size_t y = 0; y < image->height; y++)
		for (size_t x = 0; x < image->width; x++)
			out[y * image->width + x] = pixel_at(
				image, (double)y - down, (double)x - right);
	*n_out = image->height * image->width;
	return CODIST_OK;
}

const struct codist_transform codist_transform_center = {
	.plugin = {
		.name = "center",
		.summary = "an image moved, by whole pixels, so that its "
			   "centre of mass is in the middle",
	},
	.makes = CODIST_MAKES_IMAGE,
	.apply_image = apply,
};
