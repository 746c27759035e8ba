/*
 * squeeze_space.c - words with one blank between them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/dataset.h>

/* isspace() of the "C" locale. */
static int is_space(unsigned char byte)
{
	return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static size_t apply(const void *config, struct codist_bytes x,
		    unsigned char *out)
{
	size_t n = 0;
	int is_due = 0; /* white space since the last word */

	(void)config;
	for (size_t i = 0; i < x.nbytes; i++) {
		if (is_space(x.data[i])) {
			is_due = n > 0;
			continue;
		}
		if (is_due)
			out[n++] = ' ';
		is_due = 0;
		out[n++] = x.data[i];
	}
	return n;
}

const struct codist_transform codist_transform_squeeze_space = {
	.plugin = {
		.name = "squeeze-space",
		.summary = "runs of blanks, tabs and line ends become one "
			   "blank, and none at either end",
	},
	.varies = 1,
	.apply = apply,
};
