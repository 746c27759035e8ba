/*
 * planes.c - a grey image becomes binary ones, one below the other
 *
 * Each threshold makes one, of the same height and width: 1 where a pixel is at
 * least that. So, of the lines of
 *
 *     10  90 200      thresholds=64+128 makes      . # #
 *     70 130   0                                   # # .
 *                                                  . . #
 *                                                  . # .
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/dataset.h>

#include <string.h>

#define MOST 255

struct config {
	char *thresholds;
};

/*
 * Takes the next number, of at most three digits, and the '+' behind it, off the
 * front of a list; 0: there is none.
 */
static int next_threshold(const char **list, unsigned *threshold)
{
	size_t n = strspn(*list, "0123456789");

	if (n == 0 || n > 3)
		return 0;
	*threshold = 0;
	for (size_t i = 0; i < n; i++)
		*threshold = 10 * *threshold + (unsigned)((*list)[i] - '0');
	*list += n;
	if (**list == '+' && (*list)[1])
		++*list;
	return 1;
}

static size_t n_planes(const char *list)
{
	unsigned threshold;
	size_t n = 0;

	while (next_threshold(&list, &threshold))
		n++;
	return n;
}

static size_t image_size(const void *config, size_t height, size_t width)
{
	const struct config *c = config;

	return n_planes(c->thresholds) * height * width;
}

static enum codist_status apply(const void *config,
				const struct codist_image *image,
				unsigned char *out, size_t *n_out,
				struct codist_error *err)
{
	const struct config *c = config;
	const char *list = c->thresholds;
	size_t n = image->height * image->width;
	unsigned threshold;

	(void)err;
	*n_out = 0;
	while (next_threshold(&list, &threshold)) {
		for (size_t i = 0; i < n; i++)
			out[*n_out + i] = image->pixels[i] >= threshold;
		*n_out += n;
	}
	return CODIST_OK;
}

static enum codist_status check(const void *config, struct codist_error *err)
{
	const struct config *c = config;
	const char *list = c->thresholds;
	unsigned before = 0, threshold;

	while (next_threshold(&list, &threshold) && threshold > before &&
	       threshold <= MOST) {
		before = threshold;
		if (!*list)
			return CODIST_OK;
	}
	return codist_fail(err, CODIST_EUSAGE,
			   "thresholds=%s: expected numbers within 1..%d, "
			   "each greater than the one before it, as in "
			   "64+128+192", c->thresholds, MOST);
}

static const struct codist_option options[] = {
	{ .name = "thresholds", .type = CODIST_TEXT,
	  .offset = offsetof(struct config, thresholds),
	  .fallback = "64+128+192",
	  .help = "pixels of at least this become 1, others 0: a plane for each, "
		  "from the top" },
	{ .name = NULL },
};

const struct codist_transform codist_transform_planes = {
	.plugin = {
		.name = "planes",
		.summary = "a grey image becomes binary ones, one for each of "
			   "several thresholds, as one image: one below the "
			   "other",
		.options = options,
		.config_size = sizeof(struct config),
		.check = check,
	},
	.makes = CODIST_MAKES_HIGHER,
	.image_size = image_size,
	.apply_image = apply,
};
