/*
 * trimmed.c - the mean score of a class without the extremes
 *
 * Of n scores, floor(fraction n) are left out at each end, but never all: from
 * a fraction of 1/2 the one or two in the middle stay, the median.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "aggregate/sorted.h"

#include <math.h>

struct config {
	double fraction;
};

static void fold(const void *config, const struct codist_row *row,
		 void *scratch, double *class_scores)
{
	double fraction = ((const struct config *)config)->fraction;
	struct codist_sorted sorted = codist_sorted_init(scratch, row);

	for (size_t c = 0; c < row->n_classes; c++) {
		size_t n = codist_sorted_count(&sorted, c), cut;

		class_scores[c] = INFINITY;
		if (n == 0)
			continue;
		cut = (size_t)(fraction * (double)n);
		if (cut > (n - 1) / 2)
			cut = (n - 1) / 2;
		class_scores[c] = codist_sorted_mean(&sorted, c, cut,
						     n - 2 * cut);
	}
}

static const struct codist_option options[] = {
	{ .name = "fraction", .type = CODIST_REAL,
	  .offset = offsetof(struct config, fraction),
	  .minimum = 0, .maximum = 0.5, .fallback = "0.1",
	  .help = "the share of scores left out at each end, rounded down; "
		  "0.5 leaves the median" },
	{ .name = NULL },
};

const struct codist_aggregator codist_aggregator_trimmed = {
	.plugin = {
		.name = "trimmed",
		.summary = "the mean without the smallest and largest scores",
		.options = options,
		.config_size = sizeof(struct config),
	},
	.scratch_size = codist_sorted_size,
	.fold = fold,
};
