/*
 * pbm.c - a binary image becomes a raw PBM picture
 *
 * Such pictures, one behind the other, are a PBM stream, and each says what
 * shape it has: so a backend that sees bytes only sees pictures.
 *
 *     P4 LF width SPACE height LF, and rows of eight pixels a byte
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/dataset.h>

#include <stdio.h>
#include <string.h>

/* Two numbers of a size_t, and what is around them. */
#define HEADER_SIZE 64

static size_t write_header(char header[HEADER_SIZE], size_t height,
			   size_t width)
{
	return (size_t)snprintf(header, HEADER_SIZE, "P4\n%zu %zu\n", width,
				height);
}

static size_t row_nbytes(size_t width)
{
	return width / 8 + (width % 8 != 0);
}

static size_t image_size(const void *config, size_t height, size_t width)
{
	char header[HEADER_SIZE];

	(void)config;
	return write_header(header, height, width) +
	       height * row_nbytes(width);
}

static void pack_row(const unsigned char *row, size_t width, unsigned char *out)
{
	memset(out, 0, row_nbytes(width));
	for (size_t x = 0; x < width; x++)
		if (row[x] != 0)
			out[x / 8] |= (unsigned char)(0x80 >> x % 8);
}

static enum codist_status apply(const void *config,
				const struct codist_image *image,
				unsigned char *out, size_t *n_out,
				struct codist_error *err)
{
	char header[HEADER_SIZE];
	size_t width = image->width;
	size_t n = write_header(header, image->height, width);

	(void)config;
	CODIST_TRY(codist_image_check_binary(image, err));
	memcpy(out, header, n);
	for (size_t y = 0; y < image->height; y++) {
		pack_row(image->pixels + y * width, width, out + n);
		n += row_nbytes(width);
	}
	*n_out = n;
	return CODIST_OK;
}

const struct codist_transform codist_transform_pbm = {
	.plugin = {
		.name = "pbm",
		.summary = "a binary image becomes a raw PBM picture, its shape "
			   "ahead; what is not 0 is black",
	},
	.image_size = image_size,
	.apply_image = apply,
};
