/*
 * test_friedman.c - methods compared by their ranks, by hand and by the book
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

static void assert_near(double found, double expected, double tolerance)
{
	if (!(fabs(found - expected) <= tolerance))
		fail_msg("%.17g, expected %.17g", found, expected);
}

static struct codist_friedman rank(const double *values, size_t n_sets,
				   size_t n_methods)
{
	struct codist_error err = { 0 };
	struct codist_friedman friedman;

	if (codist_friedman_init(&friedman, values, n_sets, n_methods, &err))
		fail_msg("%s", err.message);
	return friedman;
}

static struct codist_nemenyi compare(const struct codist_friedman *friedman,
				     double significance)
{
	struct codist_error err = { 0 };
	struct codist_nemenyi nemenyi;

	if (codist_nemenyi_init(&nemenyi, friedman, significance, &err))
		fail_msg("%s", err.message);
	return nemenyi;
}

/*
 * Demsar 2006, table 6: areas under the curve of C4.5, and with -m, -cf, both.
 * Where two of "voting" are printed as equal their ranks are not, and the last
 * but one is the greater.
 */
static const double demsar[14][4] = {
	{ 0.763, 0.768, 0.771, 0.798 },  { 0.599, 0.591, 0.590, 0.569 },
	{ 0.954, 0.971, 0.968, 0.967 },  { 0.628, 0.661, 0.654, 0.657 },
	{ 0.882, 0.888, 0.886, 0.898 },  { 0.936, 0.931, 0.916, 0.931 },
	{ 0.661, 0.668, 0.609, 0.685 },  { 0.583, 0.583, 0.563, 0.625 },
	{ 0.775, 0.838, 0.866, 0.875 },  { 1.000, 1.000, 1.000, 1.000 },
	{ 0.940, 0.962, 0.965, 0.962 },  { 0.619, 0.666, 0.614, 0.669 },
	{ 0.972, 0.981, 0.9751, 0.975 }, { 0.957, 0.978, 0.946, 0.970 },
};

/*
 * His chi-square, 9.28, is without a correction for ties. There are three pairs
 * and one group of four: 3 (8 - 2) + 64 - 4 = 78, of 14 4 (16 - 1) = 840.
 */
static void ranks_and_groups_are_those_of_the_paper(void **state)
{
	static const double ranks[] = { 3.143, 2.000, 2.893, 1.964 };
	static const size_t order[] = { 3, 1, 2, 0 };
	struct codist_friedman friedman = rank(&demsar[0][0], 14, 4);
	struct codist_nemenyi nemenyi;

	(void)state;
	for (size_t j = 0; j < 4; j++) {
		assert_near(friedman.ranks[j], ranks[j], 0.0005);
		assert_int_equal(friedman.order[j], order[j]);
	}
	assert_near(friedman.chi_square.statistic * (1 - 78.0 / 840), 9.28,
		    0.005);
	assert_int_equal(friedman.chi_square.freedom[0], 3);
	assert_int_equal(friedman.f.freedom[0], 3);
	assert_int_equal(friedman.f.freedom[1], 39);

	nemenyi = compare(&friedman, 0.05);
	assert_near(nemenyi.critical_difference, 1.25, 0.005);
	assert_int_equal(nemenyi.n_groups, 1);
	assert_int_equal(nemenyi.groups[0].first, 0);
	assert_int_equal(nemenyi.groups[0].last, 3);
	codist_nemenyi_release(&nemenyi);

	/* Now C4.5 is worse than both with -m, and not than that with -cf. */
	nemenyi = compare(&friedman, 0.1);
	assert_near(nemenyi.critical_difference, 1.12, 0.005);
	assert_int_equal(nemenyi.n_groups, 2);
	assert_int_equal(nemenyi.groups[0].first, 0);
	assert_int_equal(nemenyi.groups[0].last, 2);
	assert_int_equal(nemenyi.groups[1].first, 2);
	assert_int_equal(nemenyi.groups[1].last, 3);
	codist_nemenyi_release(&nemenyi);
	codist_friedman_release(&friedman);
}

/* The same, table 5(a), has q / sqrt(2) for 2 to 10 methods. */
static void ranges_are_those_of_the_table(void **state)
{
	static const double at_05[] = { 1.960, 2.343, 2.569, 2.728, 2.850,
					2.949, 3.031, 3.102, 3.164 };
	static const double at_10[] = { 1.645, 2.052, 2.291, 2.459, 2.589,
					2.693, 2.780, 2.855, 2.920 };

	(void)state;
	/* The table was rounded more than once: 2.3437 is 2.343 there. */
	for (size_t k = 2; k <= 10; k++) {
		assert_near(codist_studentized_range_above(0.05, k) / sqrt(2),
			    at_05[k - 2], 0.001);
		assert_near(codist_studentized_range_above(0.1, k) / sqrt(2),
			    at_10[k - 2], 0.001);
	}
	assert_near(codist_studentized_range_above(0.05, 1), 0, 0);
}

/* Two variables differ by a normal one times the root of 2. */
static void a_range_of_two_is_that_of_a_normal_variable(void **state)
{
	(void)state;
	assert_near(codist_studentized_range_above(0.05, 2),
		    sqrt(2) * 1.9599639845400545, 1e-12);
	assert_near(codist_studentized_range_above(1e-6, 2),
		    sqrt(2) * 4.8916384756976, 1e-9);
}

/*
 * Ranks 1, 2, 3 three times: the averages are off the middle by 1, 0, -1, so
 * 12 3 / (3 4) (1 + 0 + 1) = 6, the most there is. That is exp(-6/2) of
 * chi-square with 2 degrees of freedom.
 */
