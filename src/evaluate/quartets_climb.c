/*
 * quartets_climb.c - one search for a tree of a great score
 *
 * R. Cilibrasi and P. M. B. Vitanyi, A fast quartet tree heuristic for
 * hierarchical clustering, Pattern Recognition 44 (2011) 662-677. The number of
 * mutations between two trees that are compared has a fat tail, so that the
 * search can leave any local optimum.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "evaluate/quartets.h"

#include <math.h>
#include <stdlib.h>

#define USUAL_PATIENCE 100000
#define STEPS_BETWEEN_STOPS 64
/* Rounding, which differs with the order of leaves, is no improvement. */
#define SAME 1e-12

struct climb {
	const struct codist_quartets *q;
	struct codist_random random;
	struct codist_ternary best, next;
	struct codist_view view;
	struct codist_row_sums sums;
	uint32_t *scratch; /* [2 n_nodes] */
	double *up_to;     /* [most], the probability of k = 1..i + 1 */
	size_t most;       /* mutations */
	double cost;       /* of the best */
	size_t n_steps;
};

static int init(struct climb *climb, uint64_t seed, size_t restart)
{
	size_t n = climb->q->n;
	double sum = 0;

	/* Beyond, nothing is left of the tree that is changed. */
	climb->most = n;
	climb->scratch = calloc(4 * n, sizeof(*climb->scratch));
	climb->up_to = calloc(climb->most, sizeof(*climb->up_to));
	if (!climb->scratch || !climb->up_to ||
	    !codist_ternary_init(&climb->best, n) ||
	    !codist_ternary_init(&climb->next, n) ||
	    !codist_view_init(&climb->view, n) ||
	    !codist_row_sums_init(&climb->sums, climb->q))
		return 0;
	for (size_t i = 0; i < climb->most; i++) {
		double k = (double)i + 3;

		sum += 1 / (k * log(k) * log(k));
		climb->up_to[i] = sum;
	}
	for (size_t i = 0; i < climb->most; i++)
		climb->up_to[i] /= sum;
	codist_random_init(&climb->random, seed, 0, restart);
	return 1;
}

static void release(struct climb *climb)
{
	codist_ternary_release(&climb->best);
	codist_ternary_release(&climb->next);
	codist_view_release(&climb->view);
	codist_row_sums_release(&climb->sums);
	free(climb->scratch);
	free(climb->up_to);
}

static size_t draw_count(struct climb *climb)
{
	double at = (double)(codist_random_next(&climb->random) >> 11) *
		    0x1p-53;
	size_t i = 0;

	while (i + 1 < climb->most && climb->up_to[i] <= at)
		i++;
	return i + 1;
}

/* Try one tree; 1: it is better, and taken. */
static int step(struct climb *climb)
{
	size_t k = draw_count(climb);
	struct codist_ternary better;
	double cost;

	codist_ternary_copy(&climb->next, &climb->best);
	for (size_t i = 0; i < k; i++)
		codist_ternary_mutate(&climb->next, &climb->random,
				      climb->scratch);
	cost = codist_quartets_cost(climb->q, &climb->next, &climb->sums,
				    &climb->view);
	climb->n_steps++;
	if (!(cost < climb->cost - SAME * climb->q->greatest))
		return 0;
	climb->cost = cost;
	better = climb->next;
	climb->next = climb->best;
	climb->best = better;
	return 1;
}

static enum codist_status search(struct climb *climb,
				 const struct codist_quartets_how *how,
				 struct codist_error *err)
{
	size_t patience = how->patience ? how->patience : USUAL_PATIENCE;
	const struct codist_quartets *q = climb->q;

	codist_ternary_draw(&climb->best, &climb->random);
	climb->cost = codist_quartets_cost(q, &climb->best, &climb->sums,
					   &climb->view);
	climb->n_steps = 1;
	for (size_t left = patience; q->n >= 4 && left > 0; left--) {
		if (climb->cost <= q->least + SAME * q->greatest)
			break;
		if (step(climb))
			left = patience + 1;
		if (climb->n_steps % STEPS_BETWEEN_STOPS == 0)
			CODIST_TRY(codist_quartets_stopped(how, err));
	}
	return CODIST_OK;
}

/* The only tree of one or two leaves. */
static enum codist_status trivial(size_t n, const char *const *names,
				  struct codist_tree *tree,
				  struct codist_error *err)
{
	CODIST_TRY(codist_tree_init(tree, n, n - 1, names, err));
	for (size_t i = 0; n == 2 && i < 2; i++)
		tree->parent[i] = 2;
	return CODIST_OK;
}

enum codist_status
codist_quartets_climb(const struct codist_quartets *q, const char *const *names,
		      size_t restart, const struct codist_quartets_how *how,
		      struct codist_quartets_found *found,
		      struct codist_error *err)
{
	struct climb climb = { .q = q };
	enum codist_status status;

	*found = (struct codist_quartets_found){ .score = 1, .n_steps = 1 };
	if (q->n < 3)
		return trivial(q->n, names, &found->tree, err);
	status = init(&climb, how->seed, restart) ?
			 search(&climb, how, err) :
			 codist_no_memory(err, "the quartet method");
	if (status == CODIST_OK)
		status = codist_ternary_to(&climb.best, &found->tree, names,
					   err);
	found->score = codist_quartets_score_of(q, climb.cost);
	found->n_steps = climb.n_steps;
	release(&climb);
	return status;
}
