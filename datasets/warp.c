/*
 * warp.c - training images that are there several times, stretched and slanted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "mapped.h"

#include <string.h>

struct config {
	double width, height, slant;
};

/* How the copies of a kind are made, the first by the sign -1, the other by 1. */
static struct codist_map wide(double share)
{
	return (struct codist_map){ .yy = 1, .xx = 1 / (1 + share) };
}

static struct codist_map high(double share)
{
	return (struct codist_map){ .yy = 1 / (1 + share), .xx = 1 };
}

static struct codist_map slanted(double share)
{
	return (struct codist_map){ .yy = 1, .xy = share, .xx = 1 };
}

static size_t n_kinds(const struct config *c)
{
	return (size_t)(c->width > 0) + (size_t)(c->height > 0) +
	       (size_t)(c->slant > 0);
}

static size_t n_copies(const void *config)
{
	return 2 * n_kinds(config) + 1;
}

/* The kind-th of those that are wanted. */
static struct codist_map map_of(const struct config *c, size_t kind,
				double sign)
{
	if (c->width > 0 && kind-- == 0)
		return wide(sign * c->width);
	if (c->height > 0 && kind-- == 0)
		return high(sign * c->height);
	return slanted(sign * c->slant);
}

/* Narrower, lower, slanted to the left, as it is, to the right, higher, wider. */
static void apply_copy(const void *config, const struct codist_image *image,
		       size_t copy, unsigned char *out)
{
	size_t middle = n_kinds(config);
	struct codist_map back = { .yy = 1, .xx = 1 };

	if (copy < middle)
		back = map_of(config, copy, -1);
	else if (copy > middle)
		back = map_of(config, 2 * middle - copy, 1);
	codist_image_map(image, &back, out);
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
	{ .name = "width", .type = CODIST_REAL,
	  .offset = offsetof(struct config, width),
	  .minimum = 0, .maximum = 0.9, .fallback = "0.1",
	  .help = "two copies narrower and wider by that share; 0: none" },
	{ .name = "height", .type = CODIST_REAL,
	  .offset = offsetof(struct config, height),
	  .minimum = 0, .maximum = 0.9, .fallback = "0",
	  .help = "two copies lower and higher by that share; 0: none" },
	{ .name = "slant", .type = CODIST_REAL,
	  .offset = offsetof(struct config, slant),
	  .minimum = 0, .maximum = 10, .fallback = "0.12",
	  .help = "two copies whose rows are moved to the left and to the "
		  "right by so many pixels for each row that they are above "
		  "the middle, and the other way below it; 0: none" },
	{ .name = NULL },
};

const struct codist_transform codist_transform_warp = {
	.plugin = {
		.name = "warp",
		.summary = "training images are there several times, narrower, "
			   "wider and slanted a little; others once, as they "
			   "are",
		.options = options,
		.config_size = sizeof(struct config),
	},
	.makes = CODIST_MAKES_IMAGE,
	.apply_image = apply,
	.n_copies = n_copies,
	.apply_copy = apply_copy,
};
