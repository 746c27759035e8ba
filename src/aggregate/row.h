/*
 * row.h - a row of scores, read class by class
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_AGGREGATE_ROW_H
#define CODIST_AGGREGATE_ROW_H

#include <codist/aggregator.h>

#include <math.h>

/* Predictions hang on NaN, infinity and the equality of sums. */
#if defined(__FAST_MATH__) || \
	(defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__)
#error "codist cannot be compiled with -ffast-math or -Ofast"
#endif

/* Score i; a NaN counts as infinitely far, lest it win by comparing unequal. */
static inline double codist_row_score(const struct codist_row *row, size_t i)
{
	return isnan(row->scores[i]) ? INFINITY : row->scores[i];
}

/* What adds up over the references of a class. */
struct codist_tally {
	double sum;
	size_t n;
};

/* The scratch_size() of an aggregator that wants a tally of each class. */
size_t codist_tallies_size(const void *config, const struct codist_row *row);

/* Make scratch of that size a tally of nothing for each class. */
struct codist_tally *codist_tallies_init(void *scratch,
					 const struct codist_row *row);

/* The smallest score of each class, INFINITY where there is none. */
void codist_row_smallest(const struct codist_row *row, double *class_scores);

/* Set may_win[c] to 1 where a class score equals the smallest, else to 0. */
void codist_row_ties(const struct codist_row *row, const double *class_scores,
		     unsigned char *may_win);

#endif
