/*
 * ladder.c - the temperature of an aggregator, fitted on samples held back
 *
 * All temperatures are tried on the same scores, at once; class scores at each
 * are kept until all samples are there, and that of the least log-loss is
 * chosen. Class scores are natural logarithms, so a bit is ln 2 of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/decide.h"
#include "study/engine.h"

#include "base/spec.h"
#include "base/text.h"

#include <codist/combination.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int codist_run_is_on_ladder(const struct codist_study_run *run)
{
	return run->held > 0 && codist_spec_open(&run->aggregate);
}

void codist_engine_release_aggregators(struct codist_engine *engine)
{
	for (size_t a = 0; engine->predictions && a < engine->n_aggregators;
	     a++)
		codist_predictions_release(&engine->predictions[a]);
	codist_specs_release(engine->aggregators,
			     engine->aggregators ? engine->n_aggregators : 0);
	free(engine->predictions);
	free(engine->first_of);
	engine->aggregators = NULL;
	engine->predictions = NULL;
	engine->first_of = NULL;
	engine->n_aggregators = 0;
}

static size_t count_steps(const struct codist_study_run *run)
{
	return codist_run_is_on_ladder(run) ? CODIST_LADDER : 1;
}

/* What the open option of a run is, in that part, of a step. */
static enum codist_status find_value(struct codist_engine *engine,
				     const struct codist_study_run *run,
				     size_t part, size_t step, double *value,
				     struct codist_error *err)
{
	struct codist_store_fit fit = { .part = part, .name = "temperature" };

	*value = 1;
	if (codist_run_is_on_ladder(run))
		*value = codist_ladder(step);
	if (!run->is_fitted)
		return CODIST_OK;
	fit.run = engine->ids[run->twin];
	CODIST_TRY(codist_store_find_fit(&engine->store, &fit, err));
	*value = fit.value;
	return CODIST_OK;
}

static enum codist_status add_steps(struct codist_engine *engine,
				    const struct codist_study_run *run,
				    size_t part, struct codist_error *err)
{
	for (size_t step = 0; step < count_steps(run); step++) {
		struct codist_spec *to =
			&engine->aggregators[engine->n_aggregators];
		double value;

		CODIST_TRY(find_value(engine, run, part, step, &value, err));
		engine->n_aggregators++;
		CODIST_TRY(codist_spec_settle(to, &run->aggregate, value,
					      err));
	}
	return CODIST_OK;
}

enum codist_status codist_engine_aggregators(struct codist_engine *engine,
					     size_t part,
					     struct codist_error *err)
{
	const struct codist_job *job = engine->job;
	size_t n = 0;

	codist_engine_release_aggregators(engine);
	for (size_t i = 0; i < engine->n_pending; i++)
		n += count_steps(job->runs[engine->pending[i]]);
	engine->aggregators = calloc(n + 1, sizeof(*engine->aggregators));
	engine->predictions = calloc(n + 1, sizeof(*engine->predictions));
	engine->first_of = calloc(engine->n_pending + 1,
				  sizeof(*engine->first_of));
	if (!engine->aggregators || !engine->predictions || !engine->first_of)
		return codist_no_memory(err, "aggregators");
	for (size_t i = 0; i < engine->n_pending; i++) {
		CODIST_TRY(add_steps(engine, job->runs[engine->pending[i]],
				     part, err));
		engine->first_of[i + 1] = engine->n_aggregators;
	}
	return CODIST_OK;
}

/* A part of a run that has all its samples. */
struct rungs {
	struct codist_engine *engine;
	const struct codist_study_run *run;
	int64_t id;
	size_t number; /* of the part */
	const struct codist_part *part;
	size_t n, n_classes;
	double *scores;      /* [n][CODIST_LADDER][n_classes] */
	double *chosen;      /* [n][n_classes] */
	unsigned *predicted; /* [n] */
};

static enum codist_status choose(struct rungs *r, size_t *best,
				 struct codist_error *err)
{
	size_t stride = CODIST_LADDER * r->n_classes;
	double least = INFINITY;

