/*
 * test_matrix_distances.c - what is a matrix of distances, and what can be one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <codist.h>

#include "matrices.h"

#include <math.h>

static const char *const abc[] = { "a", "b", "c" };
static const char *const abd[] = { "a", "b", "d" };

static void make(struct codist_matrix *matrix, size_t n_rows,
		 const char *const *column_names, const double *values)
{
	assert_int_equal(codist_matrix_init(matrix, n_rows, 3, abc,
					    column_names, NULL),
			 CODIST_OK);
	memcpy(matrix->values, values, n_rows * 3 * sizeof(*values));
}

static void each_flaw_is_named_with_its_values(void **state)
{
	static const struct {
		size_t n_rows;
		const char *const *columns;
		double values[9];
		const char *message;
	} cases[] = {
		{ 2, abc, { 0 }, "2 rows and 3 columns, expected a square "
				 "matrix" },
		{ 3, abd, { 0 }, "row 3 is 'c', but column 3 is 'd'; expected "
				 "the same names in the same order" },
		{ 3, abc, { 0, 1, 2, 1, 0.5, 3, 2, 3, 0 },
		  "row 2 'b', column 2 'b': 0.5, expected 0 on the diagonal" },
		{ 3, abc, { 0, 1, 2, 1, 0, 3, 2.25, 3, 0 },
		  "from 'a' to 'c' it is 2 (row 1, column 3), but back 2.25; "
		  "expected a symmetric matrix" },
		{ 3, abc, { 0, 1, 2, 1, 0, -3, 2, -3, 0 },
		  "row 2 'b', column 3 'c': -3, expected no negative "
		  "distance" },
		{ 3, abc, { 0, 1, 2, 1, 0, 3, INFINITY, 3, 0 },
		  "row 3 'c', column 1 'a': inf, expected a finite "
		  "distance" },
		{ 3, abc, { 0, 1, 2, 1, 0, NAN, 2, 3, 0 },
		  "row 2 'b', column 3 'c': nan, expected a finite "
		  "distance" },
		/* 3e-12 is more than 1e-12 times 2, the largest. */
		{ 3, abc, { 0, 1, 2, 1, 3e-12, 2, 2, 2, 0 },
		  "row 2 'b', column 2 'b': 3.0000000000000001e-12, expected 0 "
		  "on the diagonal" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct codist_matrix matrix;
		struct codist_error err = { 0 };

		make(&matrix, cases[i].n_rows, cases[i].columns,
		     cases[i].values);
		assert_int_equal(codist_matrix_check_distances(&matrix, &err),
				 CODIST_EFORMAT);
		assert_string_equal(err.message, cases[i].message);
		codist_matrix_release(&matrix);
	}
}

static void roundings_are_no_flaws(void **state)
{
	static const double values[] = {
		1e-12, 1, 2, 1 + 1e-12, -1e-12, 2, 2, 2 - 1e-12, 0,
	};
	struct codist_matrix matrix;
	struct codist_error err = { 0 };

	(void)state;
	make(&matrix, 3, abc, values);
	assert_int_equal(codist_matrix_check_distances(&matrix, &err),
			 CODIST_OK);
	assert_matrix(&matrix, 3, 3, abc, abc, values);
	codist_matrix_release(&matrix);
}

/* (0.5, 1), (2, 4) and (3, 3.5) across the diagonal, by hand. */
static void pairs_become_mean_min_or_max(void **state)
{
	static const double values[] = { 0.1, 0.5, 2, 1, 0.2, 3, 4, 3.5, 0 };
	static const struct {
		const char *name;
		double expected[9];
	} cases[] = {
		{ "mean", { 0, 0.75, 3, 0.75, 0, 3.25, 3, 3.25, 0 } },
		{ "min", { 0, 0.5, 2, 0.5, 0, 3, 2, 3, 0 } },
		{ "max", { 0, 1, 4, 1, 0, 3.5, 4, 3.5, 0 } },
	};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct codist_error err = { 0 };
		enum codist_symmetry how;
		struct codist_matrix matrix;

		make(&matrix, 3, abc, values);
		assert_int_equal(codist_symmetry_find(&how, cases[i].name,
						      &err),
				 CODIST_OK);
		assert_int_equal(codist_matrix_symmetrize(&matrix, how, &err),
				 CODIST_OK);
		assert_matrix(&matrix, 3, 3, abc, abc, cases[i].expected);
		assert_int_equal(codist_matrix_check_distances(&matrix, &err),
				 CODIST_OK);
		codist_matrix_release(&matrix);
	}
}

static void only_pairs_can_be_made_the_same(void **state)
{
	static const double values[] = { 0.1, 0.5, 2, 1, 0.2, 3, 4, 3.5, 0 };
	struct codist_error err = { 0 };
	enum codist_symmetry how;
	struct codist_matrix matrix;

	(void)state;
	make(&matrix, 3, abd, values);
	assert_int_equal(codist_matrix_symmetrize(&matrix, CODIST_SYMMETRY_MIN,
						  &err),
			 CODIST_EFORMAT);
	assert_matrix(&matrix, 3, 3, abc, abd, values);
	codist_matrix_release(&matrix);
	assert_int_equal(codist_symmetry_find(&how, "median", &err),
			 CODIST_EUSAGE);
	assert_string_equal(err.message,
			    "'median': expected mean, min or max");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_flaw_is_named_with_its_values),
		cmocka_unit_test(roundings_are_no_flaws),
		cmocka_unit_test(pairs_become_mean_min_or_max),
		cmocka_unit_test(only_pairs_can_be_made_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
