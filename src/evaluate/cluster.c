/*
 * cluster.c - hierarchical clustering by the Lance-Williams formula
 *
 * G. N. Lance and W. T. Williams, A general theory of classificatory sorting
 * strategies, Computer J. 9 (1967) 373-380. Each cluster remembers its nearest
 * one of those behind it, so that most steps take O(n) comparisons. A cluster
 * stands at the place of its first item.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/tree.h>

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct clusters {
	enum codist_linkage linkage;
	size_t n;
	double *d;        /* [n][n] */
	size_t *label;    /* [n], as in a merge */
	size_t *n_items;  /* [n]; 0: it is part of another */
	size_t *nearest;  /* [n], of those behind; n: none */
};

static double distance(const struct clusters *c, size_t i, size_t j)
{
	return j < c->n ? c->d[i * c->n + j] : INFINITY;
}

static void find_nearest(struct clusters *c, size_t i)
{
	size_t nearest = c->n;

	for (size_t j = i + 1; j < c->n; j++)
		if (c->n_items[j] &&
		    distance(c, i, j) < distance(c, i, nearest))
			nearest = j;
	c->nearest[i] = nearest;
}

/* The distance of k to the cluster that i and j become. */
static double update(const struct clusters *c, size_t i, size_t j, size_t k)
{
	double ki = distance(c, k, i), kj = distance(c, k, j);
	double ij = distance(c, i, j);
	double ni = (double)c->n_items[i], nj = (double)c->n_items[j];
	double nk = (double)c->n_items[k];

	switch (c->linkage) {
	case CODIST_SINGLE:
		return fmin(ki, kj);
	case CODIST_COMPLETE:
		return fmax(ki, kj);
	case CODIST_AVERAGE:
		return (ni * ki + nj * kj) / (ni + nj);
	case CODIST_WEIGHTED:
		return (ki + kj) / 2;
	case CODIST_WARD:
		break;
	}
	return sqrt(((ni + nk) * ki * ki + (nj + nk) * kj * kj -
		     nk * ij * ij) / (ni + nj + nk));
}

/* Merge j into i < j. */
static void merge(struct clusters *c, size_t i, size_t j, size_t label)
{
	size_t n = c->n;

	for (size_t k = 0; k < n; k++)
		if (c->n_items[k] && k != i && k != j)
			c->d[k * n + i] = c->d[i * n + k] = update(c, i, j, k);
	c->label[i] = label;
	c->n_items[i] += c->n_items[j];
	c->n_items[j] = 0;
	for (size_t k = 0; k < j; k++) {
		size_t was = c->nearest[k];

		if (!c->n_items[k])
			continue;
		if (k == i || was == i || was == j)
			find_nearest(c, k);
		else if (k < i && (distance(c, k, i) < distance(c, k, was) ||
				   (distance(c, k, i) == distance(c, k, was) &&
				    i < was)))
			c->nearest[k] = i;
	}
}

static size_t choose(const struct clusters *c)
{
	size_t best = c->n;

	for (size_t i = 0; i < c->n; i++)
		if (c->n_items[i] && c->nearest[i] < c->n &&
		    (best == c->n || distance(c, i, c->nearest[i]) <
				     distance(c, best, c->nearest[best])))
			best = i;
	return best;
}

static void cluster(struct clusters *c, struct codist_merge *merges)
{
	for (size_t i = 0; i < c->n; i++) {
		c->label[i] = i;
		c->n_items[i] = 1;
	}
	for (size_t i = 0; i < c->n; i++)
		find_nearest(c, i);
	for (size_t step = 0; step + 1 < c->n; step++) {
		size_t i = choose(c), j = c->nearest[i];
		size_t a = c->label[i], b = c->label[j];

		merges[step] = (struct codist_merge){
			.first = a < b ? a : b,
			.second = a < b ? b : a,
			.distance = distance(c, i, j),
			.n_items = c->n_items[i] + c->n_items[j],
		};
		merge(c, i, j, c->n + step);
	}
}

enum codist_status codist_cluster(struct codist_merge *merges,
				  enum codist_linkage linkage,
				  const double *distances, size_t n,
				  struct codist_error *err)
{
	struct clusters c = { .linkage = linkage, .n = n };
	enum codist_status status = CODIST_OK;

	CODIST_TRY(codist_distances_check(distances, n, NULL, err));
	c.d = calloc(n * n, sizeof(*c.d));
	c.label = calloc(n, sizeof(*c.label));
	c.n_items = calloc(n, sizeof(*c.n_items));
	c.nearest = calloc(n, sizeof(*c.nearest));
	if (c.d && c.label && c.n_items && c.nearest) {
		memcpy(c.d, distances, n * n * sizeof(*c.d));
		cluster(&c, merges);
	} else {
		status = codist_no_memory(err, "clusters");
	}
	free(c.d);
	free(c.label);
	free(c.n_items);
	free(c.nearest);
	return status;
}

static double distance_of(const struct codist_merge *merges, size_t n,
			  size_t node)
{
	return node < n ? 0 : merges[node - n].distance;
}

enum codist_status codist_tree_from_merges(struct codist_tree *tree,
					   const struct codist_merge *merges,
					   size_t n, const char *const *names,
					   struct codist_error *err)
{
	CODIST_TRY(codist_tree_init(tree, n, n - 1, names, err));
	tree->is_rooted = 1;
	for (size_t i = 0; i + 1 < n; i++) {
		const size_t children[] = { merges[i].first,
					    merges[i].second };

		for (size_t k = 0; k < 2; k++) {
			size_t child = children[k];

			assert(child < n + i);
			tree->parent[child] = n + i;
			tree->length[child] =
				(merges[i].distance -
				 distance_of(merges, n, child)) / 2;
		}
	}
	return CODIST_OK;
}
