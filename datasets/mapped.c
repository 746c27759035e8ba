/*
 * mapped.c - an image turned, slanted or stretched about its middle
 *
 * In whole numbers, so that machines agree on every pixel, whatever their libm
 * and compiler do to the last bits: a map's factors are rounded to 2^-16, and
 * the rest is exact. Twice a distance from the middle is whole, too.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "mapped.h"

#include <math.h>

/* A pixel in the units of positions: of 2^-16, and halved by the middle. */
#define BITS 17
#define ONE ((int64_t)1 << BITS)

struct factors {
	int64_t yy, yx, xy, xx;
};

static int64_t rounded(double factor)
{
	return (int64_t)floor(factor * (double)(ONE / 2) + 0.5);
}

static int64_t pixel_at(const struct codist_image *image, int64_t y, int64_t x)
{
	int64_t height = (int64_t)image->height, width = (int64_t)image->width;

	if (y < 0 || y >= height || x < 0 || x >= width)
		return 0;
	return image->pixels[y * width + x];
}

/* The greatest whole number of pixels that is not after a position. */
static int64_t floor_of(int64_t position)
{
	return position >= 0 ? position / ONE : -((ONE - 1 - position) / ONE);
}

static unsigned char value_at(const struct codist_image *image, int64_t y,
			      int64_t x)
{
	int64_t top = floor_of(y), left = floor_of(x);
	int64_t down = y - top * ONE, right = x - left * ONE;
	int64_t above = (ONE - right) * pixel_at(image, top, left) +
			right * pixel_at(image, top, left + 1);
	int64_t below = (ONE - right) * pixel_at(image, top + 1, left) +
			right * pixel_at(image, top + 1, left + 1);
	int64_t sum = (ONE - down) * above + down * below;

	return (unsigned char)((sum + ONE * ONE / 2) / (ONE * ONE));
}

void codist_image_map(const struct codist_image *image,
		      const struct codist_map *map, unsigned char *out)
{
	const struct factors f = {
		.yy = rounded(map->yy), .yx = rounded(map->yx),
		.xy = rounded(map->xy), .xx = rounded(map->xx),
	};
	int64_t bottom = (int64_t)image->height - 1;
	int64_t right = (int64_t)image->width - 1;

	for (int64_t y = -bottom; y <= bottom; y += 2)
		for (int64_t x = -right; x <= right; x += 2) {
			int64_t from_y = f.yy * y + f.yx * x;
			int64_t from_x = f.xy * y + f.xx * x;

			*out++ = value_at(image, from_y + bottom * (ONE / 2),
					  from_x + right * (ONE / 2));
		}
}
