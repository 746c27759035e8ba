/*
 * matrices.h - matrices written out in tests
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_TESTS_MATRICES_H
#define CODIST_TESTS_MATRICES_H

#include <codist.h>

#include "scratch.h"

static inline void put_bytes(const char *path, const char *bytes,
			     size_t nbytes)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, nbytes, file), nbytes);
	assert_int_equal(fclose(file), 0);
}

static inline void put_text(const char *path, const char *text)
{
	put_bytes(path, text, strlen(text));
}

/* names[n_rows] of the rows, names[n_columns] of the columns; row-major. */
static inline void assert_matrix(const struct codist_matrix *matrix,
				 size_t n_rows, size_t n_columns,
				 const char *const *row_names,
				 const char *const *column_names,
				 const double *values)
{
	assert_int_equal(matrix->n_rows, n_rows);
	assert_int_equal(matrix->n_columns, n_columns);
	for (size_t i = 0; i < n_rows; i++)
		assert_string_equal(matrix->row_names[i], row_names[i]);
	for (size_t j = 0; j < n_columns; j++)
		assert_string_equal(matrix->column_names[j], column_names[j]);
	for (size_t i = 0; i < n_rows * n_columns; i++)
		if (matrix->values[i] != values[i])
			fail_msg("value %zu is %.17g instead of %.17g", i,
				 matrix->values[i], values[i]);
}

#endif
