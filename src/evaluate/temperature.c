/*
 * temperature.c - by what to divide scores for the least log-loss
 *
 * In bits, and with b = 1 / T, the loss of a sample whose scores exceed the
 * smallest by e_c, that of the truth by e_t, is
 *
 *     b e_t + log2(sum over c of 2^(-b e_c))
 *
 * and its slope in b is e_t less the mean excess, weighed by probability. The
 * second derivative is ln 2 times the variance of the excess, so the slope only
 * rises, and the least loss is where its sum over samples is 0. That is found
 * to the last digits; of the loss itself, which is flat there, a search would
 * see half of them.
 *
 * Newton's steps, which double the digits, are taken within the bounds that are
 * known, and else these are halved.
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

/* The slope of the loss in b, and the slope of that. */
struct slope {
	double first, second;
};

/* Of one sample; 0 if its truth is infinitely far. */
static void add_slope(struct slope *slope, const double *scores,
		      size_t n_classes, unsigned truth, double temperature)
{
	struct codist_odds odds = codist_odds_least(scores, n_classes,
						    temperature);
	double own = codist_odds_excess(&odds, scores[truth]);
	double all = 0, sum = 0, squares = 0, mean;

	if (own == INFINITY)
		return;
	for (size_t c = 0; c < n_classes; c++) {
		double excess = codist_odds_excess(&odds, scores[c]);
		double weight = codist_odds_weight(&odds, scores[c]);

		all += weight;
		if (excess < INFINITY) {
			sum += excess * weight;
			squares += excess * excess * weight;
		}
	}
	mean = sum / all;
	slope->first += own - mean;
	slope->second += (squares / all - mean * mean) * log(2);
}

static struct slope slope_at(const struct samples *samples, double temperature)
{
	struct slope slope = { 0, 0 };

	for (size_t i = 0; i < samples->n_samples; i++)
		add_slope(&slope, samples->scores + i * samples->n_classes,
			  samples->n_classes, samples->truth[i], temperature);
	return slope;
}

/* A difference of scores that is not 0; 0 if there is none that matters. */
static double find_scale(const struct samples *samples)
{
	for (size_t i = 0; i < samples->n_samples; i++) {
		const double *scores = samples->scores + i * samples->n_classes;
		struct codist_odds odds = codist_odds_least(
			scores, samples->n_classes, 1);

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

/* Between temperatures too low, where the slope is above 0, and too high. */
struct bounds {
	double low, high;
};

static void narrow(struct bounds *bounds, const struct samples *samples,
		   double temperature, struct slope *slope)
{
	*slope = slope_at(samples, temperature);
	if (slope->first > 0)
		bounds->low = temperature;
	else
		bounds->high = temperature;
}

/* Newton's step in b = 1 / T, from a temperature; NAN where it is none. */
static double step(double temperature, const struct slope *slope)
{
	double b = 1 / temperature - slope->first / slope->second;

	return b > 0 ? 1 / b : NAN;
}

/* After so small a step the next would be below the last digit. */
#define LAST_STEP 0x1p-30

/*
 * Steps that fall outside of the bounds, or are not much smaller than those
 * before, give way to a halving. It ends at the latest where the bounds are
 * neighbours.
 */
static double solve(const struct samples *samples, double scale)
{
	struct bounds bounds = { 0, INFINITY };
	double temperature = scale, before = INFINITY;
	struct slope slope;

	for (;;) {
		double next, moved;

		narrow(&bounds, samples, temperature, &slope);
		next = step(temperature, &slope);
		moved = fabs(next - temperature);
		if (moved <= LAST_STEP * temperature)
			return next;
		if (!(next > bounds.low && next < bounds.high) ||
		    moved > before / 2) {
			next = bounds.low == 0 ? temperature / 2 :
			       isinf(bounds.high) ? temperature * 2 :
			       bounds.low + (bounds.high - bounds.low) / 2;
			moved = INFINITY;
			if (next <= bounds.low || next >= bounds.high)
				return next;
		}
		before = moved;
		temperature = next;
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
	if (slope_at(&samples, INFINITY).first >= 0)
		return INFINITY;
	if (slope_at(&samples, 0).first <= 0)
		return 0;
	return solve(&samples, scale);
}
