/*
 * smallest.c - the mean of the k smallest scores of a class
 *
 * Between min, which k=1 is, and mean, which it is from the number of the
 * class's references on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "aggregate/sorted.h"

#include <math.h>

struct config {
	int64_t k;
};

static void fold(const void *config, const struct codist_row *row,
		 void *scratch, double *class_scores)
{
	uint64_t k = (uint64_t)((const struct config *)config)->k;
	struct codist_sorted sorted = codist_sorted_init(scratch, row);

	for (size_t c = 0; c < row->n_classes; c++) {
		size_t n = codist_sorted_count(&sorted, c);

		if (k < n)
			n = (size_t)k;
		class_scores[c] = n ? codist_sorted_mean(&sorted, c, 0, n) :
				      INFINITY;
	}
}

static const struct codist_option options[] = {
	{ .name = "k", .type = CODIST_INTEGER,
	  .offset = offsetof(struct config, k),
	  .minimum = 1, .maximum = 1e9, .fallback = "3",
	  .help = "how many scores; a class that has fewer gives all" },
	{ .name = NULL },
};

const struct codist_aggregator codist_aggregator_smallest = {
	.plugin = {
		.name = "smallest",
		.summary = "the mean of the k smallest scores of a class",
		.options = options,
		.config_size = sizeof(struct config),
	},
	.scratch_size = codist_sorted_size,
	.fold = fold,
};
