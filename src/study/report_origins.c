/*
 * report_origins.c - the data, libraries and machines that results come from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/report_sections.h"

/* A query's rows as a table of the same columns. */
struct listing {
	const char *caption, *query;
	struct codist_page_column columns[10];
};

static const struct listing listings[] = {
	{ "Data, as it was classified, with SHA-256 of bytes and labels",
	  "SELECT replace(rtrim(sets, char(10)), char(10), '; '), "
	  "train_samples, test_samples, train_checksum, "
	  "CASE WHEN test_samples THEN test_checksum ELSE '' END "
	  "FROM data ORDER BY sets",
	  { { "data", 0, 0, 0 }, { "training samples", 1, 0, 0 },
	    { "test samples", 1, 0, 0 }, { "training checksum", 0, 0, 1 },
	    { "test checksum", 0, 0, 1 } } },
	{ "Libraries, with digests of the lengths of a sample",
	  "SELECT spec, library, version, digest FROM backend ORDER BY spec",
	  { { "backend", 0, 0, 0 }, { "library", 0, 0, 0 },
	    { "version", 0, 0, 0 }, { "digest", 0, 0, 0 } } },
	{ "Sessions: processes that worked on it, times in UTC",
	  "SELECT began, machine, processor, session.threads, processes, "
	  "codist, count(run), round(coalesce(sum(seconds), 0), 3) FROM session LEFT "
	  "JOIN work ON work.session = session.id GROUP BY session.id ORDER "
	  "BY session.id",
	  { { "began", 0, 0, 0 }, { "machine", 0, 0, 0 },
	    { "processor", 0, 0, 0 }, { "threads", 1, 0, 0 },
	    { "processes", 1, 0, 0 }, { "codist", 0, 0, 0 },
	    { "runs", 1, 0, 0 }, { "seconds of runs", 1, 0, 0 } } },
};

static enum codist_status put_listing(struct codist_page *page,
				      const struct codist_report_runs *runs,
				      const struct listing *listing,
				      struct codist_error *err)
{
	sqlite3_stmt *s;
	int has_row;
	enum codist_status status;

	CODIST_TRY(codist_database_prepare(runs->db, &s, listing->query, err));
	status = codist_database_step(s, &has_row, err);
	if (status == CODIST_OK && has_row) {
		codist_page_table(page);
		for (size_t i = 0; listing->columns[i].name; i++)
			codist_page_column(page, listing->columns[i]);
	}
	if (status != CODIST_OK || !has_row) {
		sqlite3_finalize(s);
		return status;
	}
	while (status == CODIST_OK && has_row) {
		for (int i = 0; listing->columns[i].name; i++) {
			if (sqlite3_column_type(s, i) == SQLITE_FLOAT)
				codist_page_real(page,
						 sqlite3_column_double(s, i),
						 3);
			else
				codist_page_cell(page, "%s",
						 codist_column_text(s, i));
		}
		status = codist_database_step(s, &has_row, err);
	}
	sqlite3_finalize(s);
	codist_page_table_end(page, listing->caption, "origins");
	return status;
}

enum codist_status
codist_report_origins(struct codist_page *page,
		      const struct codist_report_runs *runs,
		      struct codist_error *err)
{
	codist_page_section(page, "origins", "Where it comes from");
	codist_page_paragraph(page, "The study was read last by codist %s; "
			      "this report is by codist %s.", runs->codist,
			      codist_version());
	for (size_t i = 0; i < sizeof(listings) / sizeof(listings[0]); i++)
		CODIST_TRY(put_listing(page, runs, &listings[i], err));
	codist_page_fold(page, "The study, as it was read last");
	codist_page_verbatim(page, runs->source);
	codist_page_unfold(page);
	return CODIST_OK;
}
