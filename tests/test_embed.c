/*
 * test_embed.c - classical scaling, against places worked out by hand
 *
 * Given a matrix and a number of dimensions, prints the eigenvalues on a line
 * and then the coordinates, for embed_against_numpy.sh.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <codist.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* cmocka's assert_float_equal() is for floats. */
static void assert_near(double value, double expected, double within)
{
	if (!(fabs(value - expected) <= within))
		fail_msg("%.17g instead of %.17g", value, expected);
}

static void embed(struct codist_embedding *embedding, const double *distances,
		  size_t n, size_t n_dimensions)
{
	struct codist_error err = { 0 };

	if (codist_embed(embedding, distances, n, n_dimensions, &err))
		fail_msg("%s", err.message);
}

/*
 * Points at 0, 1 and 5 of a line have the mean 2, so that they are at -2, -1
 * and 3; 3 is the greatest magnitude, and so positive. The one eigenvalue is
 * the sum of squares, 4 + 1 + 9 = 14.
 */
static void points_of_a_line_come_back(void **state)
{
	static const double distances[] = { 0, 1, 5, 1, 0, 4, 5, 4, 0 };
	static const double expected[] = { -2, -1, 3 };
	struct codist_embedding embedding;

	(void)state;
	embed(&embedding, distances, 3, 2);
	for (size_t i = 0; i < 3; i++) {
		assert_near(embedding.coordinates[2 * i], expected[i], 1e-14);
		assert_true(embedding.coordinates[2 * i + 1] == 0);
	}
	assert_near(embedding.eigenvalues[0], 14, 1e-13);
	assert_true(embedding.eigenvalues[1] == 0);
	assert_true(embedding.eigenvalues[2] == 0);
	assert_true(embedding.explained == 1);
	assert_int_equal(embedding.n_negative, 0);
	assert_true(embedding.negative == 0);
	codist_embedding_release(&embedding);
}

/*
 * A rectangle of 4 by 2: corners at (2, 1), (2, -1), (-2, -1), (-2, 1) have
 * the eigenvalues 4 * 4 = 16 and 4 * 1 = 4, so that one dimension explains
 * 16 / 20. All magnitudes are equal on each axis, so the first is positive.
 */
static void a_rectangle_comes_back(void **state)
{
	const double d = sqrt(20);
	const double distances[] = {
		0, 2, d, 4, 2, 0, 4, d, d, 4, 0, 2, 4, d, 2, 0,
	};
	static const double expected[] = { 2, 1, 2, -1, -2, -1, -2, 1 };
	struct codist_embedding embedding;

	(void)state;
	embed(&embedding, distances, 4, 2);
	for (size_t i = 0; i < 8; i++)
		assert_near(embedding.coordinates[i], expected[i], 1e-14);
	assert_true(embedding.explained == 1);
	codist_embedding_release(&embedding);
	embed(&embedding, distances, 4, 1);
	assert_near(embedding.explained, 0.8, 1e-14);
	assert_near(embedding.eigenvalues[0], 16, 1e-13);
	assert_near(embedding.eigenvalues[1], 4, 1e-13);
	codist_embedding_release(&embedding);
}

/*
 * Three items 2 apart, and one 1 from each, which no space has: its middle
 * would be 2 / sqrt(3) > 1 away. -D^2 / 2 has the rows (0, -2, -2, -1/2),
 * (-2, 0, -2, -1/2), (-2, -2, 0, -1/2), (-1/2, -1/2, -1/2, 0). Vectors (1, -1,
 * 0, 0) and (1, 1, -2, 0) are orthogonal to 1, and have the eigenvalue 2. Of
 * (1, 1, 1, -3), the quadratic form is -12 + 9 = -3, over 12: -1/4.
 */
