/*
 * outcome.c - the figures of an outcome, and its print in any format
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "classify.h"

#include <stdlib.h>

#define CONFIDENCE 0.95

static void look_at_folds(const struct outcome *outcome, struct figures *f)
{
	const struct codist_dataset *set = &outcome->test.set;
	size_t *of_fold = calloc(2 * outcome->n_folds, sizeof(*of_fold));
	size_t *correct = of_fold + outcome->n_folds;

	f->worst_fold = 1;
	for (size_t i = 0; of_fold && i < set->n_samples; i++) {
		of_fold[outcome->fold_of[i]]++;
		correct[outcome->fold_of[i]] +=
			outcome->predictions.predicted[i] == set->labels[i];
	}
	for (size_t k = 0; of_fold && k < outcome->n_folds; k++) {
		double accuracy = (double)correct[k] / (double)of_fold[k];

		if (accuracy < f->worst_fold)
			f->worst_fold = accuracy;
		if (accuracy > f->best_fold)
			f->best_fold = accuracy;
	}
	free(of_fold);
}

struct figures figures_of(const struct outcome *outcome)
{
	const struct codist_predictions *predictions = &outcome->predictions;
	const struct codist_ties *ties = &predictions->ties;
	struct figures f = { 0 };

	f.n = codist_confusion_total(&predictions->confusion);
	f.n_correct = codist_confusion_correct(&predictions->confusion);
	f.accuracy = (double)f.n_correct / (double)f.n;
	f.lowest = (double)ties->correct_low / (double)f.n;
	f.highest = (double)ties->correct_high / (double)f.n;
	f.wilson = codist_wilson(f.n_correct, f.n, CONFIDENCE);
	f.per_second = outcome->cost.seconds > 0 ?
		(double)outcome->cost.n_scores / outcome->cost.seconds : 0;
	if (outcome->n_folds)
		look_at_folds(outcome, &f);
	return f;
}

enum codist_status outcome_print(const struct outcome *outcome,
				 struct codist_error *err)
{
	enum format format = outcome->config->format;

	return format == FORMAT_JSON ? outcome_print_json(outcome, err) :
	       format == FORMAT_CSV  ? outcome_print_csv(outcome, err) :
				       outcome_print_text(outcome, err);
}
