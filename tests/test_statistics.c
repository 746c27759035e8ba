/*
 * test_statistics.c - comparing classifiers, against values worked by hand
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

static void assert_close(double found, double expected)
{
	if (fabs(found - expected) > 1e-13 * expected)
		fail_msg("%.17g, expected %.17g", found, expected);
}

static void mcnemar_is_twice_the_smaller_binomial_tail(void **state)
{
	(void)state;
	/* 2 (1 + 6) / 2^6 */
	assert_close(codist_mcnemar(1, 5), 14.0 / 64);
	assert_close(codist_mcnemar(5, 1), 14.0 / 64);
	/* 2 / 2^10 */
	assert_close(codist_mcnemar(0, 10), 2.0 / 1024);
	/* 2 (1 + 9 + 36 + 84) / 2^9 */
	assert_close(codist_mcnemar(3, 6), 260.0 / 512);
	/* scipy 1.10.1, stats.binomtest(212, 1000).pvalue */
	assert_true(fabs(codist_mcnemar(212, 788) / 1.778379024408337e-78 - 1) <
		    1e-10);
}

static void equally_many_on_both_sides_tell_nothing(void **state)
{
	(void)state;
	assert_close(codist_mcnemar(0, 0), 1);
	assert_close(codist_mcnemar(7, 7), 1);
	assert_close(codist_mcnemar(0, 1), 1);
	/* 2 (1 + 3) / 2^3 */
	assert_close(codist_mcnemar(1, 2), 1);
}

static void holm(const double *p, size_t n, double *adjusted)
{
	struct codist_error err = { 0 };

	assert_int_equal(codist_holm(p, n, adjusted, &err), CODIST_OK);
}

static void holm_scales_the_least_most_and_keeps_the_order(void **state)
{
	const double p[] = { 0.01, 0.04, 0.03, 0.005 };
	const double equal[] = { 0.5, 0.5 };
	double adjusted[4];

	(void)state;
	/* 4 x 0.005, 3 x 0.01, 2 x 0.03, and 0.04 may not come below that */
	holm(p, 4, adjusted);
	assert_close(adjusted[3], 0.02);
	assert_close(adjusted[0], 0.03);
	assert_close(adjusted[2], 0.06);
	assert_close(adjusted[1], 0.06);
	holm(equal, 2, adjusted);
	assert_close(adjusted[0], 1);
	assert_close(adjusted[1], 1);
	holm(p, 1, adjusted);
	assert_close(adjusted[0], 0.01);
}

static struct codist_difference bootstrap(const unsigned char *first,
					  const unsigned char *second,
					  size_t n, size_t n_resamples,
					  double confidence, uint64_t seed)
{
	struct codist_error err = { 0 };
	struct codist_difference difference;

	if (codist_difference_bootstrap(&difference, first, second, n,
					n_resamples, confidence, seed, &err))
		fail_msg("%s", err.message);
	return difference;
}

static void assert_difference(struct codist_difference found, double difference,
			      double low, double high)
{
	assert_true(found.difference == difference);
	assert_true(found.low == low);
	assert_true(found.high == high);
}

static void a_bootstrap_of_nothing_excludes_nothing(void **state)
{
	(void)state;
	assert_difference(bootstrap(NULL, NULL, 0, 100, 0.95, 1), 0, -1, 1);
}

static void a_bootstrap_of_equal_samples_has_no_width(void **state)
{
	static const unsigned char none[3] = { 0 }, all[] = { 1, 1, 1 };
	static const unsigned char some[] = { 1, 0, 1 };

	(void)state;
	assert_difference(bootstrap(all, none, 1, 100, 0.95, 1), 1, 1, 1);
	assert_difference(bootstrap(none, all, 3, 100, 0.95, 1), -1, -1, -1);
	assert_difference(bootstrap(some, some, 3, 100, 0.95, 1), 0, 0, 0);
}

