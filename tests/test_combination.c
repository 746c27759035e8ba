/*
 * test_combination.c - several classifiers become one, by hand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <codist.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void weighted_scores_add_up(void **state)
{
	static const double a[] = { 1, 2, 3, 4, 5, 6 };
	static const double b[] = { 10, 20, 30, 0, 0, 8 };
	static const double c[] = { NAN, INFINITY, 7, 7, 7, 7 };
	static const double *const scores[] = { a, b, c };
	static const double weights[] = { 2, 0.5, 0 };
	double combined[6];

	(void)state;
	codist_scores_combine(scores, weights, 3, 2, 3, combined);
	assert_true(combined[0] == 7 && combined[1] == 14);
	assert_true(combined[2] == 21 && combined[3] == 8);
	assert_true(combined[4] == 10 && combined[5] == 16);
}

static void what_is_infinitely_far_for_one_is_for_all(void **state)
{
	static const double a[] = { 1, INFINITY, NAN, -INFINITY, -INFINITY };
	static const double b[] = { 1, 1, 1, 1, INFINITY };
	static const double *const scores[] = { a, b };
	static const double weights[] = { 1, 1 };
	double combined[5];

	(void)state;
	codist_scores_combine(scores, weights, 2, 1, 5, combined);
	assert_true(combined[0] == 2 && combined[1] == INFINITY);
	assert_true(combined[2] == INFINITY && combined[3] == -INFINITY);
	assert_true(combined[4] == INFINITY);
}

/*
 * One member and two classes that differ by 1: right in 3 samples of 4. With
 * the weight w the truth has the probability 1 / (1 + 2^-w) in those, and 3 of
 * 4 make that 3/4 at best: 2^-w = 1/3, so w = log2(3). The log-loss is then
 * the entropy of 3/4, 2 - 3/4 log2(3).
 */
static void a_single_weight_is_the_odds(void **state)
{
	static const double a[] = { 0, 1, 5, 6, 3, 2, 9, 8 };
	static const unsigned truth[] = { 0, 0, 1, 0 };
	static const double *const scores[] = { a };
	struct codist_weights fit;
	double weight;

	(void)state;
	assert_int_equal(codist_weights_fit(&weight, &fit, scores, 1, truth, 4,
					    2, NULL), CODIST_OK);
	assert_int_equal(fit.n_fitted, 4);
	assert_true(fabs(weight - log2(3)) < 1e-9);
	assert_true(fabs(fit.log_loss - (2 - 0.75 * log2(3))) < 1e-12);
	/* With 1 it is log2(3/2) in three, and log2(3) in one. */
	assert_true(fabs(fit.log_loss_equal -
			 (3 * log2(1.5) + log2(3)) / 4) < 1e-12);
	assert_true(fit.gap >= 0 && fit.gap <= 1e-9);
}

/*
 * The same, in units of 1/1000 and behind 1e6; beside one that is right in the
 * second only, and one that makes no difference. The slope of the former's
 * weight is minus the mean of the other class's probability, where it is right,
 * and of minus that: -(-1/4 + 1/4 - 1/4 - 3/4) / 4 = 1/4, so none is best.
 */
static void weights_go_with_units_and_are_not_negative(void **state)
{
	static const double a[] = { 1e6, 1e6 + 1000, 5e6, 5e6 + 1000,
				    3e6, 3e6 - 1000, 9e6, 9e6 - 1000 };
	static const double b[] = { 1, 0, 0, 1, 0, 1, 1, 0 };
	static const double c[] = { 4, 4, 4, 4, 4, 4, 4, 4 };
	static const unsigned truth[] = { 0, 0, 1, 0 };
	static const double *const scores[] = { b, a, c };
	struct codist_weights fit;
	double weights[3];

	(void)state;
	assert_int_equal(codist_weights_fit(weights, &fit, scores, 3, truth, 4,
					    2, NULL), CODIST_OK);
	assert_true(weights[0] == 0);
	assert_true(fabs(weights[1] - log2(3) / 1000) < 1e-12);
	assert_true(weights[2] == 0);
	assert_true(fabs(fit.log_loss - (2 - 0.75 * log2(3))) < 1e-12);
}

/*
 * Of 8 samples the first is wrong in two, the second in two others. By symmetry
 * weights are equal; four samples have 2w for the truth, four have 0. Only the
 * former depend on w, and their log-loss goes to 0; the others have a bit each.
 */
static void what_can_grow_without_end_does_not(void **state)
{
	static const double a[] = { 1, 0, 1, 0, 0, 1, 0, 1,
				    0, 1, 0, 1, 0, 1, 0, 1 };
	static const double b[] = { 0, 1, 0, 1, 1, 0, 1, 0,
				    0, 1, 0, 1, 0, 1, 0, 1 };
	static const unsigned truth[8] = { 0 };
	static const double *const scores[] = { a, b };
	struct codist_weights fit;
	double weights[2];

	(void)state;
	assert_int_equal(codist_weights_fit(weights, &fit, scores, 2, truth, 8,
					    2, NULL), CODIST_OK);
	assert_true(fabs(weights[0] - weights[1]) < 1e-6);
	assert_true(weights[0] > 10 && weights[0] <= 2048);
	assert_true(fabs(fit.log_loss - 0.5) < 1e-9);
	assert_true(fit.gap <= 1e-9);
}

