/*
 * combination.c - class scores of several classifiers added up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "evaluate/odds.h"

#include <codist/combination.h>

#include <assert.h>
#include <math.h>

/* Infinity less infinity is no number. */
static double combine(const double *const *scores, const double *weights,
		      size_t n_members, size_t at)
{
	double sum = 0;

	for (size_t m = 0; m < n_members; m++) {
		double score = scores[m][at];

		if (!(weights[m] > 0))
			continue;
		if (isnan(score) || score == INFINITY)
			return INFINITY;
		sum += weights[m] * score;
	}
	return sum;
}

void codist_scores_combine(const double *const *scores, const double *weights,
			   size_t n_members, size_t n_samples,
			   size_t n_classes, double *combined)
{
	assert(n_members > 0 && n_classes > 0);
	for (size_t i = 0; i < n_samples * n_classes; i++)
		combined[i] = combine(scores, weights, n_members, i);
}

double codist_ladder(size_t i)
{
	assert(i < CODIST_LADDER);
	return ldexp(i % 2 ? sqrt(2) : 1, (int)(i / 2) - 4);
}

struct codist_log_loss codist_log_loss_of(const double *scores, size_t stride,
					  const unsigned *truth,
					  size_t n_samples, size_t n_classes,
					  double temperature)
{
	struct codist_log_loss loss = { 0 };

	assert(stride >= n_classes);
	for (size_t i = 0; i < n_samples; i++) {
		const double *row = scores + i * stride;
		struct codist_odds odds = codist_odds_of(row, n_classes,
							 temperature);

		assert(truth[i] < n_classes);
		if (codist_odds_excess(&odds, row[truth[i]]) == INFINITY)
			continue;
		loss.mean += codist_odds_loss(&odds, row[truth[i]]);
		loss.n++;
	}
	if (loss.n > 0)
		loss.mean /= (double)loss.n;
	return loss;
}
