/*
 * run.h - a run of a pipeline: what its parts share
 *
 * In the order in which they come: memory.c, values.c, then for each block of test
 * samples prepared.c, tiles.c and fold.c. pipeline.c calls them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_RUN_H
#define CODIST_RUN_H

#include "base/system.h"
#include "experiment/across_threads.h"

#include <codist/pipeline.h>

struct codist_lane; /* see tiles.c */
#define CODIST_LANE_WIDTH 64

/* What belongs to one thread, and no other touches while it is at work. */
struct codist_worker {
	struct codist_coder *coder; /* NULL: not made yet, or not needed */
	void *scratch;              /* of the aggregators */

	/*
	 * The lane that reference() made ready for, and of its references what
	 * score() is handed: what that gave, and their values.
	 */
	const struct codist_lane *ready_for;
	double bases[CODIST_LANE_WIDTH], values[CODIST_LANE_WIDTH];

	/* The piece at hand: n items from `first`, of a lane if tiles.c */
	struct codist_lane *lane;
	size_t first, n;
	/* What the last piece took; negative: not known */
	double seconds_per_item, ready_seconds;
};

/* The test samples at hand, and their scores. */
struct codist_block {
	size_t first, n;          /* samples first..first + n - 1 */
	double *scores;           /* [n][n_references] */
	unsigned char *may_win;   /* [n][n_classes], of one aggregator */
	unsigned char *prepared;  /* of all samples in it; NULL: nothing */
	size_t *prepared_at;      /* [n], where in it */
	struct codist_lane *lanes; /* [n_lanes], references side by side */
	size_t n_lanes, next_lane;
};

struct codist_run {
	const struct codist_pipeline *pipeline;
	const struct codist_measure *measure;
	const struct codist_dataset *test;
	const struct codist_how *how;
	struct codist_reference_set references;
	size_t n_samples, n_classes; /* of test */
	double *reference_values; /* [n_references]; NULL: there are none */
	double *query_values;     /* [n_samples]; likewise */
	double granularity;       /* as in struct codist_row */
	struct codist_block block;
	size_t block_capacity;    /* the most samples in it */
	struct codist_predictions *predictions; /* [n_aggregators] */

	unsigned n_threads, n_threads_wanted;
	size_t coder_memory;      /* as in struct codist_cost */
	struct codist_worker *workers; /* [n_threads] */

	double began, reported;   /* by codist_seconds() */
	size_t n_scores;          /* in all */
	size_t n_scored;          /* so far; for one thread at a time */
	size_t n_shown;           /* the same, for the calling thread only */
};

/*
 * codist_run_tick() reports progress if that is due, and is the tick() of
 * every job. codist_run_report() does so now.
 */
enum codist_status codist_run_tick(void *run, struct codist_error *err);
enum codist_status codist_run_report(struct codist_run *run,
				     struct codist_error *err);

/* codist_run_plan() decides on n_threads and block_capacity. */
void codist_run_plan(struct codist_run *run);

/*
 * codist_run_items() carries item() out for each i < n_items, on all threads.
 * Failures are ordered by i.
 */
enum codist_status codist_run_items(
	struct codist_run *run, size_t n_items,
	enum codist_status (*item)(struct codist_run *run,
				   struct codist_worker *worker, size_t i,
				   const void *user, struct codist_error *err),
	const void *user, struct codist_error *err);

/* codist_worker_coder() makes the coder, where one is needed and missing. */
enum codist_status codist_worker_coder(struct codist_worker *worker,
				       const struct codist_run *run,
				       struct codist_error *err);

/*
 * codist_worker_batch() is how many of `most` items are to be taken at once:
 * as many as will take some milliseconds, going by those before.
 */
size_t codist_worker_batch(const struct codist_worker *worker, size_t most);

/*
 * codist_run_values() fills reference_values and query_values, which stay NULL
 * where the measure has no values.
 */
enum codist_status codist_run_values_init(struct codist_run *run,
					  struct codist_error *err);
enum codist_status codist_run_values(struct codist_run *run,
				     struct codist_error *err);
void codist_run_values_release(struct codist_run *run);

/*
 * codist_run_prepared() prepares the samples of the block, where the backend
 * can. The mean is in bytes a sample, of all; codist_run_prepared_of() is NULL
 * where there is nothing.
 */
size_t codist_run_prepared_mean(const struct codist_run *run);
enum codist_status codist_run_prepared_init(struct codist_run *run,
					    struct codist_error *err);
enum codist_status codist_run_prepared(struct codist_run *run,
				       struct codist_error *err);
void codist_run_prepared_release(struct codist_run *run);
const void *codist_run_prepared_of(const struct codist_run *run,
				   size_t in_block);

/* codist_run_tiles() fills the scores of the block. */
enum codist_status codist_run_tiles_init(struct codist_run *run,
					 struct codist_error *err);
enum codist_status codist_run_tiles(struct codist_run *run,
				    struct codist_error *err);
void codist_run_tiles_release(struct codist_run *run);

/* codist_run_fold() folds the scores of the block, by each aggregator. */
enum codist_status codist_run_fold(struct codist_run *run,
				   struct codist_error *err);
/* codist_run_row() describes the scores of one sample of the block. */
struct codist_row codist_run_row(const struct codist_run *run,
				 size_t in_block);

#endif
