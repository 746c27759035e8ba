/*
 * pnm.c - PGM and PPM images, plain or not
 *
 * Netpbm's formats P2, P3, P5 and P6. Samples are scaled from 0..maxval to
 * 0..255, rounded to the nearest.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "picture.h"

#include <string.h>

struct scan {
	const unsigned char *at, *end;
};

struct header {
	int is_plain, is_colour;
	size_t width, height, maxval;
};

static int is_space(unsigned char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* White space, and comments, which go to the end of a line. */
static void skip_space(struct scan *in)
{
	int is_comment = 0;

	for (; in->at < in->end; in->at++) {
		if (*in->at == '#')
			is_comment = 1;
		else if (*in->at == '\n' || *in->at == '\r')
			is_comment = 0;
		else if (!is_comment && !is_space(*in->at))
			return;
	}
}

/* A number of at most ten digits behind white space; 1 if there is one. */
static int take_number(struct scan *in, size_t *number)
{
	const unsigned char *first;

	skip_space(in);
	first = in->at;
	*number = 0;
	while (in->at < in->end && *in->at >= '0' && *in->at <= '9' &&
	       in->at - first < 10)
		*number = 10 * *number + (size_t)(*in->at++ - '0');
	return in->at > first;
}

static enum codist_status read_header(struct header *header, struct scan *in,
				      const char *path,
				      struct codist_error *err)
{
	unsigned char type = in->at[1];

	if (!strchr("2356", type))
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: begins with P%c, expected PGM (P2 or "
				   "P5) or PPM (P3 or P6)",
				   path, type);
	header->is_plain = type == '2' || type == '3';
	header->is_colour = type == '3' || type == '6';
	in->at += 2;
	if (!take_number(in, &header->width) ||
	    !take_number(in, &header->height) ||
	    !take_number(in, &header->maxval))
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: no width, height and greatest value "
				   "behind P%c",
				   path, type);
	if (header->width == 0 || header->height == 0)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: %zu x %zu pixels, expected some", path,
				   header->width, header->height);
	if (header->maxval == 0 || header->maxval > 65535)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: greatest value %zu, expected 1..65535",
				   path, header->maxval);
	/* One white space, behind which the bytes may be any. */
	if (in->at == in->end || !is_space(*in->at))
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: no white space behind the greatest "
				   "value %zu",
				   path, header->maxval);
	in->at++;
	return CODIST_OK;
}

/* The least that so many values take, before there is memory for them. */
static enum codist_status check_size(const struct header *header,
				     const struct scan *in, const char *path,
				     struct codist_error *err)
{
	size_t left = (size_t)(in->end - in->at), most;
	size_t n_channels = header->is_colour ? 3 : 1;
	int is_exact = 0;

	if (header->is_plain)
		most = left / 2 + left % 2; /* a digit, a blank, a digit */
	else
		most = header->maxval > 255 ? left / 2 : left;
	if (header->width <= most / n_channels / header->height) {
		size_t n = header->width * header->height * n_channels;

		is_exact = header->maxval > 255 ? 2 * n == left : n == left;
		if (header->is_plain || is_exact)
			return CODIST_OK;
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: %zu bytes behind the header, expected "
				   "%zu for %zu x %zu pixels",
				   path, left, header->maxval > 255 ? 2 * n : n,
				   header->width, header->height);
	}
	return codist_fail(err, CODIST_EFORMAT,
			   "%s: truncated: %zu bytes behind the header, too "
			   "few for %zu x %zu pixels",
			   path, left, header->width, header->height);
}

/* The next value, scaled; 0 if there is none within 0..maxval. */
static int take_value(struct scan *in, const struct header *header,
		      unsigned char *value)
{
	size_t maxval = header->maxval, found;

	if (header->is_plain) {
		if (!take_number(in, &found))
			return 0;
	} else {
		found = *in->at++;
		if (maxval > 255)
			found = found << 8 | *in->at++;
	}
	if (found > maxval)
		return 0;
	*value = (unsigned char)((255 * found + maxval / 2) / maxval);
	return 1;
}

enum codist_status codist_pnm_decode(struct codist_picture *picture,
				     const char *path,
				     struct codist_bytes file,
				     struct codist_error *err)
{
	struct scan in = { file.data, file.data + file.nbytes };
	struct header header;
	size_t n_pixels;

	CODIST_TRY(read_header(&header, &in, path, err));
	CODIST_TRY(check_size(&header, &in, path, err));
	CODIST_TRY(codist_picture_allocate(picture, path, header.width,
					   header.height, err));
	n_pixels = header.width * header.height;
	for (size_t i = 0; i < n_pixels; i++) {
		unsigned char colour[3];

		for (size_t c = 0; c < 3; c++) {
			if (c > 0 && !header.is_colour)
				colour[c] = colour[0];
			else if (!take_value(&in, &header, &colour[c]))
				return codist_fail(
					err, CODIST_EFORMAT,
					"%s: pixel %zu of %zu is no number "
					"within 0..%zu",
					path, i, n_pixels, header.maxval);
		}
		codist_picture_put(picture, i, colour);
	}
	if (header.is_plain)
		skip_space(&in);
	if (in.at < in.end)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: more data than its %zu x %zu pixels",
				   path, header.width, header.height);
	return CODIST_OK;
}
