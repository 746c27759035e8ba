/*
 * report_matrices.c - confusion matrices side by side
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/report_figures.h"
#include "study/report_sections.h"

#include <codist/evaluate.h>

#include <stdlib.h>

#define MATRICES 12 /* of a page; else there is one */
#define CLASSES 40  /* more are no table to look at */

static enum codist_status read_counts(sqlite3_stmt *s,
				      const struct codist_report_run *run,
				      struct codist_confusion *confusion,
				      struct codist_error *err)
{
	enum codist_status status = CODIST_OK;
	int has_row;

	sqlite3_bind_int64(s, 1, run->id);
	while (status == CODIST_OK) {
		size_t truth, predicted;

		status = codist_database_step(s, &has_row, err);
		if (status != CODIST_OK || !has_row)
			break;
		truth = codist_column_size(s, 0);
		predicted = codist_column_size(s, 1);
		if (truth < run->n_classes && predicted < run->n_classes)
			confusion->counts[truth * run->n_classes + predicted] =
				codist_column_size(s, 2);
	}
	sqlite3_reset(s);
	return status;
}

static void put_row(struct codist_page *page,
		    const struct codist_confusion *confusion,
		    const struct codist_report_run *run, size_t truth)
{
	const size_t *row = confusion->counts + truth * run->n_classes;
	size_t n = 0;

	for (size_t c = 0; c < run->n_classes; c++)
		n += row[c];
	codist_page_cell(page, "%s", run->classes[truth]);
	for (size_t c = 0; c < run->n_classes; c++) {
		codist_page_cell(page, "%zu", row[c]);
		codist_page_shade(page, n ? (double)row[c] / (double)n : 0);
	}
}

static void put_matrix(struct codist_page *page, const char *caption,
		       const struct codist_confusion *confusion,
		       const struct codist_report_run *run)
{
	codist_page_table(page);
	codist_page_column(page, (struct codist_page_column){
				 .name = "true / predicted" });
	for (size_t c = 0; c < run->n_classes; c++)
		codist_page_column(page, (struct codist_page_column){
					 .name = run->classes[c],
					 .is_number = 1 });
	for (size_t c = 0; c < run->n_classes; c++)
		put_row(page, confusion, run, c);
	codist_page_table_end(page, caption, "confusion");
}

/* The nth, from 1: on the page, and as files. */
static void put(struct codist_page *page,
		const struct codist_confusion *confusion,
		const struct codist_report_run *run, size_t nth, int is_shown)
{
	char accuracy[CODIST_REAL_SIZE], *caption, *name;

	codist_format_fixed(run->accuracy, 4, accuracy);
	caption = codist_text_format("%s: accuracy %s", run->name, accuracy);
	name = codist_text_format("confusion-%02zu", nth);
	if (caption && name) {
		if (is_shown)
			put_matrix(page, caption, confusion, run);
		codist_figures_confusion(page->figures, name, caption,
					 confusion, run->classes);
	} else {
		page->text.failed = 1;
	}
	free(caption);
	free(name);
}

static enum codist_status put_run(struct codist_page *page, sqlite3_stmt *s,
				  const struct codist_report_run *run,
				  size_t nth, int is_shown,
				  struct codist_error *err)
{
	struct codist_confusion confusion;
	enum codist_status status;

	CODIST_TRY(codist_confusion_init(&confusion, run->n_classes, err));
	status = read_counts(s, run, &confusion, err);
	if (status == CODIST_OK)
		put(page, &confusion, run, nth, is_shown);
	codist_confusion_release(&confusion);
	return status;
}

static int is_small(const struct codist_report_run *run)
{
	return run->n_classes > 0 && run->n_classes <= CLASSES;
}

enum codist_status
codist_report_matrices(struct codist_page *page,
		       const struct codist_report_runs *runs,
		       struct codist_error *err)
{
	size_t most = codist_page_is_html(page) ? MATRICES : 1, n = 0;
	size_t n_drawn = page->figures ? MATRICES : most;
	sqlite3_stmt *s;
	enum codist_status status = CODIST_OK;

	for (size_t i = 0; i < runs->n; i++)
		n += (size_t)is_small(&runs->items[i]);
	if (n == 0)
		return CODIST_OK;
	CODIST_TRY(codist_database_prepare(
		runs->db, &s, "SELECT truth, predicted, n FROM confusion WHERE "
			      "run = ?", err));
	codist_page_section(page, "matrices", "Confusion matrices");
	if (n > most)
		codist_page_paragraph(page, "Of the %zu most accurate run%s, "
				      "of %zu.", most, most > 1 ? "s" : "", n);
	codist_page_paragraph(page, "Rows are true classes, columns predicted "
			      "ones.");
	codist_page_markup(page, "<div class=\"matrices\">\n");
	n = 0;
	for (size_t i = 0; i < runs->n && n < n_drawn && status == CODIST_OK;
	     i++) {
		const struct codist_report_run *run =
			&runs->items[runs->best[i]];

		if (!is_small(run))
			continue;
		n++;
		status = put_run(page, s, run, n, n <= most, err);
	}
	codist_page_markup(page, "</div>\n");
	sqlite3_finalize(s);
	return status;
}
