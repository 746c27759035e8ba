/*
 * pack.c - eight pixels a byte
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/dataset.h>

static size_t size(const void *config, size_t nbytes)
{
	(void)config;
	return nbytes / 8 + (nbytes % 8 != 0);
}

static size_t apply(const void *config, struct codist_bytes x,
		    unsigned char *out)
{
	size_t n_out = size(config, x.nbytes);

	for (size_t i = 0; i < n_out; i++) {
		unsigned byte = 0;

		for (size_t bit = 0; bit < 8; bit++) {
			size_t at = 8 * i + bit;

			byte = byte << 1 | (at < x.nbytes && x.data[at] != 0);
		}
		out[i] = (unsigned char)byte;
	}
	return n_out;
}

const struct codist_transform codist_transform_pack = {
	.plugin = {
		.name = "pack",
		.summary = "eight pixels a byte, a bit for each that is not 0, "
			   "the first one highest",
	},
	.size = size,
	.apply = apply,
};
