/*
 * codist/store.h - the results of a study, read from its store
 *
 * A store is one SQLite file, laid out as doc/store.md tells; while a study is
 * at work, others may read it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_STORE_H
#define CODIST_STORE_H

#include <codist/base.h>

#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One run and what came of it. Texts are never NULL; "" is nothing. */
struct codist_result {
	int64_t id;
	char *name, *state; /* waiting, begun or done */
	char *data;         /* its name, or the training set's */
	char *transform, *reference, *measure, *backend, *aggregate;
	size_t train_limit, n_folds; /* 0: none */
	uint64_t seed;
	size_t n_samples, n_classified; /* the latter are done */
	/* Of those that are done, once all are: */
	size_t n_correct, n_tied, correct_low, correct_high;
	/* Means over the samples, of the mean and of the least of its scores
	 * against references; NaN: not known. */
	double mean_score, least_score;
	size_t n_train, n_references; /* of the last fold; 0: not known */
	int is_held; /* 1: a run that serves to fit others by, and is no result */
	char *fitted; /* such as "temperature 2.828", or "weight 0.71 0.2", with
	                 four digits, once the run began; for people to read */
	/*
	 * Of all processes that worked on it, each run of the same scores having
	 * all of it; 0: not known.
	 */
	size_t n_scores;
	double seconds, thread_seconds; /* the latter of each thread */
	unsigned n_threads;             /* the most in one process */
	size_t memory;                  /* bytes, at the peak */
};

struct codist_results {
	char *study, *title;
	size_t shard, n_shards;
	struct codist_result *items; /* [n], in the order of the grid */
	size_t n;
};

/*
 * codist_results_read() reads all of a store; for codist_results_release(),
 * whatever is returned.
 *
 * CODIST_EIO: it cannot be read. CODIST_EFORMAT: it is damaged, no store, or
 * of a later version.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_results_read(struct codist_results *results, const char *path,
		    struct codist_error *err);
CODIST_API void codist_results_release(struct codist_results *results);

/*
 * codist_store_check_all() reads all of a store. CODIST_EFORMAT: it is damaged,
 * which err tells, or no store. What reads predictions finds damaged pages as
 * well, but codist_results_read() reads only what it tells of.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_store_check_all(const char *path, struct codist_error *err);

enum codist_export {
	CODIST_EXPORT_RUNS,        /* a row for each run */
	CODIST_EXPORT_PREDICTIONS, /* for each run and sample */
	CODIST_EXPORT_CONFUSION,   /* for each run, true and predicted class */
	CODIST_EXPORT_FITS         /* for each run, fold and what was fitted */
};
enum codist_export_format { CODIST_EXPORT_CSV, CODIST_EXPORT_JSON_LINES };

/*
 * codist_store_export() writes results, but no times nor machines: the same
 * results are the same bytes. Runs that are not done are left out.
 *
 *   run    the name of one, or NULL for all
 *   file   written, not closed; `name` is for messages
 *
 * CSV has a header and is quoted as in RFC 4180; doubles are the shortest that
 * read back the same.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_store_export(const char *path, enum codist_export what,
		    enum codist_export_format format, const char *run,
		    FILE *file, const char *name, struct codist_error *err);

/*
 * codist_store_export_npy() writes the class scores of one run as an array of
 * doubles [samples][classes], in the order of the samples.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_store_export_npy(const char *path, const char *run, const char *npy,
			struct codist_error *err);

/*
 * codist_store_merge() joins the stores of all shards of a study into a new
 * one. CODIST_EUSAGE: a shard is missing or stands twice, they are of different
 * studies, data or libraries, or are not done; or `to` is there already.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_store_merge(const char *to, const char *const *from, size_t n,
		   struct codist_error *err);

/* codist_sqlite_version() is SQLite's at run time. */
CODIST_API const char *codist_sqlite_version(void);

#ifdef __cplusplus
}
#endif

#endif
