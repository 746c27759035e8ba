/*
 * cross_validation.c - each sample classified by those of the other folds
 *
 * Where references are single samples, one run over the whole set scores every
 * pair, and rows are folded without the references of the sample's own fold.
 * That comes to the same as a run for each fold, which all others need.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/run.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Runs, one for each fold. */
struct folds {
	const struct codist_pipeline *pipeline;
	const struct codist_dataset *set;
	const size_t *fold_of;
	size_t n_folds, fold; /* the one at hand */
	const struct codist_how *how;
	struct codist_predictions *predictions; /* [n_aggregators], of all */
	size_t *samples; /* [n_samples] */
	size_t n_done;   /* scores of earlier folds */
	double began;
};

/* Folds cost about the same, so the whole is guessed by the one at hand. */
static int report_progress(void *user, const struct codist_progress *progress)
{
	struct folds *folds = user;
	struct codist_progress of_all = {
		.done = folds->n_done + progress->done,
		.total = folds->n_done +
			 progress->total * (folds->n_folds - folds->fold),
		.seconds = codist_seconds() - folds->began,
	};

	return folds->how->progress(folds->how->user, &of_all);
}

static size_t choose(struct folds *folds, int is_test)
{
	size_t n = 0;

	for (size_t i = 0; i < folds->set->n_samples; i++)
		if ((folds->fold_of[i] == folds->fold) == is_test)
			folds->samples[n++] = i;
	return n;
}

/* What came of the samples chosen last joins what came of the others. */
static void gather(struct folds *folds, const struct codist_predictions *made)
{
	for (size_t a = 0; a < folds->pipeline->n_aggregators; a++) {
		struct codist_predictions *all = &folds->predictions[a];
		const struct codist_predictions *part = &made[a];
		size_t n = part->n_classes;

		for (size_t i = 0; i < part->n_samples; i++) {
			size_t sample = folds->samples[i];

			all->predicted[sample] = part->predicted[i];
			memcpy(all->class_scores + sample * n,
			       part->class_scores + i * n,
			       n * sizeof(*all->class_scores));
			codist_confusion_count(&all->confusion,
					       folds->set->labels[sample],
					       part->predicted[i]);
		}
		all->ties.n_samples += part->ties.n_samples;
		all->ties.n_tied += part->ties.n_tied;
		all->ties.correct_low += part->ties.correct_low;
		all->ties.correct_high += part->ties.correct_high;
		all->nearest.n_samples += part->nearest.n_samples;
		all->nearest.n_tied += part->nearest.n_tied;
		all->nearest.n_top2 += part->nearest.n_top2;
	}
}

static enum codist_status run_parts(struct folds *folds,
				    const struct codist_dataset *train,
				    const struct codist_dataset *test,
				    struct codist_cost *cost,
				    struct codist_error *err)
{
	size_t n = folds->pipeline->n_aggregators;
	struct codist_pipeline pipeline = *folds->pipeline;
	struct codist_how how = *folds->how;
	struct codist_predictions *made = calloc(n + 1, sizeof(*made));
	enum codist_status status;

	if (!made)
		return codist_no_memory(err, "predictions");
	if (how.progress) {
		how.progress = report_progress;
		how.user = folds;
	}
	/* A class of one sample is in no other fold. */
	pipeline.allows_unseen = 1;
	status = codist_pipeline_run(&pipeline, train, test, &how, made, cost,
				     err);
	if (status == CODIST_OK)
		gather(folds, made);
	for (size_t a = 0; a < n; a++)
		codist_predictions_release(&made[a]);
	free(made);
	return status;
}

static enum codist_status run_fold(struct folds *folds,
				   struct codist_cost *cost,
				   struct codist_error *err)
{
	struct codist_dataset train = { 0 }, test = { 0 };
	enum codist_status status;

	status = codist_dataset_subset(&train, folds->set, folds->samples,
				       choose(folds, 0), err);
	if (status == CODIST_OK)
		status = codist_dataset_subset(&test, folds->set,
					       folds->samples,
					       choose(folds, 1), err);
	if (status == CODIST_OK && test.n_samples > 0)
		status = run_parts(folds, &train, &test, cost, err);
	codist_dataset_release(&train);
	codist_dataset_release(&test);
	return status;
}

static enum codist_status run_folds(struct folds *folds,
				    struct codist_cost *cost,
				    struct codist_error *err)
{
	struct codist_cost all = { 0 };

	folds->samples = calloc(folds->set->n_samples, sizeof(size_t));
	if (!folds->samples)
		return codist_no_memory(err, "folds");
	for (size_t a = 0; a < folds->pipeline->n_aggregators; a++)
		CODIST_TRY(codist_predictions_init(&folds->predictions[a],
						   folds->set->n_samples,
						   folds->set->n_classes, err));
	for (; folds->fold < folds->n_folds; folds->fold++) {
		struct codist_cost part = { 0 };

		CODIST_TRY(run_fold(folds, &part, err));
		part.n_scores += all.n_scores;
		all = part;
		folds->n_done = all.n_scores;
	}
	all.seconds = codist_seconds() - folds->began;
	if (cost)
		*cost = all;
	return CODIST_OK;
}

enum codist_status
codist_cross_validate(const struct codist_pipeline *pipeline,
		      const struct codist_dataset *set, const size_t *fold_of,
		      size_t n_folds, const struct codist_how *how,
		      struct codist_predictions *predictions,
		      struct codist_cost *cost, struct codist_error *err)
{
	struct codist_run run = { .pipeline = pipeline, .how = how,
				  .fold_of = fold_of };
	struct folds folds = { pipeline, set, fold_of, n_folds, 0, how,
			       predictions, NULL, 0, codist_seconds() };
	enum codist_status status;

	if (strcmp(pipeline->reference->plugin->name, "each") == 0)
		return codist_run_on(&run, set, set, predictions, cost, err);
	assert(!how->scores);
	for (size_t a = 0; a < pipeline->n_aggregators; a++)
		predictions[a] = (struct codist_predictions){ 0 };
	status = run_folds(&folds, cost, err);
	free(folds.samples);
	if (status != CODIST_OK)
		for (size_t a = 0; a < pipeline->n_aggregators; a++)
			codist_predictions_release(&predictions[a]);
	return status;
}
