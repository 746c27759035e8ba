/*
 * median.c - the middle score of the references of a class
 *
 * Of an even number, the mean of the two in the middle.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "aggregate/sorted.h"

#include <math.h>

static void fold(const void *config, const struct codist_row *row,
		 void *scratch, double *class_scores)
{
	struct codist_sorted sorted = codist_sorted_init(scratch, row);

	(void)config;
	for (size_t c = 0; c < row->n_classes; c++) {
		size_t n = codist_sorted_count(&sorted, c);

		class_scores[c] = n ? codist_sorted_mean(&sorted, c,
							 (n - 1) / 2,
							 n % 2 ? 1 : 2) :
				      INFINITY;
	}
}

const struct codist_aggregator codist_aggregator_median = {
	.plugin = {
		.name = "median",
		.summary = "the median score of the references of a class",
	},
	.scratch_size = codist_sorted_size,
	.fold = fold,
};
