/*
 * test_calibration.c - scores as code lengths, worked by hand
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

static void assert_near(double found, double expected)
{
	if (!(fabs(found - expected) <= 1e-14))
		fail_msg("%.17g, expected %.17g", found, expected);
}

#define assert_probabilities(scores, temperature, ...)                       \
	do {                                                                 \
		const double expected_[] = { __VA_ARGS__ };                  \
		double found_[3];                                            \
		codist_probabilities(scores, 3, temperature, found_);        \
		for (size_t c_ = 0; c_ < 3; c_++)                            \
			assert_near(found_[c_], expected_[c_]);              \
	} while (0)

static void a_bit_more_is_half_as_probable(void **state)
{
	static const double scores[] = { 10000, 10001, 10002 };
	static const double logarithms[] = { 0, 0.69314718055994531, INFINITY };

	(void)state;
	/* 4 : 2 : 1; of bytes, 8 bits each; at 2, 1 : 1/sqrt(2) : 1/2 */
	assert_probabilities(scores, 1, 4.0 / 7, 2.0 / 7, 1.0 / 7);
	assert_probabilities(scores, 0.125, 65536 / 65793.0, 256 / 65793.0,
			     1 / 65793.0);
	assert_probabilities(scores, 2, 1 / (1.5 + sqrt(0.5)),
			     sqrt(0.5) / (1.5 + sqrt(0.5)),
			     0.5 / (1.5 + sqrt(0.5)));
	/* 1 : e^-ln 2 */
	assert_probabilities(logarithms, log(2), 2.0 / 3, 1.0 / 3, 0);
}

static void the_ends_of_temperature_are_their_limits(void **state)
{
	static const double scores[] = { 2, 1, INFINITY };
	static const double tied[] = { 1, 2, 1 };

	(void)state;
	assert_probabilities(scores, INFINITY, 0.5, 0.5, 0);
	assert_probabilities(scores, 0, 0, 1, 0);
	assert_probabilities(tied, 0, 0.5, 0, 0.5);
}

static void infinities_are_probabilities_of_0_unless_all_are(void **state)
{
	static const double one[] = { INFINITY, 5, NAN };
	static const double all[] = { INFINITY, NAN, INFINITY };
	static const double below[] = { -INFINITY, 5, -INFINITY };

	(void)state;
	assert_probabilities(one, 1, 0, 1, 0);
	assert_probabilities(all, 1, 1.0 / 3, 1.0 / 3, 1.0 / 3);
	assert_probabilities(all, 0, 1.0 / 3, 1.0 / 3, 1.0 / 3);
	assert_probabilities(all, INFINITY, 1.0 / 3, 1.0 / 3, 1.0 / 3);
	assert_probabilities(below, 1, 0.5, 0, 0.5);
}

static struct codist_calibration
calibrate(const double *scores, const unsigned *truth, size_t n_samples,
	  size_t n_classes, double temperature, size_t n_bins)
{
	struct codist_error err = { 0 };
	struct codist_calibration calibration;

	if (codist_calibration_init(&calibration, scores, truth, n_samples,
				    n_classes, temperature, n_bins, &err))
		fail_msg("%s", err.message);
	return calibration;
}

/*
 *     probabilities  truth   bits      Brier            confidence   bin of 4
 *     4/5 1/5        0       log2 5/4  1/25 + 1/25      4/5  right   3
 *     1/5 4/5        0       log2 5    16/25 + 16/25    4/5  wrong   3
 *     1/2 1/2        1       1         1/4 + 1/4        1/2  wrong   1
 *     2/3 1/3        0       log2 3/2  1/9 + 1/9        2/3  right   2
 */
