/*
 * pack_tiles.c - eight pixels a byte, tile by tile
 *
 * With size=2, the rows 1 1 0 0 and 0 1 1 0 become 0, 0xd0, 1, 0x20: of each
 * tile its number, then its rows, side by side.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "number_tag.h"

#include <codist/dataset.h>

struct config {
	int tag;
	int64_t size;
};

static size_t in_steps(size_t n, size_t step)
{
	return n / step + (n % step != 0);
}

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* No tile is larger than the image, and none has more bytes than the first. */
static size_t image_size(const void *config, size_t height, size_t width)
{
	const struct config *c = config;
	size_t size = (size_t)c->size;
	size_t n_tiles = in_steps(height, size) * in_steps(width, size);
	size_t pixels = smaller(size, height) * smaller(size, width);

	return n_tiles * (in_steps(pixels, 8) + (c->tag == TAG_NUMBER));
}

/* Of the tile from there on, as much as the image has. */
static size_t pack_tile(const struct codist_image *image, size_t top,
			size_t left, size_t size, unsigned char *out)
{
	size_t bottom = smaller(image->height, top + size);
	size_t right = smaller(image->width, left + size);
	size_t n = 0;

	for (size_t y = top; y < bottom; y++)
		for (size_t x = left; x < right; x++, n++) {
			unsigned bit = image->pixels[y * image->width + x] != 0;

			if (n % 8 == 0)
				out[n / 8] = 0;
			out[n / 8] |= (unsigned char)(bit << (7 - n % 8));
		}
	return in_steps(n, 8);
}

static enum codist_status apply(const void *config,
				const struct codist_image *image,
				unsigned char *out, size_t *n_out,
				struct codist_error *err)
{
	const struct config *c = config;
	size_t size = (size_t)c->size, n = 0, tile = 0;

	CODIST_TRY(codist_image_check_binary(image, err));
	for (size_t top = 0; top < image->height; top += size)
		for (size_t left = 0; left < image->width; left += size) {
			if (c->tag == TAG_NUMBER)
				out[n++] = (unsigned char)tile++;
			n += pack_tile(image, top, left, size, out + n);
		}
	*n_out = n;
	return CODIST_OK;
}

static const struct codist_option options[] = {
	{ .name = "size", .type = CODIST_INTEGER,
	  .offset = offsetof(struct config, size),
	  .minimum = 1, .maximum = 65536, .fallback = "4",
	  .help = "of tiles, in pixels; those at the right and at the bottom "
		  "may be smaller" },
	CODIST_NUMBER_TAG(struct config, tag, "tile"),
	{ .name = NULL },
};

const struct codist_transform codist_transform_pack_tiles = {
	.plugin = {
		.name = "pack-tiles",
		.summary = "eight pixels of a binary image a byte, each tile "
			   "in bytes of its own, behind its number",
		.options = options,
		.config_size = sizeof(struct config),
	},
	.varies = 1,
	.image_size = image_size,
	.apply_image = apply,
};
