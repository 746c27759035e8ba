/*
 * mean.c - the mean score of the references of a class
 *
 * Each reference counts as one, a short last chunk too.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "aggregate/row.h"

static void fold(const void *config, const struct codist_row *row,
		 void *scratch, double *class_scores)
{
	struct codist_tally *tallies = codist_tallies_init(scratch, row);

	(void)config;
	for (size_t i = 0; i < row->n_references; i++) {
		struct codist_tally *tally = &tallies[row->class_of[i]];

		tally->sum += codist_row_score(row, i);
		tally->n++;
	}
	for (size_t c = 0; c < row->n_classes; c++)
		class_scores[c] = tallies[c].n ? tallies[c].sum /
							 (double)tallies[c].n :
						 INFINITY;
}

const struct codist_aggregator codist_aggregator_mean = {
	.plugin = {
		.name = "mean",
		.summary = "the mean score of the references of a class",
	},
	.scratch_size = codist_tallies_size,
	.fold = fold,
};
