/*
 * png.c - PNG images, by libpng
 *
 * Values are taken as they stand in the file: what it says of gamma and colour
 * spaces is left alone. Of 16 bits are made 8, rounded to the nearest; palettes
 * become colours; what is transparent lets the background shine through.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "picture.h"

#include <codist/dataset.h>

#ifdef HAVE_LIBPNG

#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A stored byte can stand for no more than that many of an image: deflate's
 * longest match is 258 bytes, and takes two bits at least. */
#define MOST_PER_BYTE 1032

/* All of it lies in memory, so that a long jump leaves it as it is. */
struct reading {
	const char *path;
	struct codist_bytes left;
	struct codist_error *err;
	enum codist_status status;
	png_structp png;
	png_infop info;
	unsigned char *pixels; /* [height][width][4] */
	unsigned char **rows;  /* [height] */
	size_t width, height;
};

static void on_error(png_structp png, png_const_charp message)
{
	struct reading *reading = png_get_error_ptr(png);

	if (reading->status == CODIST_OK)
		reading->status = codist_fail(reading->err, CODIST_EFORMAT,
					      "%s: not a whole PNG image: %s",
					      reading->path, message);
	longjmp(png_jmpbuf(png), 1);
}

/* What libpng goes on after it can be read. */
static void on_warning(png_structp png, png_const_charp message)
{
	(void)png;
	(void)message;
}

static void on_read(png_structp png, png_bytep out, size_t nbytes)
{
	struct reading *reading = png_get_io_ptr(png);

	if (nbytes > reading->left.nbytes)
		png_error(png, "truncated");
	memcpy(out, reading->left.data, nbytes);
	reading->left.data += nbytes;
	reading->left.nbytes -= nbytes;
}

/* Four bytes a pixel: red, green, blue and how opaque it is. */
static void ask_for_rgba(struct reading *reading)
{
	png_structp png = reading->png;

	png_set_expand(png);
	png_set_scale_16(png);
	png_set_gray_to_rgb(png);
	png_set_add_alpha(png, 255, PNG_FILLER_AFTER);
	png_set_interlace_handling(png);
	png_read_update_info(png, reading->info);
}

static void allocate(struct reading *reading)
{
	size_t row = png_get_rowbytes(reading->png, reading->info);

	if (reading->height <= SIZE_MAX / row)
		reading->pixels = malloc(reading->height * row);
	reading->rows = calloc(reading->height, sizeof(*reading->rows));
	if (!reading->pixels || !reading->rows) {
		reading->status = codist_no_memory(reading->err, reading->path);
		png_error(reading->png, "memory");
	}
	for (size_t y = 0; y < reading->height; y++)
		reading->rows[y] = reading->pixels + y * row;
}

static void read_image(struct reading *reading)
{
	size_t nbytes = reading->left.nbytes, row;

	if (setjmp(png_jmpbuf(reading->png)))
		return;
	png_set_read_fn(reading->png, reading, on_read);
	png_read_info(reading->png, reading->info);
	reading->width = png_get_image_width(reading->png, reading->info);
	reading->height = png_get_image_height(reading->png, reading->info);
	row = png_get_rowbytes(reading->png, reading->info);
	if ((uint64_t)row * reading->height / MOST_PER_BYTE > nbytes)
		png_error(reading->png, "too short for its width and height");
	ask_for_rgba(reading);
	allocate(reading);
	png_read_image(reading->png, reading->rows);
	png_read_end(reading->png, NULL);
}

/* A mixture, rounded to the nearest. */
static unsigned char blend(unsigned front, unsigned opaque, unsigned back)
{
	return (unsigned char)((front * opaque + back * (255 - opaque) + 127) /
			       255);
}

static enum codist_status put_pixels(struct codist_picture *picture,
				     const struct reading *reading,
				     struct codist_error *err)
{
	size_t n_pixels = reading->width * reading->height;

	CODIST_TRY(codist_picture_allocate(picture, reading->path,
					   reading->width, reading->height,
					   err));
	for (size_t i = 0; i < n_pixels; i++) {
		const unsigned char *from = reading->pixels + 4 * i;
		unsigned char colour[3];

		for (size_t c = 0; c < 3; c++)
			colour[c] = blend(from[c], from[3],
					  picture->background);
		codist_picture_put(picture, i, colour);
	}
	return CODIST_OK;
}

enum codist_status codist_png_decode(struct codist_picture *picture,
				     const char *path,
				     struct codist_bytes file,
				     struct codist_error *err)
{
	struct reading reading = { .path = path, .left = file, .err = err };
	enum codist_status status;

	reading.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &reading,
					     on_error, on_warning);
	if (reading.png)
		reading.info = png_create_info_struct(reading.png);
	if (reading.info)
		read_image(&reading);
	else
		reading.status = codist_no_memory(err, path);
	status = reading.status;
	if (status == CODIST_OK)
		status = put_pixels(picture, &reading, err);
	if (reading.png)
		png_destroy_read_struct(&reading.png, &reading.info, NULL);
	free(reading.rows);
	free(reading.pixels);
	return status;
}

const char *codist_png_version(void)
{
	return png_get_libpng_ver(NULL);
}

#else

const char *codist_png_version(void)
{
	return NULL;
}

enum codist_status codist_png_decode(struct codist_picture *picture,
				     const char *path,
				     struct codist_bytes file,
				     struct codist_error *err)
{
	(void)picture;
	(void)file;
	return codist_fail(err, CODIST_EMISSING,
			   "%s: a PNG image, and this codist was built without "
			   "libpng (Debian: libpng-dev); PGM and PPM images "
			   "do without it",
			   path);
}

#endif
