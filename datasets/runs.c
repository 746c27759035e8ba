/*
 * runs.c - how long a binary image stays as it is, line by line
 *
 * A line 0 0 1 1 1 0, the third one, becomes 2, 2, 3, 1: its number, two pixels
 * that are 0, three that are not, one that is. 1 1 0 0 0 0 becomes 2, 0, 2, 4.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "number_tag.h"

#include <codist/dataset.h>

#define LONGEST 255

struct config {
	int tag;
};

/* At most, each pixel is a run, and none of 0 comes first; a long run takes two
 * bytes for each 255 pixels. */
static size_t image_size(const void *config, size_t height, size_t width)
{
	const struct config *c = config;

	return height * (width + 1 + (c->tag == TAG_NUMBER));
}

/* Longer runs are cut by runs of no pixels. */
static size_t put_run(unsigned char *out, size_t length)
{
	size_t n = 0;

	for (; length > LONGEST; length -= LONGEST) {
		out[n++] = LONGEST;
		out[n++] = 0;
	}
	out[n++] = (unsigned char)length;
	return n;
}

static enum codist_status apply(const void *config,
				const struct codist_image *image,
				unsigned char *out, size_t *n_out,
				struct codist_error *err)
{
	const struct config *c = config;
	size_t width = image->width, n = 0;

	CODIST_TRY(codist_image_check_binary(image, err));
	for (size_t y = 0; y < image->height; y++) {
		const unsigned char *line = image->pixels + y * width;
		int color = 0;

		if (c->tag == TAG_NUMBER)
			out[n++] = (unsigned char)y;
		for (size_t x = 0, begin = 0; begin < width; begin = x) {
			while (x < width && (line[x] != 0) == color)
				x++;
			n += put_run(out + n, x - begin);
			color = !color;
		}
	}
	*n_out = n;
	return CODIST_OK;
}

static const struct codist_option options[] = {
	CODIST_NUMBER_TAG(struct config, tag, "line"),
	{ .name = NULL },
};

const struct codist_transform codist_transform_runs = {
	.plugin = {
		.name = "runs",
		.summary = "a binary image as lengths of runs, the first of "
			   "each line of 0, behind the line's number",
		.options = options,
		.config_size = sizeof(struct config),
	},
	.varies = 1,
	.image_size = image_size,
	.apply_image = apply,
};
