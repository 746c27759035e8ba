/*
 * pairwise_run.h - distances of all pairs: what the parts of a run share
 *
 * pairwise.c goes through units of work, which are results that share their
 * lengths, and for each through blocks of rows; what a block takes is done by
 * pairwise_formulas.c or pairwise_scores.c.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_EXPERIMENT_PAIRWISE_RUN_H
#define CODIST_EXPERIMENT_PAIRWISE_RUN_H

#include "experiment/joint.h"
#include "measure/formula.h"

#include <codist/pairwise.h>

/* Results that are come by together: of one backend and one separator. */
struct codist_unit {
	const struct codist_spec *backend; /* NULL: none is needed */
	const char *separator;             /* NULL: not by formula */
	struct codist_needs needs;         /* of all its results */
	size_t *results;                   /* [n_results] */
	size_t n_results;
};

struct codist_pairs {
	const struct codist_pairwise *asked;
	const struct codist_how *how;
	const struct codist_pairwise_values *values;
	const struct codist_bytes *columns; /* the rows, if not others */
	size_t n_rows, n_columns;
	int is_half; /* each pair once */
	unsigned n_threads, n_threads_wanted;
	size_t coder_memory;
	size_t prepared_memory; /* for each unit */

	const struct codist_unit *unit; /* at hand */
	size_t first, n;                /* rows at hand */
	size_t most;                    /* rows at hand, ever */
	double seconds_a_pair;          /* and pass; negative: not known yet */

	double began, reported;
	size_t n_pairs, n_done, n_shown; /* over all results */
};

/* The hooks of jobs, with a struct codist_pairs as user. */
void codist_pairs_done(void *pairs, unsigned thread, size_t n_pairs);
enum codist_status codist_pairs_tick(void *pairs, struct codist_error *err);

/* codist_pairs_blame() is codist_blame() of a row, or else a column, or both. */
enum codist_status codist_pairs_blame(const struct codist_pairs *pairs,
				      int is_row, size_t i,
				      enum codist_status status,
				      struct codist_error *err);
enum codist_status codist_pairs_blame_pair(const struct codist_pairs *pairs,
					   size_t i, size_t k,
					   enum codist_status status,
					   struct codist_error *err);

/*
 * codist_pairs_plan() finds out how many threads are to work on the unit at
 * hand, and how many rows there may be at hand.
 */
void codist_pairs_plan(struct codist_pairs *pairs);

/*
 * codist_pairs_block() is how many rows to have at hand from `first` on: not
 * more than `most`, and not so many that a run that is killed loses more than a
 * minute, but at least one; just that if it is not known how long a pair takes.
 */
size_t codist_pairs_block(const struct codist_pairs *pairs, size_t first);

/* The columns that pair with row i are those from codist_pairs_first() on. */
size_t codist_pairs_first(const struct codist_pairs *pairs, size_t i);

/*
 * codist_pairs_count() is the number of pairs of rows first..first + n - 1,
 * each counted once for each of the unit's passes.
 */
size_t codist_pairs_count(const struct codist_pairs *pairs,
			  const struct codist_unit *unit, size_t first,
			  size_t n);

/*
 * codist_pairs_put() stores a value of row i and column k where it belongs. A
 * NaN is CODIST_EFORMAT.
 */
enum codist_status codist_pairs_put(const struct codist_pairs *pairs,
				    size_t result, size_t i, size_t k,
				    double value, struct codist_error *err);

/* What a unit keeps over its blocks; opaque, of one of the two kinds. */
struct codist_pairs_formulas;
struct codist_pairs_scores;

/* codist_pairs_..._new() readies for a unit, _block() does the rows at hand. */
enum codist_status
codist_pairs_formulas_new(struct codist_pairs_formulas **formulas,
			  struct codist_pairs *pairs, struct codist_error *err);
enum codist_status
codist_pairs_formulas_block(struct codist_pairs_formulas *formulas,
			    struct codist_error *err);
void codist_pairs_formulas_free(struct codist_pairs_formulas *formulas);

enum codist_status codist_pairs_scores_new(struct codist_pairs_scores **scores,
					   struct codist_pairs *pairs,
					   struct codist_error *err);
enum codist_status codist_pairs_scores_block(struct codist_pairs_scores *scores,
					     struct codist_error *err);
void codist_pairs_scores_free(struct codist_pairs_scores *scores);

#endif
