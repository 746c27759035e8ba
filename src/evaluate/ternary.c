/*
 * ternary.c - unrooted trees with three branches at each inner node
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "evaluate/ternary.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int codist_ternary_init(struct codist_ternary *tree, size_t n)
{
	assert(n >= 3);
	*tree = (struct codist_ternary){ .n = n, .n_nodes = 2 * n - 2 };
	tree->next = calloc(tree->n_nodes, sizeof(*tree->next));
	return tree->next != NULL;
}

void codist_ternary_release(struct codist_ternary *tree)
{
	free(tree->next);
	*tree = (struct codist_ternary){ 0 };
}

void codist_ternary_copy(struct codist_ternary *to,
			 const struct codist_ternary *from)
{
	memcpy(to->next, from->next, from->n_nodes * sizeof(*from->next));
}

int codist_view_init(struct codist_view *view, size_t n)
{
	size_t n_nodes = 2 * n - 2;

	*view = (struct codist_view){
		.inner = calloc(n, sizeof(*view->inner)),
		.below = calloc(n_nodes, sizeof(*view->below)),
		.leaves = calloc(n, sizeof(*view->leaves)),
		.first = calloc(n_nodes, sizeof(*view->first)),
		.count = calloc(n_nodes, sizeof(*view->count)),
		.stack = calloc(n_nodes, sizeof(*view->stack)),
		.above = calloc(n_nodes, sizeof(*view->above)),
	};
	return view->inner && view->below && view->leaves && view->first &&
	       view->count && view->stack && view->above;
}

void codist_view_release(struct codist_view *view)
{
	free(view->inner);
	free(view->below);
	free(view->leaves);
	free(view->first);
	free(view->count);
	free(view->stack);
	free(view->above);
	*view = (struct codist_view){ 0 };
}

void codist_ternary_view(const struct codist_ternary *tree,
			 struct codist_view *view)
{
	uint32_t n_inner = 0, n_leaves = 0, n_stacked = 0;

	view->above[tree->next[0][0]] = 0;
	view->stack[n_stacked++] = tree->next[0][0];
	while (n_stacked > 0) {
		uint32_t node = view->stack[--n_stacked], n_below = 0;

		if (node < tree->n) {
			view->first[node] = n_leaves;
			view->count[node] = 1;
			view->leaves[n_leaves++] = node;
			continue;
		}
		view->inner[n_inner++] = node;
		view->first[node] = n_leaves;
		for (int k = 0; k < 3; k++) {
			uint32_t to = tree->next[node][k];

			if (to == view->above[node])
				continue;
			view->below[node][n_below++] = to;
			view->above[to] = node;
			view->stack[n_stacked++] = to;
		}
	}
	while (n_inner-- > 0) {
		uint32_t node = view->inner[n_inner];

		view->count[node] = view->count[view->below[node][0]] +
				    view->count[view->below[node][1]];
	}
}

/* Let what node has for a neighbour `from` be `to`. */
static void redirect(struct codist_ternary *tree, uint32_t node, uint32_t from,
		     uint32_t to)
{
	uint32_t *next = tree->next[node];
	size_t k = 0;

	while (next[k] != from)
		k++;
	assert(k < 3);
	next[k] = to;
}

/* A number below n, which is at least 1. */
static uint32_t below(struct codist_random *random, size_t n)
{
	return (uint32_t)codist_random_within(random, 0, (int)n - 1);
}

/* Put a leaf with a new inner node on the branch between a and b. */
static void insert(struct codist_ternary *tree, uint32_t leaf, uint32_t node,
		   uint32_t a, uint32_t b)
{
	redirect(tree, a, b, node);
	redirect(tree, b, a, node);
	tree->next[node][0] = a;
	tree->next[node][1] = b;
	tree->next[node][2] = leaf;
	tree->next[leaf][0] = node;
}

/*
 * Each leaf in turn goes to a branch of chance. A branch is as a node and one
 * of its neighbours, either way round; those of leaves are counted first.
 */
void codist_ternary_draw(struct codist_ternary *tree,
			 struct codist_random *random)
{
	uint32_t n = (uint32_t)tree->n;

