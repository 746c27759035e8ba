/*
 * engine.h - a study on its way: what the parts of the engine share
 *
 * Runs that differ only in the aggregator make a job, whose scores are computed
 * once. A job has parts, its folds or the only one; a part has blocks of
 * samples, whose results are saved together; a block has columns, the scores of
 * all its samples against one reference, which can be computed in any order, and
 * some of which are saved where a block takes long.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_STUDY_ENGINE_H
#define CODIST_STUDY_ENGINE_H

#include "experiment/run.h"
#include "study/sets.h"
#include "study/store.h"

struct codist_job {
	const struct codist_study_run **runs; /* [n] */
	int64_t *ids;                         /* [n], in the store */
	int *is_done;                         /* [n] */
	size_t n;
};

struct codist_engine {
	const struct codist_study *study;
	const struct codist_study_how *how;
	struct codist_store store;
	struct codist_shard shard;
	const int64_t *ids;      /* [study->n_runs], in the store */
	struct codist_job *jobs; /* [n_jobs] */
	size_t n_jobs;
	size_t n_runs, n_done, n_computed; /* n_runs: of all jobs */

	/* Of the job at hand: */
	const struct codist_job *job;
	struct codist_sets sets; /* those loaded last */
	size_t *pending;         /* [n_pending], in the job */
	size_t n_pending;
	/*
	 * Mostly one for each that is pending, but all of the ladder where a
	 * temperature is being fitted. Of the part at hand.
	 */
	struct codist_spec *aggregators;        /* [n_aggregators] */
	struct codist_predictions *predictions; /* [n_aggregators] */
	size_t *first_of; /* [n_pending + 1], of each that is pending */
	size_t n_aggregators;
	size_t n_correct, n_classified;
	size_t scores_before; /* of earlier parts */
	double began;
	enum codist_study_stop stop;
	int is_renewed; /* results were removed, so that jobs are other ones */
};

/* codist_jobs_make() lists the jobs of a study, in its order. */
enum codist_status codist_jobs_make(struct codist_engine *engine,
				    const int64_t *ids,
				    struct codist_error *err);
void codist_jobs_release(struct codist_engine *engine);

/* Which columns of a block there are. */
struct codist_columns {
	struct codist_engine *engine;
	struct codist_run *run;
	size_t part;
	unsigned char *is_done; /* [n_references] */
	double *buffer;         /* of columns to be saved; NULL: none yet */
	size_t capacity;        /* doubles in it */
	double saved;           /* when that was done last, or it began */
};

/* The pipeline of a run, without aggregators; folds may lack classes. */
struct codist_pipeline codist_study_pipeline(const struct codist_study_run *run,
					     int has_folds);

/* codist_engine_load() has the sets of the job at hand; on all of the team. */
enum codist_status codist_engine_load(struct codist_engine *engine,
				      struct codist_error *err);

/* codist_columns_fill() fills the scores of the run's block. */
enum codist_status codist_columns_fill(struct codist_columns *columns,
				       struct codist_error *err);

/* codist_part_run() computes and saves all blocks of a part. */
enum codist_status codist_part_run(struct codist_engine *engine,
				   const struct codist_part *part,
				   size_t number, struct codist_error *err);

/* Whether a run serves to fit its own aggregator, and so has all of the ladder. */
int codist_run_is_on_ladder(const struct codist_study_run *run);

/* codist_engine_aggregators() makes those of a part, of which fits were found. */
enum codist_status codist_engine_aggregators(struct codist_engine *engine,
					     size_t part,
					     struct codist_error *err);
void codist_engine_release_aggregators(struct codist_engine *engine);

/*
 * codist_engine_end_ladder() chooses the temperature of each part of a run that
 * has all samples, whose predictions are those at that. Within a transaction.
 */
enum codist_status codist_engine_end_ladder(struct codist_engine *engine,
					    const struct codist_study_run *run,
					    int64_t id,
					    struct codist_error *err);

/* codist_engine_combine() carries out the job at hand, of a combination. */
enum codist_status codist_engine_combine(struct codist_engine *engine,
					 struct codist_error *err);

/*
 * codist_provenance_check() notes the data and library of the job at hand, or
 * compares them.
 */
enum codist_status codist_provenance_check(struct codist_engine *engine,
					   const struct codist_sets *sets,
					   struct codist_error *err);

/* The samples of a part that this process does, first..end - 1. */
struct codist_range {
	size_t first, end;
};
struct codist_range codist_engine_range(const struct codist_engine *engine,
					size_t n_samples);

/* codist_engine_begin_runs() notes what is pending. */
enum codist_status codist_engine_begin_runs(struct codist_engine *engine,
					    const struct codist_sets *sets,
					    size_t n_references,
					    struct codist_error *err);

#endif
