/*
 * engine.c - a study carried out, job by job
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/team.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void release_job(struct codist_engine *engine)
{
	codist_engine_release_aggregators(engine);
	free(engine->pending);
	engine->pending = NULL;
	engine->n_pending = 0;
}

/* Choose the runs of the job that are not done. */
static enum codist_status begin_job(struct codist_engine *engine,
				    const struct codist_job *job,
				    struct codist_error *err)
{
	engine->job = job;
	engine->n_correct = engine->n_classified = engine->scores_before = 0;
	engine->began = codist_seconds();
	engine->pending = calloc(job->n, sizeof(*engine->pending));
	if (!engine->pending)
		return codist_no_memory(err, "jobs");
	for (size_t i = 0; i < job->n; i++)
		if (!job->is_done[i])
			engine->pending[engine->n_pending++] = i;
	return CODIST_OK;
}

/* What is known of the samples that are repeats. */
static const char *repeats_of(const struct codist_sets *sets)
{
	if (sets->fold_of)
		return "samples repeat an earlier one";
	if (sets->numbers)
		return "samples that are held back stand among the training "
		       "samples, too";
	return "test samples stand among the training samples, too";
}

/* Sets stay for the next job if it has the same. */
enum codist_status codist_engine_load(struct codist_engine *engine,
				      struct codist_error *err)
{
	const struct codist_study_run *run = engine->job->runs[0];
	const struct codist_sets *sets = &engine->sets;
	char *lines = codist_sets_lines(run);
	char message[256];

	if (!lines)
		return codist_no_memory(err, "data");
	if (sets->lines && strcmp(sets->lines, lines) == 0 &&
	    sets->train.bytes) {
		free(lines);
		return CODIST_OK;
	}
	free(lines);
	codist_sets_release(&engine->sets);
	CODIST_TRY(codist_team_sets(&engine->sets, run, err));
	if (sets->n_repeated == 0 || !engine->how->tell)
		return CODIST_OK;
	snprintf(message, sizeof(message), "run '%.60s': %zu %s%s", run->name,
		 sets->n_repeated, repeats_of(sets),
		 sets->n_dropped ? ", and are left out" :
		 sets->numbers ? "" : "; drop-duplicates leaves them out");
	engine->how->tell(engine->how->user, message);
	return CODIST_OK;
}

static enum codist_status run_parts(struct codist_engine *engine,
				    struct codist_error *err)
{
	size_t n_parts = codist_sets_parts(&engine->sets,
					   engine->job->runs[0]);
	enum codist_status status = CODIST_OK;

	for (size_t i = 0; i < n_parts && status == CODIST_OK; i++) {
		struct codist_part part = { 0 };

		status = codist_part_init(&part, &engine->sets,
					  engine->job->runs[0], i, err);
		if (status == CODIST_OK)
			status = codist_part_run(engine, &part, i, err);
		codist_part_release(&part);
	}
	return status;
}

static enum codist_status end_job(struct codist_engine *engine,
				  struct codist_error *err)
{
	enum codist_status status = codist_store_begin(&engine->store, err);

	for (size_t i = 0; i < engine->n_pending && status == CODIST_OK; i++) {
		size_t run = engine->pending[i];

		if (codist_run_is_on_ladder(engine->job->runs[run]))
			status = codist_engine_end_ladder(
				engine, engine->job->runs[run],
				engine->job->ids[run], err);
		if (status == CODIST_OK)
			status = codist_store_end_run(&engine->store,
						      engine->job->ids[run],
						      err);
		engine->job->is_done[run] = 1;
	}
	if (status == CODIST_OK)
		status = codist_store_commit(&engine->store, err);
	codist_store_roll_back(&engine->store);
	if (status == CODIST_OK) {
		engine->n_done += engine->n_pending;
		engine->n_computed += engine->n_pending;
	}
	return status;
}

/* Of what its results are, or will be. */
static enum codist_status check_job(struct codist_engine *engine,
				    const struct codist_job *job,
				    struct codist_error *err)
{
	codist_team_tell_job((size_t)(job - engine->jobs));
	CODIST_TRY(codist_engine_load(engine, err));
	return codist_provenance_check(engine, &engine->sets, err);
}

static enum codist_status compute_job(struct codist_engine *engine,
				      const struct codist_job *job,
				      struct codist_error *err)
{
	CODIST_TRY(check_job(engine, job, err));
	return engine->is_renewed ? CODIST_OK : run_parts(engine, err);
}

static enum codist_status run_job(struct codist_engine *engine,
				  const struct codist_job *job,
				  struct codist_error *err)
{
	enum codist_status status = begin_job(engine, job, err);