	for (uint32_t leaf = 0; leaf < 3; leaf++) {
		tree->next[n][leaf] = leaf;
		tree->next[leaf][0] = n;
	}
	for (uint32_t leaf = 3; leaf < n; leaf++) {
		uint32_t i = below(random, 4 * leaf - 6);
		uint32_t a = i < leaf ? i : n + (i - leaf) / 3;
		uint32_t b = tree->next[a][i < leaf ? 0 : (i - leaf) % 3];

		insert(tree, leaf, n + leaf - 2, a, b);
	}
}

/* For every node, fill the next one on its way to `to`. */
static void find_ways(const struct codist_ternary *tree, uint32_t to,
		      uint32_t *way, uint32_t *stack)
{
	size_t n_stacked = 0;

	way[to] = to;
	stack[n_stacked++] = to;
	while (n_stacked > 0) {
		uint32_t node = stack[--n_stacked];
		int n_next = node < tree->n ? 1 : 3;

		for (int k = 0; k < n_next; k++) {
			uint32_t next = tree->next[node][k];

			if (next == way[node])
				continue;
			way[next] = node;
			stack[n_stacked++] = next;
		}
	}
}

/*
 * Two nodes u and v that are three branches or more apart, with p and q, the
 * first ones on the way from each to the other.
 */
struct apart {
	uint32_t u, p, v, q;
};

static int are_apart(const struct codist_ternary *tree, struct apart *apart,
		     uint32_t *scratch)
{
	uint32_t *way = scratch;

	if (apart->u < tree->n && apart->v < tree->n) { /* seen at once */
		apart->p = tree->next[apart->u][0];
		apart->q = tree->next[apart->v][0];
		return apart->p != apart->q;
	}
	find_ways(tree, apart->v, way, scratch + tree->n_nodes);
	apart->p = way[apart->u];
	if (apart->u == apart->v || apart->p == apart->v)
		return 0;
	apart->q = apart->p;
	while (way[apart->q] != apart->v)
		apart->q = way[apart->q];
	return apart->p != apart->q;
}

/* Swap the subtrees at u and v, as each is seen from the other. */
static void swap(struct codist_ternary *tree, const struct apart *apart)
{
	redirect(tree, apart->p, apart->u, apart->v);
	redirect(tree, apart->q, apart->v, apart->u);
	redirect(tree, apart->u, apart->p, apart->q);
	redirect(tree, apart->v, apart->q, apart->p);
}

/* Move the subtree at u, with p that it hangs at, to the branch of v and q. */
static void move(struct codist_ternary *tree, const struct apart *apart)
{
	uint32_t *at = tree->next[apart->p];
	uint32_t a = at[at[0] == apart->u], b = at[2 - (at[2] == apart->u)];

	redirect(tree, a, apart->p, b);
	redirect(tree, b, apart->p, a);
	redirect(tree, apart->v, apart->q, apart->p);
	redirect(tree, apart->q, apart->v, apart->p);
	at[0] = apart->u;
	at[1] = apart->v;
	at[2] = apart->q;
}

/* Leaves can always be swapped, so that the loop comes to an end. */
void codist_ternary_mutate(struct codist_ternary *tree,
			   struct codist_random *random, uint32_t *scratch)
{
	enum { SWAP_LEAVES, SWAP_SUBTREES, MOVE, N_KINDS };
	uint32_t n = (uint32_t)tree->n, n_nodes = (uint32_t)tree->n_nodes;

	assert(n >= 4);
	for (;;) {
		uint32_t kind = below(random, N_KINDS);
		uint32_t from = kind == SWAP_SUBTREES ? n : 0;
		uint32_t to = kind == SWAP_LEAVES ? n : n_nodes;
		struct apart apart = {
			.u = from + below(random, to - from),
			.v = from + below(random, to - from),
		};

		if (!are_apart(tree, &apart, scratch))
			continue;
		if (kind == MOVE)
			move(tree, &apart);
		else
			swap(tree, &apart);
		return;
	}
}
