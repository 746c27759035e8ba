/*
 * shift.c - an image moved by whole pixels
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/dataset.h>

struct config {
	int64_t down, right;
};

static enum codist_status apply(const void *config,
				const struct codist_image *image,
				unsigned char *out, size_t *n_out,
				struct codist_error *err)
{
	const struct config *c = config;
	int64_t height = (int64_t)image->height, width = (int64_t)image->width;

	(void)err;
	for (int64_t y = 0; y < height; y++)
		for (int64_t x = 0; x < width; x++) {
			int64_t from_y = y - c->down, from_x = x - c->right;
			int is_inside = from_y >= 0 && from_y < height &&
					from_x >= 0 && from_x < width;

			*out++ = is_inside ?
				image->pixels[from_y * width + from_x] : 0;
		}
	*n_out = image->height * image->width;
	return CODIST_OK;
}

static const struct codist_option options[] = {
	{ .name = "down", .type = CODIST_INTEGER,
	  .offset = offsetof(struct config, down),
	  .minimum = -65536, .maximum = 65536, .fallback = "0",
	  .help = "pixels; what leaves the image is lost, and 0 comes in" },
	{ .name = "right", .type = CODIST_INTEGER,
	  .offset = offsetof(struct config, right),
	  .minimum = -65536, .maximum = 65536, .fallback = "0",
	  .help = "likewise" },
	{ .name = NULL },
};

const struct codist_transform codist_transform_shift = {
	.plugin = {
		.name = "shift",
		.summary = "an image moved by whole pixels",
		.options = options,
		.config_size = sizeof(struct config),
	},
	.makes = CODIST_MAKES_IMAGE,
	.apply_image = apply,
};
