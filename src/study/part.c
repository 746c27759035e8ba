/*
 * part.c - the blocks of a part, each computed and saved
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/team.h"

#include <codist/combination.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef HAVE_MALLOC_TRIM
#include <malloc.h>
#endif

/* What is at hand, for the functions below. */
struct work {
	struct codist_engine *engine;
	const struct codist_part *part;
	size_t number; /* of the part */
	struct codist_run run;
	struct codist_pipeline pipeline;
	struct codist_how how;
	size_t block_size; /* that all of the team can do at once */
	/* Of each pending run before the block: its counts. */
	struct codist_ties *ties;
	struct codist_nearest *nearest;
	double saved;
};

static int report(void *user, const struct codist_progress *progress)
{
	struct work *work = user;
	struct codist_engine *engine = work->engine;
	const struct codist_study_how *how = engine->how;
	struct codist_study_progress now = {
		.run = engine->job->runs[engine->pending[0]]->name,
		.n_done = engine->n_done, .n_runs = engine->n_runs,
		.scores = engine->scores_before + progress->done,
		.all_scores = engine->scores_before + progress->total,
		.seconds = codist_seconds() - engine->began,
		.n_correct = engine->n_correct,
		.n_classified = engine->n_classified,
	};

	if (how->progress) {
		enum codist_study_stop stop = how->progress(how->user, &now);

		if (stop > engine->stop)
			engine->stop = stop;
	}
	return engine->stop == CODIST_STOP_NOW;
}

/* A coder each may not fit the memory. */
static void tell_threads(const struct work *work)
{
	const struct codist_study_how *how = work->engine->how;
	const struct codist_run *run = &work->run;
	char message[256];

	if (run->n_threads >= run->n_threads_wanted || work->number > 0 ||
	    !how->tell)
		return;
	snprintf(message, sizeof(message), "run '%.60s': %u of %u threads at "
		 "work, as each coder takes up to %.3g MB; more memory may "
		 "allow for more", work->engine->job->runs[0]->name,
		 run->n_threads, run->n_threads_wanted,
		 (double)run->coder_memory / 1e6);
	how->tell(how->user, message);
}

/*
 * The samples from one on that every pending run has; if there are none, *n is
 * 0, and *most how many come before such as some run has already.
 */
static enum codist_status look_done(struct work *work, size_t sample,
				    size_t *n, size_t *most,
				    struct codist_error *err)
{
	struct codist_engine *engine = work->engine;

	*n = SIZE_MAX;
	*most = SIZE_MAX;
	for (size_t i = 0; i < engine->n_pending; i++) {
		size_t done;

		CODIST_TRY(codist_store_has_block(
			&engine->store, engine->job->ids[engine->pending[i]],
			work->number, sample, &done, err));
		if (done < *n)
			*n = done;
		if (done > 0 && done < *most)
			*most = done;
	}
	return CODIST_OK;
}

static void remember_counts(struct work *work)
{
	const struct codist_engine *engine = work->engine;

	for (size_t i = 0; i < engine->n_pending; i++) {
		const struct codist_predictions *made =
			&engine->predictions[engine->first_of[i]];

		work->ties[i] = made->ties;
		work->nearest[i] = made->nearest;
	}
}

/* The same samples at all temperatures. Ties are those of the one chosen. */
static enum codist_status save_ladder(struct work *work, size_t i,
				      const struct codist_store_block *block,
				      struct codist_error *err)
{
	struct codist_engine *engine = work->engine;
	const double *scores[CODIST_LADDER];
	struct codist_store_block first = *block;

	for (size_t k = 0; k < CODIST_LADDER; k++)
		scores[k] = engine->predictions[engine->first_of[i] + k]
				    .class_scores +
			    block->first * block->n_classes;
	first.n_tied = first.correct_low = first.correct_high = 0;
	return codist_store_add_ladder(
		&engine->store, engine->job->ids[engine->pending[i]], &first,
		scores, CODIST_LADDER, err);
}

