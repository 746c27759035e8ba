/*
 * outcome_json.c - an outcome with all its parts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "classify.h"
#include "document.h"

static void document_line(struct document *document, const char *name,
			  const struct codist_report_line *line)
{
	document_object(document, name);
	document_number(document, "precision", line->precision);
	document_number(document, "recall", line->recall);
	document_number(document, "f1", line->f1);
	document_number(document, "support", (double)line->support);
	document_close(document);
}

static void document_report(struct document *document,
			    const struct outcome *outcome,
			    const struct codist_report *report)
{
	document_object(document, "classes");
	for (size_t c = 0; c < report->n_classes; c++)
		document_line(document, outcome->test.set.class_names[c],
			      &report->classes[c]);
	document_close(document);
	document_line(document, "macro", &report->macro);
	document_line(document, "weighted", &report->weighted);
}

static void document_confusion(struct document *document,
			       const struct codist_confusion *confusion)
{
	size_t n = confusion->n_classes;

	document_array(document, "confusion");
	for (size_t t = 0; t < n; t++) {
		document_array(document, NULL);
		for (size_t p = 0; p < n; p++)
			document_number(document, NULL,
					(double)confusion->counts[t * n + p]);
		document_close(document);
	}
	document_close(document);
}

static void document_figures(struct document *document,
			     const struct outcome *outcome)
{
	const struct codist_ties *ties = &outcome->predictions.ties;
	const struct codist_nearest *nearest = &outcome->predictions.nearest;
	const struct codist_cost *cost = &outcome->cost;
	struct figures f = figures_of(outcome);

	document_number(document, "n_samples", (double)f.n);
	document_number(document, "n_correct", (double)f.n_correct);
	document_number(document, "accuracy", f.accuracy);
	document_array(document, "wilson");
	document_number(document, NULL, f.wilson.low);
	document_number(document, NULL, f.wilson.high);
	document_close(document);
	document_number(document, "n_tied", (double)ties->n_tied);
	document_array(document, "accuracy_by_ties");
	document_number(document, NULL, f.lowest);
	document_number(document, NULL, f.highest);
	document_close(document);
	if (outcome->n_folds) {
		document_number(document, "n_folds", (double)outcome->n_folds);
		document_number(document, "seed",
				(double)outcome->config->seed);
		document_array(document, "accuracy_by_folds");
		document_number(document, NULL, f.worst_fold);
		document_number(document, NULL, f.best_fold);
		document_close(document);
	}
	document_number(document, "n_repeats", (double)outcome->repeats.n);
	document_number(document, "n_repeats_dropped",
			(double)outcome->repeats.n_dropped);
	if (nearest->n_samples)
		document_number(document, "n_tied_nearest",
				(double)nearest->n_tied);
	if (outcome->config->top2)
		document_number(document, "n_flawed_top2",
				(double)nearest->n_top2);
	document_number(document, "n_references", (double)cost->n_references);
	document_number(document, "n_scores", (double)cost->n_scores);
	document_number(document, "n_threads", cost->n_threads);
	document_number(document, "seconds", cost->seconds);
	document_number(document, "scores_per_second", f.per_second);
}

enum codist_status outcome_print_json(const struct outcome *outcome,
				      struct codist_error *err)
{
	const struct classify_config *c = outcome->config;
	struct document document = { 0 };
	struct codist_report report;

	CODIST_TRY(codist_report_init(&report, &outcome->predictions.confusion,
				      err));
	document_object(&document, NULL);
	document_text(&document, "codist", codist_version());
	if (!outcome->n_folds)
		document_source(&document, "train", &outcome->train);
	document_source(&document, outcome->n_folds ? "set" : "test",
			&outcome->test);
	document_specs(&document, "transforms", &c->job.transforms);
	document_spec(&document, "reference", &c->job.reference);
	document_spec(&document, "measure", &c->job.measure);
	if (outcome->backend) {
		document_backend(&document, outcome->backend);
		document_text(&document, "engine",
			      codist_backend_engine(outcome->backend));
	}
	document_spec(&document, "aggregate", &c->job.aggregate);
	document_figures(&document, outcome);
	document_report(&document, outcome, &report);
	document_confusion(&document, &outcome->predictions.confusion);
	document_close(&document);
	codist_report_release(&report);
	return document_print(&document, err);
}
