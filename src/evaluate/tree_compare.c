/*
 * tree_compare.c - the splits of trees, and how many two trees share
 *
 * D. F. Robinson and L. R. Foulds, Comparison of phylogenetic trees, Math.
 * Biosci. 53 (1981) 131-147. A split is a set of bits, those of the leaves on
 * the side without the leaf whose name comes first.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/tree.h>

#include <stdlib.h>
#include <string.h>

#define BITS 64

/* The leaves of a tree, by name. */
struct leaf {
	const char *name;
	size_t node;
};

static int compare_leaves(const void *a, const void *b)
{
	return strcmp(((const struct leaf *)a)->name,
		      ((const struct leaf *)b)->name);
}

static struct leaf *sorted_leaves(const struct codist_tree *tree)
{
	struct leaf *leaves = calloc(tree->n_leaves, sizeof(*leaves));

	for (size_t i = 0; leaves && i < tree->n_leaves; i++)
		leaves[i] = (struct leaf){ tree->names[i], i };
	if (leaves)
		qsort(leaves, tree->n_leaves, sizeof(*leaves), compare_leaves);
	return leaves;
}

/* That both have the same leaves, each once. */
static enum codist_status check_leaves(const struct leaf *a, size_t n_a,
				       const struct leaf *b, size_t n_b,
				       struct codist_error *err)
{
	for (size_t i = 0; i < n_a || i < n_b; i++) {
		int order = i == n_a ? 1 :
			    i == n_b ? -1 : strcmp(a[i].name, b[i].name);

		if (i > 0 && ((i < n_a && !strcmp(a[i - 1].name, a[i].name)) ||
			      (i < n_b && !strcmp(b[i - 1].name, b[i].name))))
			return codist_fail(err, CODIST_EFORMAT,
					   "leaf '%s' stands twice in a tree",
					   a[i - 1].name);
		if (order != 0)
			return codist_fail(err, CODIST_EFORMAT,
					   "leaf '%s' is only in the %s tree, "
					   "expected the same leaves in both",
					   order < 0 ? a[i].name : b[i].name,
					   order < 0 ? "first" : "second");
	}
	return CODIST_OK;
}

struct splits {
	size_t n, n_words;
	uint64_t *bits;   /* [n_nodes][n_words] */
	uint64_t **sets;  /* [n], sorted, into bits */
};

static void splits_release(struct splits *splits)
{
	free(splits->bits);
	free(splits->sets);
}

static int compare_words(const uint64_t *x, const uint64_t *y, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (x[i] != y[i])
			return x[i] < y[i] ? -1 : 1;
	return 0;
}

/* A set with its number of words before it. */
static int compare_sets(const void *a, const void *b)
{
	const uint64_t *x = *(uint64_t *const *)a, *y = *(uint64_t *const *)b;

	return compare_words(x, y, (size_t)x[-1]);
}

/* Number of bits that are set. */
static size_t size_of(const uint64_t *set, size_t n_words)
{
	size_t n = 0;

	for (size_t i = 0; i < n_words; i++)
		for (uint64_t word = set[i]; word; word &= word - 1)
			n++;
	return n;
}

/* Take the other side where this one has the first leaf. */
static void normalize(uint64_t *set, size_t n_leaves, size_t n_words)
{
	if (!(set[0] & 1))
		return;
	for (size_t i = 0; i < n_words; i++)
		set[i] = ~set[i];
	if (n_leaves % BITS)
		set[n_words - 1] &= (UINT64_C(1) << n_leaves % BITS) - 1;
}

