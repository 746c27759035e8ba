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
 * Binomial numbers are drawn by inversion, from tables made by sums, products
 * and quotients only, which are the same on every machine.
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

/* Of n trials, each with the odds yes : no, how many come out as yes. */
struct binomial {
	uint32_t least;  /* fewer are too improbable to be drawn */
	size_t n;
	double *below;   /* [n], the sum of weights of least..least + i */
	size_t capacity;
};

/* Weights relative to the greatest: less than this never comes up. */
#define NEVER 0x1p-60

/* The weight of k + 1, from that of k; and of k - 1. */
static double step_up(double weight, uint32_t n, uint32_t k, double yes,
		      double no)
{
	return weight * ((double)(n - k) * yes) / ((double)(k + 1) * no);
}

static double step_down(double weight, uint32_t n, uint32_t k, double yes,
			double no)
{
	return weight * ((double)k * no) / ((double)(n - k + 1) * yes);
}

static int has_room(struct binomial *binomial, size_t n)
{
	double *more;

	if (n > binomial->capacity) {
		more = realloc(binomial->below, 2 * n * sizeof(*more));
		if (!more)
			return 0;
		binomial->below = more;
		binomial->capacity = 2 * n;
	}
	binomial->n = n;
	return 1;
}

/* 0 if out of memory. yes + no > 0. */
static int fill(struct binomial *binomial, uint32_t n, uint32_t yes,
		uint32_t no)
{
	double p = (double)yes / ((double)yes + (double)no);
	double mode = (double)n * p, weight = 1;
	uint32_t middle = mode < n ? (uint32_t)mode : n;
	uint32_t least = middle, most = middle;

	/* How far it goes. Where all are yes, or none, that is the mode. */
	while (least > 0 && weight >= NEVER && no > 0)
		weight = step_down(weight, n, least--, yes, no);
	for (weight = 1; most < n && weight >= NEVER && yes > 0; most++)
		weight = step_up(weight, n, most, yes, no);
	if (!has_room(binomial, (size_t)(most - least) + 1))
		return 0;
	binomial->least = least;
	binomial->below[middle - least] = weight = 1;
	for (uint32_t k = middle; k > least; k--)
		binomial->below[k - 1 - least] = weight =
			step_down(weight, n, k, yes, no);
	weight = 1;
	for (uint32_t k = middle; k < most; k++)
		binomial->below[k + 1 - least] = weight =
			step_up(weight, n, k, yes, no);
	for (size_t i = 1; i < binomial->n; i++)
		binomial->below[i] += binomial->below[i - 1];
	return 1;
}

static uint32_t draw(const struct binomial *binomial,
		     struct codist_random *random)
{
	double u = (double)(codist_random_next(random) >> 11) * 0x1p-53 *
		   binomial->below[binomial->n - 1];
	size_t low = 0, high = binomial->n - 1;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (binomial->below[middle] > u)
			high = middle;
		else
			low = middle + 1;
	}
	return binomial->least + (uint32_t)low;
}

static int compare(const void *one, const void *other)
{
	int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;

	return (a > b) - (a < b);
}

/*
 * First how many samples of each resample are of some kind; these sorted, so
 * that a table serves all resamples with the same number. 0: out of memory.
 */
static int resample(const struct discordant *counts, int64_t *sums,
		    size_t n_resamples, struct codist_random *random)
{
	uint32_t one = counts->n_first_only, other = counts->n_second_only;
	struct binomial binomial = { 0 };
	int is_filled = fill(&binomial, counts->n_samples, one + other,
			     counts->n_samples - one - other);

	for (size_t i = 0; is_filled && i < n_resamples; i++)
		sums[i] = draw(&binomial, random);
	qsort(sums, n_resamples, sizeof(*sums), compare);
	for (size_t i = 0; is_filled && one + other > 0 && i < n_resamples;) {
		int64_t n = sums[i];

		is_filled = fill(&binomial, (uint32_t)n, one, other);
		for (; is_filled && i < n_resamples && sums[i] == n; i++)
			sums[i] = 2 * (int64_t)draw(&binomial, random) - n;
	}
	free(binomial.below);
	return is_filled;
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
	if (!resample(&counts, sums, n_resamples, &random)) {
		free(sums);
		return codist_no_memory(err, "resamples");
	}
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
