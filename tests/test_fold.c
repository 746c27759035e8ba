/*
 * test_fold.c - mean, min and nearest-mean by hand, and who wins
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fold.h"

#include <math.h>

/*
 *     class 0: 80 and 96      class 1: 72, 88 and 104    class 2: none
 *     sum      176            264
 *     mean     88             88
 *     smallest 80             72
 */
static const double scores[] = { 80, 72, 88, 96, 104 };
static const unsigned class_of[] = { 0, 1, 1, 0, 1 };
static const size_t samples_in[] = { 1, 2, 1, 1, 1 };
static const double values[] = { 7, 5, 2, 3, 2 };

static struct codist_row row_of(const double *its_scores)
{
	return (struct codist_row){
		.n_references = 5,
		.n_classes = 3,
		.scores = its_scores,
		.class_of = class_of,
		.samples_in = samples_in,
		.granularity = 8,
		.reference_values = values,
		.query_value = 3,
	};
}

static void the_mean_counts_every_reference_once(void **state)
{
	struct codist_row row = row_of(scores);
	struct folded folded = fold_text("mean", &row);

	(void)state;
	assert_scores(folded, 88, 88, INFINITY);
}

static void the_minimum_is_that_of_the_class(void **state)
{
	struct codist_row row = row_of(scores);
	struct folded folded = fold_text("min", &row);

	(void)state;
	assert_scores(folded, 80, 72, INFINITY);
	assert_int_equal(folded.predicted, 1);
	assert_string_equal(who_may_win(&folded, 3), ".1.");
}

static void of_equal_scores_the_smallest_label_wins(void **state)
{
	struct codist_row row = row_of(scores);
	struct folded folded = fold_text("mean", &row);

	(void)state;
	assert_int_equal(folded.predicted, 0);
	assert_string_equal(who_may_win(&folded, 3), "01.");
}

/*
 * Class 0: (7 + 3) / (1 + 1) = 5, and |5 - 3| = 2. Class 1: 5 is the value of
 * two samples joined, so (5 + 2 + 2) / (2 + 1 + 1) = 2.25, and 0.75.
 */
static void a_mean_value_is_that_of_all_samples(void **state)
{
	struct codist_row row = row_of(scores);
	struct folded folded = fold_text("nearest-mean", &row);

	(void)state;
	assert_scores(folded, 2, 0.75, INFINITY);
	assert_int_equal(folded.predicted, 1);
}

/* Means of 5/3 and 7/3 are both 1/3 from 2, which no double can say. */
static void classes_just_as_near_tie(void **state)
{
	static const double sums[] = { 7, 5, 9 };
	static const unsigned classes[] = { 0, 1, 2 };
	static const size_t samples[] = { 3, 3, 3 };
	struct codist_row row = {
		.n_references = 3,
		.n_classes = 3,
		.scores = sums,
		.class_of = classes,
		.samples_in = samples,
		.reference_values = sums,
		.query_value = 2,
	};
	struct folded folded = fold_text("nearest-mean", &row);

	(void)state;
	assert_scores(folded, 1.0 / 3, 1.0 / 3, 1);
	assert_string_equal(who_may_win(&folded, 3), "01.");
}

static void what_is_not_a_number_is_infinitely_far(void **state)
{
	static const double bad[] = { NAN, 72, NAN, NAN, 104 };
	struct codist_row row = row_of(bad);
	struct folded mean = fold_text("mean", &row);
	struct folded min = fold_text("min", &row);

	(void)state;
	assert_scores(mean, INFINITY, INFINITY, INFINITY);
	assert_int_equal(mean.predicted, 0);
	assert_string_equal(who_may_win(&mean, 3), "012");
	assert_scores(min, INFINITY, 72, INFINITY);
	assert_int_equal(min.predicted, 1);
	row.query_value = NAN;
	mean = fold_text("nearest-mean", &row);
	assert_scores(mean, INFINITY, INFINITY, INFINITY);
}

/* -inf + inf is not a number. */
static void opposite_infinities_cancel_to_infinity(void **state)
{
	static const double both[] = { -INFINITY, 72, 88, INFINITY, 104 };
	struct codist_row row = row_of(both);
	struct folded folded = fold_text("mean", &row);

	(void)state;
	assert_scores(folded, INFINITY, 88, INFINITY);
	assert_int_equal(folded.predicted, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_mean_counts_every_reference_once),
		cmocka_unit_test(the_minimum_is_that_of_the_class),
		cmocka_unit_test(of_equal_scores_the_smallest_label_wins),
		cmocka_unit_test(a_mean_value_is_that_of_all_samples),
		cmocka_unit_test(classes_just_as_near_tie),
		cmocka_unit_test(what_is_not_a_number_is_infinitely_far),
		cmocka_unit_test(opposite_infinities_cancel_to_infinity),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
