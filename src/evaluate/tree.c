/*
 * tree.c - nodes, their parents and their names
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/text.h"
#include "evaluate/children.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#define GREATEST_DISTANCE 1e100

static char *name_of(const char *const *names, size_t i)
{
	return names ? codist_text_format("%s", names[i]) :
		       codist_text_format("%zu", i);
}

enum codist_status codist_tree_init(struct codist_tree *tree, size_t n_leaves,
				    size_t n_inner, const char *const *names,
				    struct codist_error *err)
{
	size_t n = n_leaves + n_inner;

	assert(n_leaves >= 1 && (n_inner >= 1 || n_leaves == 1));
	*tree = (struct codist_tree){ .n_leaves = n_leaves, .n_nodes = n };
	tree->parent = calloc(n, sizeof(*tree->parent));
	tree->length = calloc(n, sizeof(*tree->length));
	tree->names = calloc(n, sizeof(*tree->names));
	if (!tree->parent || !tree->length || !tree->names)
		goto no_memory;
	for (size_t i = 0; i < n; i++) {
		tree->parent[i] = CODIST_NO_NODE;
		tree->length[i] = NAN;
	}
	for (size_t i = 0; i < n_leaves; i++) {
		tree->names[i] = name_of(names, i);
		if (!tree->names[i])
			goto no_memory;
	}
	return CODIST_OK;

no_memory:
	codist_tree_release(tree);
	return codist_no_memory(err, "a tree");
}

void codist_tree_release(struct codist_tree *tree)
{
	for (size_t i = 0; tree->names && i < tree->n_nodes; i++)
		free(tree->names[i]);
	free(tree->names);
	free(tree->parent);
	free(tree->length);
	*tree = (struct codist_tree){ 0 };
}

/* What is wrong with an entry, or NULL. */
static const char *wrong(const double *distances, size_t n, size_t i, size_t j)
{
	double d = distances[i * n + j];

	if (!isfinite(d))
		return "expected a finite number";
	if (i == j && d != 0)
		return "expected 0";
	if (d < 0)
		return "expected 0 or more";
	if (d > GREATEST_DISTANCE)
		return "expected at most 1e100";
	return NULL;
}

static enum codist_status say(struct codist_error *err, size_t i, size_t j,
			      const char *const *names, double found,
			      const char *expected)
{
	char *from = name_of(names, i), *to = name_of(names, j);
	char number[CODIST_REAL_SIZE];

	codist_format_real(found, number);
	codist_fail(err, CODIST_EFORMAT, "distance of '%s' and '%s': %s, %s",
		    from ? from : "", to ? to : "", number, expected);
	free(from);
	free(to);
	return CODIST_EFORMAT;
}

enum codist_status codist_distances_check(const double *distances, size_t n,
					  const char *const *names,
					  struct codist_error *err)
{
	assert(n >= 1);
	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; j < n; j++) {
			const char *expected = wrong(distances, n, i, j);

			if (expected)
				return say(err, i, j, names,
					   distances[i * n + j], expected);
		}
		for (size_t j = 0; j < i; j++)
			if (distances[i * n + j] != distances[j * n + i])
				return say(err, i, j, names,
					   distances[i * n + j],
					   "expected the same as the other way "
					   "round");
	}
	return CODIST_OK;
}

int codist_children_init(struct codist_children *children,
			 const struct codist_tree *tree)
{
	size_t n = tree->n_nodes, *first;

	*children = (struct codist_children){
		.first = calloc(n + 2, sizeof(*children->first)),
		.child = calloc(n, sizeof(*children->child)),
		.place = calloc(n, sizeof(*children->place)),
	};
	first = children->first;
	if (!first || !children->child || !children->place) {
		codist_children_release(children);
		return 0;
	}
	/* Two places on, it counts; one place on, it is filled. */
	for (size_t v = 0; v + 1 < n; v++)
		first[tree->parent[v] + 2]++;
	for (size_t v = 2; v < n + 2; v++)
		first[v] += first[v - 1];
	for (size_t v = 0; v + 1 < n; v++) {
		children->place[v] = first[tree->parent[v] + 1]++;
		children->child[children->place[v]] = v;
	}
	return 1;
}

void codist_children_release(struct codist_children *children)
{
	free(children->first);
	free(children->child);
	free(children->place);
	*children = (struct codist_children){ 0 };
}
