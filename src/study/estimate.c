/*
 * estimate.c - what a run will cost, by a trial
 *
 * A reference costs P to take in, and Q for each sample: so some references are
 * gone through with few samples, and with some more.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/engine.h"

#include <stdlib.h>
#include <string.h>

#define FEW 2
#define MORE 16
#define REFERENCES 8 /* for each thread */

struct trial {
	struct codist_pipeline pipeline;
	struct codist_how how;
	struct codist_run run;
	size_t n_references; /* tried */
};

static enum codist_status seconds_of(struct trial *trial, size_t n_samples,
				     double *seconds, struct codist_error *err)
{
	double began = codist_seconds();

	CODIST_TRY(codist_run_block(&trial->run, 0, n_samples, err));
	CODIST_TRY(codist_run_columns(&trial->run, 0, trial->n_references,
				      err));
	*seconds = codist_seconds() - began;
	return CODIST_OK;
}

/* Seconds of all scores of a part of n_samples, on as many threads. */
static enum codist_status try_some(struct trial *trial, double *seconds,
				   struct codist_error *err)
{
	const struct codist_run *run = &trial->run;
	size_t more = run->n_samples < MORE ? run->n_samples : MORE;
	double first, few, much, per_sample, n;

	more = run->block_capacity < more ? run->block_capacity : more;
	trial->n_references = run->references.n_references;
	if (trial->n_references > REFERENCES * run->n_threads)
		trial->n_references = REFERENCES * run->n_threads;
	if (run->references.bytes_of[0].nbytes > (size_t)1 << 20)
		trial->n_references = run->n_threads;
	if (trial->n_references > run->references.n_references)
		trial->n_references = run->references.n_references;
	/* The first score makes the coders. */
	CODIST_TRY(seconds_of(trial, 1, &first, err));
	CODIST_TRY(seconds_of(trial, more < FEW ? more : FEW, &few, err));
	CODIST_TRY(seconds_of(trial, more, &much, err));
	n = (double)run->references.n_references /
	    (double)trial->n_references;
	per_sample = more > FEW ? (much - few) / (double)(more - FEW) :
				  much / (double)more;
	if (per_sample < 0)
		per_sample = 0;
	*seconds = n * (much + per_sample * (double)(run->n_samples - more));
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
	enum codist_status status;

	trial.run.pipeline = &trial.pipeline;
	trial.run.how = &trial.how;
	status = codist_part_init(&part, sets, 0, err);
	if (status == CODIST_OK) {
		status = codist_run_open(&trial.run, part.train, part.test,
					 NULL, err);
		if (status == CODIST_OK)
			status = try_some(&trial, &e->seconds, err);
		e->seconds *= (double)n_parts;
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

static int shares_scores(const struct codist_study *study, size_t i)
{
	const char *end = strstr(study->runs[i].text, "\naggregate: ");
	size_t length = (size_t)(end - study->runs[i].text);

	for (size_t k = 0; k < i; k++) {
		const char *text = study->runs[k].text;

		if (strncmp(text, study->runs[i].text, length) == 0 &&
		    strncmp(text + length, "\naggregate: ", 12) == 0)
			return 1;
	}
	return 0;
}

enum codist_status codist_study_estimate(const struct codist_study *study,
					 size_t i,
					 const struct codist_study_how *how,
					 struct codist_study_estimate *estimate,
					 struct codist_error *err)
{
	const struct codist_study_run *run = &study->runs[i];
	struct codist_sets sets = { 0 };
	enum codist_status status;

	*estimate = (struct codist_study_estimate){
		.shares = shares_scores(study, i),
	};
	CODIST_TRY(codist_sets_load(&sets, run, err));
	estimate->n_train = sets.train.n_samples;
	estimate->n_samples = sets.fold_of ? sets.train.n_samples :
					     sets.test.n_samples;
	estimate->memory = bytes_of(&sets.train) + bytes_of(&sets.test);
	status = try_part(&sets, run, how, estimate, err);
	codist_sets_release(&sets);
	return status;
}
