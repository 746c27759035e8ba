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

enum codist_status codist_jobs_make(struct codist_engine *engine,
				    const int64_t *ids,
				    struct codist_error *err)
{
	const struct codist_study *study = engine->study;

	engine->n_runs = engine->n_done = 0;
	engine->jobs = calloc(study->n_runs + 1, sizeof(*engine->jobs));
	if (!engine->jobs)
		return codist_no_memory(err, "jobs");
	for (size_t i = 0; i < study->n_runs; i++) {
		size_t j = 0;

		if (engine->how->chosen && !engine->how->chosen[i])
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
