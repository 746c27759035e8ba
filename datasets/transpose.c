/*
 * transpose.c - rows become columns
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/dataset.h>

static enum codist_status apply(const void *config,
				const struct codist_image *image,
				unsigned char *out, size_t *n_out,
				struct codist_error *err)
{
	(void)config;
	(void)err;
	for (size_t y = 0; y < image->height; y++)
		for (size_t x = 0; x < image->width; x++)
			out[x * image->height + y] =
				image->pixels[y * image->width + x];
	*n_out = image->height * image->width;
	return CODIST_OK;
}

const struct codist_transform codist_transform_transpose = {
	.plugin = {
		.name = "transpose",
		.summary = "an image's columns, from the left, become its rows",
	},
	.makes = CODIST_MAKES_TRANSPOSED,
	.apply_image = apply,
};
