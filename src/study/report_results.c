/*
 * report_results.c - what was run, and what came of each run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/report_sections.h"

#include <codist/evaluate.h>

#include <stdlib.h>
#include <string.h>

#define CONFIDENCE 0.95
#define VALUES 12 /* of an axis that are told */

static void fact(struct codist_page *page, const char *name, const char *value)
{
	codist_page_cell(page, "%s", name);
	codist_page_cell(page, "%s", value);
}

/* The values of an axis, each once, as they come. */
static char *values_of(const struct codist_report_runs *runs, int axis)
{
	struct codist_text text = { 0 };
	const char *told[VALUES];
	size_t n = 0;

	for (size_t i = 0; i < runs->n; i++) {
		const char *value = runs->items[i].axes[axis];
		size_t k = 0;

		while (k < n && k < VALUES && strcmp(told[k], value) != 0)
			k++;
		if (k < n && k < VALUES)
			continue;
		if (k == VALUES) {
			codist_text_add(&text, ", and more");
			break;
		}
		told[n++] = value;
		codist_text_add(&text, "%s%s", k ? ", " : "", value);
	}
	if (!text.failed)
		return text.chars;
	free(text.chars);
	return NULL;
}

static void put_axes(struct codist_page *page,
		     const struct codist_report_runs *runs)
{
	codist_page_table(page);
	codist_page_column(page, (struct codist_page_column){ .name = "key" });
	codist_page_column(page, (struct codist_page_column){ .name = "values" });
	for (int axis = 0; axis < CODIST_AXES; axis++) {
		char *values = values_of(runs, axis);

		page->text.failed |= !values;
		/* What was not asked for. */
		if (values && strcmp(values, "none") != 0 &&
		    strcmp(values, "its own") != 0)
			fact(page, codist_axis_names[axis], values);
		free(values);
	}
	codist_page_table_end(page, "What was run, and on what", "facts");
}

void codist_report_summary(struct codist_page *page,
			   const struct codist_report_runs *runs)
{
	const struct codist_report_run *best = &runs->items[runs->best[0]];
	char accuracy[CODIST_REAL_SIZE];
	size_t n_ties = 0;

	while (n_ties + 1 < runs->n &&
	       !(runs->items[runs->best[n_ties + 1]].accuracy <
		 best->accuracy))
		n_ties++;
	codist_format_fixed(best->accuracy, 4, accuracy);
	codist_page_section(page, "study", "The study");
	codist_page_paragraph(page, "%zu of %zu runs of '%s' are done%s.",
			      runs->n, runs->n_all, runs->study,
			      runs->n < runs->n_all ?
				      "; the others are left out" : "");
	if (runs->n_shards > 1)
		codist_page_paragraph(page, "This is shard %zu of %zu: but a "
				      "part of all samples.", runs->shard,
				      runs->n_shards);
	codist_page_paragraph(page, "The most accurate is %s: %zu of %zu "
			      "samples are correct, an accuracy of %s.",
			      best->name, best->n_correct, best->n_samples,
			      accuracy);
	if (n_ties)
		codist_page_paragraph(page, "%zu more %s as accurate.",
				      n_ties, n_ties > 1 ? "are" : "is");
	put_axes(page, runs);
}

static int has_seconds(const struct codist_report_runs *runs)
{
	for (size_t i = 0; i < runs->n; i++)
		if (runs->items[i].seconds > 0)
			return 1;
	return 0;
}

static int has_memory(const struct codist_report_runs *runs)
{
	for (size_t i = 0; i < runs->n; i++)
		if (runs->items[i].memory)
			return 1;
	return 0;
}

static void put_columns(struct codist_page *page,
			const struct codist_report_runs *runs)
{
	static const struct codist_page_column counts[] = {
		{ "run", 0, 0, 0 }, { "accuracy", 1, 0, 0 },
		{ "low", 1, 0, 0 }, { "high", 1, 0, 0 },
		{ "correct", 1, 0, 0 }, { "samples", 1, 0, 0 },
	}, ties[] = {
		{ "tied", 1, 0, 0 }, { "correct_low", 1, 0, 1 },
		{ "correct_high", 1, 0, 1 },
	};

	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
		codist_page_column(page, counts[i]);
	for (int axis = 0; axis < CODIST_AXES; axis++)
		if (runs->varies[axis])
			codist_page_column(page, (struct codist_page_column){
				.name = codist_axis_names[axis], .is_axis = 1,
				.is_number = axis >= CODIST_AXIS_TRAIN_LIMIT &&
					     axis <= CODIST_AXIS_SEED,
				.is_wide = 1 });
	for (size_t i = 0; i < sizeof(ties) / sizeof(ties[0]); i++)
		codist_page_column(page, ties[i]);
	if (has_seconds(runs))
		codist_page_column(page, (struct codist_page_column){
					 "seconds", 1, 0, 0 });
	if (has_memory(runs))
		codist_page_column(page, (struct codist_page_column){
					 "MiB", 1, 0, 1 });
}

static void put_run(struct codist_page *page,
		    const struct codist_report_runs *runs,
		    const struct codist_report_run *run)
{
	struct codist_interval interval =
		codist_wilson(run->n_correct, run->n_samples, CONFIDENCE);

	codist_page_cell(page, "%s", run->name);
	codist_page_real(page, run->accuracy, 4);
	codist_page_real(page, interval.low, 4);
	codist_page_real(page, interval.high, 4);
	codist_page_cell(page, "%zu", run->n_correct);
	codist_page_cell(page, "%zu", run->n_samples);
	for (int axis = 0; axis < CODIST_AXES; axis++)
		if (runs->varies[axis])
			codist_page_cell(page, "%s", run->axes[axis]);
	codist_page_cell(page, "%zu", run->n_tied);
	codist_page_cell(page, "%zu", run->correct_low);
	codist_page_cell(page, "%zu", run->correct_high);
	if (has_seconds(runs))
		codist_page_real(page, run->seconds, 3);
	if (has_memory(runs) && run->memory)
		codist_page_real(page, (double)run->memory / 1048576, 1);
	else if (has_memory(runs))
		codist_page_cell(page, "%s", "");
}

/* For the script, which shows it. */
static void put_controls(struct codist_page *page)
{
	codist_page_markup(page,
		"<p class=\"controls\" id=\"filter\" hidden>"
		"<label>Show runs with <input type=\"search\" "
		"aria-describedby=\"shown\" placeholder=\"all of these "
		"words\"></label> <span id=\"shown\" role=\"status\"></span>"
		"</p>\n");
}

void codist_report_results(struct codist_page *page,
			   const struct codist_report_runs *runs)
{
	codist_page_section(page, "results", "Results");
	codist_page_paragraph(page, "Low and high are Wilson's interval of the "
			      "accuracy, of 95 %%. Where the classes that are "
			      "nearest are equally near, a sample is tied; "
			      "correct_low and correct_high are what other "
			      "ways to break ties could have come to. Runs of "
			      "the same scores share their seconds.");
	put_controls(page);
	codist_page_table(page);
	put_columns(page, runs);
	for (size_t i = 0; i < runs->n; i++)
		put_run(page, runs, &runs->items[i]);
	codist_page_table_end(page, "Results of each run", "results sortable");
}
