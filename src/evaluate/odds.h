/*
 * odds.h - the scores of a sample, taken for code lengths
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_EVALUATE_ODDS_H
#define CODIST_EVALUATE_ODDS_H

#include <stddef.h>

/* A weight is a probability in units of that of the smallest score. */
struct codist_odds {
	double smallest;
	double temperature;
	size_t winner; /* the class of the smallest score, of equals the first */
	double others; /* the sum of the weights of all other classes */
};

/* codist_odds_least() leaves `others` out, which takes the time. */
struct codist_odds codist_odds_least(const double *scores, size_t n_classes,
				     double temperature);
struct codist_odds codist_odds_of(const double *scores, size_t n_classes,
				  double temperature);

/* How much a score is above the smallest; 0 where both are infinite. */
double codist_odds_excess(const struct codist_odds *odds, double score);

/* The weight of a score, within 0..1. */
double codist_odds_weight(const struct codist_odds *odds, double score);

/* -log2 of its probability, which itself may be too small for a double. */
double codist_odds_loss(const struct codist_odds *odds, double score);

#endif
