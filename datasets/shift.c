/*
 * shift.c - an image moved by whole pixels
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "moved.h"

struct config {
	int64_t down, right;
};

static enum codist_status apply(const void *config,
				const struct codist_image *image,
				unsigned char *out, size_t *n_out,
				struct codist_error *err)
{
	const struct config *c = config;

	(void)err;
	codist_image_move(image, c->down, c->right, out);
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
