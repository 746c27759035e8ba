/*
 * image.c - what transforms of images have in common
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/dataset.h>

enum codist_status codist_image_check_binary(const struct codist_image *image,
					     struct codist_error *err)
{
	size_t n = image->height * image->width;
	unsigned char level = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned char pixel = image->pixels[i];

		if (pixel != 0 && level != 0 && pixel != level)
			return codist_fail(err, CODIST_EFORMAT,
					   "pixels of %d and of %d, expected "
					   "one level beside 0; put binarize "
					   "or otsu before", level, pixel);
		if (pixel != 0)
			level = pixel;
	}
	return CODIST_OK;
}
