/*
 * picture.c - an image that was decoded, grey or in colours
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "colour.h"
#include "picture.h"

#include <stdlib.h>
#include <string.h>

void codist_picture_release(struct codist_picture *picture)
{
	free(picture->pixels);
	*picture = (struct codist_picture){ 0 };
}

enum codist_status codist_picture_allocate(struct codist_picture *picture,
					   const char *path, size_t width,
					   size_t height,
					   struct codist_error *err)
{
	size_t n_channels = picture->n_channels, nbytes;
	unsigned char *pixels;

	if (width > SIZE_MAX / n_channels / height)
		return codist_no_memory(err, path);
	nbytes = width * height * n_channels;
	picture->width = width;
	picture->height = height;
	if (picture->pixels && nbytes <= picture->capacity)
		return CODIST_OK;
	pixels = realloc(picture->pixels, nbytes);
	if (!pixels)
		return codist_no_memory(err, path);
	picture->pixels = pixels;
	picture->capacity = nbytes;
	return CODIST_OK;
}

void codist_picture_put(struct codist_picture *picture, size_t i,
			const unsigned char colour[3])
{
	if (picture->n_channels == 1)
		picture->pixels[i] = codist_grey(colour[0], colour[1],
						 colour[2]);
	else
		memcpy(picture->pixels + 3 * i, colour, 3);
}

enum codist_status codist_picture_decode(struct codist_picture *picture,
					 const char *path,
					 struct codist_bytes file,
					 struct codist_error *err)
{
	const unsigned char *bytes = file.data;

	if (file.nbytes >= 4 && memcmp(bytes, "\x89PNG", 4) == 0)
		return codist_png_decode(picture, path, file, err);
	if (file.nbytes >= 2 && bytes[0] == 'P' && bytes[1] >= '1' &&
	    bytes[1] <= '7')
		return codist_pnm_decode(picture, path, file, err);
	return codist_fail(err, CODIST_EFORMAT,
			   "%s: its %zu bytes do not begin as a PNG, PGM or "
			   "PPM image does",
			   path, file.nbytes);
}
