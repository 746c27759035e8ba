/*
 * store.h - the one file of a study's results
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_STUDY_STORE_H
#define CODIST_STUDY_STORE_H

#include "study/database.h"

#include <codist/study.h>

/* One process at a time writes; any number read. Start with {0}. */
struct codist_store {
	sqlite3 *db;
	int lock;        /* a file descriptor; only if is_locked */
	int is_locked;
	int64_t session; /* of this process, from 1 */
	sqlite3_stmt *prediction, *block, *partial;
};

/* Which part of all samples a store has: the i-th of n, i from 1. */
struct codist_shard {
	size_t i, n;
};

/*
 * codist_store_open() opens a store to write to, or makes one, and lists the
 * study's runs in it: those that are new are added. run_ids receives
 * [study->n_runs].
 *
 * CODIST_EUSAGE: another process writes to it, or it is of another shard.
 * CODIST_EFORMAT: it is no store, or one of a later version.
 */
enum codist_status codist_store_open(struct codist_store *store,
				     const char *path,
				     const struct codist_study *study,
				     struct codist_shard shard,
				     int64_t *run_ids,
				     struct codist_error *err);
/* Harmless on {0}. */
void codist_store_close(struct codist_store *store);

/*
 * codist_store_lock() makes the file if need be, and refuses as CODIST_EUSAGE
 * when another process works on it; where the file system has no locks, it does
 * not know. Until the store is closed.
 */
enum codist_status codist_store_lock(struct codist_store *store,
				     const char *path,
				     struct codist_error *err);

/* codist_store_check() refuses what is no store of a version known. */
enum codist_status codist_store_check(sqlite3 *db, struct codist_error *err);

/* A process begins to work; then store->session is set. */
enum codist_status codist_store_begin_session(struct codist_store *store,
					      unsigned n_threads,
					      unsigned n_processes,
					      struct codist_error *err);

enum codist_store_state {
	CODIST_RUN_WAITING,
	CODIST_RUN_BEGUN,
	CODIST_RUN_DONE
};
enum codist_status codist_store_state(struct codist_store *store, int64_t run,
				      enum codist_store_state *state,
				      struct codist_error *err);

/* Data that runs are made of, and what it was when they were. */
struct codist_store_sets {
	const char *sets; /* the lines of a run's text */
	size_t n_train, n_test;
	char train_checksum[65], test_checksum[65];
};
struct codist_store_source {
	const char *name, *part; /* "training" or "test" */
	size_t n_samples;
	const char *checksum;
};
struct codist_store_backend {
	const char *spec; /* in full */
	const char *library, *version, *digest;
};

/*
 * They are noted, or found to be what was noted earlier: *differs receives a
 * description for free() if they are not, else NULL.
 */
enum codist_status codist_store_sets(struct codist_store *store,
				     const struct codist_store_sets *sets,
				     char **differs, struct codist_error *err);
enum codist_status
codist_store_source(struct codist_store *store,
		    const struct codist_store_source *source, char **differs,
		    struct codist_error *err);
enum codist_status
codist_store_backend(struct codist_store *store,
		     const struct codist_store_backend *backend,
		     char **differs, struct codist_error *err);
/* Forget what was noted, and all results that were made of it. */
enum codist_status codist_store_forget_sets(struct codist_store *store,
					    const char *sets,
					    struct codist_error *err);
enum codist_status codist_store_forget_source(struct codist_store *store,
					      const char *name,
					      struct codist_error *err);
enum codist_status codist_store_forget_library(struct codist_store *store,
					       const char *library,
					       struct codist_error *err);

/* What is known of a run before its first score. */
struct codist_store_begun {
	const char *sets, *backend; /* backend: NULL if it has none */
	size_t n_train, n_samples, n_references, n_classes;
	char *const *class_names;   /* [n_classes] */
};
enum codist_status codist_store_begin_run(struct codist_store *store,
					  int64_t run,
					  const struct codist_store_begun *begun,
					  struct codist_error *err);

/* A block of samples of a part, folded. */
struct codist_store_block {
	size_t part, first, n;
	const size_t *samples;   /* [n], as they are counted in the set */
	const unsigned *truth;   /* [n] */
	const unsigned *predicted;
	const double *scores;    /* [n][n_classes] */
	size_t n_classes;
	const double *means, *leasts; /* [n], of the scores of each sample, NaN:
					 not known; NULL: none is */
	size_t n_tied, correct_low, correct_high;
	struct codist_nearest nearest;
};
enum codist_status codist_store_has_block(struct codist_store *store,
					  int64_t run, size_t part,
					  size_t sample, size_t *n,
					  struct codist_error *err);
