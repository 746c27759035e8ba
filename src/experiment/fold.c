/*
 * fold.c - the scores of a block become class scores and predictions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/run.h"

struct codist_row codist_run_row(const struct codist_run *run, size_t in_block)
{
	const struct codist_reference_set *references = &run->references;
	struct codist_row row = {
		.n_references = references->n_references,
		.n_classes = run->n_classes,
		.class_of = references->class_of,
		.samples_in = references->samples_in,
		.granularity = run->granularity,
	};

	if (run->block.scores)
		row.scores = run->block.scores + in_block * row.n_references;
	if (run->measure->values_add) {
		row.reference_values = run->reference_values;
		row.query_value =
			run->query_values[run->block.first + in_block];
	}
	return row;
}

/* One row by one aggregator. */
static enum codist_status fold(void *user, unsigned thread, size_t i,
			       struct codist_error *err)
{
	struct codist_run *run = user;
	struct codist_worker *worker = &run->workers[thread];
	size_t a = run->n_folded, n_classes = run->n_classes;
	struct codist_predictions *predictions = &run->predictions[a];
	struct codist_row row = codist_run_row(run, i);
	size_t sample = run->block.first + i;

	(void)err;
	predictions->predicted[sample] =
		codist_fold(&run->pipeline->aggregators[a], &row,
			    worker->scratch,
			    predictions->class_scores + sample * n_classes,
			    run->block.may_win + i * n_classes);
	return CODIST_OK;
}

enum codist_status codist_run_fold(struct codist_run *run,
				   struct codist_error *err)
{
	const struct codist_block *block = &run->block;

	for (size_t a = 0; a < run->pipeline->n_aggregators; a++) {
		struct codist_predictions *made = &run->predictions[a];

		run->n_folded = a;
		CODIST_TRY(codist_run_items(run, block->n, fold, err));
		for (size_t i = 0; i < block->n; i++) {
			size_t sample = block->first + i;
			unsigned truth = run->test->labels[sample];

			codist_confusion_count(&made->confusion, truth,
					       made->predicted[sample]);
			codist_ties_count(&made->ties,
					  block->may_win +
						  i * run->n_classes,
					  run->n_classes, truth);
		}
	}
	return CODIST_OK;
}
