/*
 * fold.c - the scores of a block become class scores and predictions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/run.h"

#include <math.h>
#include <stdlib.h>

/* Of cross-validation: what a row has of other folds. */
struct codist_others {
	double *scores, *reference_values; /* [n_references] */
	size_t *samples_in;
	unsigned *class_of;
};

enum codist_status codist_run_others_new(struct codist_others **others,
					 const struct codist_run *run,
					 struct codist_error *err)
{
	size_t n = run->references.n_references;
	struct codist_others *made = malloc(
		sizeof(*made) + n * (2 * sizeof(double) + sizeof(size_t) +
				     sizeof(unsigned)));

	*others = made;
	if (!made)
		return codist_no_memory(err, "references of other folds");
	made->scores = (double *)(made + 1);
	made->reference_values = made->scores + n;
	made->samples_in = (size_t *)(made->reference_values + n);
	made->class_of = (unsigned *)(made->samples_in + n);
	return CODIST_OK;
}

/* Leave out of a row the references of that sample's fold. */
static void keep_others(const struct codist_run *run, size_t sample,
			struct codist_others *others, struct codist_row *row)
{
	size_t n = 0;

	for (size_t i = 0; i < row->n_references; i++) {
		if (run->fold_of[i] == run->fold_of[sample])
			continue;
		others->scores[n] = row->scores[i];
		others->class_of[n] = row->class_of[i];
		others->samples_in[n] = row->samples_in[i];
		if (row->reference_values)
			others->reference_values[n] = row->reference_values[i];
		n++;
	}
	row->n_references = n;
	row->scores = others->scores;
	row->class_of = others->class_of;
	row->samples_in = others->samples_in;
	if (row->reference_values)
		row->reference_values = others->reference_values;
}

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

/* Sums by turns, since one would wait for each addition before the next. */
static void describe(const struct codist_row *row, double *mean,
		     double *least)
{
	double sums[4] = { 0 };

	*mean = *least = NAN;
	if (!row->scores || row->n_references == 0)
		return;
	*least = row->scores[0];
	for (size_t i = 0; i < row->n_references; i++) {
		double score = row->scores[i];

		sums[i % 4] += score;
		*least = score < *least ? score : *least;
	}
	*mean = ((sums[0] + sums[1]) + (sums[2] + sums[3])) /
		(double)row->n_references;
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
	if (run->fold_of)
		keep_others(run, sample, worker->others, &row);
	if (a == 0)
		describe(&row, &run->block.means[i], &run->block.leasts[i]);
	if (run->are_single && row.n_references > 0)
		run->block.fronts[i] = codist_row_front(&row);
	predictions->predicted[sample] =
		codist_fold(&run->pipeline->aggregators[a], &row,
			    worker->scratch,
			    predictions->class_scores + sample * n_classes,
			    run->block.may_win + i * n_classes);
	return CODIST_OK;
}

static void count_front(struct codist_nearest *nearest,
			const struct codist_front *front, unsigned truth)
{
	nearest->n_samples++;
	nearest->n_tied += front->n_nearest > 1;
	nearest->n_top2 += front->n_nearest > 0 && (front->first == truth ||
						    front->second == truth);
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
			if (run->are_single)
				count_front(&made->nearest, &block->fronts[i],
					    truth);
		}
	}
	return CODIST_OK;
}
