/*
 * outcome.c - the figures of an outcome, and its print in any format
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "classify.h"

#define CONFIDENCE 0.95

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
