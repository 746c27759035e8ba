/*
 * temperature.c - by what to divide scores for the least log-loss
 *
 * In bits, and with b = 1 / T, the loss of a sample whose scores exceed the
 * smallest by e_c, that of the truth by e_t, is
 *
 *     b e_t + log2(sum over c of 2^(-b e_c))
 *
 * and its slope in b is e_t less the mean excess, weighed by probability. The
 * second derivative is a variance, so the slope only rises, and the least loss
 * is where its sum over samples is 0. That is found to the last digits; of the
 * loss itself, which is flat there, a search would see half of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "evaluate/odds.h"

#include <codist/statistics.h>

#include <assert.h>
#include <math.h>

struct samples {
	const double *scores; /* [n_samples][n_classes] */
	const unsigned *truth;
	size_t n_samples, n_classes;
};

/* The slope of one sample; 0 if its truth is infinitely far. */
static double slope_of(const double *scores, size_t n_classes, unsigned truth,
		       double temperature)
{
	struct codist_odds odds = codist_odds_of(scores, n_classes,
						 temperature);
	double own = codist_odds_excess(&odds, scores[truth]), mean = 0;

	if (own == INFINITY)
		return 0;
	for (size_t c = 0; c < n_classes; c++) {
		double excess = codist_odds_excess(&odds, scores[c]);

		if (excess < INFINITY)
			mean += excess * codist_odds_weight(&odds, scores[c]);
	}
	return own - mean / (1 + odds.others);
}

static double slope_at(const struct samples *samples, double temperature)
{
	double sum = 0;

	for (size_t i = 0; i < samples->n_samples; i++)
		sum += slope_of(samples->scores + i * samples->n_classes,
				samples->n_classes, samples->truth[i],
				temperature);
	return sum;
}

/* A difference of scores that is not 0; 0 if there is none that matters. */
static double find_scale(const struct samples *samples)
{
	for (size_t i = 0; i < samples->n_samples; i++) {
		const double *scores = samples->scores + i * samples->n_classes;
		struct codist_odds odds = codist_odds_of(scores,
							 samples->n_classes, 1);

		if (codist_odds_excess(&odds, scores[samples->truth[i]]) ==
		    INFINITY)
			continue;
		for (size_t c = 0; c < samples->n_classes; c++) {
			double excess = codist_odds_excess(&odds, scores[c]);

			if (excess > 0 && excess < INFINITY)
				return excess;
		}
	}
	return 0;
}

/* Between a temperature too low and twice that, which is too high. */
static double solve(const struct samples *samples, double scale)
{
	double low = scale, high = scale;

	while (slope_at(samples, low) < 0) {
		high = low;
		low /= 2;
	}
	while (slope_at(samples, high) > 0) {
		low = high;
		high *= 2;
	}
	for (;;) {
		double middle = low + (high - low) / 2;

		if (middle <= low || middle >= high)
			return middle;
		if (slope_at(samples, middle) > 0)
			low = middle;
		else
			high = middle;
	}
}

double codist_temperature(const double *scores, const unsigned *truth,
			  size_t n_samples, size_t n_classes)
{
	struct samples samples = { scores, truth, n_samples, n_classes };
	double scale = find_scale(&samples);

	for (size_t i = 0; i < n_samples; i++)
		assert(truth[i] < n_classes);
	if (scale == 0)
		return 1;
	/* Toward the ends the slope goes to what it is there. */
	if (slope_at(&samples, INFINITY) >= 0)
		return INFINITY;
	if (slope_at(&samples, 0) <= 0)
		return 0;
	return solve(&samples, scale);
}
