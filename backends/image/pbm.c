/*
 * pbm.c - a stream of raw PBM pictures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pbm.h"

#include <stdio.h>

#define ADVICE "; put binarize + pbm into the transform"

static int is_space(unsigned char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* White space and comments; 1 if there were any. */
static int skip_space(struct codist_bytes *in)
{
	const unsigned char *first = in->data;
	int is_comment = 0;

	for (; in->nbytes > 0; in->data++, in->nbytes--) {
		if (*in->data == '#')
			is_comment = 1;
		else if (*in->data == '\n' || *in->data == '\r')
			is_comment = 0;
		else if (!is_comment && !is_space(*in->data))
			break;
	}
	return in->data > first;
}

/* White space, then a number of at most nine digits; 1 if both are there. */
static int take_number(struct codist_bytes *in, size_t *number)
{
	size_t n_digits = 0;

	if (!skip_space(in))
		return 0;
	*number = 0;
	for (; in->nbytes > 0 && *in->data >= '0' && *in->data <= '9';
	     in->data++, in->nbytes--, n_digits++) {
		if (n_digits == 9)
			return 0;
		*number = 10 * *number + (size_t)(*in->data - '0');
	}
	return n_digits > 0;
}

static enum codist_status no_picture(struct codist_bytes in, const char *who,
				     struct codist_error *err)
{
	char found[sizeof("bytes 0xff 0xff")];

	if (in.nbytes == 1)
		snprintf(found, sizeof(found), "a byte 0x%02x", in.data[0]);
	else
		snprintf(found, sizeof(found), "bytes 0x%02x 0x%02x",
			 in.data[0], in.data[1]);
	return codist_fail(err, CODIST_EFORMAT,
			   "%s wants raw PBM pictures, which begin with P4, "
			   "and found %s" ADVICE, who, found);
}

enum codist_status codist_pbm_next(struct codist_pbm *picture,
				   struct codist_bytes *stream, const char *who,
				   int *is_there, struct codist_error *err)
{
	struct codist_bytes in = *stream;
	size_t width, height, row;

	*is_there = 0;
	if (in.nbytes == 0)
		return CODIST_OK;
	if (in.nbytes < 2 || in.data[0] != 'P' || in.data[1] != '4')
		return no_picture(in, who, err);
	in.data += 2;
	in.nbytes -= 2;
	if (!take_number(&in, &width) || !take_number(&in, &height) ||
	    in.nbytes == 0 || !is_space(*in.data))
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: a PBM picture whose header does not "
				   "have P4, width and height, each of at most "
				   "nine digits with white space behind" ADVICE,
				   who);
	if (width == 0 || height == 0)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: a PBM picture of %zu x %zu pixels, "
				   "expected some", who, width, height);
	in.data++;
	in.nbytes--;
	row = (width + 7) / 8;
	if (row > in.nbytes / height)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: truncated: %zu bytes of a PBM picture "
				   "of %zu x %zu pixels, expected %zu rows of "
				   "%zu", who, in.nbytes, width, height, height,
				   row);
	*picture = (struct codist_pbm){ width, height, in.data };
	in.data += row * height;
	in.nbytes -= row * height;
	*stream = in;
	*is_there = 1;
	return CODIST_OK;
}
