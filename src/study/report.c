/*
 * report.c - the results of a study, to be read by people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/report_pass.h"
#include "study/report_sections.h"
#include "study/results.h"

#include "base/system.h"

#include <errno.h>

/* All that needs each prediction. */
static enum codist_status put_predictions(struct codist_page *page,
					  const struct codist_report_runs *runs,
					  struct codist_error *err)
{
	struct codist_report_pass pass;
	enum codist_status status = codist_report_pass_init(&pass, runs, err);

	if (status == CODIST_OK) {
		codist_report_reliability(page, runs, &pass);
		status = codist_report_hardest(page, runs, &pass, err);
	}
	codist_report_pass_release(&pass);
	return status;
}

static enum codist_status put_sections(struct codist_page *page,
				       const struct codist_report_runs *runs,
				       struct codist_error *err)
{
	codist_page_begin(page, runs->title);
	codist_report_summary(page, runs);
	codist_report_results(page, runs);
	codist_report_pivot(page, runs);
	CODIST_TRY(codist_report_curves(page, runs, err));
	codist_report_costs(page, runs);
	CODIST_TRY(codist_report_ranks(page, runs, err));
	CODIST_TRY(codist_report_matrices(page, runs, err));
	CODIST_TRY(codist_report_pairs(page, runs, err));
	CODIST_TRY(put_predictions(page, runs, err));
	CODIST_TRY(codist_report_origins(page, runs, err));
	codist_page_end(page);
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

enum codist_status codist_store_report(const char *path,
				       enum codist_report_format format,
				       FILE *file, const char *name,
				       struct codist_error *err)
{
	struct codist_page page = { .format = format };
	struct codist_report_runs runs = { 0 };
	sqlite3 *db;
	enum codist_status status;

	CODIST_TRY(codist_results_open(&db, path, err));
	/* All of one moment, whoever writes meanwhile. */
	status = codist_database_do(db, "BEGIN", err);
	if (status == CODIST_OK)
		status = codist_report_runs_read(&runs, db, err);
	if (status == CODIST_OK)
		status = put_sections(&page, &runs, err);
	if (status == CODIST_OK)
		status = write_page(&page, file, name, err);
	codist_report_runs_release(&runs);
	codist_page_release(&page);
	sqlite3_close(db);
	return status;
}