/*
 * 60 samples that only the first gets, 40 that only the second gets, and 300
 * that both do: the difference is 0.05, its standard deviation that of the mean
 * of 400 such steps, sqrt((0.25 - 0.05^2) / 400) = 0.02487. Within 1.96 of them
 * lie 95 %, from 0.00125 to 0.09875, but for a few 1/400.
 */
static void a_bootstrap_is_as_wide_as_its_standard_deviations(void **state)
{
	unsigned char first[400], second[400];
	struct codist_difference found, again, sixth, seventh;

	(void)state;
	for (size_t i = 0; i < 400; i++) {
		first[i] = i >= 40;
		second[i] = i < 340;
	}
	found = bootstrap(first, second, 400, 20000, 0.95, 5);
	assert_true(found.difference == 0.05);
	assert_true(fabs(found.low - 0.00125) < 0.004);
	assert_true(fabs(found.high - 0.09875) < 0.004);
	again = bootstrap(first, second, 400, 20000, 0.95, 5);
	assert_difference(again, found.difference, found.low, found.high);
	sixth = bootstrap(first, second, 400, 50, 0.95, 6);
	seventh = bootstrap(first, second, 400, 50, 0.95, 7);
	assert_true(sixth.low != seventh.low || sixth.high != seventh.high);
	/* half of the resamples are within 0.674 of them */
	found = bootstrap(first, second, 400, 20000, 0.5, 5);
	assert_true(fabs(found.low - (0.05 - 0.674 * 0.02487)) < 0.004);
	assert_true(fabs(found.high - (0.05 + 0.674 * 0.02487)) < 0.004);
}

/*
 *     sample   1 2 3 4 5 6    right
 *     first    1 1 1 1 1 0    5
 *     second   1 1 0 1 0 0    3
 *     third    1 0 0 0 0 0    1
 *     right    3 2 1 2 1 0
 *
 * Off their mean, 3, by 2, 0, -2: 3 2 (4 + 4) = 48. Below, 3 9 - (9 + 4 + 1 +
 * 4 + 1) = 8. So Q is 6, of which exp(-6/2) is above with 2 degrees of freedom.
 */
static void cochran_is_worked_by_hand(void **state)
{
	static const unsigned char first[] = { 1, 1, 1, 1, 1, 0 };
	static const unsigned char second[] = { 1, 1, 0, 1, 0, 0 };
	static const unsigned char third[] = { 1, 0, 0, 0, 0, 0 };
	const unsigned char *const correct[] = { first, second, third };
	struct codist_test test = codist_cochran(correct, 3, 6);

	(void)state;
	assert_close(test.statistic, 6);
	assert_int_equal(test.freedom[0], 2);
	assert_int_equal(test.freedom[1], 0);
	assert_close(test.p, exp(-3));
}

static void assert_alike(struct codist_test test, size_t freedom)
{
	assert_true(test.statistic == 0);
	assert_int_equal(test.freedom[0], freedom);
	assert_true(test.p == 1);
}

static void classifiers_that_agree_do_not_differ(void **state)
{
	static const unsigned char some[] = { 1, 0, 1 };
	const unsigned char *const correct[] = { some, some, some };

	(void)state;
	assert_alike(codist_cochran(correct, 3, 3), 2);
	assert_alike(codist_cochran(correct, 3, 1), 2);
	assert_alike(codist_cochran(correct, 3, 0), 2);
	assert_alike(codist_cochran(correct, 1, 3), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mcnemar_is_twice_the_smaller_binomial_tail),
		cmocka_unit_test(equally_many_on_both_sides_tell_nothing),
		cmocka_unit_test(holm_scales_the_least_most_and_keeps_the_order),
		cmocka_unit_test(a_bootstrap_of_nothing_excludes_nothing),
		cmocka_unit_test(
			a_bootstrap_of_equal_samples_has_no_width),
		cmocka_unit_test(
			a_bootstrap_is_as_wide_as_its_standard_deviations),
		cmocka_unit_test(cochran_is_worked_by_hand),
		cmocka_unit_test(classifiers_that_agree_do_not_differ),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
