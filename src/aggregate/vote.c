/*
 * vote.c - each rank within the classes votes for the class smallest there
 *
 * The scores of each class are sorted. The smallest of all classes are
 * compared, and the class that has the least gets a vote; then the second
 * smallest, and so on, for as many ranks as every class with references has.
 * Classes that are equally small at a rank get a vote each. A class score is
 * minus the class's votes divided by the number of ranks:
 *
 *     rank          0     1     2     3
 *     class 0      10    20    30
 *     class 1      12    18    30    31
 *     votes         0     1   0, 1    -
 *
 * Both classes have three scores, and so there are three ranks, of which each
 * class gets two: both have the score -2/3, and tie. By how much a score is the
 * smaller does not matter, so no outlier does.
 *
 * A rank at which all classes are infinitely far has no vote to give, though
 * it counts; where that is rank 0, all class scores are INFINITY.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "aggregate/sorted.h"

#include <math.h>

/* As many as the class with the fewest has references; 0: no class has any. */
static size_t count_ranks(const struct codist_sorted *sorted, size_t n_classes)
{
	size_t n_ranks = 0;

	for (size_t c = 0; c < n_classes; c++) {
		size_t n = codist_sorted_count(sorted, c);

		if (n > 0 && (n_ranks == 0 || n < n_ranks))
			n_ranks = n;
	}
	return n_ranks;
}

/* The score of a class at a rank; a class without references has INFINITY. */
static double score_at(const struct codist_sorted *sorted, size_t class,
		       size_t rank)
{
	return codist_sorted_count(sorted, class) ?
		       sorted->scores[sorted->starts[class] + rank] :
		       INFINITY;
}

static double smallest_at(const struct codist_sorted *sorted, size_t n_classes,
			  size_t rank)
{
	double smallest = INFINITY;

	for (size_t c = 0; c < n_classes; c++)
		smallest = fmin(smallest, score_at(sorted, c, rank));
	return smallest;
}

static void fold(const void *config, const struct codist_row *row,
		 void *scratch, double *class_scores)
{
	struct codist_sorted sorted = codist_sorted_init(scratch, row);
	size_t n_classes = row->n_classes;
	size_t n_ranks = count_ranks(&sorted, n_classes);
	int has_voted = n_ranks && smallest_at(&sorted, n_classes, 0) < INFINITY;

	(void)config;
	for (size_t c = 0; c < n_classes; c++)
		class_scores[c] = has_voted && codist_sorted_count(&sorted, c) ?
					  0 : INFINITY;
	if (!has_voted)
		return;
	for (size_t rank = 0; rank < n_ranks; rank++) {
		double smallest = smallest_at(&sorted, n_classes, rank);

		for (size_t c = 0; c < n_classes && smallest < INFINITY; c++)
			if (score_at(&sorted, c, rank) == smallest)
				class_scores[c]++;
	}
	for (size_t c = 0; c < n_classes; c++)
		if (class_scores[c] < INFINITY) /* 0 - 0 is not -0 */
			class_scores[c] = 0 - class_scores[c] / (double)n_ranks;
}

const struct codist_aggregator codist_aggregator_vote = {
	.plugin = {
		.name = "vote",
		.summary = "for each i, the class whose i-th smallest score is "
			   "least has a vote",
	},
	.scratch_size = codist_sorted_size,
	.fold = fold,
};
