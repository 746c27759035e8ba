/*
 * outcome_text.c - an outcome, for people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "classify.h"
#include "progress.h"
#include "provenance.h"
#include "standard.h"
#include "table.h"

#include <stdio.h>
#include <stdlib.h>

/* As text, a confusion matrix of more classes is a jumble. */
#define MOST_CLASSES 30

/* Those with a sample: train and test number all classes of both. */
static enum codist_status count_classes(const struct codist_dataset *set,
					size_t *n, struct codist_error *err)
{
	unsigned char *is_there = calloc(set->n_classes + 1, 1);

	if (!is_there)
		return codist_no_memory(err, "classes");
	*n = 0;
	for (size_t i = 0; i < set->n_samples; i++)
		is_there[set->labels[i]] = 1;
	for (size_t c = 0; c < set->n_classes; c++)
		*n += is_there[c];
	free(is_there);
	return CODIST_OK;
}

static enum codist_status print_source(const char *label,
				       const struct source *source,
				       struct codist_error *err)
{
	char shape[SHAPE_SIZE];
	size_t n_classes = 0;

	CODIST_TRY(count_classes(&source->set, &n_classes, err));
	CODIST_TRY(print_spec(label, &source->loader, err));
	source_shape(&source->set, shape);
	printf("  %zu ", source->set.n_samples);
	if (source->n_loaded > source->set.n_samples)
		printf("of %zu ", source->n_loaded);
	printf("samples, %zu classes, shape %s\n"
	       "  SHA-256   %s\n",
	       n_classes, shape, source->checksum);
	return CODIST_OK;
}

static enum codist_status print_what_was_run(const struct outcome *outcome,
					     struct codist_error *err)
{
	const struct classify_config *c = outcome->config;

	if (outcome->n_folds) {
		CODIST_TRY(print_source("set", &outcome->test, err));
		printf("folds       %zu%s\n", outcome->n_folds,
		       c->leaves_one_out ? ", one sample left out at a time" :
					   ", stratified");
	} else {
		CODIST_TRY(print_source("train", &outcome->train, err));
		CODIST_TRY(print_source("test", &outcome->test, err));
	}
	if (outcome->repeats.n)
		printf("repeats     %zu samples %s%s\n", outcome->repeats.n,
		       outcome->n_folds ? "repeat an earlier one" :
					  "stand in train as well as in test",
		       outcome->repeats.n_dropped ? ", left out" : "");
	for (size_t i = 0; i < c->job.transforms.n; i++)
		CODIST_TRY(print_spec("transform", &c->job.transforms.items[i],
				      err));
	CODIST_TRY(print_spec("reference", &c->job.reference, err));
	CODIST_TRY(print_spec("measure", &c->job.measure, err));
	if (outcome->backend) {
		CODIST_TRY(print_spec("backend", outcome->backend, err));
		printf("  ");
		provenance_print(outcome->backend);
		printf(", engine %s\n",
		       codist_backend_engine(outcome->backend));
	}
	return print_spec("aggregate", &c->job.aggregate, err);
}

static enum codist_status print_report(const struct outcome *outcome,
				       struct codist_error *err)
{
	struct codist_report report;
	char *text;

	CODIST_TRY(codist_report_init(&report, &outcome->predictions.confusion,
				      err));
	text = codist_report_text(
		&report, (const char *const *)outcome->test.set.class_names,
		4);
	codist_report_release(&report);
	if (!text)
		return codist_no_memory(err, "a report");
	printf("\n%s\n", text);
	free(text);
	return CODIST_OK;
}

static void print_figures(const struct outcome *outcome)
{
	const struct codist_ties *ties = &outcome->predictions.ties;
	const struct codist_nearest *nearest = &outcome->predictions.nearest;
	const struct codist_cost *cost = &outcome->cost;
	struct figures f = figures_of(outcome);
	char duration[DURATION_SIZE], rate[QUANTITY_SIZE];

	printf("correct     %zu of %zu\n", f.n_correct, f.n);
	printf("accuracy    %.4f, 95 %% interval %.4f..%.4f (Wilson)\n",
	       f.accuracy, f.wilson.low, f.wilson.high);
	if (outcome->n_folds && !outcome->config->leaves_one_out)
		printf("            %.4f..%.4f over the folds\n", f.worst_fold,
		       f.best_fold);
	printf("ties        %zu samples (%.2f %%)", ties->n_tied,
	       100 * (double)ties->n_tied / (double)f.n);
	if (ties->n_tied)
		printf("; accuracy %.4f..%.4f over all tie rules", f.lowest,
		       f.highest);
	if (nearest->n_samples)
		printf("\n            %zu samples (%.2f %%) have several nearest "
		       "references",
		       nearest->n_tied,
		       100 * (double)nearest->n_tied /
			       (double)nearest->n_samples);
	if (outcome->config->top2)
		printf("\ntop2        %zu of %zu (%.4f) by the flawed scoring "
		       "that asks which of the two\n            nearest is "
		       "right; this is no accuracy", nearest->n_top2,
		       nearest->n_samples,
		       (double)nearest->n_top2 / (double)nearest->n_samples);
	format_duration(duration, cost->seconds);
	format_quantity(rate, f.per_second, "deltas");
	printf("\ncost        %s on %u thread%s: %zu deltas, %s/s\n", duration,
	       cost->n_threads, cost->n_threads == 1 ? "" : "s",
	       cost->n_scores, rate);
}

/* With each class's accuracy, the share of its samples that were correct. */
static enum codist_status print_confusion(const struct outcome *outcome,
					  struct codist_error *err)
{
	const struct codist_confusion *confusion =
		&outcome->predictions.confusion;
	char *const *names = outcome->test.set.class_names;
	size_t n = confusion->n_classes;
	enum codist_status status;
	struct table table;

	table_init(&table, n + 2, "lr");
	table_add(&table, "%s", "");
	for (size_t c = 0; c < n; c++)
		table_add(&table, "%s", names[c]);
	table_add(&table, "accuracy");
	for (size_t t = 0; t < n; t++) {
		const size_t *row = confusion->counts + t * n;
		size_t total = 0;

		table_add(&table, "%s", names[t]);
		for (size_t p = 0; p < n; p++) {
			table_add(&table, "%zu", row[p]);
			total += row[p];
		}
		if (total)
			table_add(&table, "%.4f",
				  (double)row[t] / (double)total);
		else
			table_add(&table, "-");
	}
	printf("\nconfusion: a row for each true class, a column for each "
	       "predicted one\n");
	status = table_print(&table, FORMAT_TEXT, err);
	table_release(&table);
	return status;
}

enum codist_status outcome_print_text(const struct outcome *outcome,
				      struct codist_error *err)
{
	size_t n_classes = outcome->predictions.n_classes;

	printf("codist %s\n\n", codist_version());
	CODIST_TRY(print_what_was_run(outcome, err));
	CODIST_TRY(print_report(outcome, err));
	print_figures(outcome);
	if (n_classes <= MOST_CLASSES)
		return print_confusion(outcome, err);
	printf("\nconfusion: of %zu classes, too many to print; see "
	       "--confusion FILE\n", n_classes);
	return CODIST_OK;
}
