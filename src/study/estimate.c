/*
 * estimate.c - what a run will cost, by a trial
 *
 * seconds = samples * prepare + references * blocks * prime
 *           + references * samples * delta
 *
 * beside loading. The three unknowns come from some references that are gone
 * through with few samples, and with more. They are taken from all over, as those
 * side by side are of one class, and classes cost more or less. Of a coder that is
 * too slow for that, rough ones come first.
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
#define SECONDS_ROUGH 0.05
#define SECONDS_PLACES 1 /* for one sample in all places, at most */
#define SECONDS_MOST 3   /* for all trials of a run; but see is_rough */
#define BYTES_SHORT ((size_t)1 << 12)

struct trial {
	const struct codist_study_run *of;
	const struct codist_study_how *asked;
	struct codist_pipeline pipeline;
	struct codist_how how;
	struct codist_run run;
	size_t n_places, n_at_each;
	double deadline; /* by codist_seconds() */
	int is_rough;    /* 1: not enough is known yet to stop at the deadline */
	int is_late;     /* 1: it was reached, and what was at hand is not done */
};

/* Seconds of a block of so many samples, and of their scores. */
struct sample_times {
	size_t n_samples;
	double prepare, scores;
};

/* Nonzero: whoever asked wants it to stop, or time is up. */
static int progress(void *user, const struct codist_progress *of_scores)
{
	struct trial *trial = user;
	const struct codist_study_progress so_far = {
		.run = trial->of->name, .seconds = of_scores->seconds,
	};

	if (trial->asked->progress &&
	    trial->asked->progress(trial->asked->user, &so_far) !=
		    CODIST_STOP_NOT)
		return 1;
	trial->is_late = !trial->is_rough &&
			 codist_seconds() > trial->deadline;
	return trial->is_late;
}

/* Leaves `times` as they are where it is not done. */
static enum codist_status measure(struct trial *trial, size_t n_samples,
				  struct sample_times *times,
				  struct codist_error *err)
{
	size_t n_references = trial->run.references.n_references;
	struct sample_times made = { .n_samples = n_samples };
	double began = codist_seconds();

	CODIST_TRY(codist_run_block(&trial->run, 0, n_samples, err));
	made.prepare = codist_seconds() - began;
	began += made.prepare;
	for (size_t i = 0; i < trial->n_places; i++) {
		CODIST_TRY(codist_run_columns(
			&trial->run, n_references * i / trial->n_places,
			trial->n_at_each, err));
		CODIST_TRY(codist_run_report(&trial->run, err));
	}
	made.scores = codist_seconds() - began;
	*times = made;
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

/* Of a block. */
static size_t most_samples(const struct codist_run *run)
{
	return run->n_samples < run->block_capacity ? run->n_samples :
						      run->block_capacity;
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
	size_t most = most_samples(&trial->run);
	size_t n = most < SAMPLES ? most : SAMPLES;

	CODIST_TRY(measure(trial, 1, fewer, err));
	CODIST_TRY(measure(trial, n, times, err));
	while (n < most) {
		struct sample_times more;

		n = most / MORE < n ? most : n * MORE;
		CODIST_TRY(measure(trial, n, &more, err));
		*fewer = *times;
		*times = more;
		if (times->scores - fewer->scores > SECONDS_LONG)
			break;
	}
	return CODIST_OK;
}

/* What the formula has of some references, in seconds. */
struct unknowns {
	double prepare, delta, prime;
	size_t n_references;
};

/* What is known of `n_places`; fewer and more samples have told. */
static struct unknowns solve(const struct trial *trial,
			     const struct sample_times *few,
			     const struct sample_times *many)
{
	struct unknowns made = {
		.prepare = many->prepare / (double)many->n_samples,
		.n_references = trial->n_places * trial->n_at_each,
	};

	if (many->n_samples > few->n_samples && many->scores > few->scores)
		made.delta = (many->scores - few->scores) /
			     (double)(many->n_samples - few->n_samples);
	made.prime = many->scores - made.delta * (double)many->n_samples;
	made.prime = made.prime > 0 ? made.prime : 0;
	return made;
}

/*
 * By one thread, which takes references in and then finds them as they are, so
 * that scores are measured by themselves. That is true of few references only, and
 * of threads that do not get in each other's way; but it takes no longer than the
 * coder does over those few.
 */
static enum codist_status find_roughly(struct trial *trial,
				       struct unknowns *unknowns,
				       double *seconds_of_one,
				       struct codist_error *err)
{
	struct codist_run *run = &trial->run;
	unsigned n_threads = run->n_threads;
	size_t n_at_each = trial->n_at_each;
	struct sample_times first = { 0 }, again = { .n_samples = 1 };
	enum codist_status status;