static void the_same_ranks_everywhere_leave_no_doubt(void **state)
{
	static const double values[] = { 3, 2, 1, INFINITY, 0, -INFINITY,
					 0.3, 0.2, 0.1 };
	struct codist_friedman friedman = rank(values, 3, 3);

	(void)state;
	assert_near(friedman.chi_square.statistic, 6, 1e-14);
	assert_near(friedman.chi_square.p, exp(-3), 1e-14);
	assert_true(friedman.f.statistic == INFINITY);
	assert_int_equal(friedman.f.freedom[1], 4);
	assert_true(friedman.f.p == 0);
	codist_friedman_release(&friedman);
}

/*
 * Ranks 1, 2.5, 2.5 and 2, 1, 3, on average 1.5, 1.75, 2.75, off the middle by
 * -1/2, -1/4, 3/4: 12 2 / (3 4) (4 + 1 + 9) / 16 = 7/4, over
 * 1 - 6 / (2 3 8) = 7/8 it is 2. F is (2 - 1) 2 / (2 2 - 2) = 1, and of 2 and 2
 * degrees of freedom 1 / (1 + F) of it is above.
 */
static void ties_share_their_ranks(void **state)
{
	static const double values[] = { 9, 5, 5, 0.2, 0.3, 0.1 };
	static const double ranks[] = { 1.5, 1.75, 2.75 };
	struct codist_friedman friedman = rank(values, 2, 3);

	(void)state;
	for (size_t j = 0; j < 3; j++)
		assert_near(friedman.ranks[j], ranks[j], 0);
	assert_near(friedman.chi_square.statistic, 2, 1e-14);
	assert_near(friedman.chi_square.p, exp(-1), 1e-14);
	assert_near(friedman.f.statistic, 1, 1e-14);
	assert_near(friedman.f.p, 0.5, 1e-14);
	codist_friedman_release(&friedman);
}

static void assert_nothing_seen(const struct codist_friedman *friedman)
{
	for (size_t j = 0; j < friedman->n_methods; j++) {
		assert_near(friedman->ranks[j],
			    ((double)friedman->n_methods + 1) / 2, 0);
		assert_int_equal(friedman->order[j], j);
	}
	assert_true(friedman->chi_square.statistic == 0);
	assert_true(friedman->chi_square.p == 1);
	assert_true(friedman->f.statistic == 0);
	assert_true(friedman->f.p == 1);
}

static void where_all_are_equal_no_difference_is_seen(void **state)
{
	static const double values[] = { 1, 1, 1, 0, 0, 0 };
	struct codist_friedman friedman = rank(values, 2, 3);
	struct codist_nemenyi nemenyi = compare(&friedman, 0.05);

	(void)state;
	assert_nothing_seen(&friedman);
	assert_int_equal(nemenyi.n_groups, 1);
	assert_int_equal(nemenyi.groups[0].last, 2);
	codist_nemenyi_release(&nemenyi);
	codist_friedman_release(&friedman);
}

static void without_a_set_all_are_one_group(void **state)
{
	struct codist_friedman friedman = rank(NULL, 0, 3);
	struct codist_nemenyi nemenyi = compare(&friedman, 0.05);

	(void)state;
	assert_nothing_seen(&friedman);
	assert_true(nemenyi.critical_difference == INFINITY);
	assert_int_equal(nemenyi.n_groups, 1);
	assert_int_equal(nemenyi.groups[0].last, 2);
	codist_nemenyi_release(&nemenyi);
	codist_friedman_release(&friedman);
}

static void one_set_has_no_f(void **state)
{
	static const double values[] = { 1, 2 };
	struct codist_friedman friedman = rank(values, 1, 2);

	(void)state;
	assert_true(friedman.ranks[0] == 2);
	assert_int_equal(friedman.order[0], 1);
	/* 12 / (2 3) (1/4 + 1/4) */
	assert_near(friedman.chi_square.statistic, 1, 1e-14);
	assert_true(friedman.f.statistic == 0);
	assert_true(friedman.f.p == 1);
	codist_friedman_release(&friedman);
}

static void one_method_differs_from_none(void **state)
{
	static const double values[] = { 1, 2, 3 };
	struct codist_friedman friedman = rank(values, 3, 1);
	struct codist_nemenyi nemenyi = compare(&friedman, 0.05);

	(void)state;
	assert_nothing_seen(&friedman);
	assert_true(nemenyi.critical_difference == 0);
	assert_int_equal(nemenyi.n_groups, 0);
	codist_nemenyi_release(&nemenyi);
	codist_friedman_release(&friedman);
}

static void what_is_not_a_number_has_no_rank(void **state)
{
	static const double values[] = { 1, 2, 3, 4, 5, NAN };
	struct codist_error err = { 0 };
	struct codist_friedman friedman;

	(void)state;
	assert_int_equal(codist_friedman_init(&friedman, values, 2, 3, &err),
			 CODIST_EFORMAT);
	assert_string_equal(err.message, "the value of method 3 on data set 2 "
					 "is not a number");
	assert_null(friedman.ranks);
	codist_friedman_release(&friedman);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ranks_and_groups_are_those_of_the_paper),
		cmocka_unit_test(ranges_are_those_of_the_table),
		cmocka_unit_test(a_range_of_two_is_that_of_a_normal_variable),
		cmocka_unit_test(the_same_ranks_everywhere_leave_no_doubt),
		cmocka_unit_test(ties_share_their_ranks),
		cmocka_unit_test(where_all_are_equal_no_difference_is_seen),
		cmocka_unit_test(without_a_set_all_are_one_group),
		cmocka_unit_test(one_set_has_no_f),
		cmocka_unit_test(one_method_differs_from_none),
		cmocka_unit_test(what_is_not_a_number_has_no_rank),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
