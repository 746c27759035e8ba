/*
 * test_logsumexp.c - the mean probability, by hand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fold.h"

#include <math.h>

static const unsigned class_of[] = { 0, 0, 1, 1, 1, 1 };
static const size_t samples_in[] = { 1, 1, 1, 1, 1, 1 };

static struct folded fold(const char *text, const double *scores)
{
	struct codist_row row = {
		.n_references = 6,
		.n_classes = 3,
		.scores = scores,
		.class_of = class_of,
		.samples_in = samples_in,
		.granularity = 8,
	};

	return fold_text(text, &row);
}

/*
 * In bytes: class 0 has 3 and 4, so 2^-3 + 2^-4 = 3/16, of two 3/32. Class 1
 * has 2, 2, 3, 3: 1/4 + 1/4 + 1/8 + 1/8 = 3/4, of four 3/16.
 */
static void probabilities_are_averaged(void **state)
{
	static const double scores[] = { 24, 32, 16, 16, 24, 24 };
	struct folded folded = fold("logsumexp", scores);

	(void)state;
	assert_true(fabs(folded.class_scores[0] - log(32.0 / 3)) < 1e-15);
	assert_true(fabs(folded.class_scores[1] - log(16.0 / 3)) < 1e-15);
	assert_true(folded.class_scores[2] == INFINITY);
	assert_int_equal(folded.predicted, 1);
}

/* Base 3 and bits: 3^-1 + 3^-2 = 4/9, of two 2/9; the other 4 * 3^-3 / 4. */
static void base_and_unit_are_options(void **state)
{
	static const double scores[] = { 1, 2, 3, 3, 3, 3 };
	struct folded folded = fold("logsumexp:base=3,unit=bit", scores);

	(void)state;
	assert_true(fabs(folded.class_scores[0] - log(4.5)) < 1e-15);
	assert_true(fabs(folded.class_scores[1] - 3 * log(3)) < 1e-15);
}

/*
 * By the temperature 3 the 3 and 6 bytes of class 0 are 1 and 2: 2^-1 + 2^-2 =
 * 3/4, of two 3/8; those of class 1 are twice 2 and 3, 3/4 of four, 3/16. By 6
 * class 0 has 1/2 and 1: the mean of 2^-1/2 and 2^-1.
 */
static void a_temperature_divides_lengths(void **state)
{
	static const double scores[] = { 24, 48, 48, 48, 72, 72 };
	struct folded folded = fold("logsumexp:temperature=3", scores);

	(void)state;
	assert_true(fabs(folded.class_scores[0] - log(8.0 / 3)) < 1e-15);
	assert_true(fabs(folded.class_scores[1] - log(16.0 / 3)) < 1e-15);
	folded = fold("logsumexp:temperature=6", scores);
	assert_true(fabs(folded.class_scores[0] +
			 log((sqrt(0.5) + 0.5) / 2)) < 1e-15);
}

/* Class 0 has the smallest, 1 byte, and class 1 the smaller mean, 2 to 3. */
static void temperatures_go_from_the_smallest_to_the_mean(void **state)
{
	static const double scores[] = { 8, 40, 16, 16, 16, 16 };

	(void)state;
	assert_int_equal(fold("logsumexp:temperature=0.01", scores).predicted,
			 0);
	assert_int_equal(fold("logsumexp:temperature=1000", scores).predicted,
			 1);
}

/* 2^-800000 is 0 in any double, and the difference of a byte still tells. */
static void long_samples_do_not_underflow(void **state)
{
	static const double scores[] = {
		6400008, 6400008, 6400000, 6400008, 6400008, 6400008,
	};
	struct folded folded = fold("logsumexp", scores);

	(void)state;
	assert_true(folded.class_scores[0] == 800001 * log(2));
	assert_true(folded.class_scores[1] < folded.class_scores[0]);
	assert_int_equal(folded.predicted, 1);
}

