/*
 * tree_layout.h - where the nodes of a tree are drawn
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_EXPERIMENT_TREE_LAYOUT_H
#define CODIST_EXPERIMENT_TREE_LAYOUT_H

#include <codist/tree.h>

struct codist_tree_layout {
	double *x, *y;  /* [n_nodes], in units of branch lengths; y upwards */
	double *angle;  /* [n_nodes], where a branch leads, radians from x to y;
	                   of the unrooted layout only */
	size_t *leaves; /* [n_leaves], from the top or around */
};

/*
 * codist_tree_has_lengths() is 1 if all branches have a length, and their sum
 * is neither 0 nor beyond what can be scaled. Negative ones are drawn as 0.
 */
int codist_tree_has_lengths(const struct codist_tree *tree);

/*
 * codist_layout_init() places the nodes; 0: out of memory, but release all the
 * same. Rectangular: x is how far a node is from the root, and leaves are at y
 * = 0, -1, -2 and so on. Otherwise each subtree gets an angle in proportion to
 * its leaves, within which it stays, so that no branches cross (the equal-angle
 * algorithm).
 *
 *   to_scale   0: without regard to lengths. Rectangular, leaves end at the
 *              same x then; otherwise each branch is 1 long
 */
int codist_layout_init(struct codist_tree_layout *layout,
		       const struct codist_tree *tree, int is_rectangular,
		       int to_scale);
void codist_layout_release(struct codist_tree_layout *layout);

#endif
