/*
 * estimate.c - what a run will cost, by a trial
 *
 * seconds = samples * prepare + references * blocks * prime
 *           + references * samples * delta
 *
 * beside loading. The three unknowns come from some references that are gone
 * through with few samples, and with more. They are taken from all over, as those
 * side by side are of one class, and classes cost more or less.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/engine.h"

#include <stdlib.h>
#include <string.h>

#define SAMPLES 16
#define MORE 8           /* times as many, next */
#define PLACES 24        /* where references are tried, at most */
#define SIDE_BY_SIDE CODIST_LANE_WIDTH /* for each thread, of short ones */
#define SECONDS_LONG 0.2 /* that noise is small beside */
#define SECONDS_PLACES 1 /* for one sample in all places, at most */
#define BYTES_SHORT ((size_t)1 << 12)

struct trial {
	struct codist_pipeline pipeline;
	struct codist_how how;
	struct codist_run run;
	size_t n_places, n_at_each;
};

/* Seconds of a block of so many samples, and of their scores. */
struct sample_times {
	size_t n_samples;
	double prepare, scores;
};

static enum codist_status measure(struct trial *trial, size_t n_samples,
				  struct sample_times *times,
				  struct codist_error *err)
{
	size_t n_references = trial->run.references.n_references;
	double began = codist_seconds();

	CODIST_TRY(codist_run_block(&trial->run, 0, n_samples, err));
	times->n_samples = n_samples;
	times->prepare = codist_seconds() - began;
	began += times->prepare;
	for (size_t i = 0; i < trial->n_places; i++)
		CODIST_TRY(codist_run_columns(
			&trial->run, n_references * i / trial->n_places,
			trial->n_at_each, err));
	times->scores = codist_seconds() - began;
	return CODIST_OK;
}

/* Each thread has the same to do. */
static void choose_references(struct trial *trial)
{
	const struct codist_run *run = &trial->run;
	size_t all = run->references.n_references, n = run->n_threads;
	size_t nbytes = all > 0 ? run->references.bytes_of[0].nbytes : 0;

	if (nbytes <= BYTES_SHORT)
		n *= SIDE_BY_SIDE;
	trial->n_at_each = n < all ? n : all;
	trial->n_places = 1;
}

/*
 * As many as one sample does not take too long with; two at least, as a coder
 * that is primed with a reference already does not tell what priming takes.
 */
static void choose_places(struct trial *trial, double seconds_of_one)
{
	size_t all = trial->run.references.n_references / trial->n_at_each;
	double n = SECONDS_PLACES / seconds_of_one;

	trial->n_places = n < 2 ? 2 : n > PLACES ? PLACES : (size_t)n;
	if (trial->n_places > all)
		trial->n_places = all;
}

/*
 * As many samples as take so much longer than fewer of them, or as there are in
 * a block. Fewer are not one where that can be helped: the first few samples
 * behind a prime take longer than others.
 */
static enum codist_status measure_long(struct trial *trial,
				       struct sample_times *fewer,
				       struct sample_times *times,
				       struct codist_error *err)
{
	const struct codist_run *run = &trial->run;
	size_t most = run->n_samples < run->block_capacity ?
			      run->n_samples : run->block_capacity;
	size_t n = most < SAMPLES ? most : SAMPLES;

	CODIST_TRY(measure(trial, 1, fewer, err));
	CODIST_TRY(measure(trial, n, times, err));
	while (n < most) {
		*fewer = *times;
		n = most / MORE < n ? most : n * MORE;
		CODIST_TRY(measure(trial, n, times, err));
		if (times->scores - fewer->scores > SECONDS_LONG)
			break;
	}
	return CODIST_OK;
}

/* Seconds of all scores of a part, on as many threads. */
static enum codist_status try_some(struct trial *trial, double *seconds,
				   struct codist_error *err)
{
	const struct codist_run *run = &trial->run;
	struct sample_times few, many;
	double n_samples = (double)run->n_samples, blocks, prime, delta = 0;

