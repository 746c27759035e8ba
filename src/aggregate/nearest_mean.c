/*
 * nearest_mean.c - the class whose mean value is nearest to the query's
 *
 * The values of all samples of a class are averaged, however they are joined
 * to references; the scores are not looked at.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "aggregate/row.h"

/*
 * |sum / n - q| is computed as |sum - n q| / n, which rounds once where values
 * are whole numbers: classes that are equally near have equal scores.
 */
static void fold(const void *config, const struct codist_row *row,
		 void *scratch, double *class_scores)
{
	struct codist_tally *tallies = codist_tallies_init(scratch, row);

	(void)config;
	for (size_t i = 0; i < row->n_references; i++) {
		struct codist_tally *tally = &tallies[row->class_of[i]];

		tally->sum += row->reference_values[i];
		tally->n += row->samples_in[i];
	}
	for (size_t c = 0; c < row->n_classes; c++) {
		double n = (double)tallies[c].n;

		class_scores[c] =
			n > 0 ? fabs(tallies[c].sum - n * row->query_value) /
					n :
				INFINITY;
	}
}

const struct codist_aggregator codist_aggregator_nearest_mean = {
	.plugin = {
		.name = "nearest-mean",
		.summary = "the class whose samples' mean value is nearest",
	},
	.needs_values = 1,
	.scratch_size = codist_tallies_size,
	.fold = fold,
};
