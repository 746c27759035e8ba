/*
 * export.c - results as CSV, as lines of JSON, as an array
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/predictions.h"

#include "base/system.h"
#include "base/text.h"

#include <codist/output.h>

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Queries whose columns are what is exported; ?1 is a run's name or null. */
static const char *const queries[] = {
	[CODIST_EXPORT_RUNS] =
		"SELECT name AS run, coalesce(data, train) AS data, test, "
		"train_limit, test_limit, folds, validate, seed, transform, "
		"reference, measure, backend, aggregate, backend.library AS "
		"library, backend.version AS library_version, backend.digest "
		"AS library_digest, data.train_checksum AS train_checksum, "
		"data.test_checksum AS test_checksum, run.train_samples AS "
		"train_samples, samples, classes, \"references\", correct, "
		"tied, correct_low, correct_high, nearest, nearest_tied, top2, "
		"run.held AS held, mean_score, least_score "
		"FROM run LEFT JOIN backend ON backend.spec = "
		"run.backend_spec LEFT JOIN data ON data.sets = run.sets "
		"WHERE state = 'done' AND (?1 IS NULL OR run.name = ?1) "
		"ORDER BY place IS NULL, place, run.id",
	[CODIST_EXPORT_PREDICTIONS] =
		"SELECT run.name AS run, sample, t.name AS truth, p.name AS "
		"predicted, scores FROM prediction JOIN run ON run.id = "
		"prediction.run JOIN class AS t ON t.run = run.id AND t.class "
		"= prediction.truth JOIN class AS p ON p.run = run.id AND "
		"p.class = prediction.predicted WHERE state = 'done' AND "
		"(?1 IS NULL OR run.name = ?1) ORDER BY place IS NULL, place, "
		"run.id, sample",
	[CODIST_EXPORT_CONFUSION] =
		"SELECT run.name AS run, t.name AS truth, p.name AS predicted, "
		"n FROM confusion JOIN run ON run.id = confusion.run JOIN "
		"class AS t ON t.run = run.id AND t.class = confusion.truth "
		"JOIN class AS p ON p.run = run.id AND p.class = "
		"confusion.predicted WHERE state = 'done' AND (?1 IS NULL OR "
		"run.name = ?1) ORDER BY place IS NULL, place, run.id, "
		"confusion.truth, "
		"confusion.predicted",
	[CODIST_EXPORT_FITS] =
		"SELECT run.name AS run, part, made.name AS member, "
		"fitted.name AS fitted, value FROM fitted JOIN run ON run.id = "
		"fitted.run AND run.held IS NULL LEFT JOIN member ON member.run = "
		"run.id AND member.place = fitted.place LEFT JOIN run AS made "
		"ON made.id = member.member WHERE run.state = 'done' AND "
		"(?1 IS NULL OR run.name = ?1) ORDER BY run.place IS NULL, "
		"run.place, run.id, part, fitted.place",
};

static void add_csv_text(struct codist_text *line, const char *text)
{
	if (!text[strcspn(text, ",\"\r\n")]) {
		codist_text_add(line, "%s", text);
		return;
	}
	codist_text_add_char(line, '"');
	for (; *text; text++) {
		if (*text == '"')
			codist_text_add_char(line, '"');
		codist_text_add_char(line, *text);
	}
	codist_text_add_char(line, '"');
}

static void add_real(struct codist_text *line, double value)
{
	char text[CODIST_REAL_SIZE];

	codist_format_real(value, text);
	codist_text_add(line, "%s", text);
}

/* Scores are one field in CSV, with blanks between. */
static void add_csv(struct codist_text *line, sqlite3_stmt *s, int at)
{
	const unsigned char *bytes;
	size_t n;

	switch (sqlite3_column_type(s, at)) {
	case SQLITE_INTEGER:
		codist_text_add(line, "%" PRId64,
				(int64_t)sqlite3_column_int64(s, at));
		break;
	case SQLITE_FLOAT:
		add_real(line, sqlite3_column_double(s, at));
		break;
	case SQLITE_BLOB:
		bytes = sqlite3_column_blob(s, at);
		n = (size_t)sqlite3_column_bytes(s, at) / 8;
		for (size_t i = 0; i < n; i++) {
			codist_text_add(line, "%s", i ? " " : "");
			add_real(line, codist_score_at(bytes + 8 * i));
		}
		break;
	case SQLITE_TEXT:
		add_csv_text(line, codist_column_text(s, at));
		break;
	default:
		break;
	}
}

static void add_json_text(struct codist_text *line, const char *text)
{
	json_t *value = json_string(text);
	char *dumped = value ? json_dumps(value, JSON_ENCODE_ANY) : NULL;

	if (dumped)
		codist_text_add(line, "%s", dumped);
	else
		codist_text_add(line, "null"); /* no UTF-8 */
	free(dumped);
	json_decref(value);
}

static void add_json_real(struct codist_text *line, double value)
{
	if (isfinite(value))
		add_real(line, value);
	else
		codist_text_add(line, value > 0 ? "\"inf\"" : "\"-inf\"");
}

