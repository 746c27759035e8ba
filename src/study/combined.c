/*
 * combined.c - a run that is the sum of others, from what the store has of them
 *
 * Nothing is computed but sums, so the root alone does it, and data is loaded
 * only to tell which samples there are, and of what fold.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/decide.h"
#include "study/engine.h"

#include "base/text.h"

#include <codist/combination.h>

#include <stdlib.h>
#include <string.h>

/* Samples that are added up and saved together. */
#define AT_ONCE 4096

struct work {
	struct codist_engine *engine;
	const struct codist_study_combination *sum;
	int64_t id;
	struct codist_sets sets;
	const struct codist_part *part;
	size_t number; /* of the part */
	double *weights; /* [sum->n] */
	double **scores; /* [sum->n] arrays [AT_ONCE][n_classes] */
	double *combined;    /* [AT_ONCE][n_classes] */
	unsigned *predicted; /* [AT_ONCE] */
	double saved;
};

/* The scores of all members, or of what they are fitted by: [n][n_classes]. */
static enum codist_status read_scores(struct work *work, const size_t *runs,
				      const size_t *samples, size_t n,
				      size_t n_classes, double **scores,
				      struct codist_error *err)
{
	for (size_t m = 0; m < work->sum->n; m++)
		CODIST_TRY(codist_store_scores(
			&work->engine->store, CODIST_SCORES_OF_PREDICTIONS,
			work->engine->ids[runs[m]], samples, n, n_classes,
			scores[m], err));
	return CODIST_OK;
}

static void release_scores(double **scores, size_t n)
{
	for (size_t m = 0; scores && m < n; m++)
		free(scores[m]);
	free(scores);
}

/* For release_scores(), or NULL. */
static double **make_scores(size_t n_members, size_t n, size_t n_classes)
{
	double **scores = calloc(n_members, sizeof(*scores));
	int failed = !scores;

	for (size_t m = 0; m < n_members && !failed; m++) {
		scores[m] = calloc(n + 1, n_classes * sizeof(double));
		failed = !scores[m];
	}
	if (!failed)
		return scores;
	release_scores(scores, n_members);
	return NULL;
}

/* What stands for a bit in the class scores of a member. */
static double per_bit_of(const struct work *work, size_t m)
{
	const struct codist_study_run *run =
		&work->engine->study->runs[work->sum->members[m]];
	const struct codist_aggregator *aggregator =
		(const struct codist_aggregator *)run->aggregate.plugin;

	return aggregator && aggregator->per_bit > 0 ? aggregator->per_bit : 1;
}

/* What was found, and what log-loss it has beside that of others. */
static enum codist_status note_fit(struct work *work,
				   const struct codist_weights *fit,
				   const double *const *scores,
				   const struct codist_part *held,
				   struct codist_error *err)
{
	struct codist_store *store = &work->engine->store;
	size_t n = held->test->n_samples, k = held->test->n_classes;

	CODIST_TRY(codist_store_add_trial(store, work->id, work->number, 0,
					  "weights=fit", fit->n_fitted,
					  fit->log_loss, err));
	CODIST_TRY(codist_store_add_trial(store, work->id, work->number, 1,
					  "weights=equal", fit->n_fitted,
					  fit->log_loss_equal, err));
	for (size_t m = 0; m < work->sum->n; m++) {
		struct codist_store_fit found = {
			.run = work->id, .part = work->number, .place = m + 1,
			.name = "weight", .value = work->weights[m],
		};
		struct codist_log_loss alone = codist_log_loss_of(
			scores[m], k, held->test->labels, n, k,
			per_bit_of(work, m));
		char *tried = codist_text_format("member %zu alone", m + 1);
		enum codist_status status;

		if (!tried)
			return codist_no_memory(err, "a description");
		status = codist_store_add_trial(store, work->id, work->number,
						m + 2, tried, alone.n,
						alone.mean, err);
		free(tried);
		CODIST_TRY(status);
		CODIST_TRY(codist_store_add_fit(store, &found, err));
	}
	return CODIST_OK;
}

static enum codist_status fit_on(struct work *work,
				 const struct codist_part *held,
				 struct codist_error *err)
{
	size_t n = held->test->n_samples, k = held->test->n_classes;
	double **scores = make_scores(work->sum->n, n, k);
	struct codist_weights fit;
	enum codist_status status;

	if (!scores)
		return codist_no_memory(err, "class scores");
	status = read_scores(work, work->sum->held, held->numbers, n, k,
			     scores, err);
	if (status == CODIST_OK)
		status = codist_weights_fit(work->weights, &fit,
					    (const double *const *)scores,
					    work->sum->n, held->test->labels,
					    n, k, err);
	if (status == CODIST_OK)
		status = codist_store_begin(&work->engine->store, err);
	if (status == CODIST_OK)
		status = note_fit(work, &fit, (const double *const *)scores,
				  held, err);
	if (status == CODIST_OK)
		status = codist_store_commit(&work->engine->store, err);
	codist_store_roll_back(&work->engine->store);
	release_scores(scores, work->sum->n);
	return status;
}

/*
 * Which were held back is told by the sets, the same as of each member; but a
 * class that only the test set has is none of the runs that serve to fit.
 */
