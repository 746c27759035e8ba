/*
 * quartets.h - what the score and the search of the quartet method share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_EVALUATE_QUARTETS_H
#define CODIST_EVALUATE_QUARTETS_H

#include "evaluate/ternary.h"

/* Beyond, the n^4 quartets would take hours; and nodes fit 32 bits. */
#define CODIST_MOST_QUARTET_LEAVES 2000

struct codist_row_sums {
	double *rows; /* [n], of the distances of each leaf */
	double *out;  /* [2 n], scratch: of all below each node to the others */
};

/* 0: out of memory, but release all the same. */
int codist_row_sums_init(struct codist_row_sums *sums,
			 const struct codist_quartets *quartets);
void codist_row_sums_release(struct codist_row_sums *sums);

/* C of a tree; the view is filled. n >= 3. */
double codist_quartets_cost(const struct codist_quartets *quartets,
			    const struct codist_ternary *tree,
			    const struct codist_row_sums *sums,
			    struct codist_view *view);

/* S of a cost. */
double codist_quartets_score_of(const struct codist_quartets *quartets,
				double cost);

/* CODIST_ECANCELLED if the hook asks to stop. */
enum codist_status
codist_quartets_stopped(const struct codist_quartets_how *how,
			struct codist_error *err);

#endif
