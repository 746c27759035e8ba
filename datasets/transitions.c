/*
 * transitions.c - where a binary image changes, along lines of all directions
 *
 * Each line of each direction is followed from outside, which is 0. A change is
 * a byte 0ddppppc: direction, position shifted right, and the new colour. Each
 * line ends with a byte 1ddnnnnn, its number, shifted right as is needed to fit.
 * So, of the rows of
 *
 *     . # # .      row 0: changes to 1 at 1, to 0 at 3
 *     . . . .      row 1: none
 *
 * with quantise=0, four bytes are made: 00000011 00000110 10000000 10000001.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/dataset.h>

#include <string.h>

#define POSITION_BITS 4
#define NUMBER_BITS 5
#define END 0x80

struct config {
	char *directions;
	int64_t quantise;
};

/* The lines of one direction: where they start, and which way they go. */
struct lines {
	unsigned direction; /* as in the bytes, 0..3 */
	size_t n;
	size_t step_y, step_x; /* SIZE_MAX: back by one */
};

static const char letters[] = "rcda";

static struct lines lines_of(char letter, size_t height, size_t width)
{
	struct lines lines = {
		.direction = (unsigned)(strchr(letters, letter) - letters),
		.n = height && width ? height + width - 1 : 0,
		.step_y = 1, .step_x = 1,
	};

	switch (letter) {
	case 'r':
		lines.n = height;
		lines.step_y = 0;
		break;
	case 'c':
		lines.n = width;
		lines.step_x = 0;
		break;
	case 'a':
		lines.step_x = SIZE_MAX;
		break;
	default:
		break;
	}
	return lines;
}

/* The first pixel of a line; diagonals are numbered from the top right, and
 * antidiagonals from the top left. */
static void start_of(const struct lines *lines, size_t line, size_t width,
		     size_t *y, size_t *x)
{
	*y = *x = 0;
	if (lines->step_y == 0) {
		*y = line;
	} else if (lines->step_x == 0) {
		*x = line;
	} else if (lines->step_x == 1) {
		*x = line < width ? width - 1 - line : 0;
		*y = line < width ? 0 : line - width + 1;
	} else {
		*x = line < width ? line : width - 1;
		*y = line < width ? 0 : line - width + 1;
	}
}

/* How far to shift so that a value fits in so many bits. */
static unsigned shift_for(size_t value, unsigned bits, unsigned at_least)
{
	unsigned shift = at_least;

	while (value >> shift >> bits > 0)
		shift++;
	return shift;
}

static size_t image_size(const void *config, size_t height, size_t width)
{
	const struct config *c = config;
	size_t n = 0;

	for (const char *letter = c->directions; *letter; letter++)
		n += height * width + lines_of(*letter, height, width).n;
	return n;
}

static size_t follow(const struct codist_image *image,
		     const struct lines *lines, size_t line, unsigned shift,
		     unsigned char *out)
{
	unsigned colour = 0;
	size_t n = 0, y, x;

	start_of(lines, line, image->width, &y, &x);
	for (; y < image->height && x < image->width; y += lines->step_y,
						      x += lines->step_x) {
		unsigned next = image->pixels[y * image->width + x] != 0;
		size_t position = lines->step_y ? y : x;

		if (next != colour)
			out[n++] = (unsigned char)(
				lines->direction << NUMBER_BITS |
				position >> shift << 1 | next);
		colour = next;
	}
	return n;
}

static enum codist_status apply(const void *config,
				const struct codist_image *image,
				unsigned char *out, size_t *n_out,
				struct codist_error *err)
{
	const struct config *c = config;
	size_t longest = image->height > image->width ? image->height :
							image->width;
	unsigned shift = shift_for(longest ? longest - 1 : 0, POSITION_BITS,
				   (unsigned)c->quantise);
	size_t n = 0;

	CODIST_TRY(codist_image_check_binary(image, err));
	for (const char *letter = c->directions; *letter; letter++) {
		struct lines lines = lines_of(*letter, image->height,
					      image->width);
		unsigned fit = shift_for(lines.n ? lines.n - 1 : 0,
					 NUMBER_BITS, 0);

		for (size_t line = 0; line < lines.n; line++) {
			n += follow(image, &lines, line, shift, out + n);
			out[n++] = (unsigned char)(
				END | lines.direction << NUMBER_BITS |
				line >> fit);
		}
	}
	*n_out = n;
	return CODIST_OK;
}

static enum codist_status check(const void *config, struct codist_error *err)
{
	const struct config *c = config;
	size_t n = strlen(c->directions);

	for (size_t i = 0; i < n; i++)
		if (!strchr(letters, c->directions[i]) ||
		    strchr(c->directions + i + 1, c->directions[i]))
			n = 0;
	return n > 0 ? CODIST_OK :
		codist_fail(err, CODIST_EUSAGE,
			    "directions=%s: expected some of the letters r, c, "
			    "d and a, each once", c->directions);
}

static const struct codist_option options[] = {
	{ .name = "directions", .type = CODIST_TEXT,
	  .offset = offsetof(struct config, directions), .fallback = "rcda",
	  .help = "of the lines, in this order: rows, columns, diagonals, "
		  "antidiagonals" },
	{ .name = "quantise", .type = CODIST_INTEGER,
	  .offset = offsetof(struct config, quantise),
	  .minimum = 0, .maximum = 15, .fallback = "1",
	  .help = "positions are shifted right by so many bits; by more where "
		  "an image is too large for 4 bits" },
	{ .name = NULL },
};

const struct codist_transform codist_transform_transitions = {
	.plugin = {
		.name = "transitions",
		.summary = "where a binary image changes, along lines: a byte "
			   "for each change, and one at each line's end",
		.options = options,
		.config_size = sizeof(struct config),
		.check = check,
	},
	.varies = 1,
	.image_size = image_size,
	.apply_image = apply,
};
