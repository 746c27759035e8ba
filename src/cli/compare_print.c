/*
 * compare_print.c - the table of codist compare, in any format
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "compare.h"
#include "document.h"
#include "progress.h"
#include "provenance.h"
#include "standard.h"
#include "table.h"

#include <stdio.h>
#include <stdlib.h>

#define CONFIDENCE 0.95

static double rate(size_t part, const struct contender *made)
{
	return (double)part / (double)made->result->n_samples;
}

static struct codist_interval wilson_of(const struct contender *made)
{
	return codist_wilson(made->result->n_correct, made->result->n_samples,
			     CONFIDENCE);
}

/* Of one thread, for one score. */
static double microseconds(const struct contender *made)
{
	return 1e6 * made->result->thread_seconds /
	       (double)made->result->n_scores;
}

static enum codist_status print_heading(const struct comparison *c,
					struct codist_error *err)
{
	const struct job *job = &c->config->job;

	printf("codist %s\n\n", codist_version());
	CODIST_TRY(print_spec("train", &c->train.loader, err));
	CODIST_TRY(print_spec("test", &c->test.loader, err));
	for (size_t i = 0; i < job->transforms.n; i++)
		CODIST_TRY(print_spec("transform", &job->transforms.items[i],
				      err));
	CODIST_TRY(print_spec("reference", &job->reference, err));
	CODIST_TRY(print_spec("measure", &job->measure, err));
	CODIST_TRY(print_spec("aggregate", &job->aggregate, err));
	printf("\n  %zu samples to train on, in %zu references; %zu to test\n\n",
	       c->contenders[0].result->n_train,
	       c->contenders[0].result->n_references,
	       c->contenders[0].result->n_samples);
	return CODIST_OK;
}

static void add_text_row(struct table *table, const struct contender *made,
			 const char *name, int is_first)
{
	struct codist_interval wilson = wilson_of(made);
	char memory[QUANTITY_SIZE] = "-";

	if (made->result->memory > 0)
		format_quantity(memory, (double)made->result->memory, "B");
	table_add(table, "%s", name);
	table_add(table, "%zu", made->result->n_correct);
	table_add(table, "%.4f", rate(made->result->n_correct, made));
	table_add(table, "%.4f..%.4f", wilson.low, wilson.high);
	if (is_first) {
		table_add(table, "-");
		table_add(table, "-");
	} else {
		table_add(table, "%.2g", made->p);
		table_add(table, "%.2g", made->p_holm);
	}
	table_add(table, "%.2f %%", 100 * rate(made->result->n_tied, made));
	table_add(table, "%.1f", made->result->mean_score);
	table_add(table, "%.3g us", microseconds(made));
	table_add(table, "%s", memory);
}

static enum codist_status print_provenance(const struct codist_spec *backend,
					   struct codist_error *err)
{
	char *name = codist_spec_brief(backend);

	if (!name)
		return codist_no_memory(err, "a name");
	printf("%s: ", name);
	provenance_print(backend);
	putchar('\n');
	free(name);
	return CODIST_OK;
}

static enum codist_status print_text(const struct comparison *c,
				     struct codist_error *err)
{
	static const char *const headings[] = {
		"backend", "correct", "accuracy", "95 % interval", "p",
		"p (Holm)", "tied", "bits", "per delta", "memory",
	};
	size_t n_columns = sizeof(headings) / sizeof(headings[0]);
	enum codist_status status;
	struct table table;

	CODIST_TRY(print_heading(c, err));
	table_init(&table, n_columns, "lr");
	for (size_t i = 0; i < n_columns; i++)
		table_add(&table, "%s", headings[i]);
	for (size_t i = 0; i < c->n; i++) {
		char *name = codist_spec_brief(c->contenders[i].backend);

		add_text_row(&table, &c->contenders[i], name ? name : "",
			     i == 0);
		free(name);
	}
	status = table_print(&table, FORMAT_TEXT, err);
	table_release(&table);
	putchar('\n');
	for (size_t i = 0; i < c->n; i++)
		CODIST_TRY(print_provenance(c->contenders[i].backend, err));
	if (c->n < c->front.study.n_runs)
		printf("\n%zu of %zu backends; the others did not come to "
		       "their end.\n", c->n, c->front.study.n_runs);
	return status;
}

