/*
 * binarize.c - each byte becomes 0 or 1
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/dataset.h>

struct config {
	int64_t threshold;
};

static size_t apply(const void *config, struct codist_bytes x,
		    unsigned char *out)
{
	const struct config *c = config;

	for (size_t i = 0; i < x.nbytes; i++)
		out[i] = x.data[i] >= c->threshold;
	return x.nbytes;
}

static const struct codist_option options[] = {
	{ .name = "threshold", .type = CODIST_INTEGER,
	  .offset = offsetof(struct config, threshold),
	  .minimum = 0, .maximum = 255, .fallback = "128",
	  .help = "bytes of at least this become 1, others 0" },
	{ .name = NULL },
};

const struct codist_transform codist_transform_binarize = {
	.plugin = {
		.name = "binarize",
		.summary = "bytes become 1 from a threshold on, else 0",
		.options = options,
		.config_size = sizeof(struct config),
	},
	.apply = apply,
};
