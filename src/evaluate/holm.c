/*
 * holm.c - p-values of several tests, so that they can be read as one
 *
 * S. Holm, A simple sequentially rejective multiple test procedure, Scand. J.
 * Statist. 6 (1979) 65-70: with p(1) <= p(2) <= ... <= p(n), the adjusted
 * p(i) is the greatest of (n - k + 1) p(k) for k <= i, and at most 1.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/evaluate.h>

/* How many come before p[i], equal ones in order of their places. */
static size_t rank_of(const double *p, size_t n, size_t i)
{
	size_t rank = 0;

	for (size_t k = 0; k < n; k++)
		rank += p[k] < p[i] || (p[k] == p[i] && k < i);
	return rank;
}

/* Quadratic or worse in n, which is a handful of comparisons. */
void codist_holm(const double *p, size_t n, double *adjusted)
{
	for (size_t i = 0; i < n; i++) {
		size_t rank = rank_of(p, n, i);

		adjusted[i] = 0;
		for (size_t k = 0; k < n; k++) {
			size_t before = rank_of(p, n, k);
			double scaled = (double)(n - before) * p[k];

			if (before <= rank && scaled > adjusted[i])
				adjusted[i] = scaled;
		}
		if (adjusted[i] > 1)
			adjusted[i] = 1;
	}
}
