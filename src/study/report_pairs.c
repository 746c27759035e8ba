/*
 * report_pairs.c - the classes that are most often taken for one another
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/report_sections.h"

#define PAIRS 20
#define TEXT_OF(number) #number
#define AS_TEXT(number) TEXT_OF(number)

/* Over all runs of the same data. */
static const char query[] =
	"WITH named AS (SELECT coalesce(data, train) AS data, t.name AS truth, "
	"p.name AS predicted, n, run.id AS run FROM confusion JOIN run ON "
	"run.id = confusion.run JOIN class AS t ON t.run = run.id AND t.class "
	"= truth JOIN class AS p ON p.run = run.id AND p.class = predicted "
	"WHERE state = 'done' AND held IS NULL), "
	"whole AS (SELECT data, truth, sum(n) AS n FROM named GROUP BY data, "
	"truth) "
	"SELECT named.data, named.truth, predicted, sum(named.n) AS wrong, "
	"1.0 * sum(named.n) / whole.n, count(DISTINCT run) FROM named JOIN "
	"whole ON whole.data = named.data AND whole.truth = named.truth "
	"WHERE named.truth <> predicted GROUP BY named.data, named.truth, "
	"predicted ORDER BY wrong DESC, named.data, named.truth, predicted "
	"LIMIT " AS_TEXT(PAIRS);

enum codist_status
codist_report_pairs(struct codist_page *page,
		    const struct codist_report_runs *runs,
		    struct codist_error *err)
{
	static const struct codist_page_column columns[] = {
		{ "true class", 0, 0, 0 }, { "taken for", 0, 0, 0 },
		{ "data", 0, 0, 0 }, { "predictions", 1, 0, 0 },
		{ "share of the class", 1, 0, 0 }, { "runs", 1, 0, 0 },
	};
	sqlite3_stmt *s;
	int has_row;
	enum codist_status status;

	CODIST_TRY(codist_database_prepare(runs->db, &s, query, err));
	status = codist_database_step(s, &has_row, err);
	if (status != CODIST_OK || !has_row) {
		sqlite3_finalize(s);
		return status;
	}
	codist_page_section(page, "pairs", "Most confused pairs");
	codist_page_paragraph(page, "Over all runs of the same data, at most "
			      "%d pairs; the share is of all predictions of "
			      "samples of the true class.", PAIRS);
	codist_page_table(page);
	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		codist_page_column(page, columns[i]);
	while (status == CODIST_OK && has_row) {
		codist_page_cell(page, "%s", codist_column_text(s, 1));
		codist_page_cell(page, "%s", codist_column_text(s, 2));
		codist_page_cell(page, "%s", codist_column_text(s, 0));
		codist_page_cell(page, "%zu", codist_column_size(s, 3));
		codist_page_real(page, sqlite3_column_double(s, 4), 4);
		codist_page_cell(page, "%zu", codist_column_size(s, 5));
		status = codist_database_step(s, &has_row, err);
	}
	sqlite3_finalize(s);
	codist_page_table_end(page, "Most confused pairs of classes",
			      "sortable");
	return status;
}
