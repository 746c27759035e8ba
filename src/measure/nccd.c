/*
 * nccd.c - NCD by conditional lengths
 *
 * max(C(x|y), C(y|x)) / max(C(x), C(y)), where C(x|y) = C(yx) - C(y): the
 * normalized information distance of M. Li et al., The similarity metric, IEEE
 * Trans. Information Theory 50 (2004), with a compressor in place of the
 * Kolmogorov complexity. It is symmetric whatever the compressor is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/measure.h>

#include <math.h>

struct config {
	struct codist_lengths_options lengths;
};

static double formula(const void *config, const struct codist_lengths *l)
{
	(void)config;
	return codist_quotient(fmax(l->yx - l->y, l->xy - l->x),
			       fmax(l->x, l->y));
}

static const struct codist_option options[] = {
	CODIST_LENGTHS_OPTIONS(struct config, lengths),
	{ .name = NULL },
};

const struct codist_measure codist_measure_nccd = {
	.plugin = {
		.name = "nccd",
		.summary = "normalized conditional compression distance (Li "
			   "et al. 2004): max(C(x|y), C(y|x)) / "
			   "max(C(x), C(y)), where C(x|y) is C(yx) - C(y)",
		.options = options,
		.config_size = sizeof(struct config),
		.check = codist_lengths_check,
	},
	.needs_backend = 1,
	.wants = CODIST_WANTS_BOTH,
	.formula = formula,
};
