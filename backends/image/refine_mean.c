/*
 * refine_mean.c - what a picture costs by the mean of many codes
 *
 * Probabilities are added up relative to the largest of them, which is 2^42, and
 * each is rounded down. One that is smaller by that factor is left out: n of them
 * would change the mean by less than n 2^-42 of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "refine_mean.h"

#define LARGEST REFINE_LARGEST_BITS

static uint64_t probability(const struct codist_refine_tables *tables,
			    uint64_t parts)
{
	if (parts >= (uint64_t)LARGEST * REFINE_PARTS)
		return 0;
	return tables->large[parts % REFINE_PARTS] >> parts / REFINE_PARTS;
}

/* log2(n), rounded down by 2^-15 of n at most, for n > 0. */
static uint64_t logarithm(const struct codist_costs *costs, uint64_t n)
{
	unsigned top = 0;
	uint64_t leading;

	while (n >> top > 1)
		top++;
	leading = top > 15 ? n >> (top - 15) : n << (15 - top);
	return (top + 1) * (uint64_t)CODIST_COST_ONE - costs->of[leading];
}

uint64_t codist_mean_cost(const struct codist_mean *mean,
			  const struct codist_refine_tables *tables)
{
	uint64_t least = mean->alone, sum;

	for (size_t i = 0; i < mean->n; i++) {
		uint64_t cost = mean->base + mean->parts[i] *
						     (uint64_t)REFINE_PART;

		if (cost < least)
			least = cost;
	}
	sum = probability(tables, (mean->alone - least + REFINE_PART - 1) /
					  REFINE_PART);
	for (size_t i = 0; i < mean->n; i++) {
		uint64_t cost = mean->base + mean->parts[i] *
						     (uint64_t)REFINE_PART;

		sum += probability(tables, (cost - least + REFINE_PART - 1) /
						   REFINE_PART);
	}
	return least + LARGEST * (uint64_t)CODIST_COST_ONE -
	       logarithm(mean->costs, sum / (mean->n + 1));
}