/* The nontrivial splits of a tree, sorted, each once. */
static int splits_init(struct splits *splits, const struct codist_tree *tree,
		       const struct leaf *leaves)
{
	size_t n = tree->n_leaves, n_words = (n + BITS - 1) / BITS;
	size_t stride = n_words + 1, n_kept = 0;

	*splits = (struct splits){ .n_words = n_words };
	if (tree->n_nodes > SIZE_MAX / stride)
		return 0;
	splits->bits = calloc(tree->n_nodes * stride, sizeof(*splits->bits));
	splits->sets = calloc(tree->n_nodes, sizeof(*splits->sets));
	if (!splits->bits || !splits->sets)
		return 0;
	for (size_t i = 0; i < n; i++)
		splits->bits[leaves[i].node * stride + 1 + i / BITS] |=
			UINT64_C(1) << i % BITS;
	for (size_t v = 0; v + 1 < tree->n_nodes; v++) {
		uint64_t *set = splits->bits + v * stride + 1;
		uint64_t *above = splits->bits + tree->parent[v] * stride + 1;
		size_t size;

		for (size_t i = 0; i < n_words; i++)
			above[i] |= set[i];
		normalize(set, n, n_words);
		size = size_of(set, n_words);
		set[-1] = n_words;
		if (size > 1 && size + 1 < n)
			splits->sets[splits->n++] = set;
	}
	qsort(splits->sets, splits->n, sizeof(*splits->sets), compare_sets);
	/* A root with two children has the same split on both sides. */
	for (size_t i = 0; i < splits->n; i++)
		if (n_kept == 0 ||
		    compare_sets(&splits->sets[n_kept - 1], &splits->sets[i]))
			splits->sets[n_kept++] = splits->sets[i];
	splits->n = n_kept;
	return 1;
}

static size_t count_shared(const struct splits *a, const struct splits *b)
{
	size_t i = 0, j = 0, n = 0;

	while (i < a->n && j < b->n) {
		int order = compare_sets(&a->sets[i], &b->sets[j]);

		n += order == 0;
		i += order <= 0;
		j += order >= 0;
	}
	return n;
}

static enum codist_status
compare_splits(const struct codist_tree *a, const struct codist_tree *b,
	       const struct leaf *of_a, const struct leaf *of_b,
	       struct codist_tree_distance *distance, struct codist_error *err)
{
	struct splits in_a = { 0 }, in_b = { 0 };
	enum codist_status status = CODIST_OK;
	size_t n;

	if (splits_init(&in_a, a, of_a) && splits_init(&in_b, b, of_b)) {
		n = in_a.n + in_b.n;
		distance->n_splits[0] = in_a.n;
		distance->n_splits[1] = in_b.n;
		distance->n_differing = n - 2 * count_shared(&in_a, &in_b);
		distance->normalized =
			n ? (double)distance->n_differing / (double)n : 0;
	} else {
		status = codist_no_memory(err, "the splits of a tree");
	}
	splits_release(&in_a);
	splits_release(&in_b);
	return status;
}

enum codist_status codist_tree_compare(const struct codist_tree *a,
				       const struct codist_tree *b,
				       struct codist_tree_distance *distance,
				       struct codist_error *err)
{
	struct leaf *of_a = sorted_leaves(a), *of_b = sorted_leaves(b);
	enum codist_status status =
		of_a && of_b ? check_leaves(of_a, a->n_leaves, of_b,
					    b->n_leaves, err) :
			       codist_no_memory(err, "the leaves of a tree");

	if (status == CODIST_OK)
		status = compare_splits(a, b, of_a, of_b, distance, err);
	free(of_a);
	free(of_b);
	return status;
}

enum codist_status codist_tree_misplaced(const struct codist_tree *tree,
					 const unsigned char *is_member,
					 size_t *n_misplaced,
					 struct codist_error *err)
{
	size_t n = tree->n_leaves, least = n, n_members = 0;
	size_t *count = calloc(2 * tree->n_nodes, sizeof(*count));
	size_t *members;

	if (!count)
		return codist_no_memory(err, "the leaves of a tree");
	members = count + tree->n_nodes;
	for (size_t v = 0; v < n; v++) {
		count[v] = 1;
		members[v] = is_member[v] != 0;
		n_members += members[v];
	}
	for (size_t v = 0; v < tree->n_nodes; v++) {
		size_t others = count[v] - members[v];
		size_t wrong = others + n_members - members[v];

		/* Wrong, if the members belong below; else all others are. */
		if (n - wrong < wrong)
			wrong = n - wrong;
		if (wrong < least)
			least = wrong;
		if (v + 1 < tree->n_nodes) {
			count[tree->parent[v]] += count[v];
			members[tree->parent[v]] += members[v];
		}
	}
	*n_misplaced = least;
	free(count);
	return CODIST_OK;
}
