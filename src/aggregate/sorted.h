/*
 * sorted.h - the scores of each class in order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_AGGREGATE_SORTED_H
#define CODIST_AGGREGATE_SORTED_H

#include <codist/aggregator.h>

/* Class c has the scores from starts[c] up to starts[c + 1], rising. */
struct codist_sorted {
	const double *scores; /* [n_references], no NaN */
	const size_t *starts; /* [n_classes + 1] */
};

/* The scratch_size() of an aggregator that wants scores in order. */
size_t codist_sorted_size(const void *config, const struct codist_row *row);

/* Sort the scores of a row into scratch of that size. */
struct codist_sorted codist_sorted_init(void *scratch,
					const struct codist_row *row);

/* How many references a class has. */
static inline size_t codist_sorted_count(const struct codist_sorted *sorted,
					 size_t class)
{
	return sorted->starts[class + 1] - sorted->starts[class];
}

/*
 * The mean of n scores of a class, n > 0, from its first-th smallest on, which
 * counts from 0. They are summed in order, so that the order of references
 * does not show.
 */
double codist_sorted_mean(const struct codist_sorted *sorted, size_t class,
			  size_t first, size_t n);

#endif