/* To be called between codist_store_begin() and codist_store_commit(). */
enum codist_status codist_store_add_block(struct codist_store *store,
					  int64_t run,
					  const struct codist_store_block *block,
					  struct codist_error *err);

/* Its two halves: predictions with their scores, and the block with its counts. */
enum codist_status
codist_store_add_predictions(struct codist_store *store, int64_t run,
			     const struct codist_store_block *block,
			     struct codist_error *err);
enum codist_status
codist_store_add_counts(struct codist_store *store, int64_t run,
			const struct codist_store_block *block,
			struct codist_error *err);

/* Doubles as they stand on a little-endian machine: 8 bytes each. */
void codist_scores_to_bytes(const double *values, size_t n,
			    unsigned char *bytes);

/* Columns of a block that is not done; `run` is the first of its kind. */
enum codist_status
codist_store_add_partial(struct codist_store *store, int64_t run, size_t part,
			 size_t first, size_t n, size_t reference,
			 size_t n_columns, const double *columns,
			 struct codist_error *err);
/* Calls `take` with each of them. */
enum codist_status
codist_store_partials(struct codist_store *store, int64_t run, size_t part,
		      size_t first, size_t n,
		      void (*take)(void *user, size_t reference,
				   size_t n_columns, const double *columns),
		      void *user, struct codist_error *err);
enum codist_status codist_store_drop_partials(struct codist_store *store,
					      int64_t run,
					      struct codist_error *err);

/*
 * A block of a run whose temperature is being fitted: its class scores at each
 * of n_steps, [n_steps] arrays as block->scores, but no predictions.
 */
enum codist_status
codist_store_add_ladder(struct codist_store *store, int64_t run,
			const struct codist_store_block *block,
			const double *const *scores, size_t n_steps,
			struct codist_error *err);
/* Then that is settled: predictions, and counts of ties; and scores dropped. */
enum codist_status
codist_store_settle_block(struct codist_store *store, int64_t run,
			  const struct codist_store_block *block,
			  struct codist_error *err);
enum codist_status codist_store_drop_ladder(struct codist_store *store,
					    int64_t run,
					    struct codist_error *err);

/*
 * The scores of some samples, of predictions or on the ladder: scores receives
 * [n][n_doubles]. CODIST_EFORMAT: they are not there.
 */
enum codist_scores_of { CODIST_SCORES_OF_PREDICTIONS, CODIST_SCORES_OF_LADDER };
enum codist_status
codist_store_scores(struct codist_store *store, enum codist_scores_of what,
		    int64_t run, const size_t *samples, size_t n,
		    size_t n_doubles, double *scores, struct codist_error *err);

/* What was found for a run, or a member of it, on samples held back. */
struct codist_store_fit {
	int64_t run;
	size_t part, place; /* place: of the member, from 1; 0: the run's own */
	const char *name;   /* "temperature" or "weight" */
	double value;
};
enum codist_status codist_store_add_fit(struct codist_store *store,
					const struct codist_store_fit *fit,
					struct codist_error *err);
/* Fills fit->value. CODIST_EFORMAT: it is not there. */
enum codist_status codist_store_find_fit(struct codist_store *store,
					 struct codist_store_fit *fit,
					 struct codist_error *err);
/* And what was tried: such as "temperature=2", its log-loss on n samples. */
enum codist_status codist_store_add_trial(struct codist_store *store,
					  int64_t run, size_t part, size_t step,
					  const char *tried, size_t n,
					  double log_loss,
					  struct codist_error *err);
/* All that was found for one is that of another, too. */
enum codist_status codist_store_copy_fits(struct codist_store *store,
					  int64_t from, int64_t to,
					  struct codist_error *err);
/* What a run is made of; held: 0 if nothing is fitted. */
enum codist_status codist_store_add_member(struct codist_store *store,
					   int64_t run, size_t place,
					   int64_t member, int64_t held,
					   struct codist_error *err);

/* All samples are done: sum up. */
enum codist_status codist_store_end_run(struct codist_store *store, int64_t run,
					struct codist_error *err);

/* Time that this process spent on a run, so many threads of it. */
enum codist_status codist_store_add_work(struct codist_store *store,
					 int64_t run, double seconds,
					 size_t n_scores, unsigned n_threads,
					 size_t memory,
					 struct codist_error *err);

enum codist_status codist_store_begin(struct codist_store *store,
				      struct codist_error *err);
enum codist_status codist_store_commit(struct codist_store *store,
				       struct codist_error *err);
void codist_store_roll_back(struct codist_store *store);

#endif