static void add_json(struct codist_text *line, sqlite3_stmt *s, int at)
{
	const unsigned char *bytes;
	size_t n;

	codist_text_add(line, "%s\"%s\": ", at ? ", " : "{",
			sqlite3_column_name(s, at));
	switch (sqlite3_column_type(s, at)) {
	case SQLITE_INTEGER:
		add_csv(line, s, at);
		break;
	case SQLITE_FLOAT:
		add_json_real(line, sqlite3_column_double(s, at));
		break;
	case SQLITE_BLOB:
		bytes = sqlite3_column_blob(s, at);
		n = (size_t)sqlite3_column_bytes(s, at) / 8;
		for (size_t i = 0; i < n; i++) {
			codist_text_add(line, "%s", i ? ", " : "[");
			add_json_real(line, codist_score_at(bytes + 8 * i));
		}
		codist_text_add(line, n ? "]" : "[]");
		break;
	case SQLITE_TEXT:
		add_json_text(line, codist_column_text(s, at));
		break;
	default:
		codist_text_add(line, "null");
		break;
	}
}

static void write_row(struct codist_text *line, sqlite3_stmt *s,
		      enum codist_export_format format)
{
	int n = sqlite3_column_count(s);

	line->length = 0;
	for (int at = 0; at < n; at++) {
		if (format == CODIST_EXPORT_JSON_LINES) {
			add_json(line, s, at);
			continue;
		}
		if (at)
			codist_text_add_char(line, ',');
		add_csv(line, s, at);
	}
	codist_text_add(line, format == CODIST_EXPORT_CSV ? "\n" : "}\n");
}

static void write_header(struct codist_text *line, sqlite3_stmt *s)
{
	int n = sqlite3_column_count(s);

	for (int at = 0; at < n; at++)
		codist_text_add(line, "%s%s", at ? "," : "",
				sqlite3_column_name(s, at));
	codist_text_add_char(line, '\n');
}

static enum codist_status put(const struct codist_text *line, FILE *file,
			      const char *name, struct codist_error *err)
{
	if (line->failed)
		return codist_no_memory(err, "a line");
	if (fwrite(line->chars, 1, line->length, file) < line->length)
		return codist_cannot(err, name, "write", errno);
	return CODIST_OK;
}

static enum codist_status write_rows(sqlite3_stmt *s,
				     enum codist_export_format format,
				     FILE *file, const char *name,
				     struct codist_error *err)
{
	struct codist_text line = { 0 };
	int has_row = 1;
	enum codist_status status = CODIST_OK;

	if (format == CODIST_EXPORT_CSV) {
		write_header(&line, s);
		status = put(&line, file, name, err);
	}
	while (status == CODIST_OK) {
		status = codist_database_step(s, &has_row, err);
		if (status != CODIST_OK || !has_row)
			break;
		write_row(&line, s, format);
		status = put(&line, file, name, err);
	}
	free(line.chars);
	return status;
}

enum codist_status codist_store_export(const char *path,
				       enum codist_export what,
				       enum codist_export_format format,
				       const char *run, FILE *file,
				       const char *name,
				       struct codist_error *err)
{
	struct codist_done done;
	sqlite3 *db;
	sqlite3_stmt *s = NULL;
	enum codist_status status;

	CODIST_TRY(codist_results_open_whole(&db, path, err));
	status = run ? codist_done_find(&done, db, run, err) : CODIST_OK;
	if (status == CODIST_OK)
		status = codist_database_prepare(db, &s, queries[what], err);
	if (status == CODIST_OK) {
		codist_bind_text(s, 1, run);
		status = write_rows(s, format, file, name, err);
	}
	sqlite3_finalize(s);
	sqlite3_close(db);
	return status;
}

/* The row of scores that is being written, and how that went. */
struct npy_rows {
	struct codist_npy npy;
	double *row; /* [n_classes] */
	size_t n_classes;
	enum codist_status status;
	struct codist_error *err;
};

static void write_scores(void *user, const struct codist_prediction *from)
{
	struct npy_rows *to = user;

	for (size_t c = 0; c < to->n_classes; c++)
		to->row[c] = codist_score_at(from->scores + 8 * c);
	if (to->status == CODIST_OK)
		to->status = codist_npy_write(&to->npy, 1, to->row, to->err);
}

static enum codist_status export_npy(sqlite3 *db,
				     const struct codist_done *done,
				     const char *path, struct codist_error *err)
{
	struct npy_rows to = {
		.row = calloc(done->n_classes + 1, sizeof(double)),
		.n_classes = done->n_classes, .err = err,
	};
	enum codist_status status;

	if (!to.row)
		return codist_no_memory(err, "scores");
	status = codist_npy_open(&to.npy, path, done->n, done->n_classes, err);
	if (status == CODIST_OK) {
		status = codist_predictions_read(db, done, NULL, write_scores,
						 &to, err);
		if (status == CODIST_OK)
			status = to.status;
		if (status == CODIST_OK)
			status = codist_npy_finish(&to.npy, err);
		else
			codist_npy_abandon(&to.npy);
	}
	free(to.row);
	return status;
}

enum codist_status codist_store_export_npy(const char *path, const char *run,
					   const char *npy,
					   struct codist_error *err)
{
	struct codist_done done;
	sqlite3 *db;
	enum codist_status status;

	CODIST_TRY(codist_results_open_whole(&db, path, err));
	status = codist_done_find(&done, db, run, err);
	if (status == CODIST_OK)
		status = export_npy(db, &done, npy, err);
	sqlite3_close(db);
	return status;
}