	run->n_threads = 1;
	if (run->measure->needs_backend || trial->n_at_each < n_threads)
		trial->n_at_each = 1;
	else
		trial->n_at_each /= n_threads;
	trial->is_rough = 1;
	status = measure(trial, 1, &first, err);
	if (status == CODIST_OK)
		status = measure(trial, 1, &again, err);
	trial->is_rough = 0;
	for (size_t n = SAMPLES; status == CODIST_OK && n <= most_samples(run) &&
				 again.scores < SECONDS_ROUGH; n *= MORE)
		status = measure(trial, n, &again, err);
	*unknowns = (struct unknowns){
		.prepare = again.prepare / (double)again.n_samples / n_threads,
		.delta = again.scores / (double)again.n_samples,
		.n_references = trial->n_at_each * n_threads,
	};
	unknowns->prime = first.scores > unknowns->delta ?
				  first.scores - unknowns->delta : 0;
	*seconds_of_one = first.scores / (double)trial->n_at_each *
			  (double)n_at_each / n_threads;
	run->n_threads = n_threads;
	trial->n_at_each = n_at_each;
	return status;
}

/* With the first score each thread makes its coder. */
static enum codist_status find_well(struct trial *trial,
				    double seconds_of_one,
				    struct unknowns *unknowns,
				    struct codist_error *err)
{
	struct sample_times few, many = { 0 };
	enum codist_status status = measure(trial, 1, &few, err);

	choose_places(trial, seconds_of_one);
	if (status == CODIST_OK)
		status = measure_long(trial, &few, &many, err);
	if (many.n_samples > 0)
		*unknowns = solve(trial, &few, &many);
	return status;
}

static enum codist_status find_unknowns(struct trial *trial,
					struct unknowns *unknowns,
					struct codist_error *err)
{
	double seconds_of_one;
	enum codist_status status;

	choose_references(trial);
	trial->deadline = codist_seconds() + SECONDS_MOST;
	status = find_roughly(trial, unknowns, &seconds_of_one, err);
	if (status == CODIST_OK)
		status = find_well(trial, seconds_of_one, unknowns, err);
	return status == CODIST_ECANCELLED && trial->is_late ? CODIST_OK :
							       status;
}

/* Seconds of all scores of a part, on as many threads. */
static enum codist_status try_some(struct trial *trial, double *seconds,
				   struct codist_error *err)
{
	const struct codist_run *run = &trial->run;
	double n_samples = (double)run->n_samples, blocks;
	struct unknowns found;

	if (run->references.n_references == 0 || run->n_samples == 0)
		return CODIST_OK;
	CODIST_TRY(find_unknowns(trial, &found, err));
	blocks = (double)((run->n_samples + run->block_capacity - 1) /
			  run->block_capacity);
	*seconds = n_samples * found.prepare +
		   (found.prime * blocks + found.delta * n_samples) *
			   (double)run->references.n_references /
			   (double)found.n_references;
	return CODIST_OK;
}

static enum codist_status try_part(const struct codist_sets *sets,
				   const struct codist_study_run *run,
				   const struct codist_study_how *how,
				   struct codist_study_estimate *e,
				   struct codist_error *err)
{
	struct trial trial = {
		.of = run, .asked = how, .is_rough = 1,
		.pipeline = codist_study_pipeline(run, sets->fold_of != NULL),
		.how = { .n_threads = how->n_threads, .memory = how->memory,
			 .progress = progress },
	};
	size_t n_parts = codist_sets_parts(sets, run);
	struct codist_part part = { 0 };
	double opening, scoring = 0;
	enum codist_status status;

	trial.run.pipeline = &trial.pipeline;
	trial.run.how = &trial.how;
	trial.how.user = &trial;
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
