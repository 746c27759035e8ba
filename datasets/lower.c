/*
 * lower.c - capital letters become small ones
 *
 * Of ASCII only, whatever the locale: which bytes beyond it are letters depends
 * on an encoding that nobody has told, and those are left as they are.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/dataset.h>

static size_t apply(const void *config, struct codist_bytes x,
		    unsigned char *out)
{
	(void)config;
	for (size_t i = 0; i < x.nbytes; i++) {
		int is_capital = x.data[i] >= 'A' && x.data[i] <= 'Z';

		out[i] = (unsigned char)(x.data[i] +
					 (is_capital ? 'a' - 'A' : 0));
	}
	return x.nbytes;
}

const struct codist_transform codist_transform_lower = {
	.plugin = {
		.name = "lower",
		.summary = "A..Z become a..z, all other bytes stay",
	},
	.apply = apply,
};
