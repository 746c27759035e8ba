/*
 * classify.h - what codist classify was asked for, and what came of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_CLI_CLASSIFY_H
#define CODIST_CLI_CLASSIFY_H

#include "job.h"

struct classify_config {
	struct job job;
	struct codist_spec backend;
	size_t folds, seed;
	int leaves_one_out, top2;
	const char *predictions, *confusion, *scores, *figure;
	enum format format;
};

struct outcome {
	const struct classify_config *config;
	const struct codist_spec *backend; /* NULL: the measure needs none */
	struct source train, test; /* of cross-validation, no train */
	struct repeats repeats;
	size_t n_folds;            /* 0: no cross-validation */
	size_t *fold_of;           /* [n_samples] of test */
	struct codist_predictions predictions;
	struct codist_cost cost;
};

/* All figures that more than one format has. */
struct figures {
	size_t n, n_correct;
	double accuracy, lowest, highest; /* over the ways to break ties */
	struct codist_interval wilson;
	double per_second; /* scores */
	double worst_fold, best_fold; /* accuracy, of cross-validation */
};

struct figures figures_of(const struct outcome *outcome);

/* outcome_print() prints it on the standard output, as config->format says. */
enum codist_status outcome_print(const struct outcome *outcome,
				 struct codist_error *err);

/* The same in each of the formats. */
enum codist_status outcome_print_text(const struct outcome *outcome,
				      struct codist_error *err);
enum codist_status outcome_print_csv(const struct outcome *outcome,
				     struct codist_error *err);
enum codist_status outcome_print_json(const struct outcome *outcome,
				      struct codist_error *err);

#endif
