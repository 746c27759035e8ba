/*
 * test_bootstrap.c - the quick ways of src/evaluate beside slow ones
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "evaluate/binomial.h"

#include <codist.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>

#include "draw.h"

/* The weights of a table, as probabilities, beside those of n choose k. */
static void check_table(const struct codist_binomial *table, uint32_t n,
			double yes, double no)
{
	double sum = table->below[table->n - 1], all = 0;

	for (size_t i = 0; i < table->n; i++) {
		double k = (double)table->least + (double)i;
		double logarithm = lgamma(n + 1.0) - lgamma(k + 1) -
				   lgamma(n - k + 1);
		double p;

		if (k > 0)
			logarithm += k * log(yes / (yes + no));
		if (n - k > 0)
			logarithm += (n - k) * log(no / (yes + no));
		p = table->weights[i] / sum;
		if (fabs(p - exp(logarithm)) > 1e-10)
			fail_msg("%u of %u: %.17g, expected %.17g", (unsigned)k,
				 n, p, exp(logarithm));
		all += p;
	}
	assert_true(fabs(all - 1) < 1e-12);
}

static void a_table_that_goes_on_is_one_that_begins_anew(void **state)
{
	(void)state;
	for (size_t i = 0; i < 60; i++) {
		struct codist_binomial table = { 0 };
		uint32_t yes = draw(50), no = draw(50) + (yes == 0);
		uint32_t n = draw(2000);

		for (size_t k = 0; k < 100; k++) {
			assert_true(codist_binomial_set(&table, n, yes, no));
			check_table(&table, n, yes, no);
			n += draw(40);
		}
		codist_binomial_release(&table);
	}
}

static int compare(const void *one, const void *other)
{
	int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;

	return (a > b) - (a < b);
}

/* A table of its own for each resample, and all sums sorted. */
static struct codist_difference slow(struct codist_discordant of,
				     size_t n_resamples, size_t n_out,
				     uint64_t seed)
{
	uint32_t one = (uint32_t)of.n_first_only;
	uint32_t other = (uint32_t)of.n_second_only;
	uint32_t n = (uint32_t)of.n_samples;
	int64_t *sums = calloc(n_resamples, sizeof(*sums));
	struct codist_random random;
	struct codist_difference found;

	codist_random_init(&random, seed, 0, 0);
	for (size_t i = 0; i < n_resamples; i++) {
		struct codist_binomial table = { 0 };

		assert_true(codist_binomial_set(&table, n, one + other,
						n - one - other));
		sums[i] = codist_binomial_draw(&table, &random);
		codist_binomial_release(&table);
	}
	qsort(sums, n_resamples, sizeof(*sums), compare);
	for (size_t i = 0; i < n_resamples && one + other > 0; i++) {
		struct codist_binomial table = { 0 };

		assert_true(codist_binomial_set(&table, (uint32_t)sums[i], one,
						other));
		sums[i] = 2 * (int64_t)codist_binomial_draw(&table, &random) -
			  sums[i];
		codist_binomial_release(&table);
	}
	qsort(sums, n_resamples, sizeof(*sums), compare);
	found.difference = ((double)one - (double)other) / n;
	found.low = (double)sums[n_out] / n;
	found.high = (double)sums[n_resamples - 1 - n_out] / n;
	free(sums);
	return found;
}

static void a_quick_bootstrap_is_a_slow_one(void **state)
{
	(void)state;
	for (size_t i = 0; i < 60; i++) {
		struct codist_discordant of = { .n_samples = 1 + draw(9000) };
		struct codist_difference quick, expected;
		struct codist_error err = { 0 };

		of.n_first_only = draw((unsigned)of.n_samples + 1);
		of.n_second_only = draw((unsigned)(of.n_samples -
						   of.n_first_only) / 3 + 1);
		/* 300 (1 - 0.9) / 2 */
		expected = slow(of, 300, 15, i);
		assert_int_equal(codist_difference_resample(
					 &quick, &of, 300, 0.9, i, &err),
				 CODIST_OK);
		assert_true(quick.difference == expected.difference);
		assert_true(quick.low == expected.low);
		assert_true(quick.high == expected.high);
	}
}

#define CLASSES 4

/* The slope of the loss in 1 / T, by its formula. */
static double slope(const double *scores, const unsigned *truth, size_t n,
		    double temperature)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++) {
		const double *x = scores + CLASSES * i;
		double least = INFINITY, all = 0, mean = 0;

		for (size_t c = 0; c < CLASSES; c++)
			least = fmin(least, x[c]);
		for (size_t c = 0; c < CLASSES; c++) {
			double weight = exp2((least - x[c]) / temperature);

			all += weight;
			mean += weight * (x[c] - least);
		}
		sum += x[truth[i]] - least - mean / all;
	}
	return sum;
}

static void newtons_temperature_is_that_of_halving(void **state)
{
	(void)state;
	for (size_t trial = 0; trial < 50; trial++) {
		double scores[200 * CLASSES], low = 1e-3, high = 1e6, found;
		double spread = pow(10, draw(5));
		unsigned truth[200];
		size_t n = 20 + draw(180);

		for (size_t i = 0; i < n; i++) {
			truth[i] = draw(CLASSES);
			for (size_t c = 0; c < CLASSES; c++)
				scores[CLASSES * i + c] = spread *
					(draw(1000) + (c != truth[i] ? 300u : 0u)) /
					1000;
		}
		found = codist_temperature(scores, truth, n, CLASSES);
		while (high / low > 1 + 1e-14) {
			double middle = sqrt(low * high);

			if (slope(scores, truth, n, middle) > 0)
				low = middle;
			else
				high = middle;
		}
		if (fabs(found / low - 1) > 1e-11)
			fail_msg("%.17g, expected %.17g", found, low);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_table_that_goes_on_is_one_that_begins_anew),
		cmocka_unit_test(a_quick_bootstrap_is_a_slow_one),
		cmocka_unit_test(newtons_temperature_is_that_of_halving),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
