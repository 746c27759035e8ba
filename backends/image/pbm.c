/*
 * pbm.c - a stream of raw PBM pictures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pbm.h"

#include <inttypes.h>
#include <stdio.h>

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

/* How far a header is understood, and what is to follow, for messages. */
struct place {
	const char *behind, *expected;
};

/* White space, then a number of at most nine digits; 1 if both are there. */
static int take_number(struct codist_bytes *in, size_t *number,
		       struct place *place)
{
	size_t n_digits = 0;

	if (!skip_space(in))
		return 0;
	*number = 0;
	for (; in->nbytes > 0 && *in->data >= '0' && *in->data <= '9';
	     in->data++, in->nbytes--, n_digits++) {
		if (n_digits == 9) {
			place->behind = "nine digits";
			return 0;
		}
		*number = 10 * *number + (size_t)(*in->data - '0');
	}
	return n_digits > 0;
}

/* What is behind P4, up to the raster; 1 if all of it is there. */
static int take_header(struct codist_bytes *in, size_t *width, size_t *height,
		       struct place *place)
{
	*place = (struct place){ "P4", "white space and a width of at most "
				       "nine digits" };
	if (!take_number(in, width, place))
		return 0;
	*place = (struct place){ "its width", "white space and a height of at "
					      "most nine digits" };
	if (!take_number(in, height, place))
		return 0;
	*place = (struct place){ "its height", "white space" };
	if (in->nbytes == 0 || !is_space(*in->data))
		return 0;
	in->data++;
	in->nbytes--;
	return 1;
}

static enum codist_status no_header(struct codist_bytes in,
				    const struct place *place, size_t number,
				    const char *who, struct codist_error *err)
{
	if (in.nbytes == 0)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: picture %zu: the header ends after %s, "
				   "expected %s", who, number, place->behind,
				   place->expected);
	return codist_fail(err, CODIST_EFORMAT,
			   "%s: picture %zu: the header has a byte 0x%02x "
			   "behind %s, expected %s", who, number, in.data[0],
			   place->behind, place->expected);
}

/* The other pictures of Netpbm, by their second byte; or NULL. */
static const char *relative(struct codist_bytes in)
{
	static const char *const names[] = {
		"plain PBM (P1)", "plain PGM (P2)", "plain PPM (P3)", NULL,
		"PGM (P5)", "PPM (P6)", "PAM (P7)",
	};

	if (in.nbytes < 2 || in.data[0] != 'P' || in.data[1] < '1' ||
	    in.data[1] > '7')
		return NULL;
	return names[in.data[1] - '1'];
}

/* What is there instead of P4. */
static enum codist_status no_picture(struct codist_bytes in, size_t number,
				     const char *who, struct codist_error *err)
{
	const char *name = relative(in);
	char found[sizeof("0xff 0xff")];

	if (name)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s wants raw PBM pictures (P4), and found "
				   "%s as picture %zu; the transform binarize "
				   "+ pbm makes such", who, name, number);
	if (in.nbytes == 1)
		snprintf(found, sizeof(found), "0x%02x", in.data[0]);
	else
		snprintf(found, sizeof(found), "0x%02x 0x%02x", in.data[0],
			 in.data[1]);
	/* After a picture it is more likely a stray end than another kind. */
	if (number > 1)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s wants raw PBM pictures, which begin "
				   "with P4, and found %zu byte%s behind "
				   "picture %zu, at first %s", who, in.nbytes,
				   in.nbytes == 1 ? "" : "s", number - 1,
				   found);
	return codist_fail(err, CODIST_EFORMAT,
			   "%s wants raw PBM pictures, which begin with P4, "
			   "and found %s %s; the transform binarize + pbm "
			   "makes such", who,
			   in.nbytes == 1 ? "a byte" : "bytes", found);
}

enum codist_status codist_pbm_next(struct codist_pbm *picture,
				   struct codist_bytes *stream, const char *who,
				   int *is_there, struct codist_error *err)
{
	struct codist_bytes in = *stream;
	size_t number = picture->number + 1;
	size_t width, height, row;
	struct place place;

	*is_there = 0;
	if (in.nbytes == 0)
		return CODIST_OK;
	if (in.nbytes < 2 || in.data[0] != 'P' || in.data[1] != '4')
		return no_picture(in, number, who, err);
	in.data += 2;
	in.nbytes -= 2;
	if (!take_header(&in, &width, &height, &place))
		return no_header(in, &place, number, who, err);
	if (width == 0 || height == 0)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: picture %zu is of %zu x %zu pixels, "
				   "expected some", who, number, width, height);
	row = (width + 7) / 8;
	if (row > in.nbytes / height)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: picture %zu is truncated: %zu bytes of "
				   "a PBM picture of %zu x %zu pixels, expected "
				   "%" PRIu64 " (%zu rows of %zu)", who, number,
				   in.nbytes, width, height,
				   (uint64_t)row * height, height, row);
	*picture = (struct codist_pbm){ width, height, in.data, number };
	in.data += row * height;
	in.nbytes -= row * height;
	*stream = in;
	*is_there = 1;
	return CODIST_OK;
}