/* Class 0: (1/2 + 1/4) / 2 = 3/8. Class 1: (1/2 + 1/2 + 1/4 + 1/4) / 4. */
static void equal_means_tie_whatever_the_number_of_references(void **state)
{
	static const double scores[] = { 8, 16, 16, 8, 16, 8 };
	struct folded folded = fold("logsumexp", scores);

	(void)state;
	assert_true(folded.class_scores[0] == folded.class_scores[1]);
	assert_string_equal(who_may_win(&folded, 3), "01.");
}

/* 2^-inf is nothing: 2^-3 of two references is 2^-4. */
static void an_infinite_length_has_no_probability(void **state)
{
	static const double one[] = { 24, NAN, 32, INFINITY, INFINITY, NAN };
	static const double all[] = { NAN, INFINITY, 32, 32, 32, 32 };
	struct folded folded = fold("logsumexp", one);

	(void)state;
	assert_true(fabs(folded.class_scores[0] - 4 * log(2)) < 1e-15);
	assert_true(fabs(folded.class_scores[1] - 6 * log(2)) < 1e-15);
	folded = fold("logsumexp", all);
	assert_scores(folded, INFINITY, 4 * log(2), INFINITY);
}

/*
 * As in probabilities_are_averaged; and class 0 has 3 + 4 = 7 samples of 21,
 * class 1 has 2 * (4 + 3) = 14: (3/32) (1/3) = 1/32, and (3/16) (2/3) = 1/8.
 */
static void samples_can_be_a_prior(void **state)
{
	static const double scores[] = { 24, 32, 16, 16, 24, 24 };
	static const size_t samples[] = { 3, 4, 4, 3, 4, 3 };
	struct codist_row row = {
		.n_references = 6,
		.n_classes = 3,
		.scores = scores,
		.class_of = class_of,
		.samples_in = samples,
		.granularity = 8,
	};
	struct folded folded = fold_text("logsumexp:prior=samples", &row);

	(void)state;
	assert_true(fabs(folded.class_scores[0] - log(32)) < 1e-15);
	assert_true(fabs(folded.class_scores[1] - log(8)) < 1e-15);
	assert_true(folded.class_scores[2] == INFINITY);
	folded = fold_text("logsumexp:prior=none", &row);
	assert_true(fabs(folded.class_scores[0] - log(32.0 / 3)) < 1e-15);
}

/* Nearer by a bit is 2 to 1, and 3 samples to 1 outweigh it. */
static void a_prior_outweighs_a_length(void **state)
{
	static const double scores[] = { 7, 8 };
	static const unsigned classes[] = { 0, 1 };
	static const size_t samples[] = { 1, 3 };
	struct codist_row row = {
		.n_references = 2,
		.n_classes = 2,
		.scores = scores,
		.class_of = classes,
		.samples_in = samples,
		.granularity = 1,
	};

	(void)state;
	assert_int_equal(fold_text("logsumexp:unit=bit", &row).predicted, 0);
	assert_int_equal(fold_text("logsumexp:unit=bit,prior=samples", &row)
				 .predicted, 1);
}

static void a_base_of_one_is_refused(void **state)
{
	struct codist_error err = { 0 };
	struct codist_spec spec;

	(void)state;
	assert_int_equal(codist_spec_init(&spec, &codist_aggregators,
					  "logsumexp:base=1", &err),
			 CODIST_EUSAGE);
	assert_string_equal(err.message, "aggregator logsumexp: base=1, "
					 "expected more than 1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(probabilities_are_averaged),
		cmocka_unit_test(base_and_unit_are_options),
		cmocka_unit_test(a_temperature_divides_lengths),
		cmocka_unit_test(
			temperatures_go_from_the_smallest_to_the_mean),
		cmocka_unit_test(long_samples_do_not_underflow),
		cmocka_unit_test(
			equal_means_tie_whatever_the_number_of_references),
		cmocka_unit_test(an_infinite_length_has_no_probability),
		cmocka_unit_test(samples_can_be_a_prior),
		cmocka_unit_test(a_prior_outweighs_a_length),
		cmocka_unit_test(a_base_of_one_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
