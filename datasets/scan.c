/*
 * scan.c - the pixels of an image in another order
 *
 * Of 4 x 4 pixels, these come first, second and so on:
 *
 *     snake           zigzag          hilbert         tiles:size=2
 *     0  1  2  3      0  1  5  6      0  1 14 15      0  1  4  5
 *     7  6  5  4      2  4  7 12      3  2 13 12      2  3  6  7
 *     8  9 10 11      3  8 11 13      4  7  8 11      8  9 12 13
 *    15 14 13 12      9 10 14 15      5  6  9 10     10 11 14 15
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/dataset.h>

struct config {
	int order;
	int64_t size;
};

enum { SNAKE, ZIGZAG, HILBERT, TILES };

static unsigned char *scan_snake(const struct codist_image *image,
				 unsigned char *out)
{
	size_t width = image->width;

	for (size_t y = 0; y < image->height; y++)
		for (size_t i = 0; i < width; i++)
			*out++ = image->pixels[y * width +
					       (y % 2 ? width - 1 - i : i)];
	return out;
}

/* As JPEG: antidiagonals, odd ones downwards. */
static unsigned char *scan_zigzag(const struct codist_image *image,
				  unsigned char *out)
{
	size_t height = image->height, width = image->width;

	for (size_t d = 0; d < height + width; d++)
		for (size_t i = 0; i <= d; i++) {
			size_t y = d % 2 ? i : d - i, x = d - y;

			if (y < height && x < width)
				*out++ = image->pixels[y * width + x];
		}
	return out;
}

/* The place of step d on Hilbert's curve through side x side pixels. */
static void hilbert(size_t side, size_t d, size_t *y, size_t *x)
{
	*y = *x = 0;
	for (size_t s = 1; s < side; s *= 2, d /= 4) {
		size_t right = d / 2 % 2, down = (d ^ right) % 2;

		if (!down) {
			size_t old = *x;

			if (right) {
				old = s - 1 - old;
				*y = s - 1 - *y;
			}
			*x = *y;
			*y = old;
		}
		*y += s * down;
		*x += s * right;
	}
}

/* Through the least square with a power of two as side around the image. */
static unsigned char *scan_hilbert(const struct codist_image *image,
				   unsigned char *out)
{
	size_t side = 1;

	while (side < image->height || side < image->width)
		side *= 2;
	for (size_t d = 0; d < side * side; d++) {
		size_t y, x;

		hilbert(side, d, &y, &x);
		if (y < image->height && x < image->width)
			*out++ = image->pixels[y * image->width + x];
	}
	return out;
}

static unsigned char *scan_tiles(const struct codist_image *image,
				 size_t size, unsigned char *out)
{
	size_t height = image->height, width = image->width;

	for (size_t top = 0; top < height; top += size)
		for (size_t left = 0; left < width; left += size)
			for (size_t y = top; y < top + size && y < height; y++)
				for (size_t x = left;
				     x < left + size && x < width; x++)
					*out++ = image->pixels[y * width + x];
	return out;
}

static enum codist_status apply(const void *config,
				const struct codist_image *image,
				unsigned char *out, size_t *n_out,
				struct codist_error *err)
{
	const struct config *c = config;
	unsigned char *end = out;

	(void)err;
	switch (c->order) {
	case SNAKE:
		end = scan_snake(image, out);
		break;
	case ZIGZAG:
		end = scan_zigzag(image, out);
		break;
	case HILBERT:
		end = scan_hilbert(image, out);
		break;
	default:
		end = scan_tiles(image, (size_t)c->size, out);
	}
	*n_out = (size_t)(end - out);
	return CODIST_OK;
}

static const char *const orders[] = { "snake", "zigzag", "hilbert", "tiles",
				      NULL };
static const struct codist_option options[] = {
	{ .name = "order", .type = CODIST_CHOICE,
	  .offset = offsetof(struct config, order),
	  .choices = orders, .positional = 1,
	  .help = "rows to and fro, antidiagonals to and fro, Hilbert's curve, "
		  "or tile by tile; transpose goes by columns" },
	{ .name = "size", .type = CODIST_INTEGER,
	  .offset = offsetof(struct config, size),
	  .minimum = 1, .maximum = 65536, .fallback = "4",
	  .help = "of tiles, in pixels; those at the right and at the bottom "
		  "may be smaller" },
	{ .name = NULL },
};

const struct codist_transform codist_transform_scan = {
	.plugin = {
		.name = "scan",
		.summary = "the pixels of an image in another order",
		.options = options,
		.config_size = sizeof(struct config),
	},
	.apply_image = apply,
};