static void add_csv_row(struct table *table, const struct contender *made)
{
	const struct codist_spec *backend = made->backend;
	struct codist_interval wilson = wilson_of(made);

	table_add_spec(table, backend);
	provenance_add(table, backend);
	table_add(table, "%zu", made->result->n_samples);
	table_add(table, "%zu", made->result->n_correct);
	table_add(table, "%.15g", rate(made->result->n_correct, made));
	table_add(table, "%.15g", wilson.low);
	table_add(table, "%.15g", wilson.high);
	table_add(table, "%zu", made->result->n_tied);
	table_add(table, "%zu", made->result->correct_low);
	table_add(table, "%zu", made->result->correct_high);
	table_add(table, "%zu", made->n_first_only);
	table_add(table, "%zu", made->n_this_only);
	table_add(table, "%.15g", made->p);
	table_add(table, "%.15g", made->p_holm);
	table_add(table, "%.15g", made->result->mean_score);
	table_add(table, "%.15g", made->result->least_score);
	table_add(table, "%zu", made->result->n_scores);
	table_add(table, "%u", made->result->n_threads);
	table_add(table, "%.6f", made->result->seconds);
	table_add(table, "%.6g", microseconds(made));
	table_add(table, "%zu", made->result->memory);
}

static enum codist_status print_csv(const struct comparison *c,
				    struct codist_error *err)
{
	static const char *const headings[] = {
		"backend", "library", "library_version", "golden_digest",
		"samples", "correct", "accuracy", "wilson_low", "wilson_high",
		"tied", "correct_low", "correct_high", "first_only",
		"this_only", "p", "p_holm", "mean_bits", "least_bits",
		"deltas", "n_threads", "seconds", "microseconds_per_delta",
		"peak_bytes",
	};
	size_t n_columns = sizeof(headings) / sizeof(headings[0]);
	enum codist_status status;
	struct table table;

	table_init(&table, n_columns, "l");
	for (size_t i = 0; i < n_columns; i++)
		table_add(&table, "%s", headings[i]);
	for (size_t i = 0; i < c->n; i++)
		add_csv_row(&table, &c->contenders[i]);
	status = table_print(&table, FORMAT_CSV, err);
	table_release(&table);
	return status;
}

static void document_contender(struct document *document,
			       const struct contender *made, int is_first)
{
	struct codist_interval wilson = wilson_of(made);

	document_object(document, NULL);
	document_backend(document, made->backend);
	document_number(document, "samples", (double)made->result->n_samples);
	document_number(document, "correct", (double)made->result->n_correct);
	document_number(document, "accuracy",
			rate(made->result->n_correct, made));
	document_number(document, "wilson_low", wilson.low);
	document_number(document, "wilson_high", wilson.high);
	document_number(document, "tied", (double)made->result->n_tied);
	document_number(document, "correct_low",
			(double)made->result->correct_low);
	document_number(document, "correct_high",
			(double)made->result->correct_high);
	if (!is_first) {
		document_number(document, "first_only",
				(double)made->n_first_only);
		document_number(document, "this_only",
				(double)made->n_this_only);
		document_number(document, "p", made->p);
		document_number(document, "p_holm", made->p_holm);
	}
	document_number(document, "mean_bits", made->result->mean_score);
	document_number(document, "least_bits", made->result->least_score);
	document_number(document, "deltas", (double)made->result->n_scores);
	document_number(document, "n_threads", made->result->n_threads);
	document_number(document, "seconds", made->result->seconds);
	document_number(document, "microseconds_per_delta",
			microseconds(made));
	if (made->result->memory > 0)
		document_number(document, "peak_bytes",
				(double)made->result->memory);
	document_close(document);
}

static enum codist_status print_json(struct comparison *c,
				     struct codist_error *err)
{
	const struct job *job = &c->config->job;
	struct document document = { 0 };

	CODIST_TRY(source_look(&c->train, 0, err));
	CODIST_TRY(source_look(&c->test, job->limit, err));
	c->test.n_samples = c->contenders[0].result->n_samples;
	document_object(&document, NULL);
	document_text(&document, "codist", codist_version());
	document_source(&document, "train", &c->train);
	document_source(&document, "test", &c->test);
	document_specs(&document, "transforms", &job->transforms);
	document_spec(&document, "reference", &job->reference);
	document_spec(&document, "measure", &job->measure);
	document_spec(&document, "aggregate", &job->aggregate);
	document_flag(&document, "complete", c->n == c->front.study.n_runs);
	document_array(&document, "backends");
	for (size_t i = 0; i < c->n; i++)
		document_contender(&document, &c->contenders[i], i == 0);
	document_close(&document);
	document_close(&document);
	return document_print(&document, err);
}

enum codist_status comparison_print(struct comparison *c,
				    struct codist_error *err)
{
	return c->config->format == FORMAT_JSON ? print_json(c, err) :
	       c->config->format == FORMAT_CSV	? print_csv(c, err) :
						  print_text(c, err);
}
