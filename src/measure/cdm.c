/*
 * cdm.c - the compression-based dissimilarity measure
 *
 * C(xy) / (C(x) + C(y)): E. Keogh, S. Lonardi and C. A. Ratanamahatana, Towards
 * parameter-free data mining, KDD 2004. About 1/2 for equals and 1 for
 * strangers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/measure.h>

static double formula(const void *config, const struct codist_lengths *l)
{
	(void)config;
	return codist_quotient(l->joint, l->x + l->y);
}

const struct codist_measure codist_measure_cdm = {
	.plugin = {
		.name = "cdm",
		.summary = "compression-based dissimilarity (Keogh, Lonardi and "
			   "Ratanamahatana 2004): C(xy) / (C(x) + C(y))",
		.options = codist_lengths_options,
		.config_size = sizeof(struct codist_lengths_options),
		.check = codist_lengths_check,
	},
	.needs_backend = 1,
	.wants = CODIST_WANTS_JOINT,
	.formula = formula,
};
