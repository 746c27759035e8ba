/*
 * forest.h - context trees, each of which predicts a bit by those before it
 *
 * Context tree weighting (Willems, Shtarkov, Tjalkens: "The context-tree
 * weighting method: basic properties", IEEE Trans. IT 41(3), 1995). A node
 * stands for all contexts that begin with the same bits, and has counted what
 * came in them. Its own estimate of a 1 is (n1 + alpha) / (n0 + n1 + 2 alpha),
 * which for alpha = 1/2 is that of Krichevsky and Trofimov (1981). What it says
 * is a mixture of its own estimate and of what its child says on the path of the
 * context, in the proportion in which they have been right so far.
 *
 * A lone node, all of whose visits were in one context, has no children: it keeps
 * the context, and they are made when it is visited in another. Till then they
 * would all have its own counts, and nothing to choose between; so nobody can tell,
 * but most nodes are never needed, and where a picture never changes a tree is
 * one node.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BACKENDS_IMAGE_FOREST_H
#define CODIST_BACKENDS_IMAGE_FOREST_H

#include <codist/base.h>

#include <stdint.h>

#define CODIST_DEPTH_MOST 24
#define CODIST_NO_TREE (-1)

struct codist_node {
	uint32_t n[2]; /* how often a 0 came, and a 1 */
	union {
		int32_t child[2]; /* by the context's next bit */
		uint32_t context; /* of all visits to a lone node */
	} below;
	/* Of its own estimate; that of its child has the rest. 0: it is lone,
	 * and the weight is what all begin with. */
	double weight;
	double own; /* its estimate of a 1 */
};

/* What a node was before it changed. */
struct codist_change {
	size_t at;
	struct codist_node was;
};

/*
 * Begin with zeros and a depth, alpha and weight. The nodes of all trees lie in
 * one piece of memory.
 */
struct codist_forest {
	unsigned depth; /* bits of a context, <= CODIST_DEPTH_MOST */
	double alpha;   /* > 0 */
	double weight;  /* of a node's own estimate at first, within 0..1 */
	struct codist_node *nodes;
	size_t n_nodes, capacity;
	int is_marked;  /* changes are noted down, */
	size_t mark;    /* those of nodes below this one */
	struct codist_change *changes;
	size_t n_changes, changes_capacity;
};

void codist_forest_release(struct codist_forest *forest);

/* codist_forest_clear() fells all trees, and keeps the memory. */
void codist_forest_clear(struct codist_forest *forest);

/* codist_forest_plant() makes a tree; `tree` receives it. */
enum codist_status codist_forest_plant(struct codist_forest *forest,
				       int32_t *tree, struct codist_error *err);

/*
 * codist_forest_predict() tells the probability of a 1 in each of n <=
 * CODIST_AT_ONCE contexts, each in a tree, in parts of CODIST_PROBABILITY_ONE. A
 * context has the bit that matters most lowest; CODIST_NO_TREE is a tree that is
 * not planted yet. Nodes lie far apart, so to look for many at once takes little
 * longer than for one.
 */
#define CODIST_AT_ONCE 32
void codist_forest_predict(const struct codist_forest *forest, size_t n,
			   const int32_t *trees, const uint32_t *contexts,
			   uint32_t *p1);

/*
 * codist_forest_learn() takes a bit in that came in a context, and returns the
 * probability of a 1 before that, as codist_forest_predict() does; or 0 when out
 * of memory, and then nothing has changed.
 */
uint32_t codist_forest_learn(struct codist_forest *forest, int32_t tree,
			     uint32_t context, unsigned bit);

/*
 * codist_forest_mark() notes what the forest is, and codist_forest_undo() makes
 * it that again. Trees that were planted in between are gone.
 */
void codist_forest_mark(struct codist_forest *forest);
void codist_forest_undo(struct codist_forest *forest);

#endif
