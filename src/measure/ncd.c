/*
 * ncd.c - the normalized compression distance
 *
 * (C(xy) - min(C(x), C(y))) / max(C(x), C(y)): R. Cilibrasi and P. Vitanyi,
 * Clustering by compression, IEEE Trans. Information Theory 51 (2005).
 * About 0 for equals and 1 for strangers, and a little more than either
 * with any real compressor.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/measure.h>

#include <math.h>

static double formula(const void *config, const struct codist_lengths *l)
{
	(void)config;
	return codist_quotient(l->joint - fmin(l->x, l->y), fmax(l->x, l->y));
}

const struct codist_measure codist_measure_ncd = {
	.plugin = {
		.name = "ncd",
		.summary = "normalized compression distance (Cilibrasi and Vitanyi "
			   "2005): (C(xy) - min(C(x), C(y))) / max(C(x), C(y))",
		.options = codist_lengths_options,
		.config_size = sizeof(struct codist_lengths_options),
		.check = codist_lengths_check,
	},
	.needs_backend = 1,
	.wants = CODIST_WANTS_JOINT,
	.formula = formula,
};
