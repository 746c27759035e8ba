/*
 * report_fitted.c - what was fitted on training samples held back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/report_sections.h"

/* Of each run and fold: first what was found, then what it gains. */
static const char values[] =
	"SELECT run.name, part + 1, coalesce(made.name, 'its own'), "
	"fitted.name, value FROM fitted JOIN run ON run.id = fitted.run LEFT "
	"JOIN member ON member.run = run.id AND member.place = fitted.place "
	"LEFT JOIN run AS made ON made.id = member.member WHERE run.state = "
	"'done' AND run.held IS NULL ORDER BY run.place IS NULL, run.place, "
	"run.id, part, fitted.place";
static const char gains[] =
	"SELECT name, part + 1, max(trial.samples), min(CASE WHEN tried = "
	"'weights=fit' OR tried LIKE 'temperature=%' THEN log_loss END), "
	"max(CASE WHEN tried IN ('weights=equal', 'temperature=1') THEN "
	"log_loss END), min(CASE WHEN tried LIKE 'member %' THEN log_loss END) "
	"FROM trial JOIN run ON run.id = trial.run WHERE state = 'done' AND "
	"held IS NULL GROUP BY run.id, part ORDER BY place IS NULL, place, "
	"run.id, part";

static void put_value(struct codist_page *page, sqlite3_stmt *s)
{
	codist_page_cell(page, "%s", codist_column_text(s, 0));
	codist_page_cell(page, "%zu", codist_column_size(s, 1));
	codist_page_cell(page, "%s", codist_column_text(s, 2));
	codist_page_cell(page, "%s", codist_column_text(s, 3));
	codist_page_short(page, sqlite3_column_double(s, 4), 4);
}

static void put_gain(struct codist_page *page, sqlite3_stmt *s)
{
	codist_page_cell(page, "%s", codist_column_text(s, 0));
	codist_page_cell(page, "%zu", codist_column_size(s, 1));
	codist_page_cell(page, "%zu", codist_column_size(s, 2));
	for (int at = 3; at < 6; at++)
		if (sqlite3_column_type(s, at) == SQLITE_NULL)
			codist_page_cell(page, "%s", "");
		else
			codist_page_short(page, sqlite3_column_double(s, at),
					  4);
}

/* A table of what a query comes to. */
static enum codist_status
put_rows(struct codist_page *page, sqlite3 *db, const char *query,
	 void (*put)(struct codist_page *page, sqlite3_stmt *s),
	 struct codist_error *err)
{
	sqlite3_stmt *s;
	int has_row;
	enum codist_status status;

	CODIST_TRY(codist_database_prepare(db, &s, query, err));
	status = codist_database_step(s, &has_row, err);
	while (status == CODIST_OK && has_row) {
		put(page, s);
		status = codist_database_step(s, &has_row, err);
	}
	sqlite3_finalize(s);
	return status;
}

static void begin_table(struct codist_page *page,
			const struct codist_page_column *columns, size_t n)
{
	codist_page_table(page);
	for (size_t i = 0; i < n; i++)
		codist_page_column(page, columns[i]);
}

enum codist_status codist_report_fitted(struct codist_page *page,
					const struct codist_report_runs *runs,
					struct codist_error *err)
{
	static const struct codist_page_column found[] = {
		{ "run", 0, 0, 0 }, { "fold", 1, 0, 0 },
		{ "member", 0, 0, 0 }, { "fitted", 0, 0, 0 },
		{ "value", 1, 0, 0 },
	};
	static const struct codist_page_column gained[] = {
		{ "run", 0, 0, 0 }, { "fold", 1, 0, 0 },
		{ "samples", 1, 0, 0 }, { "fitted", 1, 0, 0 },
		{ "not", 1, 0, 0 }, { "best alone", 1, 0, 0 },
	};
	int64_t n;

	CODIST_TRY(codist_database_number(
		runs->db, "SELECT count(*) FROM fitted JOIN run ON run.id = "
			  "fitted.run WHERE state = 'done' AND held IS NULL",
		&n, err));
	if (n == 0)
		return CODIST_OK;
	codist_page_section(page, "fitted", "What was fitted");
	codist_page_paragraph(page, "Temperatures, and the weights by which "
			      "class scores are added up, were found on a part "
			      "of the training samples that was held back, and "
			      "classified by the rest: those with the least "
			      "log-loss. No sample of the results took part.");
	begin_table(page, found, sizeof(found) / sizeof(found[0]));
	CODIST_TRY(put_rows(page, runs->db, values, put_value, err));
	codist_page_table_end(page, "What was found", "");
	codist_page_paragraph(page, "On the samples held back, log-loss in bits "
			      "a sample: with what was fitted; not, which is "
			      "the temperature 1, or equal weights; and by the "
			      "member that has the least alone, its scores "
			      "taken for bits.");
	begin_table(page, gained, sizeof(gained) / sizeof(gained[0]));
	CODIST_TRY(put_rows(page, runs->db, gains, put_gain, err));
	codist_page_table_end(page, "What it gains", "");
	return CODIST_OK;
}
