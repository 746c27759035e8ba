/*
 * ternary.h - unrooted trees with three branches at each inner node
 *
 * The quartet method's own form of a tree: every node knows its neighbours, so
 * that a subtree is cut off and put elsewhere in a few assignments.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_EVALUATE_TERNARY_H
#define CODIST_EVALUATE_TERNARY_H

#include "base/random.h"

#include <codist/tree.h>

struct codist_ternary {
	size_t n;        /* leaves, >= 3; nodes below n */
	size_t n_nodes;  /* 2 n - 2 */
	uint32_t (*next)[3]; /* [n_nodes] neighbours; of a leaf, the first */
};

/* A ternary tree as it is seen from leaf 0, which is itself left out. */
struct codist_view {
	uint32_t *inner;  /* [n - 2], parents first */
	uint32_t (*below)[2]; /* [n_nodes], the children of inner nodes */
	uint32_t *leaves; /* [n], those below a node stand together */
	uint32_t *first;  /* [n_nodes], where they begin */
	uint32_t *count;  /* [n_nodes], how many there are */
	uint32_t *stack, *above; /* [n_nodes], scratch */
};

/* Memory for such a tree, or view; 0: there is none, but release all the same. */
int codist_ternary_init(struct codist_ternary *tree, size_t n);
void codist_ternary_release(struct codist_ternary *tree);
int codist_view_init(struct codist_view *view, size_t n);
void codist_view_release(struct codist_view *view);

void codist_ternary_copy(struct codist_ternary *to,
			 const struct codist_ternary *from);
void codist_ternary_view(const struct codist_ternary *tree,
			 struct codist_view *view);

/* Draw one of all trees, each as likely as another. */
void codist_ternary_draw(struct codist_ternary *tree,
			 struct codist_random *random);

/*
 * Swap two leaves or two subtrees, or move a subtree, of a tree of n >= 4
 * leaves; what would change nothing is not drawn.
 *
 *   scratch   [2 n_nodes]
 */
void codist_ternary_mutate(struct codist_ternary *tree,
			   struct codist_random *random, uint32_t *scratch);

/*
 * codist_ternary_from() takes a tree that is binary but for its root, which has
 * two or three children, and n >= 3 leaves; 0: it is not.
 */
int codist_ternary_from(struct codist_ternary *ternary,
			const struct codist_tree *tree);
/* codist_ternary_to() always gives the same nodes for the same tree. */
enum codist_status codist_ternary_to(const struct codist_ternary *ternary,
				     struct codist_tree *tree,
				     const char *const *names,
				     struct codist_error *err);

#endif