	if (run->references.n_references == 0 || run->n_samples == 0)
		return CODIST_OK;
	choose_references(trial);
	/* The first score makes the coders. */
	CODIST_TRY(measure(trial, 1, &few, err));
	CODIST_TRY(measure(trial, 1, &few, err));
	choose_places(trial, few.scores);
	CODIST_TRY(measure_long(trial, &few, &many, err));
	if (many.scores > few.scores)
		delta = (many.scores - few.scores) /
			(double)(many.n_samples - few.n_samples);
	prime = many.scores - delta * (double)many.n_samples;
	prime = prime > 0 ? prime : 0;
	blocks = (double)((run->n_samples + run->block_capacity - 1) /
			  run->block_capacity);
	*seconds = n_samples * many.prepare / (double)many.n_samples +
		   (prime * blocks + delta * n_samples) *
			   (double)run->references.n_references /
			   (double)(trial->n_places * trial->n_at_each);
	return CODIST_OK;
}

static enum codist_status try_part(const struct codist_sets *sets,
				   const struct codist_study_run *run,
				   const struct codist_study_how *how,
				   struct codist_study_estimate *e,
				   struct codist_error *err)
{
	struct trial trial = {
		.pipeline = codist_study_pipeline(run, sets->fold_of != NULL),
		.how = { .n_threads = how->n_threads, .memory = how->memory },
	};
	size_t n_parts = codist_sets_parts(sets, run);
	struct codist_part part = { 0 };
	double opening, scoring = 0;
	enum codist_status status;

	trial.run.pipeline = &trial.pipeline;
	trial.run.how = &trial.how;
	status = codist_part_init(&part, sets, run, 0, err);
	if (status == CODIST_OK) {
		double began = codist_seconds();

		status = codist_run_open(&trial.run, part.train, part.test,
					 NULL, err);
		opening = codist_seconds() - began;
		if (status == CODIST_OK)
			status = try_some(&trial, &scoring, err);
		e->seconds += (opening + scoring) * (double)n_parts;
		e->n_references = trial.run.references.n_references;
		e->n_scores = trial.run.n_scores * n_parts;
		e->memory += trial.run.n_threads * trial.run.coder_memory +
			     trial.run.block_capacity * e->n_references *
				     sizeof(double);
		codist_run_close(&trial.run, NULL);
	}
	codist_part_release(&part);
	return status;
}

static size_t bytes_of(const struct codist_dataset *set)
{
	return set->n_samples ? set->starts[set->n_samples] : 0;
}

/* The first run with the same scores; i: there is none before it. */
static size_t first_with_scores(const struct codist_study *study, size_t i)
{
	const char *end = strstr(study->runs[i].text, "\naggregate: ");
	size_t length = (size_t)(end - study->runs[i].text);

	for (size_t k = 0; k < i; k++) {
		const char *text = study->runs[k].text;

		if (strncmp(text, study->runs[i].text, length) == 0 &&
		    strncmp(text + length, "\naggregate: ", 12) == 0)
			return k;
	}
	return i;
}

enum codist_status
codist_study_estimate(const struct codist_study *study, size_t i,
		      const struct codist_study_how *how,
		      const struct codist_study_estimate *earlier,
		      struct codist_study_estimate *estimate,
		      struct codist_error *err)
{
	const struct codist_study_run *run = &study->runs[i];
	size_t first = earlier ? first_with_scores(study, i) : i;
	struct codist_sets sets = { 0 };
	double began = codist_seconds();
	enum codist_status status;

	if (first < i) {
		*estimate = earlier[first];
		estimate->shares = 1;
		return CODIST_OK;
	}
	*estimate = (struct codist_study_estimate){ 0 };
	CODIST_TRY(codist_sets_load(&sets, run, err));
	estimate->seconds = codist_seconds() - began;
	estimate->n_train = sets.train.n_samples;
	estimate->n_samples = codist_sets_classified(&sets, run);
	estimate->memory = bytes_of(&sets.train) + bytes_of(&sets.test);
	status = run->combination ? CODIST_OK :
				    try_part(&sets, run, how, estimate, err);
	codist_sets_release(&sets);
	return status;
}
