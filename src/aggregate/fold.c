/*
 * fold.c - a row of scores becomes class scores; the smallest wins
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "aggregate/row.h"

#include <assert.h>

static const struct codist_aggregator *
aggregator_of(const struct codist_spec *spec)
{
	return (const struct codist_aggregator *)spec->plugin;
}

size_t codist_fold_scratch(const struct codist_spec *spec,
			   const struct codist_row *row)
{
	const struct codist_aggregator *aggregator = aggregator_of(spec);

	return aggregator->scratch_size ?
		       aggregator->scratch_size(spec->config, row) :
		       0;
}

unsigned codist_fold(const struct codist_spec *spec,
		     const struct codist_row *row, void *scratch,
		     double *class_scores, unsigned char *may_win)
{
	const struct codist_aggregator *aggregator = aggregator_of(spec);
	unsigned best = 0;

	assert(row->n_classes > 0);
	assert(!aggregator->needs_values || row->reference_values);
	assert(!aggregator->needs_lengths || row->granularity > 0);
	aggregator->fold(spec->config, row, scratch, class_scores);
	for (unsigned c = 0; c < row->n_classes; c++) {
		if (isnan(class_scores[c]))
			class_scores[c] = INFINITY;
		if (class_scores[c] < class_scores[best])
			best = c;
	}
	if (may_win && aggregator->ties)
		aggregator->ties(spec->config, row, scratch, class_scores,
				 may_win);
	else if (may_win)
		codist_row_ties(row, class_scores, may_win);
	return best;
}
