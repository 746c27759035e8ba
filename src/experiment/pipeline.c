/*
 * pipeline.c - a run from door to door
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/spec.h"
#include "experiment/run.h"

#include <assert.h>
#include <stdlib.h>

static const struct codist_measure *
measure_of(const struct codist_pipeline *pipeline)
{
	return (const struct codist_measure *)pipeline->measure->plugin;
}

static enum codist_status check_aggregator(const struct codist_measure *measure,
					   const struct codist_spec *spec,
					   struct codist_error *err)
{
	const struct codist_aggregator *aggregator =
		(const struct codist_aggregator *)spec->plugin;
	const struct codist_option *open = codist_spec_open(spec);

	if (open)
		return codist_fail(err, CODIST_EUSAGE,
				   "aggregator %s: %s=%s is found by a study "
				   "(codist run) on training samples held back; "
				   "expected a number here",
				   spec->plugin->name, open->name,
				   open->choices[0]);
	if (aggregator->needs_lengths && !measure->counts_lengths)
		return codist_fail(err, CODIST_EUSAGE,
				   "aggregator %s: needs differences of "
				   "lengths, which measure %s does not give",
				   spec->plugin->name, measure->plugin.name);
	if (aggregator->needs_values && !measure->values_add)
		return codist_fail(err, CODIST_EUSAGE,
				   "aggregator %s: needs values that add up, "
				   "such as a count of pixels, which measure "
				   "%s does not give",
				   spec->plugin->name, measure->plugin.name);
	return CODIST_OK;
}

enum codist_status codist_pipeline_check(const struct codist_pipeline *pipeline,
					 struct codist_error *err)
{
	const struct codist_measure *measure = measure_of(pipeline);

	assert(!measure->counts_lengths || measure->needs_backend);
	assert(!measure->values_add || measure->value);
	if (measure->needs_backend && !pipeline->backend)
		return codist_fail(err, CODIST_EUSAGE,
				   "measure %s: needs a backend, found none",
				   measure->plugin.name);
	if (!measure->needs_backend && pipeline->backend)
		return codist_fail(err, CODIST_EUSAGE,
				   "measure %s: uses no backend, found "
				   "backend %s",
				   measure->plugin.name,
				   pipeline->backend->plugin->name);
	if (measure->formula &&
	    codist_backend_is_dictionary(pipeline->backend))
		return codist_fail(err, CODIST_EUSAGE,
				   "measure %s: needs the length of both items "
				   "joined, of which backend %s has only that of "
				   "one with the other as its dictionary",
				   measure->plugin.name,
				   pipeline->backend->plugin->name);
	for (size_t a = 0; a < pipeline->n_aggregators; a++)
		CODIST_TRY(check_aggregator(measure,
					    &pipeline->aggregators[a], err));
	return CODIST_OK;
}

void codist_predictions_release(struct codist_predictions *predictions)
{
	codist_confusion_release(&predictions->confusion);
	free(predictions->predicted);
	free(predictions->class_scores);
	*predictions = (struct codist_predictions){ 0 };
}

enum codist_status codist_predictions_init(struct codist_predictions *made,
					   size_t n_samples, size_t n_classes,
					   struct codist_error *err)
{
	made->n_samples = n_samples;
	made->n_classes = n_classes;
	made->predicted = calloc(n_samples, sizeof(*made->predicted));
	if (n_samples <= SIZE_MAX / n_classes)
		made->class_scores = calloc(n_samples * n_classes,
					    sizeof(*made->class_scores));
	if (!made->predicted || !made->class_scores)
		return codist_no_memory(err, "predictions");
	return codist_confusion_init(&made->confusion, n_classes, err);
}

static enum codist_status workers_init(struct codist_run *run,
				       struct codist_error *err)
{
	const struct codist_pipeline *pipeline = run->pipeline;
	struct codist_row row = codist_run_row(run, 0);
	size_t most = 0;

	for (size_t a = 0; a < pipeline->n_aggregators; a++) {
		size_t nbytes = codist_fold_scratch(&pipeline->aggregators[a],
						    &row);

		if (nbytes > most)
			most = nbytes;
	}
	run->workers = calloc(run->n_threads, sizeof(*run->workers));
	if (!run->workers)
		return codist_no_memory(err, "threads");
	for (unsigned i = 0; i < run->n_threads; i++) {
		run->workers[i].ready_for = SIZE_MAX;
		if (most)
			run->workers[i].scratch = malloc(most);
		if (most && !run->workers[i].scratch)
			return codist_no_memory(err, "aggregating");
		if (run->fold_of)
			CODIST_TRY(codist_run_others_new(
				&run->workers[i].others, run, err));
	}
	return CODIST_OK;
}

static void workers_release(struct codist_run *run)
{
	if (run->workers)
		for (unsigned i = 0; i < run->n_threads; i++) {
			codist_coder_free(run->workers[i].coder);
			free(run->workers[i].scratch);
			free(run->workers[i].others);
		}
	free(run->workers);
}

/* All that is needed before the first score, C(x) included. */
static enum codist_status ready(struct codist_run *run,
				const struct codist_dataset *train,
				struct codist_error *err)
{
	struct codist_block *block = &run->block;

