/*
 * bootstrap.c - an interval of the difference of two accuracies
 *
 * A sample adds 1 to the difference if only the first classifier is right, and
 * takes 1 away if only the second is. So it does not matter which samples are
 * drawn, but how many of either kind: samples are numbered with those of the
 * first kind at the front, and those of the second behind them. All is done in
 * whole numbers, which are the same on every machine.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/random.h"

#include <codist/statistics.h>

#include <assert.h>
#include <stdlib.h>

/* Keeps (1 - 0.9) / 2 times 1000, a little below 50, from being 49. */
#define ROUNDING 1e-9

struct discordant {
	uint32_t n_samples, n_first_only, n_second_only;
};

static struct discordant count(const unsigned char *first,
			       const unsigned char *second, size_t n)
{
	struct discordant counts = { .n_samples = (uint32_t)n };

	for (size_t i = 0; i < n; i++) {
		counts.n_first_only += first[i] && !second[i];
		counts.n_second_only += second[i] && !first[i];
	}
	return counts;
}

static int64_t resample(const struct discordant *counts,
			struct codist_random *random)
{
	uint32_t front = counts->n_first_only;
	uint32_t behind = front + counts->n_second_only;
	int64_t sum = 0;

	for (uint32_t i = 0; i < counts->n_samples; i++) {
		uint32_t drawn = codist_random_below(random, counts->n_samples);

		sum += (drawn < front) - (drawn >= front && drawn < behind);
	}
	return sum;
}

static int compare(const void *one, const void *other)
{
	int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;

	return (a > b) - (a < b);
}

enum codist_status
codist_difference_bootstrap(struct codist_difference *difference,
			    const unsigned char *first,
			    const unsigned char *second, size_t n,
			    size_t n_resamples, double confidence,
			    uint64_t seed, struct codist_error *err)
{
	struct discordant counts;
	struct codist_random random;
	int64_t *sums;
	size_t n_out;

	assert(n <= UINT32_MAX && n_resamples > 0);
	assert(confidence > 0 && confidence < 1);
	*difference = (struct codist_difference){ 0, -1, 1 };
	if (n == 0)
		return CODIST_OK;
	sums = calloc(n_resamples, sizeof(*sums));
	if (!sums)
		return codist_no_memory(err, "resamples");
	counts = count(first, second, n);
	codist_random_init(&random, seed, 0, 0);
	for (size_t i = 0; i < n_resamples; i++)
		sums[i] = resample(&counts, &random);
	qsort(sums, n_resamples, sizeof(*sums), compare);
	n_out = (size_t)((double)n_resamples * (1 - confidence) / 2 + ROUNDING);
	if (n_out > (n_resamples - 1) / 2)
		n_out = (n_resamples - 1) / 2;
	difference->difference = ((double)counts.n_first_only -
				  (double)counts.n_second_only) / (double)n;
	difference->low = (double)sums[n_out] / (double)n;
	difference->high = (double)sums[n_resamples - 1 - n_out] / (double)n;
	free(sums);
	return CODIST_OK;
}
