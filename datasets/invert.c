/*
 * invert.c - the negative of a grey image
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/dataset.h>

static size_t apply(const void *config, struct codist_bytes x,
		    unsigned char *out)
{
	(void)config;
	for (size_t i = 0; i < x.nbytes; i++)
		out[i] = (unsigned char)(255 - x.data[i]);
	return x.nbytes;
}

const struct codist_transform codist_transform_invert = {
	.plugin = {
		.name = "invert",
		.summary = "each byte b becomes 255 - b",
	},
	.apply = apply,
};
