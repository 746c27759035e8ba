/*
 * run.h - a run of a pipeline: what its parts share
 *
 * In the order in which they come: memory.c, values.c, sketches.c, then for each
 * block of test samples prepared.c and scores.c, or formulas.c, and fold.c.
 * pipeline.c calls them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_RUN_H
#define CODIST_RUN_H

#include "base/system.h"
#include "experiment/across_threads.h"
#include "experiment/joint.h"
#include "experiment/tiles.h"
#include "measure/formula.h"

#include <codist/pipeline.h>

/* What belongs to one thread, and no other touches while it is at work. */
struct codist_worker {
	struct codist_coder *coder; /* NULL: not made yet, or not needed */
	void *scratch;              /* of the aggregators */
	struct codist_others *others; /* of cross-validation; see fold.c */

	/*
	 * The first of the references side by side that reference() made ready
	 * for, and what score() is handed of them.
	 */
	size_t ready_for; /* SIZE_MAX: none */
	double bases[CODIST_LANE_WIDTH];
	struct codist_item references[CODIST_LANE_WIDTH];
};

/* The test samples at hand, and their scores. */
struct codist_block {
	size_t first, n;          /* samples first..first + n - 1 */
	double *scores;           /* [n][n_references] */
	unsigned char *may_win;   /* [n][n_classes], of one aggregator */
	struct codist_front *fronts; /* [n], where references are single */
	/* [n], of each sample's scores; NaN where the measure has none. */
	double *means, *leasts;
	unsigned char *prepared;  /* of all samples in it; NULL: nothing */
	size_t *prepared_at;      /* [n], where in it */
};

/* What a measure by formula needs, see formulas.c. */
struct codist_run_lengths {
	struct codist_needs needs;
	struct codist_joint joint;
	double empty;                    /* C() */
	double *references_twice;        /* [n_references], C(ysy); or NULL */
	double *queries_twice;           /* [n_samples] */
	struct codist_bytes *queries;    /* [n_samples] */
	double *other; /* as the scores of a block, of the other order; or NULL */
};

struct codist_run {
	const struct codist_pipeline *pipeline;
	const struct codist_measure *measure;
	const struct codist_dataset *test;
	const struct codist_how *how;
	/* Of cross-validation: a sample is not scored against references of its
	 * own fold, which is that of the sample with the same index. NULL: any. */
	const size_t *fold_of;
	struct codist_reference_set references;
	int are_single; /* each reference is one sample */
	size_t n_samples, n_classes; /* of test */
	double *reference_values; /* [n_references]; NULL: there are none; by
				     formula, C(y) */
	double *query_values;     /* [n_samples]; likewise */
	void **sketches; /* [n_references + n_samples]; NULL: there are none */
	struct codist_run_lengths lengths;
	double granularity;       /* as in struct codist_row */
	struct codist_block block;
	size_t block_capacity;    /* the most samples in it */
	/* The references at hand, in whose columns scores are filled. */
	size_t first_reference, n_at_hand;
	struct codist_predictions *predictions; /* [n_aggregators] */
	size_t n_folded; /* of which so many are done with the block */

	unsigned n_threads, n_threads_wanted;
	size_t coder_memory;      /* as in struct codist_cost */
	struct codist_worker *workers; /* [n_threads] */

	/* Called by the calling thread at each tick; NULL: nothing to do. */
	void (*poll)(void *user);
	void *poll_user;

	double began, reported;   /* by codist_seconds() */
	size_t n_scores;          /* in all */
	size_t n_passes;          /* in which each score is come by */
	size_t n_scored;          /* so far, in all passes; for one thread at a
				     time */
	size_t n_shown;           /* the same, for the calling thread only */
};

/*
 * codist_run_tick() polls, reports progress if that is due, and is the tick() of
 * every job. codist_run_report() does so now.
 */
enum codist_status codist_run_tick(void *run, struct codist_error *err);
enum codist_status codist_run_report(struct codist_run *run,
				     struct codist_error *err);

/* codist_run_plan() decides on n_threads and block_capacity. */
void codist_run_plan(struct codist_run *run);

/* codist_run_done() is the done() of all tiles: n_pairs are behind a pass. */
void codist_run_done(void *run, unsigned thread, size_t n_pairs);

