/*
 * quartets.c - the score of the quartet method
 *
 * R. Cilibrasi and P. M. B. Vitanyi, Clustering by compression, IEEE Trans.
 * Inf. Theory 51 (2005) 1523-1545, section VII.
 *
 * A tree has uv|wx in it if the paths from u to v and from w to x do not meet,
 * that is, if w and x hang at the same node of the path from u to v. So d(u,v)
 * counts once for each pair in each of the subtrees that hang there. With A, B
 * and C the three subtrees at an inner node, of a, b and c leaves, and D(A,B)
 * the sum of the distances of A's leaves to B's, the cost of the tree is the
 * sum over inner nodes of
 *
 *     D(A,B) c(c-1)/2 + D(A,C) b(b-1)/2 + D(B,C) a(a-1)/2
 *
 * Where C is what lies above the node, D(A,C) is what A's leaves have to all
 * others, less D(A,B). So each pair of leaves is looked at once, at the node
 * where they come together: O(n^2), of n^4 quartets.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "evaluate/quartets.h"

#include <math.h>
#include <stdlib.h>

/* Each quartet once; rounding errors stay with their row. */
static void sum_rows(const double *d, size_t n, size_t u, size_t v,
		     double *least, double *greatest)
{
	const double *du = d + u * n, *dv = d + v * n;

	*least = *greatest = 0;
	for (size_t w = v + 1; w < n; w++) {
		const double *dw = d + w * n;
		double low = 0, high = 0;

		for (size_t x = w + 1; x < n; x++) {
			double a = du[v] + dw[x], b = du[w] + dv[x];
			double c = du[x] + dv[w];
			double ab = a < b ? a : b, AB = a < b ? b : a;

			low += ab < c ? ab : c;
			high += AB > c ? AB : c;
		}
		*least += low;
		*greatest += high;
	}
}

enum codist_status codist_quartets_init(struct codist_quartets *q,
					const double *distances, size_t n,
					const struct codist_quartets_how *how,
					struct codist_error *err)
{
	*q = (struct codist_quartets){ .n = n, .distances = distances };
	CODIST_TRY(codist_distances_check(distances, n, NULL, err));
	if (n > CODIST_MOST_QUARTET_LEAVES)
		return codist_fail(err, CODIST_EUSAGE,
				   "the quartets of %zu items, expected at "
				   "most %d", n, CODIST_MOST_QUARTET_LEAVES);
	for (size_t u = 0; u < n; u++) {
		for (size_t v = u + 1; v < n; v++) {
			double low, high;

			sum_rows(distances, n, u, v, &low, &high);
			q->least += low;
			q->greatest += high;
			CODIST_TRY(codist_quartets_stopped(how, err));
		}
	}
	return CODIST_OK;
}

enum codist_status
codist_quartets_stopped(const struct codist_quartets_how *how,
			struct codist_error *err)
{
	if (!how || !how->stop || how->stop(how->user) == 0)
		return CODIST_OK;
	return codist_fail(err, CODIST_ECANCELLED,
			   "the quartet method was stopped when asked to");
}

/* D(A,B) of what lies below two nodes. */
static double between(const struct codist_quartets *q,
		      const struct codist_view *view, uint32_t a, uint32_t b)
{
	const uint32_t *of_a = view->leaves + view->first[a];
	const uint32_t *of_b = view->leaves + view->first[b];
	double sum = 0;

	for (uint32_t i = 0; i < view->count[a]; i++) {
		const double *row = q->distances + of_a[i] * q->n;
		double of_row = 0;

		for (uint32_t j = 0; j < view->count[b]; j++)
			of_row += row[of_b[j]];
		sum += of_row;
	}
	return sum;
}

static double pairs(double n)
{
	return n * (n - 1) / 2;
}

double codist_quartets_cost(const struct codist_quartets *q,
			    const struct codist_ternary *tree,
			    const struct codist_row_sums *sums,
			    struct codist_view *view)
{
	double cost = 0, *out = sums->out;

	codist_ternary_view(tree, view);
	for (size_t v = 0; v < q->n; v++)
		out[v] = sums->rows[v];
	for (size_t i = q->n - 2; i-- > 0;) {
		uint32_t v = view->inner[i];
		uint32_t x = view->below[v][0], y = view->below[v][1];
		double a = view->count[x], b = view->count[y];
		double c = (double)q->n - a - b;
		double ab = between(q, view, x, y);

		cost += ab * pairs(c) + (out[x] - ab) * pairs(b) +
			(out[y] - ab) * pairs(a);
		out[v] = out[x] + out[y] - 2 * ab;
	}
	return cost;
}

int codist_row_sums_init(struct codist_row_sums *sums,
			 const struct codist_quartets *q)
{
	*sums = (struct codist_row_sums){
		.rows = calloc(q->n, sizeof(*sums->rows)),
		.out = calloc(2 * q->n, sizeof(*sums->out)),
	};
	if (!sums->rows || !sums->out)
		return 0;
	for (size_t i = 0; i < q->n; i++)
		for (size_t j = 0; j < q->n; j++)
			sums->rows[i] += q->distances[i * q->n + j];
	return 1;
}

void codist_row_sums_release(struct codist_row_sums *sums)
{
	free(sums->rows);
	free(sums->out);
}

/* Rounding must not lead out of 0..1. */
double codist_quartets_score_of(const struct codist_quartets *q, double cost)
{
	double range = q->greatest - q->least;

	if (q->n < 4 || !(range > 0))
		return 1;
	return fmin(fmax((q->greatest - cost) / range, 0), 1);
}

static enum codist_status score_binary(const struct codist_quartets *q,
				       const struct codist_tree *tree,
				       double *score, struct codist_error *err)
{
	struct codist_ternary ternary;
	struct codist_view view = { 0 };
	struct codist_row_sums sums = { 0 };
	enum codist_status status = CODIST_OK;

	if (!codist_ternary_init(&ternary, q->n) ||
	    !codist_view_init(&view, q->n) || !codist_row_sums_init(&sums, q))
		status = codist_no_memory(err, "a score");
	else if (codist_ternary_from(&ternary, tree))
		*score = codist_quartets_score_of(
			q, codist_quartets_cost(q, &ternary, &sums, &view));
	else
		status = codist_fail(err, CODIST_EUSAGE,
				     "the score of a tree that is not binary: "
				     "expected three branches at each inner "
				     "node");
	codist_ternary_release(&ternary);
	codist_view_release(&view);
	codist_row_sums_release(&sums);
	return status;
}

enum codist_status codist_quartets_score(const struct codist_quartets *q,
					 const struct codist_tree *tree,
					 double *score,
					 struct codist_error *err)
{
	if (tree->n_leaves != q->n)
		return codist_fail(err, CODIST_EUSAGE,
				   "the score of a tree of %zu leaves, "
				   "expected %zu", tree->n_leaves, q->n);
	*score = 1;
	return q->n < 4 ? CODIST_OK : score_binary(q, tree, score, err);
}