/* The second sample's truth is infinitely far; its others are right or not. */
static void samples_with_an_impossible_truth_are_left_out(void **state)
{
	static const double a[] = { 0, 1, 9, INFINITY, 0, 1, 5, 6, 3, 2,
				    9, 8 };
	static const unsigned truth[] = { 0, 1, 0, 0, 1, 0 };
	static const double *const scores[] = { a };
	struct codist_weights fit;
	double weight;

	(void)state;
	assert_int_equal(codist_weights_fit(&weight, &fit, scores, 1, truth, 6,
					    2, NULL), CODIST_OK);
	assert_int_equal(fit.n_fitted, 5);
	/* 4 of 5 are right: the odds are 4. */
	assert_true(fabs(weight - 2) < 1e-9);
}

static void without_samples_weights_are_equal(void **state)
{
	static const double *const scores[] = { NULL, NULL };
	struct codist_weights fit;
	double weights[2];

	(void)state;
	assert_int_equal(codist_weights_fit(weights, &fit, scores, 2, NULL, 0,
					    3, NULL), CODIST_OK);
	assert_true(weights[0] == 1 && weights[1] == 1);
	assert_true(fit.n_fitted == 0 && fit.log_loss == 0);
}

static double draw(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (double)(*state >> 11) * 0x1p-53;
}

static double log_loss(const double *const *scores, const double *weights,
		       size_t n_members, const unsigned *truth, size_t n,
		       size_t n_classes)
{
	double *combined = malloc(n * n_classes * sizeof(double));
	double mean;

	codist_scores_combine(scores, weights, n_members, n, n_classes,
			      combined);
	mean = codist_log_loss_of(combined, n_classes, truth, n, n_classes,
				  1).mean;
	free(combined);
	return mean;
}

/* Members that say the same, or little, are among them. */
static void no_equal_weights_nor_member_alone_is_better(void **state)
{
	enum { MEMBERS = 4, N = 60, CLASSES = 3 };
	uint64_t random = 1;

	(void)state;
	for (size_t turn = 0; turn < 200; turn++) {
		static double all[MEMBERS][N * CLASSES];
		const double *scores[MEMBERS];
		unsigned truth[N];
		double weights[MEMBERS];
		struct codist_weights fit;
		size_t n_members = 1 + turn % MEMBERS;
		double unit = exp2(floor(draw(&random) * 20) - 10), found;

		for (size_t i = 0; i < N; i++)
			truth[i] = (unsigned)(draw(&random) * CLASSES);
		for (size_t m = 0; m < MEMBERS; m++) {
			double skill = draw(&random) - 0.2;

			scores[m] = all[m];
			for (size_t i = 0; i < N * CLASSES; i++)
				all[m][i] = turn % 5 == 1 && m > 0 ?
					all[0][i] * (double)m :
					unit * (100 + draw(&random) -
						skill * (i % CLASSES ==
							 truth[i / CLASSES]));
		}
		assert_int_equal(codist_weights_fit(weights, &fit, scores,
						    n_members, truth, N,
						    CLASSES, NULL), CODIST_OK);
		found = log_loss(scores, weights, n_members, truth, N,
				 CLASSES);
		assert_true(fabs(found - fit.log_loss) <= 1e-9);
		for (size_t m = 0; m <= n_members; m++) {
			double other[MEMBERS];

			for (size_t k = 0; k < n_members; k++)
				other[k] = m == n_members || k == m;
			assert_true(fit.log_loss <=
				    log_loss(scores, other, n_members, truth,
					     N, CLASSES) + 1e-12);
		}
		assert_true(fit.gap >= 0 && fit.gap <= 1e-9);
	}
}

static void the_ladder_goes_up_by_halves_of_octaves(void **state)
{
	(void)state;
	assert_true(codist_ladder(0) == 0.0625 && codist_ladder(8) == 1);
	assert_true(codist_ladder(CODIST_LADDER - 1) == 4096);
	for (size_t i = 1; i < CODIST_LADDER; i++)
		assert_true(fabs(codist_ladder(i) / codist_ladder(i - 1) -
				 sqrt(2)) < 1e-15);
}

/* Of three samples the truth has 2/3, 1/3, and none. Two strides apart. */
static void log_loss_leaves_out_what_is_infinite(void **state)
{
	static const double scores[] = { 0, 1, 99, 99, 3, 4, 99, 99,
					 0, INFINITY, 99, 99 };
	static const unsigned truth[] = { 0, 1, 1 };
	struct codist_log_loss loss = codist_log_loss_of(scores, 4, truth, 3,
							 2, 1);

	(void)state;
	assert_int_equal(loss.n, 2);
	assert_true(fabs(loss.mean - (log2(1.5) + log2(3)) / 2) < 1e-15);
	assert_int_equal(codist_log_loss_of(scores, 4, truth, 0, 2, 1).n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(weighted_scores_add_up),
		cmocka_unit_test(what_is_infinitely_far_for_one_is_for_all),
		cmocka_unit_test(a_single_weight_is_the_odds),
		cmocka_unit_test(weights_go_with_units_and_are_not_negative),
		cmocka_unit_test(what_can_grow_without_end_does_not),
		cmocka_unit_test(samples_with_an_impossible_truth_are_left_out),
		cmocka_unit_test(without_samples_weights_are_equal),
		cmocka_unit_test(no_equal_weights_nor_member_alone_is_better),
		cmocka_unit_test(the_ladder_goes_up_by_halves_of_octaves),
		cmocka_unit_test(log_loss_leaves_out_what_is_infinite),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
