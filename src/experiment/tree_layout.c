/*
 * tree_layout.c - where the nodes of a tree are drawn
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/tree_layout.h"

#include "evaluate/children.h"

#include <math.h>
#include <stdlib.h>

int codist_tree_has_lengths(const struct codist_tree *tree)
{
	double sum = 0;

	for (size_t v = 0; v + 1 < tree->n_nodes; v++) {
		if (isnan(tree->length[v]))
			return 0;
		sum += fmax(tree->length[v], 0);
	}
	return sum > 1e-200 && sum < 1e200;
}

static double length_of(const struct codist_tree *tree, size_t v, int to_scale)
{
	return to_scale ? fmax(tree->length[v], 0) : 1;
}

/* Fill the leaves, as they come from the root on. */
static void order_leaves(struct codist_tree_layout *layout,
			 const struct codist_tree *tree,
			 const struct codist_children *children)
{
	size_t next = tree->n_nodes - 1, n = 0;

	while (next != CODIST_NO_NODE) {
		size_t v = next;

		while (v >= tree->n_leaves)
			v = codist_first_child(children, v);
		layout->leaves[n++] = v;
		next = CODIST_NO_NODE;
		while (v + 1 < tree->n_nodes && next == CODIST_NO_NODE) {
			next = codist_next_sibling(children, tree, v);
			v = tree->parent[v];
		}
	}
}

/* Inner nodes in the middle of their first and their last child. */
static void place_rectangular(struct codist_tree_layout *layout,
			      const struct codist_tree *tree,
			      const struct codist_children *children,
			      int to_scale)
{
	size_t n = tree->n_leaves;

	for (size_t i = 0; i < n; i++)
		layout->y[layout->leaves[i]] = -(double)i;
	for (size_t v = n; v < tree->n_nodes; v++) {
		size_t first = children->first[v];
		size_t last = children->first[v + 1] - 1;

		layout->y[v] = (layout->y[children->child[first]] +
				layout->y[children->child[last]]) / 2;
	}
	if (to_scale) {
		for (size_t v = tree->n_nodes - 1; v-- > 0;)
			layout->x[v] = layout->x[tree->parent[v]] +
				       length_of(tree, v, 1);
		return;
	}
	/* By how many branches it is to the deepest leaf below. */
	for (size_t v = 0; v + 1 < tree->n_nodes; v++) {
		double *above = &layout->x[tree->parent[v]];

		*above = fmin(*above, layout->x[v] - 1);
	}
}

/* From the root on, a sector for each subtree; first and angle are its rays. */
static void place_unrooted(struct codist_tree_layout *layout,
			   const struct codist_tree *tree, double *n_below,
			   double *first, int to_scale)
{
	const double around = 2 * 3.14159265358979323846;
	size_t root = tree->n_nodes - 1;

	for (size_t v = 0; v < root; v++) {
		if (v < tree->n_leaves)
			n_below[v] = 1;
		n_below[tree->parent[v]] += n_below[v];
	}
	/* As children are ascending, each begins where the one above ends. */
	first[root] = around;
	for (size_t v = root; v-- > 0;) {
		size_t parent = tree->parent[v];
		double width = around * n_below[v] / (double)tree->n_leaves;
		double length = length_of(tree, v, to_scale);

		first[parent] -= width;
		layout->angle[v] = first[parent] + width / 2;
		first[v] = first[parent] + width;
		layout->x[v] = layout->x[parent] +
			       length * cos(layout->angle[v]);
		layout->y[v] = layout->y[parent] +
			       length * sin(layout->angle[v]);
	}
}

int codist_layout_init(struct codist_tree_layout *layout,
		       const struct codist_tree *tree, int is_rectangular,
		       int to_scale)
{
	size_t n = tree->n_nodes;
	double *scratch = calloc(2 * n, sizeof(*scratch));
	struct codist_children children = { 0 };
	int has_memory;

	*layout = (struct codist_tree_layout){
		.x = calloc(n, sizeof(*layout->x)),
		.y = calloc(n, sizeof(*layout->y)),
		.angle = calloc(n, sizeof(*layout->angle)),
		.leaves = calloc(n, sizeof(*layout->leaves)),
	};
	has_memory = scratch && layout->x && layout->y && layout->angle &&
		     layout->leaves && codist_children_init(&children, tree);
	if (has_memory) {
		order_leaves(layout, tree, &children);
		if (is_rectangular)
			place_rectangular(layout, tree, &children, to_scale);
		else
			place_unrooted(layout, tree, scratch, scratch + n,
				       to_scale);
		codist_children_release(&children);
	}
	free(scratch);
	return has_memory;
}

void codist_layout_release(struct codist_tree_layout *layout)
{
	free(layout->x);
	free(layout->y);
	free(layout->angle);
	free(layout->leaves);
	*layout = (struct codist_tree_layout){ 0 };
}
