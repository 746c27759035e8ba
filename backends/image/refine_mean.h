/*
 * refine_mean.h - what a picture costs by the mean of many codes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BACKENDS_IMAGE_REFINE_MEAN_H
#define CODIST_BACKENDS_IMAGE_REFINE_MEAN_H

#include "refine_tables.h"

/* So many pictures are too many for the sum of their probabilities. */
#define REFINE_MOST_PICTURES ((size_t)1 << 21)

/* One code by each of n pictures, and one by none. */
struct codist_mean {
	const struct codist_costs *costs;
	uint64_t alone, base;  /* of CODIST_COST_ONE */
	const uint32_t *parts; /* [n], each beyond base, of REFINE_PARTS */
	size_t n;
};

/*
 * codist_mean_cost() is -log2 of the mean of their n + 1 probabilities, of
 * CODIST_COST_ONE, rounded up.
 */
uint64_t codist_mean_cost(const struct codist_mean *mean,
			  const struct codist_refine_tables *tables);

#endif
