/*
 * embed.c - classical scaling, by GSL's eigenvalues of a symmetric matrix
 *
 * Distances are divided by the largest first, so that none is too large or too
 * small to be squared.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/embed.h>

#include <assert.h>
#include <gsl/gsl_eigen.h>
#include <math.h>
#include <stdlib.h>

#define LARGEST 1e150
#define ROUNDING 1e-12
/* As near to the greatest magnitude as to be equal but for rounding. */
#define ALIKE (1 - 1e-9)

struct scaling {
	size_t n;
	double largest; /* distance; 1 if all are 0 */
	double *b;      /* [n][n] */
	double *axes;   /* [n][n], an axis a column */
	double *values; /* [n], of b; beside them 4 n for GSL */
};

static enum codist_status find_largest(struct scaling *scaling,
				       const double *distances,
				       struct codist_error *err)
{
	size_t n = scaling->n;

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < i; j++) {
			double d = fabs(distances[i * n + j]);

			if (!(d <= LARGEST))
				return codist_fail(err, CODIST_EFORMAT,
						   "the distance of items %zu "
						   "and %zu is %g, expected a "
						   "number up to %g",
						   i + 1, j + 1,
						   distances[i * n + j],
						   LARGEST);
			scaling->largest = fmax(scaling->largest, d);
		}
	if (scaling->largest == 0)
		scaling->largest = 1;
	return CODIST_OK;
}

static double mean_of(const double *row, size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += row[i];
	return sum / (double)n;
}

/* B: half the negative squares, less the means of rows and columns. */
static void centre(struct scaling *scaling, const double *distances)
{
	size_t n = scaling->n;
	double *means = scaling->values, mean;

	for (size_t i = 0; i < n; i++) {
		scaling->b[i * n + i] = 0;
		for (size_t j = 0; j < i; j++) {
			double d = distances[i * n + j] / scaling->largest;

			scaling->b[i * n + j] = scaling->b[j * n + i] =
				-0.5 * d * d;
		}
	}
	for (size_t i = 0; i < n; i++)
		means[i] = mean_of(scaling->b + i * n, n);
	mean = mean_of(means, n);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			scaling->b[i * n + j] += mean - means[i] - means[j];
}

/*
 * GSL's own allocation would end the process when out of memory, unless its
 * handler of errors were changed for the whole of it; so this is ours.
 */
static void solve(struct scaling *scaling)
{
	size_t n = scaling->n;
	double *room = scaling->values + n;
	gsl_eigen_symmv_workspace workspace = {
		.size = n, .d = room, .sd = room + n, .gc = room + 2 * n,
		.gs = room + 3 * n,
	};
	gsl_matrix_view b = gsl_matrix_view_array(scaling->b, n, n);
	gsl_matrix_view axes = gsl_matrix_view_array(scaling->axes, n, n);
	gsl_vector_view values = gsl_vector_view_array(scaling->values, n);

	gsl_eigen_symmv(&b.matrix, &values.vector, &axes.matrix, &workspace);
	gsl_eigen_symmv_sort(&values.vector, &axes.matrix,
			     GSL_EIGEN_SORT_VAL_DESC);
}

/* 1 or -1, by which to multiply axis k. */
static double sign_of(const struct scaling *scaling, size_t k)
{
	double greatest = 0;
	size_t n = scaling->n, i = 0;

	for (size_t j = 0; j < n; j++)
		greatest = fmax(greatest, fabs(scaling->axes[j * n + k]));
	while (fabs(scaling->axes[i * n + k]) < ALIKE * greatest)
		i++;
	return scaling->axes[i * n + k] < 0 ? -1 : 1;
}

static void place(const struct scaling *scaling,
		  struct codist_embedding *embedding)
{
	size_t n = scaling->n, n_dimensions = embedding->n_dimensions;

	for (size_t k = 0; k < n_dimensions && k < n; k++) {
		double factor;

		if (scaling->values[k] <= 0)
			break;
		factor = sign_of(scaling, k) * sqrt(scaling->values[k]) *
			 scaling->largest;
		for (size_t i = 0; i < n; i++)
			embedding->coordinates[i * n_dimensions + k] =
				factor * scaling->axes[i * n + k];
	}
}

/* It sets to 0 what is 0 but for rounding. */
static void sum_up(struct scaling *scaling, struct codist_embedding *embedding)
{
	double *values = scaling->values;
	size_t n = scaling->n;
	double least = ROUNDING * fmax(fabs(values[0]), fabs(values[n - 1]));
	double shown = 0, positive = 0, negative = 0;

	for (size_t i = 0; i < n; i++) {
		if (fabs(values[i]) <= least)
			values[i] = 0;
		embedding->eigenvalues[i] = values[i] * scaling->largest *
					    scaling->largest;
		if (values[i] < 0) {
			embedding->n_negative++;
			negative -= values[i];
			continue;
		}
		positive += values[i];
		if (i < embedding->n_dimensions)
			shown += values[i];
	}
	embedding->explained = positive > 0 ? shown / positive : 1;
	embedding->negative = negative > 0 ?
				      negative / (positive + negative) : 0;
}

static enum codist_status scale(struct scaling *scaling,
				struct codist_embedding *embedding,
				const double *distances,
				struct codist_error *err)
{
	size_t n = scaling->n, n_dimensions = embedding->n_dimensions;

	CODIST_TRY(find_largest(scaling, distances, err));
	if (n <= SIZE_MAX / n && n_dimensions <= SIZE_MAX / n) {
		scaling->b = calloc(n * n, sizeof(double));
		scaling->axes = calloc(n * n, sizeof(double));
		scaling->values = calloc(n, 5 * sizeof(double));
		embedding->eigenvalues = calloc(n, sizeof(double));
		embedding->coordinates = calloc(n * n_dimensions,
						sizeof(double));
	}
	if (!scaling->b || !scaling->axes || !scaling->values ||
	    !embedding->eigenvalues || !embedding->coordinates)
		return codist_fail(err, CODIST_ENOMEM,
				   "out of memory for an embedding of %zu "
				   "items", n);
	centre(scaling, distances);
	solve(scaling);
	sum_up(scaling, embedding);
	place(scaling, embedding);
	return CODIST_OK;
}

enum codist_status codist_embed(struct codist_embedding *embedding,
				const double *distances, size_t n,
				size_t n_dimensions, struct codist_error *err)
{
	struct scaling scaling = { .n = n };
	enum codist_status status;

	assert(n > 0 && n_dimensions > 0);
	*embedding = (struct codist_embedding){
		.n = n, .n_dimensions = n_dimensions,
	};
	status = scale(&scaling, embedding, distances, err);
	if (status != CODIST_OK)
		codist_embedding_release(embedding);
	free(scaling.b);
	free(scaling.axes);
	free(scaling.values);
	return status;
}

void codist_embedding_release(struct codist_embedding *embedding)
{
	free(embedding->coordinates);
	free(embedding->eigenvalues);
	*embedding = (struct codist_embedding){ 0 };
}