	CODIST_TRY(codist_references_cut(&run->references,
					 run->pipeline->reference, train, err));
	assert(run->references.n_references > 0);
	run->are_single = 1;
	for (size_t i = 0; i < run->references.n_references; i++)
		run->are_single &= run->references.samples_in[i] == 1;
	if (run->n_samples > SIZE_MAX / run->references.n_references)
		return codist_no_memory(err, "so many scores");
	run->n_scores = run->n_samples * run->references.n_references;
	if (run->measure->counts_lengths)
		run->granularity =
			codist_backend_granularity(run->pipeline->backend);
	codist_run_plan(run);
	CODIST_TRY(codist_run_values_init(run, err));
	CODIST_TRY(workers_init(run, err));
	for (size_t a = 0; a < run->pipeline->n_aggregators; a++)
		CODIST_TRY(codist_predictions_init(&run->predictions[a],
						   run->n_samples,
						   run->n_classes, err));
	CODIST_TRY(codist_run_prepared_init(run, err));
	CODIST_TRY(codist_run_scores_init(run, err));
	block->may_win = malloc(run->block_capacity * run->n_classes);
	block->fronts = calloc(run->block_capacity, sizeof(*block->fronts));
	block->means = calloc(run->block_capacity, sizeof(*block->means));
	block->leasts = calloc(run->block_capacity, sizeof(*block->leasts));
	if (!block->may_win || !block->fronts || !block->means ||
	    !block->leasts)
		return codist_no_memory(err, "predictions");
	if (run->measure->formula) {
		CODIST_TRY(codist_run_formulas_init(run, err));
		return codist_run_formulas_values(run, err);
	}
	CODIST_TRY(codist_run_sketches(run, err));
	return codist_run_values(run, err);
}

enum codist_status codist_run_block(struct codist_run *run, size_t first,
				    size_t n, struct codist_error *err)
{
	run->block.first = first;
	run->block.n = n;
	return run->measure->formula ? CODIST_OK :
				       codist_run_prepared(run, err);
}

enum codist_status codist_run_columns(struct codist_run *run, size_t first,
				      size_t n, struct codist_error *err)
{
	run->first_reference = first;
	run->n_at_hand = n;
	return run->measure->formula ? codist_run_formulas(run, err) :
				       codist_run_scores(run, err);
}

static enum codist_status run_blocks(struct codist_run *run,
				     struct codist_error *err)
{
	const struct codist_how *how = run->how;
	const struct codist_block *block = &run->block;
	size_t n_references = run->references.n_references;

	for (size_t i = 0; i < run->n_samples; i += block->n) {
		size_t n = run->n_samples - i;

		CODIST_TRY(codist_run_block(run, i,
					    n < run->block_capacity ?
						    n : run->block_capacity,
					    err));
		CODIST_TRY(codist_run_columns(run, 0, n_references, err));
		if (how->scores)
			CODIST_TRY(how->scores(how->user, block->first,
					       block->n, n_references,
					       block->scores, err));
		CODIST_TRY(codist_run_fold(run, err));
	}
	return codist_run_report(run, err);
}

void codist_run_close(struct codist_run *run, struct codist_cost *cost)
{
	if (cost)
		*cost = (struct codist_cost){
			.n_references = run->references.n_references,
			.n_scores = run->n_scores,
			.n_threads = run->n_threads,
			.n_threads_wanted = run->n_threads_wanted,
			.coder_memory = run->coder_memory,
			.seconds = codist_seconds() - run->began,
		};
	codist_run_formulas_release(run);
	codist_run_scores_release(run);
	codist_run_sketches_release(run);
	codist_run_prepared_release(run);
	free(run->block.may_win);
	free(run->block.fronts);
	free(run->block.means);
	free(run->block.leasts);
	workers_release(run);
	codist_run_values_release(run);
	codist_references_release(&run->references);
}

enum codist_status codist_run_open(struct codist_run *run,
				   const struct codist_dataset *train,
				   const struct codist_dataset *test,
				   struct codist_predictions *predictions,
				   struct codist_error *err)
{
	const struct codist_pipeline *pipeline = run->pipeline;

	run->measure = measure_of(pipeline);
	run->test = test;
	run->n_samples = test->n_samples;
	run->n_classes = test->n_classes;
	run->predictions = predictions;
	run->n_passes = 1;
	run->began = codist_seconds();
	for (size_t a = 0; a < pipeline->n_aggregators; a++)
		predictions[a] = (struct codist_predictions){ 0 };
	CODIST_TRY(codist_pipeline_check(pipeline, err));
	CODIST_TRY(codist_dataset_compatible(train, test,
					     pipeline->allows_unseen, err));
	if (test->n_samples == 0)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: no samples, expected at least one to "
				   "classify",
				   test->name);
	return ready(run, train, err);
}

enum codist_status codist_run_on(struct codist_run *run,
				 const struct codist_dataset *train,
				 const struct codist_dataset *test,
				 struct codist_predictions *predictions,
				 struct codist_cost *cost,
				 struct codist_error *err)
{
	enum codist_status status;

	status = codist_run_open(run, train, test, predictions, err);
	if (status == CODIST_OK)
		status = run_blocks(run, err);
	codist_run_close(run, cost);
	if (status != CODIST_OK)
		for (size_t a = 0; a < run->pipeline->n_aggregators; a++)
			codist_predictions_release(&predictions[a]);
	return status;
}

enum codist_status codist_pipeline_run(const struct codist_pipeline *pipeline,
				       const struct codist_dataset *train,
				       const struct codist_dataset *test,
				       const struct codist_how *how,
				       struct codist_predictions *predictions,
				       struct codist_cost *cost,
				       struct codist_error *err)
{
	struct codist_run run = { .pipeline = pipeline, .how = how };

	return codist_run_on(&run, train, test, predictions, cost, err);
}
