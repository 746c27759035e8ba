/*
 * reproduce_rows.c - the rows of the table that codist reproduce prints
 *
 * Rows of text and CSV are printed as they come, so the columns of text are
 * as wide as the experiments that there are may need. JSON comes at the end.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "document.h"
#include "progress.h"
#include "reproduce.h"
#include "standard.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int name_width(void)
{
	size_t widest = strlen("experiment");

	for (size_t i = 0; i < codist_n_published; i++) {
		size_t width = strlen(codist_published[i].name);

		widest = width > widest ? width : widest;
	}
	return (int)widest;
}

static double accuracy(const struct row *row)
{
	return (double)row->n_correct / (double)row->n;
}

static const char *verdict_name(enum verdict verdict)
{
	static const char *const names[] = {
		[NOT_COMPARED] = "not compared",
		[AGREES] = "agrees",
		[DIFFERS] = "differs",
		[DIFFERS_BY_LIBRARY] = "differs by library",
	};

	return names[verdict];
}

/* What is compared, and by what: all that the rows have in common. */
static enum codist_status print_heading(const struct rows *rows,
					struct codist_error *err)
{
	printf("codist %s\n\n", codist_version());
	CODIST_TRY(print_spec("train", &rows->train->loader, err));
	CODIST_TRY(print_spec("test", &rows->test->loader, err));
	printf("  %zu samples to train on, %zu to test\n\n",
	       rows->train->n_samples, rows->test->n_samples);
	return CODIST_OK;
}

enum codist_status rows_begin(const struct rows *rows,
			      struct codist_error *err)
{
	if (rows->format == FORMAT_TEXT)
		CODIST_TRY(print_heading(rows, err));
	if (rows->format == FORMAT_CSV)
		printf("experiment,title,published,lowest,highest,samples,"
		       "correct,accuracy,cells_differ,verdict,library,"
		       "library_version,golden_digest,run,seconds\n");
	if (rows->format == FORMAT_TEXT && rows->not_compared)
		printf("%-*s  correct  accuracy        time\n", name_width(),
		       "experiment");
	else if (rows->format == FORMAT_TEXT)
		printf("%-*s  published  correct  accuracy  cells differ  "
		       "      time\n", name_width(), "experiment");
	return standard_flush(err);
}

static void print_range(const struct codist_published *published)
{
	char text[512];

	snprintf(text, sizeof(text), "%zu..%zu is expected, in whatever cells. "
		 "%s", published->lowest, published->highest, published->note);
	printf("  ");
	print_wrapped(text, 2, 2);
}

static void print_text(const struct rows *rows, const struct row *row,
		       int is_same_run)
{
	const struct codist_published *published = row->published;
	char duration[DURATION_SIZE] = "same run", cells[32] = "not known";

	if (!is_same_run)
		format_duration(duration, row->seconds);
	printf("%-*s", name_width(), published->name);
	if (!rows->not_compared)
		printf("  %9zu", published->n_correct);
	printf("  %7zu  %8.4f", row->n_correct, accuracy(row));
	if (published->confusion)
		snprintf(cells, sizeof(cells), "%zu", row->n_differing);
	if (!rows->not_compared)
		printf("  %12s", cells);
	printf("  %10s\n", duration);
	if (!rows->not_compared && published->lowest < published->highest)
		print_range(published);
}

static void print_csv(const struct row *row)
{
	const struct codist_published *published = row->published;

	printf("%s,", published->name);
	codist_write_field(stdout, published->title);
	if (row->verdict == NOT_COMPARED)
		printf(",,,");
	else
		printf(",%zu,%zu,%zu", published->n_correct,
		       published->lowest, published->highest);
	printf(",%zu,%zu,%.15g,", row->n, row->n_correct, accuracy(row));
	if (row->verdict != NOT_COMPARED && published->confusion)
		printf("%zu", row->n_differing);
	printf(",%s,%s,%s,%s,%zu,%.3f\n", verdict_name(row->verdict),
	       row->library ? row->library : "",
	       row->version ? row->version : "", row->digest, row->run,
	       row->seconds);
}

