/*
 * binomial.c - binomial numbers, drawn by inversion
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "evaluate/binomial.h"

#include <stdlib.h>

/* Weights relative to the greatest: less than this never comes up. */
#define NEVER 0x1p-60

/* From so many trials less it is quicker to add them than to begin anew. */
#define FEW_TRIALS 32

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

static int has_room(struct codist_binomial *binomial, size_t n)
{
	double **arrays[] = { &binomial->weights, &binomial->spare,
			      &binomial->below };

	if (n <= binomial->capacity)
		return 1;
	for (size_t i = 0; i < 3; i++) {
		double *more = realloc(*arrays[i], 2 * n * sizeof(*more));

		if (!more)
			return 0;
		*arrays[i] = more;
	}
	binomial->capacity = 2 * n;
	return 1;
}

/* From the most probable number on, whose weight is 1, to either side. */
static int begin(struct codist_binomial *binomial, uint32_t n)
{
	double yes = binomial->yes, no = binomial->no;
	double mode = (double)n * (yes / (yes + no)), weight = 1;
	uint32_t middle = mode < n ? (uint32_t)mode : n;
	uint32_t least = middle, most = middle;

	/* How far it goes. Where all are yes, or none, that is the mode. */
	while (least > 0 && weight >= NEVER && no > 0)
		weight = step_down(weight, n, least--, yes, no);
	for (weight = 1; most < n && weight >= NEVER && yes > 0; most++)
		weight = step_up(weight, n, most, yes, no);
	binomial->n = (size_t)(most - least) + 1;
	if (!has_room(binomial, binomial->n))
		return 0;
	binomial->least = least;
	binomial->weights[middle - least] = weight = 1;
	for (uint32_t k = middle; k > least; k--)
		binomial->weights[k - 1 - least] = weight =
			step_down(weight, n, k, yes, no);
	weight = 1;
	for (uint32_t k = middle; k < most; k++)
		binomial->weights[k + 1 - least] = weight =
			step_up(weight, n, k, yes, no);
	return 1;
}

/* from[n] becomes to[n + 1]: one trial more, which is yes or no. */
static void add_trial(const double *restrict from, double *restrict to,
		      size_t n, double p, double q)
{
	to[0] = q * from[0];
	for (size_t k = 1; k < n; k++)
		to[k] = q * from[k] + p * from[k - 1];
	to[n] = p * from[n - 1];
}

/* What has become too improbable is left out again. */
static void trim(struct codist_binomial *binomial)
{
	const double *weights = binomial->weights;
	double least = NEVER * 0x1p-20; /* the greatest is no longer 1 */
	size_t first = 0, n = binomial->n;

	while (first + 1 < n && weights[first] < least)
		first++;
	while (n > first + 1 && weights[n - 1] < least)
		n--;
	for (size_t k = first; first && k < n; k++)
		binomial->weights[k - first] = weights[k];
	binomial->least += (uint32_t)first;
	binomial->n = n - first;
}

static int go_on(struct codist_binomial *binomial, uint32_t n_more)
{
	double p = binomial->yes / (binomial->yes + binomial->no);
	double q = binomial->no / (binomial->yes + binomial->no);

	if (!has_room(binomial, binomial->n + n_more))
		return 0;
	for (; n_more > 0; n_more--) {
		double *from = binomial->weights;

		add_trial(from, binomial->spare, binomial->n, p, q);
		binomial->weights = binomial->spare;
		binomial->spare = from;
		binomial->n++;
	}
	trim(binomial);
	return 1;
}

int codist_binomial_set(struct codist_binomial *binomial, uint32_t n_trials,
			uint32_t yes, uint32_t no)
{
	int is_same = binomial->n > 0 && binomial->yes == (double)yes &&
		      binomial->no == (double)no &&
		      binomial->n_trials <= n_trials;
	int is_set;

	binomial->yes = yes;
	binomial->no = no;
	is_set = is_same && n_trials - binomial->n_trials <= FEW_TRIALS ?
			 go_on(binomial, n_trials - binomial->n_trials) :
			 begin(binomial, n_trials);
	if (!is_set)
		return 0;
	binomial->n_trials = n_trials;
	binomial->below[0] = binomial->weights[0];
	for (size_t i = 1; i < binomial->n; i++)
		binomial->below[i] = binomial->below[i - 1] +
				     binomial->weights[i];
	return 1;
}

uint32_t codist_binomial_draw(const struct codist_binomial *binomial,
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

void codist_binomial_release(struct codist_binomial *binomial)
{
	free(binomial->weights);
	free(binomial->spare);
	free(binomial->below);
	*binomial = (struct codist_binomial){ 0 };
}
