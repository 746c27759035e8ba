/*
 * bootstrap.c - an interval of the difference of two accuracies
 *
 * A sample adds 1 to the difference if only the first classifier is right, and
 * takes 1 away if only the second is. So it does not matter which samples are
 * drawn, but how many of either kind: of the n drawn, the number of those of
 * some kind is binomial, and of them the number of the first kind is so again.
 * Drawing these two numbers in place of n samples takes time that hardly
 * depends on n.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "evaluate/binomial.h"

#include <codist/statistics.h>

#include <assert.h>
#include <stdlib.h>

/* Keeps (1 - 0.9) / 2 times 1000, a little below 50, from being 49. */
#define ROUNDING 1e-9

/* How often each number was drawn. */
struct drawn {
	int64_t least;
	size_t n;
	size_t *counts; /* [n], of least..least + n - 1 */
};

static int count(struct drawn *drawn, const int64_t *numbers, size_t n)
{
	int64_t least = numbers[0], most = numbers[0];

	for (size_t i = 1; i < n; i++) {
		least = numbers[i] < least ? numbers[i] : least;
		most = numbers[i] > most ? numbers[i] : most;
	}
	drawn->least = least;
	drawn->n = (size_t)(most - least) + 1;
	drawn->counts = calloc(drawn->n, sizeof(*drawn->counts));
	for (size_t i = 0; drawn->counts && i < n; i++)
		drawn->counts[numbers[i] - least]++;
	return drawn->counts != NULL;
}

/* The one that so many are before, in ascending order. */
static int64_t number_at(const struct drawn *drawn, size_t n_before)
{
	size_t i = 0, n = drawn->counts[0];

	while (n <= n_before)
		n += drawn->counts[++i];
	return drawn->least + (int64_t)i;
}

/* Of so many samples each, how many the first has more than the second. */
static int draw_sums(const struct codist_discordant *of,
		     const struct drawn *sizes, int64_t *sums,
		     struct codist_random *random)
{
	uint32_t one = (uint32_t)of->n_first_only;
	uint32_t other = (uint32_t)of->n_second_only;
	struct codist_binomial binomial = { 0 };
	int is_set = 1;
	size_t at = 0;

	/* Ascending, so that each table comes of the one before. */
	for (size_t i = 0; is_set && i < sizes->n; i++) {
		int64_t n = sizes->least + (int64_t)i;

		if (sizes->counts[i] == 0)
			continue;
		is_set = codist_binomial_set(&binomial, (uint32_t)n, one,
					     other);
		for (size_t k = 0; is_set && k < sizes->counts[i]; k++)
			sums[at++] = 2 * (int64_t)codist_binomial_draw(
						 &binomial, random) - n;
	}
	codist_binomial_release(&binomial);
	return is_set;
}

/* How many samples of each resample are of some kind. */
static int draw_sizes(const struct codist_discordant *of, int64_t *sizes,
		      size_t n_resamples, struct codist_random *random)
{
	uint32_t n_of = (uint32_t)(of->n_first_only + of->n_second_only);
	struct codist_binomial binomial = { 0 };
	int is_set = codist_binomial_set(&binomial, (uint32_t)of->n_samples,
					 n_of, (uint32_t)of->n_samples - n_of);

	for (size_t i = 0; is_set && i < n_resamples; i++)
		sizes[i] = codist_binomial_draw(&binomial, random);
	codist_binomial_release(&binomial);
	return is_set;
}

/* 0: out of memory. */
static int resample(const struct codist_discordant *of, int64_t *sums,
		    size_t n_resamples, uint64_t seed)
{
	struct codist_random random;
	struct drawn sizes = { 0 };
	int is_done;

	codist_random_init(&random, seed, 0, 0);
	is_done = draw_sizes(of, sums, n_resamples, &random);
	/* Where no sample is of any kind, all sums are 0 already. */
	if (is_done && of->n_first_only + of->n_second_only > 0)
		is_done = count(&sizes, sums, n_resamples) &&
			  draw_sums(of, &sizes, sums, &random);
	free(sizes.counts);
	return is_done;
}

struct codist_discordant codist_discordant_count(const unsigned char *first,
						 const unsigned char *second,
						 size_t n)
{
	struct codist_discordant counts = { .n_samples = n };

	for (size_t i = 0; i < n; i++) {
		counts.n_first_only += first[i] && !second[i];
		counts.n_second_only += second[i] && !first[i];
	}
	return counts;
}

enum codist_status
codist_difference_resample(struct codist_difference *difference,
			   const struct codist_discordant *of,
			   size_t n_resamples, double confidence,
			   uint64_t seed, struct codist_error *err)
{
	double n = (double)of->n_samples;
	struct drawn drawn = { 0 };
	int64_t *sums;
	size_t n_out;
	int is_done;

	assert(of->n_samples <= UINT32_MAX && n_resamples > 0);
	assert(of->n_first_only <= of->n_samples &&
	       of->n_second_only <= of->n_samples - of->n_first_only);
	assert(confidence > 0 && confidence < 1);
	*difference = (struct codist_difference){ 0, -1, 1 };
	if (of->n_samples == 0)
		return CODIST_OK;
	sums = calloc(n_resamples, sizeof(*sums));
	is_done = sums && resample(of, sums, n_resamples, seed) &&
		  count(&drawn, sums, n_resamples);
	free(sums);
	if (!is_done)
		return codist_no_memory(err, "resamples");
	n_out = (size_t)((double)n_resamples * (1 - confidence) / 2 + ROUNDING);
	if (n_out > (n_resamples - 1) / 2)
		n_out = (n_resamples - 1) / 2;
	difference->difference = ((double)of->n_first_only -
				  (double)of->n_second_only) / n;
	difference->low = (double)number_at(&drawn, n_out) / n;
	difference->high =
		(double)number_at(&drawn, n_resamples - 1 - n_out) / n;
	free(drawn.counts);
	return CODIST_OK;
}

enum codist_status
codist_difference_bootstrap(struct codist_difference *difference,
			    const unsigned char *first,
			    const unsigned char *second, size_t n,
			    size_t n_resamples, double confidence,
			    uint64_t seed, struct codist_error *err)
{
	struct codist_discordant of = codist_discordant_count(first, second,
							      n);

	return codist_difference_resample(difference, &of, n_resamples,
					  confidence, seed, err);
}
