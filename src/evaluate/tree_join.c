/*
 * tree_join.c - neighbour joining
 *
 * N. Saitou and M. Nei, The neighbor-joining method, Mol. Biol. Evol. 4 (1987)
 * 406-425, with the criterion of J. A. Studier and K. J. Keppler, A note on the
 * neighbor-joining algorithm, Mol. Biol. Evol. 5 (1988) 729-731: of m nodes,
 * with r the sums of the rows, join those that minimise
 *
 *     (m - 2) d(i,j) - r(i) - r(j)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/tree.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The nodes that are not joined yet, in order of their smallest leaf. */
struct open {
	size_t m, stride;
	double *d;    /* [m][stride] */
	double *sum;  /* [m] of each row */
	size_t *node; /* [m] */
};

static void choose(const struct open *open, size_t *first, size_t *second)
{
	double least = INFINITY;

	for (size_t i = 0; i < open->m; i++) {
		const double *row = open->d + i * open->stride;

		for (size_t j = i + 1; j < open->m; j++) {
			double q = (double)(open->m - 2) * row[j] -
				   open->sum[i] - open->sum[j];

			if (q < least) {
				least = q;
				*first = i;
				*second = j;
			}
		}
	}
}

static void sum_rows(struct open *open)
{
	for (size_t i = 0; i < open->m; i++) {
		double sum = 0;

		for (size_t j = 0; j < open->m; j++)
			sum += open->d[i * open->stride + j];
		open->sum[i] = sum;
	}
}

/* Take out what stands at a place. */
static void remove_place(struct open *open, size_t place)
{
	size_t stride = open->stride, rest = open->m - place - 1;

	for (size_t i = 0; i < open->m; i++) {
		double *at = open->d + i * stride + place;

		memmove(at, at + 1, rest * sizeof(*at));
	}
	memmove(open->d + place * stride, open->d + (place + 1) * stride,
		rest * stride * sizeof(*open->d));
	memmove(open->node + place, open->node + place + 1,
		rest * sizeof(*open->node));
	open->m--;
}

/* Join two at a new node, which takes the place of the first. */
static void join(struct open *open, struct codist_tree *tree, size_t node)
{
	size_t i = 0, j = 1, stride = open->stride;
	double *d = open->d, between, skew;

	sum_rows(open);
	choose(open, &i, &j);
	between = d[i * stride + j];
	skew = (open->sum[i] - open->sum[j]) / (double)(open->m - 2);
	tree->parent[open->node[i]] = node;
	tree->parent[open->node[j]] = node;
	tree->length[open->node[i]] = (between + skew) / 2;
	tree->length[open->node[j]] = (between - skew) / 2;
	for (size_t k = 0; k < open->m; k++)
		if (k != i && k != j)
			d[i * stride + k] = d[k * stride + i] =
				(d[i * stride + k] + d[j * stride + k] -
				 between) / 2;
	open->node[i] = node;
	remove_place(open, j);
}

/* The last two or three hang at the node at which the tree is held. */
static void finish(const struct open *open, struct codist_tree *tree)
{
	const double *d = open->d;
	size_t root = tree->n_nodes - 1, s = open->stride;

	for (size_t i = 0; i < open->m; i++)
		tree->parent[open->node[i]] = root;
	if (open->m == 2) {
		tree->length[open->node[0]] = tree->length[open->node[1]] =
			d[1] / 2;
		return;
	}
	tree->length[open->node[0]] = (d[1] + d[2] - d[s + 2]) / 2;
	tree->length[open->node[1]] = (d[1] + d[s + 2] - d[2]) / 2;
	tree->length[open->node[2]] = (d[2] + d[s + 2] - d[1]) / 2;
}

enum codist_status codist_tree_join(struct codist_tree *tree,
				    const double *distances, size_t n,
				    const char *const *names,
				    struct codist_error *err)
{
	struct open open = { .m = n, .stride = n };
	size_t n_inner = n == 1 ? 0 : n == 2 ? 1 : n - 2;
	enum codist_status status;

	CODIST_TRY(codist_distances_check(distances, n, names, err));
	CODIST_TRY(codist_tree_init(tree, n, n_inner, names, err));
	if (n == 1)
		return CODIST_OK;
	open.d = calloc(n * n, sizeof(*open.d));
	open.sum = calloc(n, sizeof(*open.sum));
	open.node = calloc(n, sizeof(*open.node));
	if (open.d && open.sum && open.node) {
		memcpy(open.d, distances, n * n * sizeof(*open.d));
		for (size_t i = 0; i < n; i++)
			open.node[i] = i;
		for (size_t node = n; open.m > 3; node++)
			join(&open, tree, node);
		finish(&open, tree);
		status = CODIST_OK;
	} else {
		codist_tree_release(tree);
		status = codist_no_memory(err, "neighbour joining");
	}
	free(open.d);
	free(open.sum);
	free(open.node);
	return status;
}
