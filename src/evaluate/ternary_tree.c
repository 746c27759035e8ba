/*
 * ternary_tree.c - ternary trees from trees, and trees from them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "evaluate/ternary.h"

#include <stdlib.h>

/* Whether all inner nodes have two children, and the root two or three. */
static int is_binary(const struct codist_tree *tree, uint32_t *n_children)
{
	size_t root = tree->n_nodes - 1;

	for (size_t v = 0; v < root; v++)
		n_children[tree->parent[v]]++;
	for (size_t v = tree->n_leaves; v < root; v++)
		if (n_children[v] != 2)
			return 0;
	return n_children[root] == 2 || n_children[root] == 3;
}

static void join(struct codist_ternary *tree, uint32_t *n_next, size_t a,
		 size_t b)
{
	tree->next[a][n_next[a]++] = (uint32_t)b;
	tree->next[b][n_next[b]++] = (uint32_t)a;
}

int codist_ternary_from(struct codist_ternary *ternary,
			const struct codist_tree *tree)
{
	size_t root = tree->n_nodes - 1, ends[3], n_ends = 0;
	/* Of children at first; then of neighbours, so far. */
	uint32_t *n_next = calloc(tree->n_nodes, sizeof(*n_next));
	int fits = n_next && is_binary(tree, n_next);

	for (size_t v = 0; fits && v < tree->n_nodes; v++)
		n_next[v] = 0;
	for (size_t v = 0; fits && v < root; v++) {
		if (tree->parent[v] == root)
			ends[n_ends++] = v;
		else
			join(ternary, n_next, v, tree->parent[v]);
	}
	/* A root with two children is but a place on a branch. */
	if (fits && n_ends == 2)
		join(ternary, n_next, ends[0], ends[1]);
	for (size_t k = 0; fits && n_ends == 3 && k < 3; k++)
		join(ternary, n_next, ends[k], root);
	free(n_next);
	return fits;
}

/* An inner node, to be put in order. */
struct entry {
	uint32_t node, count, least; /* leaves below, and the least of them */
};

/* What is above has more below it; the rest is told apart by leaves. */
static int compare(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->count != y->count)
		return x->count < y->count ? -1 : 1;
	return (x->least > y->least) - (x->least < y->least);
}

static void number(const struct codist_view *view, size_t n,
		   struct entry *entries, uint32_t *number)
{
	for (uint32_t v = 0; v < n; v++)
		number[v] = v; /* of inner nodes: their least leaf, for now */
	for (size_t i = n - 2; i-- > 0;) {
		uint32_t v = view->inner[i];
		uint32_t a = number[view->below[v][0]];
		uint32_t b = number[view->below[v][1]];

		number[v] = a < b ? a : b;
		entries[i] = (struct entry){ v, view->count[v], number[v] };
	}
	qsort(entries, n - 2, sizeof(*entries), compare);
	for (size_t i = 0; i < n - 2; i++)
		number[entries[i].node] = (uint32_t)(n + i);
}

enum codist_status codist_ternary_to(const struct codist_ternary *ternary,
				     struct codist_tree *tree,
				     const char *const *names,
				     struct codist_error *err)
{
	size_t n = ternary->n;
	struct entry *entries = calloc(n, sizeof(*entries));
	uint32_t *numbers = calloc(ternary->n_nodes, sizeof(*numbers));
	struct codist_view view;
	int has_memory = codist_view_init(&view, n) && entries && numbers;
	enum codist_status status =
		has_memory ? codist_tree_init(tree, n, n - 2, names, err) :
			     codist_no_memory(err, "a tree");

	if (status == CODIST_OK) {
		codist_ternary_view(ternary, &view);
		number(&view, n, entries, numbers);
		for (size_t i = 0; i < n - 2; i++) {
			uint32_t v = view.inner[i];

			for (int k = 0; k < 2; k++)
				tree->parent[numbers[view.below[v][k]]] =
					numbers[v];
		}
		tree->parent[0] = tree->n_nodes - 1;
	}
	codist_view_release(&view);
	free(numbers);
	free(entries);
	return status;
}
