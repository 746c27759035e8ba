/*
 * codist/pairwise.h - the distances of all pairs of items
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_PAIRWISE_H
#define CODIST_PAIRWISE_H

#include <codist/measure.h>
#include <codist/pipeline.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * What is wanted: items, and any number of measures by any number of backends.
 * All borrowed. Each measure that needs a backend gives a result with each
 * backend, and another measure one result.
 */
struct codist_pairwise {
	const struct codist_bytes *rows;    /* [n_rows] */
	size_t n_rows;
	const struct codist_bytes *columns; /* [n_columns]; NULL: the rows,
	                                       against themselves */
	size_t n_columns;
	/*
	 * Of rows against themselves, 0: each pair is computed once, the
	 * earlier item as x, and stands in both places, with 0 on the diagonal,
	 * as trees want it; 1: every pair both ways, and each with itself.
	 */
	int is_full;
	const struct codist_spec *measures; /* [n_measures] */
	size_t n_measures;
	const struct codist_spec *backends; /* [n_backends] */
	size_t n_backends;
	/* For messages; NULL: items are called by their numbers from 0. */
	const char *const *row_names;
	const char *const *column_names;
};

/* One result: a measure, and its backend or NULL. */
struct codist_pairwise_result {
	const struct codist_spec *measure, *backend;
};

/*
 * codist_pairwise_results() is their number; result(i) is one, measures in
 * their order and for each its backends.
 */
CODIST_API size_t
codist_pairwise_results(const struct codist_pairwise *pairwise);
CODIST_API struct codist_pairwise_result
codist_pairwise_result(const struct codist_pairwise *pairwise, size_t i);

/*
 * codist_pairwise_check() refuses what does not fit (CODIST_EUSAGE): no items,
 * no measure, a measure without a backend, a backend that no measure uses or
 * whose lengths are not of items joined, and a directed measure where each pair
 * is to be computed once.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_pairwise_check(const struct codist_pairwise *pairwise,
		      struct codist_error *err);

/* Where results go, and what is there already. */
struct codist_pairwise_values {
	double *const *of; /* [n_results], each [n_rows][n_columns] */
	/*
	 * [n_results][n_rows]: 1 where a row is done; set when it is. Start
	 * with zeros, or go on with what an earlier run of the same left: rows
	 * that are done are passed over.
	 */
	unsigned char *done;
	/*
	 * Called after each block of rows, from the calling thread, with what
	 * was just done; a failure ends the run. NULL: not wanted.
	 */
	enum codist_status (*save)(void *user, size_t result, size_t first_row,
				   size_t n_rows, struct codist_error *err);
	void *user;
};

/*
 * codist_pairwise_run() computes them. The values are the same bytes for any
 * number of threads and any memory. `how->scores` is not called.
 *
 * Lengths joined are those of codist_coder_length_primed(). Fails as
 * codist_pairwise_check() does, and with CODIST_EFORMAT where a distance is not
 * a number. After any failure, rows that are `done` are right.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_pairwise_run(const struct codist_pairwise *pairwise,
		    const struct codist_how *how,
		    const struct codist_pairwise_values *values,
		    struct codist_cost *cost, struct codist_error *err);

/*
 * Values in a file, for a run that can be killed at any moment and then go on
 * (but not after the machine itself lost what it had not written to the disk),
 * and whose results need not fit into memory. The fields `values` may be handed
 * to codist_pairwise_run().
 */
struct codist_pairwise_store {
	struct codist_pairwise_values values;
	size_t n_rows_done; /* of all results, when it was opened */
	/* The store's own. */
	char *path;
	int file;
	void *map;
	size_t nbytes;
	double **of;
	double synced;
};

/*
 * codist_pairwise_store_open() opens the store of that run, or begins one.
 *
 *   path    of the store; its whole size is taken at once, so that a disk that
 *           is too small is told of before any work (CODIST_EIO)
 *
 * CODIST_EUSAGE if the file is a store of something else: of other items,
 * names, measures, backends, or versions of libraries; or if another process is
 * at work on it. CODIST_EFORMAT if it was cut off. Then it is left as it is.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_pairwise_store_open(struct codist_pairwise_store *store,
			   const char *path,
			   const struct codist_pairwise *pairwise,
			   struct codist_error *err);

/*
 * codist_pairwise_store_close() closes it, for a later run to go on with;
 * remove() removes it as well. Harmless on {0}.
 */
CODIST_API void codist_pairwise_store_close(struct codist_pairwise_store *store);
CODIST_API void
codist_pairwise_store_remove(struct codist_pairwise_store *store);

#ifdef __cplusplus
}
#endif

#endif
