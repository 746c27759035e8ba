/*
 * calibration.c - how probabilities agree with the truth
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "evaluate/odds.h"

#include <codist/statistics.h>

#include <assert.h>
#include <math.h>
#include <stdlib.h>

/* Of weights, which each take an exponential. */
static double brier_of(const struct codist_odds *odds, const double *weights,
		       size_t n_classes, unsigned truth)
{
	double sum = 0;

	for (size_t c = 0; c < n_classes; c++) {
		double off = weights[c] / (1 + odds->others) - (c == truth);

		sum += off * off;
	}
	return sum;
}

/* The bin b with b / n < confidence <= (b + 1) / n, to the last bit. */
static size_t bin_of(double confidence, size_t n_bins)
{
	size_t bin = (size_t)(confidence * (double)n_bins);

	if (bin >= n_bins)
		bin = n_bins - 1;
	while (bin > 0 && confidence <= (double)bin / (double)n_bins)
		bin--;
	while (bin + 1 < n_bins &&
	       confidence > (double)(bin + 1) / (double)n_bins)
		bin++;
	return bin;
}

/* As codist_odds_of(), and keeps the weights. */
static struct codist_odds weigh(const double *scores, size_t n_classes,
				double temperature, double *weights)
{
	struct codist_odds odds = codist_odds_least(scores, n_classes,
						    temperature);

	for (size_t c = 0; c < n_classes; c++) {
		weights[c] = codist_odds_weight(&odds, scores[c]);
		if (c != odds.winner)
			odds.others += weights[c];
	}
	return odds;
}

/* Sums, of which finish() makes means. `weights` is to work in. */
static void add(struct codist_calibration *calibration, const double *scores,
		size_t n_classes, unsigned truth, double temperature,
		double *weights)
{
	struct codist_odds odds = weigh(scores, n_classes, temperature,
					weights);
	double confidence = 1 / (1 + odds.others);
	double loss = codist_odds_loss(&odds, scores[truth]);
	struct codist_reliability *bin =
		&calibration->bins[bin_of(confidence, calibration->n_bins)];

	bin->n_samples++;
	bin->confidence += confidence;
	bin->accuracy += odds.winner == truth;
	calibration->n_impossible += loss == INFINITY;
	calibration->log_loss += loss;
	calibration->brier += brier_of(&odds, weights, n_classes, truth);
}

static void finish(struct codist_calibration *calibration)
{
	double n = (double)calibration->n_samples;

	if (calibration->n_samples == 0)
		return;
	for (size_t b = 0; b < calibration->n_bins; b++) {
		struct codist_reliability *bin = &calibration->bins[b];

		if (bin->n_samples == 0)
			continue;
		calibration->accuracy += bin->accuracy / n;
		calibration->confidence += bin->confidence / n;
		calibration->ece += fabs(bin->accuracy - bin->confidence) / n;
		bin->accuracy /= (double)bin->n_samples;
		bin->confidence /= (double)bin->n_samples;
	}
	calibration->log_loss /= n;
	calibration->brier /= n;
}

enum codist_status
codist_calibration_init(struct codist_calibration *calibration,
			const double *scores, const unsigned *truth,
			size_t n_samples, size_t n_classes, double temperature,
			size_t n_bins, struct codist_error *err)
{
	double *weights = calloc(n_classes, sizeof(*weights));

	assert(n_bins > 0 && n_classes > 0);
	*calibration = (struct codist_calibration){ .n_samples = n_samples,
						    .n_bins = n_bins };
	calibration->bins = calloc(n_bins, sizeof(*calibration->bins));
	if (!calibration->bins || !weights) {
		free(calibration->bins);
		free(weights);
		*calibration = (struct codist_calibration){ 0 };
		return codist_no_memory(err, "a reliability curve");
	}
	for (size_t i = 0; i < n_samples; i++) {
		assert(truth[i] < n_classes);
		add(calibration, scores + i * n_classes, n_classes, truth[i],
		    temperature, weights);
	}
	free(weights);
	finish(calibration);
	return CODIST_OK;
}

void codist_calibration_release(struct codist_calibration *calibration)
{
	free(calibration->bins);
	*calibration = (struct codist_calibration){ 0 };
}