	*best = 8; /* 1, where there is nothing to tell */
	for (size_t step = 0; step < CODIST_LADDER; step++) {
		struct codist_log_loss loss = codist_log_loss_of(
			r->scores + step * r->n_classes, stride,
			r->part->test->labels, r->n, r->n_classes, log(2));
		char number[CODIST_REAL_SIZE], tried[64];

		codist_format_real(codist_ladder(step), number);
		snprintf(tried, sizeof(tried), "temperature=%s", number);
		CODIST_TRY(codist_store_add_trial(
			&r->engine->store, r->id, r->number, step, tried,
			loss.n, loss.mean, err));
		if (loss.n == 0 || !(loss.mean < least))
			continue;
		least = loss.mean;
		*best = step;
	}
	return CODIST_OK;
}

/* The blocks stay those that were saved. */
static enum codist_status settle(struct rungs *r, struct codist_error *err)
{
	const unsigned *truth = r->part->test->labels;
	struct codist_store *store = &r->engine->store;

	for (size_t first = 0, n; first < r->n; first += n) {
		struct codist_ties ties = { 0 };
		double *scores = r->chosen + first * r->n_classes;
		struct codist_store_block block = {
			.part = r->number, .first = first,
			.samples = r->part->numbers + first,
			.truth = truth + first,
			.predicted = r->predicted + first,
			.scores = scores, .n_classes = r->n_classes,
		};

		CODIST_TRY(codist_store_has_block(store, r->id, r->number,
						  first, &n, err));
		if (n == 0 || n > r->n - first)
			return codist_fail(err, CODIST_EFORMAT,
					   "run '%s' lacks samples",
					   r->run->name);
		CODIST_TRY(codist_decide(scores, truth + first, n,
					 r->n_classes, r->predicted + first,
					 &ties, err));
		block.n = n;
		block.n_tied = ties.n_tied;
		block.correct_low = ties.correct_low;
		block.correct_high = ties.correct_high;
		CODIST_TRY(codist_store_settle_block(store, r->id, &block,
						     err));
	}
	return CODIST_OK;
}

static enum codist_status fit(struct rungs *r, struct codist_error *err)
{
	struct codist_store_fit found = {
		.run = r->id, .part = r->number, .name = "temperature",
	};
	size_t stride = CODIST_LADDER * r->n_classes, best;

	r->scores = calloc(r->n + 1, stride * sizeof(double));
	r->chosen = calloc(r->n + 1, r->n_classes * sizeof(double));
	r->predicted = calloc(r->n + 1, sizeof(*r->predicted));
	if (!r->scores || !r->chosen || !r->predicted)
		return codist_no_memory(err, "class scores");
	CODIST_TRY(codist_store_scores(&r->engine->store,
				       CODIST_SCORES_OF_LADDER, r->id,
				       r->part->numbers, r->n, stride,
				       r->scores, err));
	CODIST_TRY(choose(r, &best, err));
	found.value = codist_ladder(best);
	CODIST_TRY(codist_store_add_fit(&r->engine->store, &found, err));
	for (size_t i = 0; i < r->n; i++)
		memcpy(r->chosen + i * r->n_classes,
		       r->scores + i * stride + best * r->n_classes,
		       r->n_classes * sizeof(double));
	return settle(r, err);
}

enum codist_status codist_engine_end_ladder(struct codist_engine *engine,
					    const struct codist_study_run *run,
					    int64_t id,
					    struct codist_error *err)
{
	const struct codist_sets *sets = &engine->sets;
	enum codist_status status = CODIST_OK;

	for (size_t i = 0; i < codist_sets_parts(sets, run) &&
			   status == CODIST_OK; i++) {
		struct codist_part part = { 0 };
		struct rungs rungs = {
			.engine = engine, .run = run, .id = id, .number = i,
			.part = &part, .n_classes = sets->train.n_classes,
		};

		status = codist_part_init(&part, sets, run, i, err);
		if (status == CODIST_OK) {
			rungs.n = part.test->n_samples;
			status = fit(&rungs, err);
		}
		free(rungs.scores);
		free(rungs.chosen);
		free(rungs.predicted);
		codist_part_release(&part);
	}
	CODIST_TRY(status);
	return codist_store_drop_ladder(&engine->store, id, err);
}
