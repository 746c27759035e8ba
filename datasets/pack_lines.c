/*
 * pack_lines.c - eight pixels a byte, line by line
 *
 * A line 1 1 0 0 1 0 0 0 1, the third one, becomes 2, 0xc8, 0x80.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "number_tag.h"

#include <codist/dataset.h>

struct config {
	int tag;
};

static size_t image_size(const void *config, size_t height, size_t width)
{
	const struct config *c = config;

	return height * (width / 8 + (width % 8 != 0) +
			 (c->tag == TAG_NUMBER));
}

static enum codist_status apply(const void *config,
				const struct codist_image *image,
				unsigned char *out, size_t *n_out,
				struct codist_error *err)
{
	const struct config *c = config;
	size_t n = 0;

	CODIST_TRY(codist_image_check_binary(image, err));
	for (size_t y = 0; y < image->height; y++) {
		const unsigned char *line = image->pixels + y * image->width;

		if (c->tag == TAG_NUMBER)
			out[n++] = (unsigned char)y;
		for (size_t x = 0; x < image->width; x += 8) {
			unsigned byte = 0;

			for (size_t bit = x; bit < x + 8; bit++)
				byte = byte << 1 | (bit < image->width &&
						    line[bit] != 0);
			out[n++] = (unsigned char)byte;
		}
	}
	*n_out = n;
	return CODIST_OK;
}

static const struct codist_option options[] = {
	CODIST_NUMBER_TAG(struct config, tag, "line"),
	{ .name = NULL },
};

const struct codist_transform codist_transform_pack_lines = {
	.plugin = {
		.name = "pack-lines",
		.summary = "eight pixels of a binary image a byte, each line "
			   "in bytes of its own, behind its number",
		.options = options,
		.config_size = sizeof(struct config),
	},
	.image_size = image_size,
	.apply_image = apply,
};
