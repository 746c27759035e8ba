/*
 * turn.c - training images that are there several times, turned a little
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "mapped.h"

#include <math.h>
#include <string.h>

struct config {
	double angle;
	int64_t steps;
};

static size_t n_copies(const void *config)
{
	const struct config *c = config;

	return 2 * (size_t)c->steps + 1;
}

/* From anticlockwise to clockwise. */
static void apply_copy(const void *config, const struct codist_image *image,
		       size_t copy, unsigned char *out)
{
	const struct config *c = config;
	double step = (double)copy - (double)c->steps;
	double half_turn = acos(-1);
	double angle = c->steps ? c->angle * step / (double)c->steps : 0;
	double sine = sin(angle * half_turn / 180);
	double cosine = cos(angle * half_turn / 180);
	const struct codist_map back = {
		.yy = cosine, .yx = -sine,
		.xy = sine, .xx = cosine,
	};

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
	{ .name = "angle", .type = CODIST_REAL,
	  .offset = offsetof(struct config, angle),
	  .minimum = 0, .maximum = 180, .fallback = "10",
	  .help = "degrees to the left and to the right, at most; in between "
		  "pixels their mean, and 0 comes in" },
	{ .name = "steps", .type = CODIST_INTEGER,
	  .offset = offsetof(struct config, steps),
	  .minimum = 0, .maximum = 180, .fallback = "1",
	  .help = "angles to each side, evenly apart: 2 steps + 1 copies" },
	{ .name = NULL },
};

const struct codist_transform codist_transform_turn = {
	.plugin = {
		.name = "turn",
		.summary = "training images are there several times, turned "
			   "about their middle by a few degrees both ways; "
			   "others once, as they are",
		.options = options,
		.config_size = sizeof(struct config),
	},
	.makes = CODIST_MAKES_IMAGE,
	.apply_image = apply,
	.n_copies = n_copies,
	.apply_copy = apply_copy,
};
