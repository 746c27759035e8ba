/*
 * moved.c - an image moved by whole pixels
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "moved.h"

void codist_image_move(const struct codist_image *image, int64_t down,
		       int64_t right, unsigned char *out)
{
	int64_t height = (int64_t)image->height, width = (int64_t)image->width;

	for (int64_t y = 0; y < height; y++)
		for (int64_t x = 0; x < width; x++) {
			int64_t from_y = y - down, from_x = x - right;
			int is_inside = from_y >= 0 && from_y < height &&
					from_x >= 0 && from_x < width;

			*out++ = is_inside ?
				image->pixels[from_y * width + from_x] : 0;
		}
}
