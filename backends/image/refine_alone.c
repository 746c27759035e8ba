/*
 * refine_alone.c - a picture without any other: each pixel by ten that came before
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "refine_alone.h"

/* Counts are halved here, so that they never overflow. */
#define MOST ((uint32_t)1 << 30)

static unsigned context_at(const struct codist_raster *x, ptrdiff_t row,
			   ptrdiff_t column)
{
	unsigned context = 0;

	for (ptrdiff_t i = -1; i <= 1; i++)
		context = context << 1 | codist_raster_at(x, row - 2,
							  column + i);
	for (ptrdiff_t i = -2; i <= 2; i++)
		context = context << 1 | codist_raster_at(x, row - 1,
							  column + i);
	for (ptrdiff_t i = -2; i <= -1; i++)
		context = context << 1 | codist_raster_at(x, row, column + i);
	return context;
}

/* Of CODIST_PROBABILITY_ONE; neither 0 nor 1 are among them. */
static uint32_t probability(const uint32_t n[2], unsigned bit)
{
	uint64_t p = (2 * (uint64_t)n[bit] + 1) * CODIST_PROBABILITY_ONE /
		     (2 * ((uint64_t)n[0] + n[1] + 1));

	if (p == 0)
		return 1;
	return p < CODIST_PROBABILITY_ONE ? (uint32_t)p :
					    CODIST_PROBABILITY_ONE - 1;
}

uint64_t codist_alone_cost(struct codist_alone *alone,
			   const struct codist_costs *costs,
			   const struct codist_raster *x, size_t n_pixels)
{
	uint64_t cost = 0;

	for (size_t i = 0; i < n_pixels; i++) {
		ptrdiff_t row = (ptrdiff_t)(i / x->width);
		ptrdiff_t column = (ptrdiff_t)(i % x->width);
		unsigned bit = codist_raster_at(x, row, column);
		uint32_t *n = alone->n[context_at(x, row, column)];

		/* Ones by what is left of zeros, so that both make one. */
		cost += costs->of[bit ? CODIST_PROBABILITY_ONE -
						probability(n, 0) :
					probability(n, 0)];
		if (++n[bit] == MOST) {
			n[0] /= 2;
			n[1] /= 2;
		}
	}
	return cost;
}