static enum codist_status fit_part(struct work *work, struct codist_error *err)
{
	const struct codist_study_run *run =
		&work->engine->study->runs[work->sum->held[0]];
	int has_others = run->allows_unseen && !work->sets.fold_of;
	struct codist_sets others = { 0 };
	struct codist_part held = { 0 };
	enum codist_status status = CODIST_OK;

	if (has_others)
		status = codist_sets_load(&others, run, err);
	if (status == CODIST_OK)
		status = codist_part_init(&held, has_others ? &others :
							      &work->sets,
					  run, work->number, err);
	if (status == CODIST_OK)
		status = fit_on(work, &held, err);
	codist_part_release(&held);
	codist_sets_release(&others);
	return status;
}

static enum codist_status find_weights(struct work *work,
				       struct codist_error *err)
{
	if (!work->sum->weights)
		return fit_part(work, err);
	memcpy(work->weights, work->sum->weights,
	       work->sum->n * sizeof(*work->weights));
	return CODIST_OK;
}

static enum codist_status save(struct work *work,
			       const struct codist_store_block *block,
			       struct codist_error *err)
{
	struct codist_store *store = &work->engine->store;
	double now = codist_seconds();

	CODIST_TRY(codist_store_begin(store, err));
	CODIST_TRY(codist_store_add_block(store, work->id, block, err));
	CODIST_TRY(codist_store_add_work(store, work->id, now - work->saved, 0,
					 1, 0, err));
	CODIST_TRY(codist_store_commit(store, err));
	work->saved = now;
	return CODIST_OK;
}

static enum codist_status add_up(struct work *work, size_t first, size_t n,
				 struct codist_error *err)
{
	const struct codist_part *part = work->part;
	size_t k = work->sets.train.n_classes;
	struct codist_ties ties = { 0 };
	struct codist_store_block block = {
		.part = work->number, .first = first, .n = n,
		.samples = part->numbers + first,
		.truth = part->test->labels + first,
		.predicted = work->predicted, .scores = work->combined,
		.n_classes = k,
	};
	enum codist_status status;

	CODIST_TRY(read_scores(work, work->sum->members, block.samples, n, k,
			       work->scores, err));
	codist_scores_combine((const double *const *)work->scores,
			      work->weights, work->sum->n, n, k,
			      work->combined);
	CODIST_TRY(codist_decide(work->combined, block.truth, n, k,
				 work->predicted, &ties, err));
	block.n_tied = ties.n_tied;
	block.correct_low = ties.correct_low;
	block.correct_high = ties.correct_high;
	status = save(work, &block, err);
	codist_store_roll_back(&work->engine->store);
	return status;
}

static enum codist_status add_part(struct work *work, struct codist_error *err)
{
	struct codist_range range = codist_engine_range(
		work->engine, work->part->test->n_samples);

	CODIST_TRY(find_weights(work, err));
	for (size_t first = range.first, n; first < range.end; first += n) {
		CODIST_TRY(codist_store_has_block(&work->engine->store,
						  work->id, work->number,
						  first, &n, err));
		if (n > 0)
			continue;
		n = range.end - first < AT_ONCE ? range.end - first : AT_ONCE;
		CODIST_TRY(add_up(work, first, n, err));
	}
	return CODIST_OK;
}

static enum codist_status add_parts(struct work *work,
				    struct codist_error *err)
{
	const struct codist_study_run *run = work->engine->job->runs[0];
	size_t k = work->sets.train.n_classes;
	enum codist_status status = CODIST_OK;

	work->weights = calloc(work->sum->n, sizeof(*work->weights));
	work->scores = make_scores(work->sum->n, AT_ONCE, k);
	work->combined = calloc(AT_ONCE, k * sizeof(double));
	work->predicted = calloc(AT_ONCE, sizeof(*work->predicted));
	if (!work->weights || !work->scores || !work->combined ||
	    !work->predicted)
		return codist_no_memory(err, "class scores");
	for (size_t i = 0; i < codist_sets_parts(&work->sets, run) &&
			   status == CODIST_OK; i++) {
		struct codist_part part = { 0 };

		work->part = &part;
		work->number = i;
		status = codist_part_init(&part, &work->sets, run, i, err);
		if (status == CODIST_OK)
			status = add_part(work, err);
		codist_part_release(&part);
	}
	return status;
}

enum codist_status codist_engine_combine(struct codist_engine *engine,
					 struct codist_error *err)
{
	const struct codist_study_run *run = engine->job->runs[0];
	struct work work = {
		.engine = engine, .sum = run->combination,
		.id = engine->job->ids[0], .saved = codist_seconds(),
	};
	enum codist_status status;

	status = codist_sets_load(&work.sets, run, err);
	if (status == CODIST_OK)
		status = codist_provenance_check(engine, &work.sets, err);
	if (status == CODIST_OK && !engine->is_renewed)
		status = codist_engine_begin_runs(engine, &work.sets, 0, err);
	if (status == CODIST_OK && !engine->is_renewed)
		status = add_parts(&work, err);
	codist_sets_release(&work.sets);
	release_scores(work.scores, work.sum->n);
	free(work.weights);
	free(work.combined);
	free(work.predicted);
	return status;
}