/* codist_run_items() is codist_items_run() of items that are handed the run. */
enum codist_status codist_run_items(
	struct codist_run *run, size_t n_items,
	enum codist_status (*item)(void *run, unsigned thread, size_t i,
				   struct codist_error *err),
	struct codist_error *err);

/* codist_worker_coder() makes the coder, where one is needed and missing. */
enum codist_status codist_worker_coder(struct codist_worker *worker,
				       const struct codist_run *run,
				       struct codist_error *err);

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

/* codist_run_sketches() fills sketches, where the measure has them. */
enum codist_status codist_run_sketches(struct codist_run *run,
				       struct codist_error *err);
void codist_run_sketches_release(struct codist_run *run);

/* codist_run_scores() fills the scores of the block by what is at hand. */
enum codist_status codist_run_scores_init(struct codist_run *run,
					  struct codist_error *err);
enum codist_status codist_run_scores(struct codist_run *run,
				     struct codist_error *err);
void codist_run_scores_release(struct codist_run *run);

/*
 * codist_run_formulas() likewise, where the measure is one by formula. Its
 * values come first, in place of codist_run_values().
 */
enum codist_status codist_run_formulas_init(struct codist_run *run,
					    struct codist_error *err);
enum codist_status codist_run_formulas_values(struct codist_run *run,
					      struct codist_error *err);
enum codist_status codist_run_formulas(struct codist_run *run,
				       struct codist_error *err);
void codist_run_formulas_release(struct codist_run *run);

/*
 * codist_run_blame_*() is codist_blame() of a reference or a sample, whose bytes a
 * coder has refused.
 */
enum codist_status codist_run_blame_reference(const struct codist_run *run,
					      size_t reference,
					      enum codist_status status,
					      struct codist_error *err);
enum codist_status codist_run_blame_sample(const struct codist_run *run,
					   size_t sample,
					   enum codist_status status,
					   struct codist_error *err);
/* Of both: which one it is cannot be told where C(p) is found out late. */
enum codist_status codist_run_blame_pair(const struct codist_run *run,
					 size_t sample, size_t reference,
					 enum codist_status status,
					 struct codist_error *err);

/*
 * codist_run_not_a_number() is the failure of a score, of a sample against a
 * reference.
 */
enum codist_status codist_run_not_a_number(const struct codist_run *run,
					   size_t sample, size_t reference,
					   struct codist_error *err);

/*
 * A run by hand: codist_run_open() readies it for any number of blocks, of at
 * most block_capacity samples, each of which codist_run_block() begins;
 * codist_run_columns() fills the scores of some references, which can be done
 * for all in any order; codist_run_fold() ends the block. The run's pipeline,
 * fold_of and how are set; codist_run_close() in any case, which leaves the
 * predictions.
 */
enum codist_status codist_run_open(struct codist_run *run,
				   const struct codist_dataset *train,
				   const struct codist_dataset *test,
				   struct codist_predictions *predictions,
				   struct codist_error *err);
enum codist_status codist_run_block(struct codist_run *run, size_t first,
				    size_t n, struct codist_error *err);
enum codist_status codist_run_columns(struct codist_run *run, size_t first,
				      size_t n, struct codist_error *err);
void codist_run_close(struct codist_run *run, struct codist_cost *cost);

/*
 * codist_run_on() is codist_pipeline_run() of a run whose pipeline, fold_of and
 * how are set; of cross-validation train and test are the same.
 */
enum codist_status codist_run_on(struct codist_run *run,
				 const struct codist_dataset *train,
				 const struct codist_dataset *test,
				 struct codist_predictions *predictions,
				 struct codist_cost *cost,
				 struct codist_error *err);

/* codist_predictions_init() makes room for all samples, with no counts. */
enum codist_status codist_predictions_init(struct codist_predictions *made,
					   size_t n_samples, size_t n_classes,
					   struct codist_error *err);

/* codist_run_others_new() makes room for one thread's; free() it. */
enum codist_status codist_run_others_new(struct codist_others **others,
					 const struct codist_run *run,
					 struct codist_error *err);

/* codist_run_fold() folds the scores of the block, by each aggregator. */
enum codist_status codist_run_fold(struct codist_run *run,
				   struct codist_error *err);
/* codist_run_row() describes the scores of one sample of the block. */
struct codist_row codist_run_row(const struct codist_run *run,
				 size_t in_block);

#endif
