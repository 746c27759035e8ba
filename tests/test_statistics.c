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

static void holm_scales_the_least_most_and_keeps_the_order(void **state)
{
	const double p[] = { 0.01, 0.04, 0.03, 0.005 };
	const double equal[] = { 0.5, 0.5 };
	double adjusted[4];

	(void)state;
	/* 4 x 0.005, 3 x 0.01, 2 x 0.03, and 0.04 may not come below that */
	codist_holm(p, 4, adjusted);
	assert_close(adjusted[3], 0.02);
	assert_close(adjusted[0], 0.03);
	assert_close(adjusted[2], 0.06);
	assert_close(adjusted[1], 0.06);
	codist_holm(equal, 2, adjusted);
	assert_close(adjusted[0], 1);
	assert_close(adjusted[1], 1);
	codist_holm(p, 1, adjusted);
	assert_close(adjusted[0], 0.01);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mcnemar_is_twice_the_smaller_binomial_tail),
		cmocka_unit_test(equally_many_on_both_sides_tell_nothing),
		cmocka_unit_test(holm_scales_the_least_most_and_keeps_the_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
