/*
 * odds.c - the scores of a sample, taken for code lengths
 *
 * The smallest is taken out of all, so that nothing underflows but what is
 * next to nothing beside it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "evaluate/odds.h"

#include <codist/statistics.h>

#include <assert.h>
#include <math.h>

static double distance_of(double score)
{
	return isnan(score) ? INFINITY : score;
}

double codist_odds_excess(const struct codist_odds *odds, double score)
{
	score = distance_of(score);
	return score == odds->smallest ? 0 : score - odds->smallest;
}

/* Neither 0 / 0 nor infinity / infinity is a number. */
double codist_odds_weight(const struct codist_odds *odds, double score)
{
	double excess = codist_odds_excess(odds, score);

	if (excess == 0)
		return 1;
	if (excess == INFINITY)
		return 0;
	return exp2(-excess / odds->temperature);
}

double codist_odds_loss(const struct codist_odds *odds, double score)
{
	double excess = codist_odds_excess(odds, score);

	if (excess > 0 && excess < INFINITY)
		excess /= odds->temperature;
	return excess + log1p(odds->others) / log(2);
}

struct codist_odds codist_odds_least(const double *scores, size_t n_classes,
				     double temperature)
{
	struct codist_odds odds = { .smallest = distance_of(scores[0]),
				    .temperature = temperature };

	assert(n_classes > 0 && temperature >= 0);
	for (size_t c = 1; c < n_classes; c++)
		if (scores[c] < odds.smallest) { /* false for NaN */
			odds.smallest = scores[c];
			odds.winner = c;
		}
	return odds;
}

struct codist_odds codist_odds_of(const double *scores, size_t n_classes,
				  double temperature)
{
	struct codist_odds odds = codist_odds_least(scores, n_classes,
						    temperature);

	for (size_t c = 0; c < n_classes; c++)
		if (c != odds.winner)
			odds.others += codist_odds_weight(&odds, scores[c]);
	return odds;
}

void codist_probabilities(const double *scores, size_t n_classes,
			  double temperature, double *probabilities)
{
	struct codist_odds odds = codist_odds_of(scores, n_classes,
						 temperature);

	for (size_t c = 0; c < n_classes; c++)
		probabilities[c] = codist_odds_weight(&odds, scores[c]) /
				   (1 + odds.others);
}
