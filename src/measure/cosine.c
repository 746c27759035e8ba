/*
 * cosine.c - compressed lengths as vectors, and the cosine between them
 *
 * 1 - (C(x) + C(y) - C(xy)) / sqrt(C(x) C(y)): D. Sculley and C. E. Brodley,
 * Compression and machine learning: a new perspective on feature space
 * vectors, DCC 2006.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/measure.h>

#include <math.h>

static double formula(const void *config, const struct codist_lengths *l)
{
	double product = sqrt(fmax(l->x, 0) * fmax(l->y, 0));

	(void)config;
	return codist_quotient(product - (l->x + l->y - l->joint), product);
}

const struct codist_measure codist_measure_cosine = {
	.plugin = {
		.name = "cosine",
		.summary = "cosine in the space of phrases (Sculley and Brodley "
			   "2006): 1 - (C(x) + C(y) - C(xy)) / sqrt(C(x) C(y))",
		.options = codist_lengths_options,
		.config_size = sizeof(struct codist_lengths_options),
		.check = codist_lengths_check,
	},
	.needs_backend = 1,
	.wants = CODIST_WANTS_JOINT,
	.formula = formula,
};
