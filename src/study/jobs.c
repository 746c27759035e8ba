/*
 * jobs.c - runs of a study that share their scores
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/engine.h"

#include <stdlib.h>
#include <string.h>

/* The aggregator is the last line of a run's text. */
static size_t length_of_scores(const struct codist_study_run *run)
{
	return (size_t)(strstr(run->text, "\naggregate: ") - run->text);
}

static int share_scores(const struct codist_study_run *a,
			const struct codist_study_run *b)
{
	size_t length = length_of_scores(a);

	if (a->combination || b->combination)
		return 0;
	return length == length_of_scores(b) &&
	       memcmp(a->text, b->text, length) == 0;
}

static enum codist_status add_run(struct codist_engine *engine,
				  struct codist_job *job,
				  const struct codist_study_run *run,
				  int64_t id, struct codist_error *err)
{
	size_t n = job->n + 1;
	void *runs = realloc(job->runs, n * sizeof(*job->runs));
	void *ids, *is_done;
	enum codist_store_state state = CODIST_RUN_WAITING;

	if (runs)
		job->runs = runs;
	ids = realloc(job->ids, n * sizeof(*job->ids));
	if (ids)
		job->ids = ids;
	is_done = realloc(job->is_done, n * sizeof(*job->is_done));
	if (is_done)
		job->is_done = is_done;
	if (!runs || !ids || !is_done)
		return codist_no_memory(err, "jobs");
	if (engine->store.db)
		CODIST_TRY(codist_store_state(&engine->store, id, &state,
					      err));
	job->runs[job->n] = run;
	job->ids[job->n] = id;
	job->is_done[job->n] = state == CODIST_RUN_DONE;
	engine->n_done += state == CODIST_RUN_DONE;
	job->n = n;
	return CODIST_OK;
}

/* Those that are chosen, and what they are made of or fitted by; or NULL. */
static unsigned char *choose(const struct codist_study *study,
			     const unsigned char *chosen)
{
	unsigned char *is_wanted = malloc(study->n_runs + 1);

	if (!is_wanted)
		return NULL;
	for (size_t i = 0; i < study->n_runs; i++)
		is_wanted[i] = !chosen || chosen[i];
	for (size_t i = study->n_runs; i-- > 0;) {
		const struct codist_study_combination *sum =
			study->runs[i].combination;

		for (size_t m = 0; is_wanted[i] && sum && m < sum->n; m++) {
			is_wanted[sum->members[m]] = 1;
			if (sum->held)
				is_wanted[sum->held[m]] = 1;
		}
	}
	for (size_t i = 0; i < study->n_runs; i++)
		if (is_wanted[i] && study->runs[i].is_fitted &&
		    !study->runs[i].combination)
			is_wanted[study->runs[i].twin] = 1;
	return is_wanted;
}

static enum codist_status make_jobs(struct codist_engine *engine,
				    const unsigned char *is_wanted,
				    const int64_t *ids,
				    struct codist_error *err)
{
	const struct codist_study *study = engine->study;

	for (size_t i = 0; i < study->n_runs; i++) {
		size_t j = 0;

		if (!is_wanted[i])
			continue;
		engine->n_runs++;
		while (j < engine->n_jobs &&
		       !share_scores(engine->jobs[j].runs[0], &study->runs[i]))
			j++;
		if (j == engine->n_jobs)
			engine->n_jobs++;
		CODIST_TRY(add_run(engine, &engine->jobs[j], &study->runs[i],
				   ids[i], err));
	}
	return CODIST_OK;
}

enum codist_status codist_jobs_make(struct codist_engine *engine,
				    const int64_t *ids,
				    struct codist_error *err)
{
	const struct codist_study *study = engine->study;
	unsigned char *is_wanted;
	enum codist_status status;

	engine->n_runs = engine->n_done = 0;
	engine->jobs = calloc(study->n_runs + 1, sizeof(*engine->jobs));
	if (!engine->jobs)
		return codist_no_memory(err, "jobs");
	is_wanted = choose(study, engine->how->chosen);
	status = is_wanted ? make_jobs(engine, is_wanted, ids, err) :
			     codist_no_memory(err, "jobs");
	free(is_wanted);
	return status;
}

void codist_jobs_release(struct codist_engine *engine)
{
	for (size_t j = 0; engine->jobs && j < engine->n_jobs; j++) {
		free(engine->jobs[j].runs);
		free(engine->jobs[j].ids);
		free(engine->jobs[j].is_done);
	}
	free(engine->jobs);
	engine->jobs = NULL;
	engine->n_jobs = 0;
}
