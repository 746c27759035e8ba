/*
 * report.c - the results of a study, to be read by people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/report_figures.h"
#include "study/report_sections.h"
#include "study/results.h"

#include "base/system.h"

#include <assert.h>
#include <errno.h>

static enum codist_status put_sections(struct codist_page *page,
				       const struct codist_report_runs *runs,
				       struct codist_watching *watching,
				       struct codist_error *err)
{
	codist_page_begin(page, runs->title);
	codist_report_summary(page, runs);
	codist_report_results(page, runs);
	CODIST_TRY(codist_report_fitted(page, runs, err));
	codist_report_pivot(page, runs);
	CODIST_TRY(codist_report_curves(page, runs, err));
	codist_report_costs(page, runs);
	CODIST_TRY(codist_report_differences(page, runs, err));
	CODIST_TRY(codist_report_ranks(page, runs, err));
	CODIST_TRY(codist_report_matrices(page, runs, err));
	CODIST_TRY(codist_report_pairs(page, runs, err));
	CODIST_TRY(codist_report_reliability(page, runs, watching, err));
	CODIST_TRY(codist_report_hardest(page, runs, err));
	CODIST_TRY(codist_report_origins(page, runs, err));
	codist_page_end(page);
	if (page->figures && page->figures->status != CODIST_OK) {
		*err = page->figures->err;
		return page->figures->status;
	}
	return CODIST_OK;
}

static enum codist_status write_page(const struct codist_page *page, FILE *file,
				     const char *name,
				     struct codist_error *err)
{
	const struct codist_text *text = &page->text;

	if (text->failed)
		return codist_no_memory(err, "a report");
	if (fwrite(text->chars, 1, text->length, file) < text->length)
		return codist_cannot(err, name, "write", errno);
	return CODIST_OK;
}

/* The runs of both are those that are done, in the order of the grid. */
static enum codist_status read_store(struct codist_report_runs *runs,
				     struct codist_comparison *comparison,
				     sqlite3 *db,
				     struct codist_watching *watching,
				     struct codist_error *err)
{
	int64_t n_predictions = 0;

	/* All of one moment, whoever writes meanwhile. */
	CODIST_TRY(codist_database_do(db, "BEGIN", err));
	CODIST_TRY(codist_report_runs_read(runs, db, err));
	CODIST_TRY(codist_database_number(db, codist_count_predictions,
					  &n_predictions, err));
	watching->progress.total = 2 * (size_t)n_predictions;
	CODIST_TRY(codist_comparison_from(comparison, db, watching, err));
	assert(comparison->n_runs == runs->n);
	return CODIST_OK;
}

enum codist_status codist_store_report(const char *path,
				       const struct codist_report_how *how,
				       FILE *file, const char *name,
				       struct codist_error *err)
{
	struct codist_figures figures = { .folder = how->figures };
	struct codist_page page = {
		.format = how->format,
		.figures = how->figures ? &figures : NULL,
	};
	struct codist_comparison comparison = { .n_runs = 0 };
	struct codist_report_runs runs = { .how = how,
					   .comparison = &comparison };
	struct codist_watching watching = { .watch = &how->watch };
	sqlite3 *db;
	enum codist_status status;

	CODIST_TRY(codist_results_open_whole(&db, path, err));
	status = how->figures ? codist_figures_check(how->figures, err) :
				CODIST_OK;
	if (status == CODIST_OK)
		status = read_store(&runs, &comparison, db, &watching, err);
	if (status == CODIST_OK)
		status = put_sections(&page, &runs, &watching, err);
	if (status == CODIST_OK)
		status = write_page(&page, file, name, err);
	codist_report_runs_release(&runs);
	codist_comparison_release(&comparison);
	codist_page_release(&page);
	sqlite3_close(db);
	return status;
}