static enum codist_status save_run(struct work *work, size_t i,
				   struct codist_error *err)
{
	struct codist_engine *engine = work->engine;
	size_t at = engine->first_of[i];
	const struct codist_predictions *made = &engine->predictions[at];
	size_t first = work->run.block.first, done;
	int64_t id = engine->job->ids[engine->pending[i]];
	const struct codist_store_block block = {
		.part = work->number, .first = first, .n = work->run.block.n,
		.samples = work->part->numbers + first,
		.truth = work->part->test->labels + first,
		.predicted = made->predicted + first,
		.scores = made->class_scores + first * made->n_classes,
		.n_classes = made->n_classes,
		.means = work->run.block.means,
		.leasts = work->run.block.leasts,
		.n_tied = made->ties.n_tied - work->ties[i].n_tied,
		.correct_low = made->ties.correct_low -
			       work->ties[i].correct_low,
		.correct_high = made->ties.correct_high -
				work->ties[i].correct_high,
		.nearest = {
			made->nearest.n_samples - work->nearest[i].n_samples,
			made->nearest.n_tied - work->nearest[i].n_tied,
			made->nearest.n_top2 - work->nearest[i].n_top2,
		},
	};

	CODIST_TRY(codist_store_has_block(&engine->store, id, work->number,
					  first, &done, err));
	if (done)
		return CODIST_OK;
	return codist_run_is_on_ladder(engine->job->runs[engine->pending[i]]) ?
		       save_ladder(work, i, &block, err) :
		       codist_store_add_block(&engine->store, id, &block, err);
}

static enum codist_status save_block(struct work *work,
				     struct codist_error *err)
{
	struct codist_engine *engine = work->engine;
	struct codist_store *store = &engine->store;
	double now = codist_seconds();
	size_t n_scores = work->run.block.n *
			  work->run.references.n_references;

	CODIST_TRY(codist_store_begin(store, err));
	for (size_t i = 0; i < engine->n_pending; i++) {
		CODIST_TRY(save_run(work, i, err));
		CODIST_TRY(codist_store_add_work(
			store, engine->job->ids[engine->pending[i]],
			now - work->saved, n_scores, work->run.n_threads,
			codist_peak(), err));
	}
	CODIST_TRY(codist_store_drop_partials(store, engine->job->ids[0],
					      err));
	CODIST_TRY(codist_store_commit(store, err));
	work->saved = now;
	return CODIST_OK;
}

static void count_correct(struct work *work)
{
	struct codist_engine *engine = work->engine;
	const struct codist_block *block = &work->run.block;

	for (size_t i = block->first; i < block->first + block->n; i++)
		engine->n_correct += engine->predictions[0].predicted[i] ==
				     work->part->test->labels[i];
	engine->n_classified += block->n;
}

static enum codist_status run_block(struct work *work, size_t first, size_t n,
				    struct codist_error *err)
{
	struct codist_columns columns = {
		.engine = work->engine, .run = &work->run,
		.part = work->number,
		.is_done = calloc(work->run.references.n_references, 1),
	};
	enum codist_status status;

	if (!columns.is_done)
		return codist_no_memory(err, "columns");
	status = codist_run_block(&work->run, first, n, err);
	if (status == CODIST_OK)
		status = codist_columns_fill(&columns, err);
	free(columns.is_done);
	free(columns.buffer);
	CODIST_TRY(status);
	remember_counts(work);
	CODIST_TRY(codist_run_fold(&work->run, err));
	count_correct(work);
	status = save_block(work, err);
	codist_store_roll_back(&work->engine->store);
	return status;
}

static enum codist_status run_blocks(struct work *work,
				     struct codist_error *err)
{
	struct codist_range range = codist_engine_range(work->engine,
							work->run.n_samples);
	size_t sample = range.first, end = range.end;

	while (sample < end) {
		size_t n, most, left = end - sample;

		CODIST_TRY(look_done(work, sample, &n, &most, err));
		if (n == 0) {
			n = work->block_size;
			n = most < n ? most : n;
			n = left < n ? left : n;
			CODIST_TRY(run_block(work, sample, n, err));
		}
		sample += n;
		if (work->engine->stop && sample < end)
			return codist_fail(err, CODIST_ECANCELLED,
					   "stopped when asked to");
	}
	return CODIST_OK;
}

/*
 * 1 if all pending runs have all samples of the part. A shard that has none of
 * them begins them all the same, so that it tells what the others do.
 */