static void numbers_are_those_worked_by_hand(void **state)
{
	static const double scores[] = { 1, 3, 8, 6, 4, 4, 0, 1 };
	static const unsigned truth[] = { 0, 0, 1, 0 };
	struct codist_calibration found = calibrate(scores, truth, 4, 2, 1, 4);

	(void)state;
	assert_int_equal(found.n_samples, 4);
	assert_int_equal(found.n_impossible, 0);
	assert_near(found.accuracy, 0.5);
	assert_near(found.confidence, (1.6 + 0.5 + 2 / 3.0) / 4);
	assert_near(found.log_loss,
		    (log2(1.25) + log2(5) + 1 + log2(1.5)) / 4);
	assert_near(found.brier, (2 / 25.0 + 32 / 25.0 + 0.5 + 2 / 9.0) / 4);
	/* 2 |1/2 - 4/5|, |0 - 1/2|, |1 - 2/3| */
	assert_near(found.ece, (0.6 + 0.5 + 1 / 3.0) / 4);
	assert_int_equal(found.n_bins, 4);
	assert_int_equal(found.bins[0].n_samples, 0);
	assert_near(found.bins[0].confidence, 0);
	assert_near(found.bins[0].accuracy, 0);
	assert_int_equal(found.bins[1].n_samples, 1);
	assert_near(found.bins[1].confidence, 0.5);
	assert_near(found.bins[1].accuracy, 0);
	assert_int_equal(found.bins[2].n_samples, 1);
	assert_near(found.bins[2].accuracy, 1);
	assert_int_equal(found.bins[3].n_samples, 2);
	assert_near(found.bins[3].confidence, 0.8);
	assert_near(found.bins[3].accuracy, 0.5);
	codist_calibration_release(&found);
}

/* 1/2 is 1/2 of 2 bins, 1 is 7/7: the upper ends belong to the bins. */
static void a_bin_has_its_upper_end(void **state)
{
	static const double scores[] = { 0, 0, 0, INFINITY };
	static const unsigned truth[] = { 0, 0 };
	struct codist_calibration found = calibrate(scores, truth, 2, 2, 1, 2);

	(void)state;
	assert_int_equal(found.bins[0].n_samples, 1);
	assert_int_equal(found.bins[1].n_samples, 1);
	codist_calibration_release(&found);
	found = calibrate(scores, truth, 2, 2, 1, 7);
	assert_int_equal(found.bins[3].n_samples, 1);
	assert_int_equal(found.bins[6].n_samples, 1);
	codist_calibration_release(&found);
}

static void an_impossible_truth_is_an_infinite_loss(void **state)
{
	static const double scores[] = { INFINITY, 5, 5, 6 };
	static const unsigned truth[] = { 0, 0 };
	struct codist_calibration found = calibrate(scores, truth, 2, 2, 1, 1);

	(void)state;
	assert_int_equal(found.n_impossible, 1);
	assert_true(found.log_loss == INFINITY);
	/* (1 + 1 + 1/9 + 1/9) / 2, |1/2 - (1 + 2/3) / 2| */
	assert_near(found.brier, 10 / 9.0);
	assert_near(found.ece, 1 / 3.0);
	codist_calibration_release(&found);
	/* at 0, a bit more is impossible, too */
	found = calibrate(scores + 2, truth + 1, 1, 2, 0, 1);
	assert_int_equal(found.n_impossible, 0);
	assert_true(found.log_loss == 0);
	codist_calibration_release(&found);
	found = calibrate(scores + 2, (const unsigned[]){ 1 }, 1, 2, 0, 1);
	assert_int_equal(found.n_impossible, 1);
	assert_true(found.log_loss == INFINITY);
	codist_calibration_release(&found);
}

/* 2^-100000 is 0 in any double, and still 100000 bits. */
static void a_loss_does_not_overflow(void **state)
{
	static const double scores[] = { 300000, 100000 };
	static const unsigned truth[] = { 0 };
	struct codist_calibration found = calibrate(scores, truth, 1, 2, 2, 1);

	(void)state;
	assert_int_equal(found.n_impossible, 0);
	assert_true(found.log_loss == 100000);
	codist_calibration_release(&found);
}

static void of_no_samples_nothing_is_known(void **state)
{
	struct codist_calibration found = calibrate(NULL, NULL, 0, 2, 1, 3);

	(void)state;
	assert_true(found.log_loss == 0 && found.brier == 0 && found.ece == 0);
	assert_int_equal(found.bins[2].n_samples, 0);
	codist_calibration_release(&found);
	assert_true(codist_temperature(NULL, NULL, 0, 2) == 1);
}

