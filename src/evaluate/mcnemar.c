/*
 * mcnemar.c - do two classifiers differ, on the same samples?
 *
 * Samples that both get right, or both wrong, say nothing. Of the others, the
 * discordant, each classifier should get half if they are equally good:
 * Q. McNemar, Note on the sampling error of the difference between correlated
 * proportions or percentages, Psychometrika 12 (1947) 153-157, with the exact
 * binomial tail in place of his chi-square.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "evaluate/distributions.h"

#include <codist/evaluate.h>

#include <assert.h>
#include <limits.h>

double codist_mcnemar(size_t n_first_only, size_t n_second_only)
{
	size_t n = n_first_only + n_second_only;
	size_t least = n_first_only < n_second_only ? n_first_only :
						      n_second_only;
	double p;

	assert(n <= UINT_MAX);
	/* The two tails meet in the middle, where both count it. */
	if (2 * least >= n)
		return 1;
	p = 2 * codist_coins_at_most((unsigned)least, (unsigned)n);
	return p < 1 ? p : 1;
}
