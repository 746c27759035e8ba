/*
 * jitter.c - training images that are there several times, moved a little
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "moved.h"

#include <string.h>

struct config {
	int64_t radius;
};

static size_t n_copies(const void *config)
{
	const struct config *c = config;
	size_t side = 2 * (size_t)c->radius + 1;

	return side * side;
}

/* From the top left to the bottom right. */
static void apply_copy(const void *config, const struct codist_image *image,
		       size_t copy, unsigned char *out)
{
	const struct config *c = config;
	int64_t side = 2 * c->radius + 1;

	codist_image_move(image, (int64_t)copy / side - c->radius,
			  (int64_t)copy % side - c->radius, out);
}

static enum codist_status apply(const void *config,
				const struct codist_image *image,
				unsigned char *out, size_t *n_out,
				struct codist_error *err)
{
	(void)config;
	(void)err;
	*n_out = image->height * image->width;
	if (*n_out > 0)
		memcpy(out, image->pixels, *n_out);
	return CODIST_OK;
}

static const struct codist_option options[] = {
	{ .name = "radius", .type = CODIST_INTEGER,
	  .offset = offsetof(struct config, radius),
	  .minimum = 0, .maximum = 16, .fallback = "1",
	  .help = "pixels up, down, left and right, at most: (2 radius + 1)^2 "
		  "copies" },
	{ .name = NULL },
};

const struct codist_transform codist_transform_jitter = {
	.plugin = {
		.name = "jitter",
		.summary = "training images are there several times, moved by "
			   "a few pixels in all ways; others once, as they are",
		.options = options,
		.config_size = sizeof(struct config),
	},
	.makes = CODIST_MAKES_IMAGE,
	.apply_image = apply,
	.n_copies = n_copies,
	.apply_copy = apply_copy,
};
