/*
 * deskew.c - a slanted image made upright, by its moments
 *
 * Row y is moved left by (y - centre) * s, where s is the covariance of columns
 * and rows, divided by the variance of rows: afterwards their covariance is 0.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "moments.h"

#include <math.h>

static double pixel_at(const struct codist_image *image, size_t y, double x)
{
	if (x < 0 || x >= (double)image->width)
		return 0;
	return image->pixels[y * image->width + (size_t)x];
}

static enum codist_status apply(const void *config,
				const struct codist_image *image,
				unsigned char *out, size_t *n_out,
				struct codist_error *err)
{
	struct codist_moments m = codist_moments_of(image);
	double slant = m.yy > 0 ? m.yx / m.yy : 0;

	(void)config;
	(void)err;
	for (size_t y = 0; y < image->height; y++) {
		double shift = ((double)y - m.y) * slant;

		for (size_t x = 0; x < image->width; x++) {
			double from = (double)x + shift, left = floor(from);
			double part = from - left;
			double value =
				(1 - part) * pixel_at(image, y, left) +
				part * pixel_at(image, y, left + 1);

			out[y * image->width + x] =
				(unsigned char)floor(value + 0.5);
		}
	}
	*n_out = image->height * image->width;
	return CODIST_OK;
}

const struct codist_transform codist_transform_deskew = {
	.plugin = {
		.name = "deskew",
		.summary = "the rows of an image moved so that it is upright "
			   "by its moments, in between pixels by their mean",
	},
	.makes = CODIST_MAKES_IMAGE,
	.apply_image = apply,
};
