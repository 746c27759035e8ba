/*
 * test_fold_sorted.c - what goes by the order of scores, worked by hand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fold.h"

#include <math.h>

/*
 *     class 0:  8, 16, 32, 400      class 1:  24, 24, 40      class 2: none
 */
static const double scores[] = { 400, 24, 8, 40, 32, 24, 16 };
static const unsigned class_of[] = { 0, 1, 0, 1, 0, 1, 0 };
static const size_t samples_in[] = { 1, 1, 1, 1, 1, 1, 1 };

static struct folded fold(const char *text, const double *its_scores)
{
	struct codist_row row = {
		.n_references = 7,
		.n_classes = 3,
		.scores = its_scores,
		.class_of = class_of,
		.samples_in = samples_in,
	};

	return fold_text(text, &row);
}

/* (16 + 32) / 2 of four, and 24 of three. */
static void the_median_is_in_the_middle(void **state)
{
	struct folded folded = fold("median", scores);

	(void)state;
	assert_scores(folded, 24, 24, INFINITY);
	assert_int_equal(folded.predicted, 0);
	assert_string_equal(who_may_win(&folded, 3), "01.");
}

static void the_k_smallest_are_averaged(void **state)
{
	(void)state;
	assert_scores(fold("smallest:k=1", scores), 8, 24, INFINITY);
	/* (8 + 16) / 2 and (24 + 24) / 2 */
	assert_scores(fold("smallest:k=2", scores), 12, 24, INFINITY);
	/* (8 + 16 + 32) / 3 and (24 + 24 + 40) / 3; 3 is the default */
	assert_scores(fold("smallest", scores), 56 / 3.0, 88 / 3.0, INFINITY);
	/* 456 / 4, and still three of three */
	assert_scores(fold("smallest:k=4", scores), 114, 88 / 3.0, INFINITY);
	assert_scores(fold("smallest:k=1000000000", scores), 114, 88 / 3.0,
		      INFINITY);
}

static void a_share_is_trimmed_at_both_ends(void **state)
{
	(void)state;
	/* 0.1 of four is none */
	assert_scores(fold("trimmed", scores), 114, 88 / 3.0, INFINITY);
	/* one of four, none of three */
	assert_scores(fold("trimmed:fraction=0.25", scores), 24, 88 / 3.0,
		      INFINITY);
	/* one of four, one of three */
	assert_scores(fold("trimmed:fraction=0.4", scores), 24, 24, INFINITY);
	/* two of four would leave nothing */
	assert_scores(fold("trimmed:fraction=0.5", scores), 24, 24, INFINITY);
}

/* 8 < 24, 16 < 24, 32 < 40; none for 400. And the example that heads vote.c. */
static void each_rank_votes_for_the_least(void **state)
{
	static const double head[] = { 30, 12, 10, 30, 20, 18, 31 };
	static const unsigned its_classes[] = { 0, 1, 0, 1, 0, 1, 1 };
	struct codist_row row = {
		.n_references = 7,
		.n_classes = 3,
		.scores = head,
		.class_of = its_classes,
		.samples_in = samples_in,
	};
	struct folded folded = fold("vote", scores);

	(void)state;
	assert_scores(folded, -1, 0, INFINITY);
	assert_false(signbit(folded.class_scores[1]));
	folded = fold_text("vote", &row);
	assert_scores(folded, -2 / 3.0, -2 / 3.0, INFINITY);
	assert_string_equal(who_may_win(&folded, 3), "01.");
}

/*
 *     class 0:  8, 32, inf, inf      class 1:  24, 24, inf
 */
static void what_is_not_a_number_comes_last(void **state)
{
	static const double bad[] = { NAN, 24, 8, NAN, 32, 24, INFINITY };

	(void)state;
	/* between 32 and infinity there is no middle */
	assert_scores(fold("median", bad), INFINITY, 24, INFINITY);
	assert_scores(fold("smallest:k=2", bad), 20, 24, INFINITY);
	assert_scores(fold("smallest", bad), INFINITY, INFINITY, INFINITY);
	/* an extreme is trimmed, whatever it is, but here are two of it */
	assert_scores(fold("trimmed:fraction=0.4", bad), INFINITY, 24,
		      INFINITY);
	/* one vote each, and none for the third rank */
	assert_scores(fold("vote", bad), -1 / 3.0, -1 / 3.0, INFINITY);
}

/* (-inf + 8 + 32 + inf) / 4 is no number; 8 and 32 are in the middle. */
static void opposite_infinities_are_trimmed(void **state)
{
	static const double both[] = {
		-INFINITY, 24, 8, 40, 32, 24, INFINITY,
	};

	(void)state;
	assert_scores(fold("trimmed", both), INFINITY, 88 / 3.0, INFINITY);
	assert_scores(fold("trimmed:fraction=0.25", both), 20, 88 / 3.0,
		      INFINITY);
	assert_scores(fold("smallest", both), -INFINITY, 88 / 3.0, INFINITY);
	assert_scores(fold("vote", both), -1, 0, INFINITY);
}

static void one_reference_is_what_its_class_has(void **state)
{
	static const char *const texts[] = {
		"median", "smallest", "trimmed", "trimmed:fraction=0.5",
	};
	struct codist_row row = {
		.n_references = 1,
		.n_classes = 3,
		.scores = scores,
		.class_of = class_of + 1,
		.samples_in = samples_in,
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_scores(fold_text(texts[i], &row), INFINITY, 400,
			      INFINITY);
	assert_scores(fold_text("vote", &row), INFINITY, -1, INFINITY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_median_is_in_the_middle),
		cmocka_unit_test(the_k_smallest_are_averaged),
		cmocka_unit_test(a_share_is_trimmed_at_both_ends),
		cmocka_unit_test(each_rank_votes_for_the_least),
		cmocka_unit_test(what_is_not_a_number_comes_last),
		cmocka_unit_test(opposite_infinities_are_trimmed),
		cmocka_unit_test(one_reference_is_what_its_class_has),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