	if (status == CODIST_OK && engine->n_pending > 0) {
		status = job->runs[0]->combination ?
				 codist_engine_combine(engine, err) :
				 compute_job(engine, job, err);
		if (status == CODIST_OK && !engine->is_renewed)
			status = end_job(engine, err);
	} else if (status == CODIST_OK && !job->runs[0]->combination &&
		   engine->how->changed == CODIST_CHANGED_RENEW) {
		status = check_job(engine, job, err);
	}
	release_job(engine);
	return status;
}

static enum codist_status tell_done(struct codist_engine *engine,
				    const struct codist_job *job,
				    struct codist_error *err)
{
	const struct codist_study_how *how = engine->how;

	return how->done && !engine->is_renewed ?
		       how->done(how->user, job->runs, job->n, err) :
		       CODIST_OK;
}

/* What others are fitted by comes first, and sums come last. */
static int turn_of(const struct codist_job *job)
{
	return job->runs[0]->combination ? 2 : !(job->runs[0]->held > 0);
}

static enum codist_status run_jobs(struct codist_engine *engine,
				   struct codist_error *err)
{
	if (engine->n_done < engine->n_runs && !engine->store.session)
		CODIST_TRY(codist_store_begin_session(
			&engine->store,
			codist_usable_threads(engine->how->n_threads),
			codist_team_size(),
			err));
	for (size_t i = 0; i < 3 * engine->n_jobs && !engine->is_renewed;
	     i++) {
		const struct codist_job *job = &engine->jobs[i %
							     engine->n_jobs];

		if (turn_of(job) != (int)(i / engine->n_jobs))
			continue;
		CODIST_TRY(run_job(engine, job, err));
		CODIST_TRY(tell_done(engine, job, err));
		if (engine->stop && engine->n_done < engine->n_runs)
			return codist_fail(err, CODIST_ECANCELLED,
					   "stopped when asked to");
	}
	return CODIST_OK;
}

/* Jobs that were done are not, once their results were removed. */
static enum codist_status run_study(struct codist_engine *engine,
				    const int64_t *ids,
				    struct codist_error *err)
{
	do {
		engine->is_renewed = 0;
		codist_jobs_release(engine);
		CODIST_TRY(codist_jobs_make(engine, ids, err));
		CODIST_TRY(run_jobs(engine, err));
	} while (engine->is_renewed);
	return CODIST_OK;
}

/* It may be the store of another study, by mistake. */
static enum codist_status tell_others(const struct codist_engine *engine,
				      struct codist_error *err)
{
	int64_t n;
	char *message;

	CODIST_TRY(codist_database_number(
		engine->store.db, "SELECT count(*) FROM run WHERE place IS NULL "
		"AND held IS NULL AND name NOT LIKE 'tested: %'", &n, err));
	if (n == 0 || !engine->how->tell)
		return CODIST_OK;
	message = codist_text_format(
		"%s: has results of %d run%s that this study does not ask for, "
		"which stay behind the others", engine->how->store, (int)n,
		n == 1 ? "" : "s");
	if (!message)
		return codist_no_memory(err, "a message");
	engine->how->tell(engine->how->user, message);
	free(message);
	return CODIST_OK;
}

/* The store is the root's; the others have the jobs, and compute. */
static enum codist_status run_as_team(struct codist_engine *engine,
				      int64_t *ids, struct codist_error *err)
{
	enum codist_status status;

	engine->ids = ids;
	if (codist_team_rank() > 0) {
		CODIST_TRY(codist_jobs_make(engine, ids, err));
		return codist_team_serve(engine, err);
	}
	status = codist_store_open(&engine->store, engine->how->store,
				   engine->study, engine->shard, ids, err);
	if (status == CODIST_OK)
		status = tell_others(engine, err);
	if (status == CODIST_OK)
		status = run_study(engine, ids, err);
	codist_team_tell_end();
	return status;
}

/* What is fitted needs all samples held back, so that each shard has them all. */
struct codist_range codist_engine_range(const struct codist_engine *engine,
					size_t n_samples)
{
	const struct codist_shard *shard = &engine->shard;

	if (engine->job->runs[0]->held > 0)
		return (struct codist_range){ 0, n_samples };
	return (struct codist_range){ n_samples * (shard->i - 1) / shard->n,
				      n_samples * shard->i / shard->n };
}

enum codist_status
codist_study_run_all(const struct codist_study *study,
		     const struct codist_study_how *how, size_t *n_computed,
		     struct codist_error *err)
{
	struct codist_engine engine = {
		.study = study, .how = how,
		.shard = { how->shard ? how->shard : 1,
			   how->n_shards ? how->n_shards : 1 },
	};
	int64_t *ids = calloc(study->n_runs + 1, sizeof(*ids));
	enum codist_status status;

	if (!ids)
		return codist_no_memory(err, study->path);
	status = run_as_team(&engine, ids, err);
	if (n_computed)
		*n_computed = engine.n_computed;
	codist_sets_release(&engine.sets);
	codist_jobs_release(&engine);
	codist_store_close(&engine.store);
	free(ids);
	return status;
}
