/*
 * picture.h - an image that was decoded, grey or in colours
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DATASETS_PICTURE_H
#define CODIST_DATASETS_PICTURE_H

#include <codist/base.h>

/* Start with what is wanted; release, or use again for the next image. */
struct codist_picture {
	size_t n_channels;        /* wanted: 1 or 3 */
	unsigned char background; /* wanted: grey that shines through */
	size_t width, height;
	unsigned char *pixels;    /* [height][width][n_channels] */
	size_t capacity;
};

void codist_picture_release(struct codist_picture *picture);

/* Allocate pixels, as many as fit in memory. `path` is for messages. */
enum codist_status codist_picture_allocate(struct codist_picture *picture,
					   const char *path, size_t width,
					   size_t height,
					   struct codist_error *err);

/* Set pixel i, by rows from the top, to a colour. */
void codist_picture_put(struct codist_picture *picture, size_t i,
			const unsigned char colour[3]);

/*
 * Decode the bytes of a file at `path` by their first ones: PGM or PPM, plain
 * or not; and PNG where libpng is there. CODIST_EFORMAT or, without libpng,
 * CODIST_EMISSING name the file.
 */
enum codist_status codist_picture_decode(struct codist_picture *picture,
					 const char *path,
					 struct codist_bytes file,
					 struct codist_error *err);
enum codist_status codist_pnm_decode(struct codist_picture *picture,
				     const char *path,
				     struct codist_bytes file,
				     struct codist_error *err);
enum codist_status codist_png_decode(struct codist_picture *picture,
				     const char *path,
				     struct codist_bytes file,
				     struct codist_error *err);

#endif