static void of_one_class_all_is_known(void **state)
{
	static const double scores[] = { 7, NAN };
	static const unsigned truth[] = { 0, 0 };
	struct codist_calibration found = calibrate(scores, truth, 2, 1, 1, 3);

	(void)state;
	assert_true(found.log_loss == 0 && found.brier == 0 && found.ece == 0);
	assert_true(found.accuracy == 1);
	codist_calibration_release(&found);
	assert_true(codist_temperature(scores, truth, 2, 1) == 1);
}

/*
 * The nearer of two classes, by d, is right three times of four, and so should
 * have the probability 3/4, the odds 3: 2^(d / T) = 3, T = d / log2 3.
 */
static void the_best_temperature_gives_the_share_that_is_right(void **state)
{
	static const double scores[] = { 50, 80, 80, 50, 50, 80, 50, 80 };
	static const unsigned truth[] = { 0, 1, 0, 1 };
	double t = codist_temperature(scores, truth, 4, 2);

	(void)state;
	assert_near(t / (30 / log2(3)), 1);
}

/* Scores that a double barely holds; the same in another unit. */
static void a_temperature_goes_with_the_unit(void **state)
{
	static const double units[] = { 1e-290, 1e-9, 1e9, 1e290 };
	static const unsigned truth[] = { 0, 1, 0, 1 };

	(void)state;
	for (size_t u = 0; u < 4; u++) {
		double scores[] = { 0, 3, 3, 0, 0, 3, 0, 3 };

		for (size_t i = 0; i < 8; i++)
			scores[i] *= units[u];
		assert_near(codist_temperature(scores, truth, 4, 2) /
				    (3 * units[u] / log2(3)),
			    1);
	}
}

static void the_best_temperature_may_be_at_an_end(void **state)
{
	static const double scores[] = { 1, 2, 2, 1 };
	static const unsigned right[] = { 0, 1 }, wrong[] = { 1, 0 };
	static const unsigned even[] = { 0, 0 };
	static const double equal[] = { 3, 3, 5, 5 };

	(void)state;
	assert_true(codist_temperature(scores, right, 2, 2) == 0);
	assert_true(codist_temperature(scores, wrong, 2, 2) == INFINITY);
	assert_true(codist_temperature(scores, even, 2, 2) == INFINITY);
	assert_true(codist_temperature(equal, even, 2, 2) == 1);
}

static void what_is_impossible_has_no_say_in_the_temperature(void **state)
{
	static const double scores[] = { 50, 80, 80, 50, 50, 80, 50, 80,
					 INFINITY, 80, 50, INFINITY };
	static const unsigned truth[] = { 0, 1, 0, 1, 0, 0 };
	static const double all[] = { INFINITY, 1 };

	(void)state;
	assert_near(codist_temperature(scores, truth, 6, 2) / (30 / log2(3)),
		    1);
	assert_true(codist_temperature(all, truth, 1, 2) == 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_bit_more_is_half_as_probable),
		cmocka_unit_test(the_ends_of_temperature_are_their_limits),
		cmocka_unit_test(
			infinities_are_probabilities_of_0_unless_all_are),
		cmocka_unit_test(numbers_are_those_worked_by_hand),
		cmocka_unit_test(a_bin_has_its_upper_end),
		cmocka_unit_test(an_impossible_truth_is_an_infinite_loss),
		cmocka_unit_test(a_loss_does_not_overflow),
		cmocka_unit_test(of_no_samples_nothing_is_known),
		cmocka_unit_test(of_one_class_all_is_known),
		cmocka_unit_test(
			the_best_temperature_gives_the_share_that_is_right),
		cmocka_unit_test(a_temperature_goes_with_the_unit),
		cmocka_unit_test(the_best_temperature_may_be_at_an_end),
		cmocka_unit_test(
			what_is_impossible_has_no_say_in_the_temperature),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
