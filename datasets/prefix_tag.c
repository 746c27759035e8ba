/*
 * prefix_tag.c - the same text in front of every sample
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/dataset.h>

#include <string.h>

struct config {
	char *tag;
};

static size_t size(const void *config, size_t nbytes)
{
	const struct config *c = config;

	return strlen(c->tag) + nbytes;
}

static size_t apply(const void *config, struct codist_bytes x,
		    unsigned char *out)
{
	const struct config *c = config;
	size_t n = strlen(c->tag);

	memcpy(out, c->tag, n);
	if (x.nbytes)
		memcpy(out + n, x.data, x.nbytes);
	return n + x.nbytes;
}

static const struct codist_option options[] = {
	{ .name = "tag", .type = CODIST_TEXT,
	  .offset = offsetof(struct config, tag),
	  .help = "the text, byte for byte; a comma in it is written \\,",
	  .positional = 1 },
	{ .name = NULL },
};

const struct codist_transform codist_transform_prefix_tag = {
	.plugin = {
		.name = "prefix-tag",
		.summary = "a text in front of every sample: with re:, x "
			   "becomes re:x",
		.options = options,
		.config_size = sizeof(struct config),
	},
	.size = size,
	.apply = apply,
};
