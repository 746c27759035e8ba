/*
 * clm.c - the share of the joint length that is not common to both
 *
 * 1 - (C(x) + C(y) - C(xy)) / C(xy): by which C. H. Bennett, M. Li and B. Ma
 * compared chain letters (Scientific American, June 2003), named CLM by
 * Sculley and Brodley (DCC 2006).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/measure.h>

static double formula(const void *config, const struct codist_lengths *l)
{
	(void)config;
	return codist_quotient(2 * l->joint - l->x - l->y, l->joint);
}

const struct codist_measure codist_measure_clm = {
	.plugin = {
		.name = "clm",
		.summary = "chain letter measure (Sculley and Brodley 2006): "
			   "1 - (C(x) + C(y) - C(xy)) / C(xy)",
		.options = codist_lengths_options,
		.config_size = sizeof(struct codist_lengths_options),
		.check = codist_lengths_check,
	},
	.needs_backend = 1,
	.wants = CODIST_WANTS_JOINT,
	.formula = formula,
};