enum codist_status rows_print(const struct rows *rows, size_t first,
			      struct codist_error *err)
{
	for (size_t i = first; i < rows->n; i++) {
		if (rows->format == FORMAT_TEXT)
			print_text(rows, &rows->items[i], i > first);
		if (rows->format == FORMAT_CSV)
			print_csv(&rows->items[i]);
	}
	return standard_flush(err);
}

/* `spec` may be NULL, or without plug-in. */
static void document_brief(struct document *document, const char *key,
			   const struct codist_spec *spec)
{
	char *text = spec && spec->plugin ? codist_spec_brief(spec) : NULL;

	document_text(document, key, text);
	free(text);
}

/* No experiment has several transforms. */
static void document_row(struct document *document, const struct row *row)
{
	const struct codist_published *published = row->published;
	const struct codist_study_run *made = row->made;

	document_object(document, NULL);
	document_text(document, "experiment", published->name);
	document_text(document, "title", published->title);
	document_brief(document, "transform",
		       made->n_transforms ? made->transforms : NULL);
	document_brief(document, "reference", &made->reference);
	document_brief(document, "measure", &made->measure);
	document_brief(document, "backend", &made->backend);
	document_brief(document, "aggregate", &made->aggregate);
	document_number(document, "samples", (double)row->n);
	document_number(document, "correct", (double)row->n_correct);
	document_number(document, "accuracy", accuracy(row));
	document_text(document, "verdict", verdict_name(row->verdict));
	if (row->verdict != NOT_COMPARED) {
		document_number(document, "published",
				(double)published->n_correct);
		document_number(document, "lowest", (double)published->lowest);
		document_number(document, "highest",
				(double)published->highest);
		if (published->confusion)
			document_number(document, "cells_differ",
					(double)row->n_differing);
	}
	document_text(document, "note", published->note);
	document_text(document, "library", row->library);
	document_text(document, "library_version", row->version);
	document_text(document, "golden_digest",
		      *row->digest ? row->digest : NULL);
	document_number(document, "run", (double)row->run);
	document_number(document, "seconds", row->seconds);
	document_close(document);
}

static enum codist_status print_json(const struct rows *rows,
				     struct codist_error *err)
{
	struct document document = { 0 };

	document_object(&document, NULL);
	document_text(&document, "codist", codist_version());
	document_source(&document, "train", rows->train);
	document_source(&document, "test", rows->test);
	document_flag(&document, "complete", rows->n == rows->n_wanted);
	document_text(&document, "not_compared", rows->not_compared);
	document_array(&document, "experiments");
	for (size_t i = 0; i < rows->n; i++)
		document_row(&document, &rows->items[i]);
	document_close(&document);
	document_close(&document);
	return document_print(&document, err);
}

static void print_summary(const struct rows *rows)
{
	const struct row *by_library = NULL;
	size_t n_different = 0;

	for (size_t i = 0; i < rows->n; i++) {
		const struct row *row = &rows->items[i];

		n_different += row->verdict == DIFFERS ||
			       row->verdict == DIFFERS_BY_LIBRARY;
		if (row->verdict == DIFFERS_BY_LIBRARY)
			by_library = row;
	}
	if (n_different == 0)
		printf("\n%s agree%s with what was published.\n",
		       rows->n == 1 ? "The experiment" : "All experiments",
		       rows->n == 1 ? "s" : "");
	else
		printf("\n%zu of %zu experiments differ from what was "
		       "published.\n", n_different, rows->n);
	for (size_t i = 0; i < rows->n; i++)
		if (rows->items[i].verdict == AGREES &&
		    rows->items[i].n_differing > 0)
			printf("%s agrees only in that its count is within "
			       "the expected range.\n",
			       rows->items[i].published->name);
	if (by_library)
		printf("The published cells were obtained with zlib %s, these "
		       "with %s %s.\n", codist_published_zlib,
		       by_library->library, by_library->version);
}

/* Of a table that is not complete, a summary would not be true. */
enum codist_status rows_end(const struct rows *rows, struct codist_error *err)
{
	if (rows->format == FORMAT_JSON)
		return print_json(rows, err);
	if (rows->format != FORMAT_TEXT || rows->n < rows->n_wanted)
		return CODIST_OK;
	if (rows->not_compared)
		printf("\nNot compared with what was published: %s.\n",
		       rows->not_compared);
	else
		print_summary(rows);
	return CODIST_OK;
}