static void what_no_space_has_is_negative(void **state)
{
	static const double distances[] = {
		0, 2, 2, 1, 2, 0, 2, 1, 2, 2, 0, 1, 1, 1, 1, 0,
	};
	struct codist_embedding embedding;

	(void)state;
	embed(&embedding, distances, 4, 4);
	assert_near(embedding.eigenvalues[0], 2, 1e-14);
	assert_near(embedding.eigenvalues[1], 2, 1e-14);
	assert_true(embedding.eigenvalues[2] == 0);
	assert_near(embedding.eigenvalues[3], -0.25, 1e-14);
	assert_int_equal(embedding.n_negative, 1);
	assert_near(embedding.negative, 0.25 / 4.25, 1e-14);
	assert_true(embedding.explained == 1);
	for (size_t i = 0; i < 4; i++) {
		assert_true(embedding.coordinates[4 * i + 2] == 0);
		assert_true(embedding.coordinates[4 * i + 3] == 0);
	}
	codist_embedding_release(&embedding);
}

static void few_or_identical_items_have_places(void **state)
{
	static const double zeros[16], two[] = { 0, 3, 3, 0 };
	struct codist_embedding embedding;

	(void)state;
	for (size_t n = 1; n <= 4; n++) {
		embed(&embedding, zeros, n, 3);
		for (size_t i = 0; i < 3 * n; i++)
			assert_true(embedding.coordinates[i] == 0);
		for (size_t i = 0; i < n; i++)
			assert_true(embedding.eigenvalues[i] == 0);
		assert_true(embedding.explained == 1);
		assert_int_equal(embedding.n_negative, 0);
		codist_embedding_release(&embedding);
	}
	/* Halfway to each side, the first at the positive one. */
	embed(&embedding, two, 2, 2);
	assert_near(embedding.coordinates[0], 1.5, 1e-15);
	assert_near(embedding.coordinates[2], -1.5, 1e-15);
	assert_true(embedding.coordinates[1] == 0);
	assert_true(embedding.coordinates[3] == 0);
	codist_embedding_release(&embedding);
}

/* Squares of these would be 0 or infinite. */
static void sizes_do_not_matter(void **state)
{
	static const double sizes[] = { 1e-200, 1e150 };

	(void)state;
	for (size_t s = 0; s < 2; s++) {
		const double d = sizes[s], distances[] = { 0, d, d, 0 };
		struct codist_embedding embedding;

		embed(&embedding, distances, 2, 1);
		assert_near(embedding.coordinates[0] / d, 0.5, 1e-15);
		codist_embedding_release(&embedding);
	}
}

static void what_is_no_distance_is_refused(void **state)
{
	static const double bad[] = { NAN, INFINITY, -INFINITY, 1e151 };

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		const double distances[] = { 0, 0, bad[i], 0 };
		struct codist_embedding embedding;
		struct codist_error err = { 0 };

		assert_int_equal(codist_embed(&embedding, distances, 2, 1,
					      &err),
				 CODIST_EFORMAT);
		assert_non_null(strstr(err.message, "the distance of items 2 "
						    "and 1 is "));
		assert_null(embedding.coordinates);
	}
}

static int print_for_numpy(const char *path, size_t n_dimensions)
{
	struct codist_embedding e;
	struct codist_error err = { 0 };
	struct codist_matrix matrix;

	if (codist_matrix_read(&matrix, path, CODIST_MATRIX_AUTO, &err) ||
	    codist_embed(&e, matrix.values, matrix.n_rows, n_dimensions,
			 &err)) {
		fprintf(stderr, "%s\n", err.message);
		return 1;
	}
	for (size_t i = 0; i < e.n; i++)
		printf("%.17g%c", e.eigenvalues[i], i + 1 < e.n ? ' ' : '\n');
	for (size_t i = 0; i < e.n * n_dimensions; i++)
		printf("%.17g%c", e.coordinates[i],
		       (i + 1) % n_dimensions ? ' ' : '\n');
	codist_embedding_release(&e);
	codist_matrix_release(&matrix);
	return 0;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(points_of_a_line_come_back),
		cmocka_unit_test(a_rectangle_comes_back),
		cmocka_unit_test(what_no_space_has_is_negative),
		cmocka_unit_test(few_or_identical_items_have_places),
		cmocka_unit_test(sizes_do_not_matter),
		cmocka_unit_test(what_is_no_distance_is_refused),
	};

	if (argc > 2)
		return print_for_numpy(argv[1],
				       strtoul(argv[2], NULL, 10));
	return cmocka_run_group_tests(tests, NULL, NULL);
}