static enum codist_status is_done(struct work *work, int *done,
				  struct codist_error *err)
{
	struct codist_range range = codist_engine_range(
		work->engine, work->part->test->n_samples);
	size_t sample = range.first, end = range.end, n, most;

	*done = sample < end || work->part->test->n_samples == 0;
	while (sample < end) {
		CODIST_TRY(look_done(work, sample, &n, &most, err));
		*done = n > 0;
		if (!*done)
			return CODIST_OK;
		sample += n;
	}
	return CODIST_OK;
}

/* A class of one sample is in no other fold, nor beside what is held back. */
struct codist_pipeline codist_study_pipeline(const struct codist_study_run *run,
					     int has_folds)
{
	return (struct codist_pipeline){
		.reference = &run->reference, .measure = &run->measure,
		.backend = run->backend.plugin ? &run->backend : NULL,
		.allows_unseen = run->allows_unseen || has_folds ||
				 run->held > 0,
	};
}

#define MUCH ((size_t)32 << 20)

/*
 * Where references are copies, as of classes and chunks, the training samples
 * are not needed any more. To load them again for the next job takes little
 * beside compressing them, which this one is about to do.
 */
static void drop_train(struct work *work)
{
	struct codist_dataset *train = &work->engine->sets.train;

	if (work->part->train != train || codist_team_size() > 1 ||
	    !work->run.references.bytes || !work->run.measure->needs_backend ||
	    train->starts[train->n_samples] < MUCH)
		return;
	free(train->bytes);
	train->bytes = NULL;
}

/* What reading and cutting left behind, some tens of megabytes, to the system:
 * the process would keep it else. */
static void trim_heap(void)
{
#ifdef HAVE_MALLOC_TRIM
	malloc_trim(0);
#endif
}

static enum codist_status run_part(struct work *work, struct codist_error *err)
{
	struct codist_engine *engine = work->engine;
	enum codist_status status;

	CODIST_TRY(codist_engine_aggregators(engine, work->number, err));
	work->pipeline = codist_study_pipeline(engine->job->runs[0],
					       engine->sets.fold_of != NULL);
	work->pipeline.aggregators = engine->aggregators;
	work->pipeline.n_aggregators = engine->n_aggregators;
	work->how = (struct codist_how){
		.n_threads = engine->how->n_threads,
		.memory = engine->how->memory,
		.progress = report, .user = work,
	};
	work->run.pipeline = &work->pipeline;
	work->run.how = &work->how;
	work->saved = codist_seconds();
	codist_peak_begin();
	codist_team_tell_part(work->number);
	status = codist_run_open(&work->run, work->part->train,
				 work->part->test, engine->predictions, err);
	work->block_size = codist_team_least(
		status == CODIST_OK ? work->run.block_capacity : 0);
	if (status == CODIST_OK && work->block_size == 0)
		status = codist_fail(err, CODIST_ENOMEM,
				     "another process cannot begin this run");
	if (status == CODIST_OK) {
		drop_train(work);
		trim_heap();
		tell_threads(work);
		status = codist_engine_begin_runs(
			engine, &engine->sets,
			work->run.references.n_references, err);
	}
	if (status == CODIST_OK)
		status = run_blocks(work, err);
	engine->scores_before += work->run.n_scores;
	codist_team_tell_close();
	codist_run_close(&work->run, NULL);
	codist_engine_release_aggregators(engine);
	return status;
}

enum codist_status codist_part_run(struct codist_engine *engine,
				   const struct codist_part *part,
				   size_t number, struct codist_error *err)
{
	struct work work = {
		.engine = engine, .part = part, .number = number,
		.ties = calloc(engine->n_pending, sizeof(*work.ties)),
		.nearest = calloc(engine->n_pending, sizeof(*work.nearest)),
	};
	enum codist_status status = CODIST_OK;
	int done = 0;

	if (!work.ties || !work.nearest)
		status = codist_no_memory(err, "counts");
	if (status == CODIST_OK)
		status = is_done(&work, &done, err);
	if (status == CODIST_OK && !done)
		status = run_part(&work, err);
	free(work.ties);
	free(work.nearest);
	return status;
}
