/*
 * matrix_distances.c - whether a matrix holds distances, and how it may
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/matrix.h>

#include <math.h>
#include <string.h>

/* Of the largest value: what sums in another order make of equal ones. */
#define ROUNDING 1e-12

static const char *const symmetries[] = {
	[CODIST_SYMMETRY_MEAN] = "mean",
	[CODIST_SYMMETRY_MIN] = "min",
	[CODIST_SYMMETRY_MAX] = "max",
};

enum codist_status codist_symmetry_find(enum codist_symmetry *symmetry,
					const char *name,
					struct codist_error *err)
{
	for (size_t i = 0; i < sizeof(symmetries) / sizeof(symmetries[0]); i++)
		if (strcmp(name, symmetries[i]) == 0) {
			*symmetry = (enum codist_symmetry)i;
			return CODIST_OK;
		}
	return codist_fail(err, CODIST_EUSAGE,
			   "'%s': expected mean, min or max", name);
}

static enum codist_status check_square(const struct codist_matrix *matrix,
				       struct codist_error *err)
{
	if (matrix->n_rows != matrix->n_columns)
		return codist_fail(err, CODIST_EFORMAT,
				   "%zu rows and %zu columns, expected a "
				   "square matrix",
				   matrix->n_rows, matrix->n_columns);
	for (size_t i = 0; i < matrix->n_rows; i++)
		if (strcmp(matrix->row_names[i], matrix->column_names[i]) != 0)
			return codist_fail(err, CODIST_EFORMAT,
					   "row %zu is '%s', but column %zu is "
					   "'%s'; expected the same names in "
					   "the same order",
					   i + 1, matrix->row_names[i], i + 1,
					   matrix->column_names[i]);
	return CODIST_OK;
}

static enum codist_status refuse(const struct codist_matrix *matrix, size_t i,
				 size_t j, const char *expected,
				 struct codist_error *err)
{
	return codist_fail(err, CODIST_EFORMAT,
			   "row %zu '%s', column %zu '%s': %.17g, expected %s",
			   i + 1, matrix->row_names[i], j + 1,
			   matrix->column_names[j],
			   matrix->values[i * matrix->n_rows + j], expected);
}

static enum codist_status check_pair(const struct codist_matrix *matrix,
				     size_t i, size_t j, double rounding,
				     struct codist_error *err)
{
	size_t n = matrix->n_rows;
	double there = matrix->values[i * n + j];
	double back = matrix->values[j * n + i];

	if (there < -rounding)
		return refuse(matrix, i, j, "no negative distance", err);
	if (i == j && fabs(there) > rounding)
		return refuse(matrix, i, j, "0 on the diagonal", err);
	if (fabs(there - back) <= rounding)
		return CODIST_OK;
	return codist_fail(err, CODIST_EFORMAT,
			   "from '%s' to '%s' it is %.17g (row %zu, column "
			   "%zu), but back %.17g; expected a symmetric matrix",
			   matrix->row_names[i], matrix->row_names[j], there,
			   i + 1, j + 1, back);
}

enum codist_status
codist_matrix_check_distances(const struct codist_matrix *matrix,
			      struct codist_error *err)
{
	size_t n = matrix->n_rows;
	double largest = 0;

	CODIST_TRY(check_square(matrix, err));
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++) {
			double value = matrix->values[i * n + j];

			if (!isfinite(value))
				return refuse(matrix, i, j,
					      "a finite distance", err);
			largest = fmax(largest, fabs(value));
		}
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			CODIST_TRY(check_pair(matrix, i, j, largest * ROUNDING,
					      err));
	return CODIST_OK;
}

static double unite(double a, double b, enum codist_symmetry how)
{
	if (how == CODIST_SYMMETRY_MIN)
		return a < b ? a : b;
	if (how == CODIST_SYMMETRY_MAX)
		return a > b ? a : b;
	return a / 2 + b / 2; /* their sum may be too large */
}

enum codist_status codist_matrix_symmetrize(struct codist_matrix *matrix,
					    enum codist_symmetry how,
					    struct codist_error *err)
{
	size_t n = matrix->n_rows;

	CODIST_TRY(check_square(matrix, err));
	for (size_t i = 0; i < n; i++) {
		matrix->values[i * n + i] = 0;
		for (size_t j = 0; j < i; j++) {
			double *there = &matrix->values[i * n + j];
			double *back = &matrix->values[j * n + i];

			*there = *back = unite(*there, *back, how);
		}
	}
	return CODIST_OK;
}
