/*
 * children.h - the children of each node of a tree
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_EVALUATE_CHILDREN_H
#define CODIST_EVALUATE_CHILDREN_H

#include <codist/tree.h>

/* Those of node v are child[first[v]] to child[first[v + 1] - 1], ascending. */
struct codist_children {
	size_t *first; /* [n_nodes + 1] */
	size_t *child; /* [n_nodes] */
	size_t *place; /* [n_nodes], where each stands in child */
};

/* 0: out of memory, and nothing to release. */
int codist_children_init(struct codist_children *children,
			 const struct codist_tree *tree);
void codist_children_release(struct codist_children *children);

/* Of an inner node. */
static inline size_t
codist_first_child(const struct codist_children *children, size_t v)
{
	return children->child[children->first[v]];
}

/* Of any node but the root; CODIST_NO_NODE after the last. */
static inline size_t
codist_next_sibling(const struct codist_children *children,
		    const struct codist_tree *tree, size_t v)
{
	size_t next = children->place[v] + 1;

	return next < children->first[tree->parent[v] + 1] ?
		       children->child[next] : CODIST_NO_NODE;
}

#endif
