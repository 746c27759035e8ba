/*
 * merge.c - the stores of all shards become one
 *
 * The new store begins as a copy of the first shard's; what the others have is
 * added table by table, within one transaction. Half a store is never seen
 * under its name.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/results.h"

#include "base/system.h"
#include "base/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * What must be the same in all shards: queries of one text. Of runs that are no
 * longer in the study, whose place is null, nothing is asked.
 */
static const struct {
	const char *what, *sql;
} same[] = {
	{ "study", "SELECT name || char(10) || source FROM study" },
	{ "version of codist", "SELECT codist FROM study" },
	{ "runs", "SELECT group_concat(name || char(10) || spec, char(10)) "
		  "FROM (SELECT * FROM run WHERE place IS NOT NULL ORDER BY "
		  "place)" },
	{ "data", "SELECT group_concat(sets || train_checksum || "
		  "test_checksum, char(10)) FROM (SELECT * FROM data WHERE "
		  "sets IN (SELECT sets FROM run WHERE place IS NOT NULL) "
		  "ORDER BY sets)" },
	{ "libraries", "SELECT group_concat(spec || library || version || "
		       "digest, char(10)) FROM (SELECT * FROM backend WHERE "
		       "spec IN (SELECT backend_spec FROM run WHERE place IS "
		       "NOT NULL) ORDER BY spec)" },
	{ "fit", "SELECT group_concat(grid || ' ' || part || ' ' || place || "
		 "' ' || value, char(10)) FROM (SELECT run.place AS grid, "
		 "part, fitted.place AS place, value FROM fitted JOIN run ON "
		 "run.id = run WHERE run.place IS NOT NULL ORDER BY grid, "
		 "part, fitted.place)" },
	{ "classes", "SELECT group_concat(place || ' ' || class || called, "
		     "char(10)) FROM (SELECT place, class, class.name AS "
		     "called FROM class JOIN run ON run.id = run WHERE place "
		     "IS NOT NULL ORDER BY place, class)" },
};

#define N_SAME (sizeof(same) / sizeof(same[0]))

/* A shard, looked at. */
struct shard {
	const char *path;
	size_t i, n;
	char *texts[N_SAME];
};

static enum codist_status read_texts(struct shard *shard, sqlite3 *db,
				     struct codist_error *err)
{
	enum codist_status status = CODIST_OK;

	for (size_t k = 0; k < N_SAME && status == CODIST_OK; k++) {
		sqlite3_stmt *s;
		int has_row;

		CODIST_TRY(codist_database_prepare(db, &s, same[k].sql, err));
		status = codist_database_step(s, &has_row, err);
		if (status == CODIST_OK) {
			shard->texts[k] = strdup(codist_column_text(s, 0));
			if (!shard->texts[k])
				status = codist_no_memory(err, shard->path);
		}
		sqlite3_finalize(s);
	}
	return status;
}

static enum codist_status look(struct shard *shard, struct codist_error *err)
{
	sqlite3 *db;
	int64_t i = 0, n = 0, n_left = 0;
	enum codist_status status;

	CODIST_TRY(codist_results_open_whole(&db, shard->path, err));
	status = codist_database_number(db, "SELECT shard FROM study", &i, err);
	if (status == CODIST_OK)
		status = codist_database_number(
			db, "SELECT shards FROM study", &n, err);
	if (status == CODIST_OK)
		status = codist_database_number(
			db, "SELECT count(*) FROM run WHERE state <> 'done' AND "
			"place IS NOT NULL", &n_left, err);
	if (status == CODIST_OK && n_left > 0)
		status = codist_fail(err, CODIST_EUSAGE,
				     "%s: %d runs are not done", shard->path,
				     (int)n_left);
	if (status == CODIST_OK)
		status = read_texts(shard, db, err);
	shard->i = (size_t)i;
	shard->n = (size_t)n;
	sqlite3_close(db);
	return status;
}

static enum codist_status compare(const struct shard *shards, size_t n,
				  struct codist_error *err)
{
	for (size_t a = 0; a < n; a++) {
		if (shards[a].n != n)
			return codist_fail(err, CODIST_EUSAGE,
					   "%s: is one of %zu shards, and %zu "
					   "are given", shards[a].path,
					   shards[a].n, n);
		for (size_t b = 0; b < a; b++)
			if (shards[a].i == shards[b].i)
				return codist_fail(err, CODIST_EUSAGE,
						   "%s and %s: both are shard "
						   "%zu", shards[b].path,
						   shards[a].path, shards[a].i);
		for (size_t k = 0; k < N_SAME; k++)
			if (strcmp(shards[a].texts[k], shards[0].texts[k]))
				return codist_fail(err, CODIST_EUSAGE,
						   "%s and %s: another %s",
						   shards[0].path,
						   shards[a].path,
						   same[k].what);
	}
	return CODIST_OK;
}

/* Nor is anything kept of them. */
static const char forget[] =
	"BEGIN;"
	"UPDATE study SET shard = 1, shards = 1;"
	"DELETE FROM partial;"
	"DELETE FROM run WHERE place IS NULL;"
	"DELETE FROM class WHERE run NOT IN (SELECT id FROM run);"
	"DELETE FROM prediction WHERE run NOT IN (SELECT id FROM run);"
	"DELETE FROM confusion WHERE run NOT IN (SELECT id FROM run);"
	"DELETE FROM block WHERE run NOT IN (SELECT id FROM run);"
	"DELETE FROM member WHERE run NOT IN (SELECT id FROM run);"
	"DELETE FROM fitted WHERE run NOT IN (SELECT id FROM run);"
	"DELETE FROM trial WHERE run NOT IN (SELECT id FROM run);"
	"DELETE FROM ladder WHERE run NOT IN (SELECT id FROM run);"
	"DELETE FROM work WHERE run NOT IN (SELECT id FROM run);"
	"DELETE FROM data WHERE NOT EXISTS (SELECT 1 FROM run WHERE run.sets = "
	"data.sets);"
	"DELETE FROM backend WHERE NOT EXISTS (SELECT 1 FROM run WHERE "
	"backend_spec = backend.spec);"
	"COMMIT";

/* A whole copy of a database, as another process would see it now. */
static enum codist_status copy(const char *from, const char *to,
			       struct codist_error *err)
{
	sqlite3 *source, *copied;
	sqlite3_stmt *s = NULL;
	enum codist_status status;

	CODIST_TRY(codist_results_open(&source, from, err));
	status = codist_database_prepare(source, &s, "VACUUM INTO ?", err);
	if (status == CODIST_OK) {
		codist_bind_text(s, 1, to);
		status = codist_database_once(s, err);
	}
	sqlite3_finalize(s);
	sqlite3_close(source);
	CODIST_TRY(status);
	CODIST_TRY(codist_database_open(&copied, to, CODIST_DATABASE_WRITE,
					err));
	status = codist_database_do(copied, forget, err);
	sqlite3_close(copied);
	return status;
}

static enum codist_status add(sqlite3 *db, const char *from,
			      struct codist_error *err)
{
	sqlite3_stmt *s;
	enum codist_status status;

	CODIST_TRY(codist_database_prepare(db, &s, "ATTACH ? AS shard", err));
	codist_bind_text(s, 1, from);
	status = codist_database_once(s, err);
	sqlite3_finalize(s);
	CODIST_TRY(status);
	status = codist_database_do(
		db,
		"BEGIN;"
		/* Its runs may be numbered otherwise. */
		"CREATE TEMP TABLE numbered AS SELECT its.id AS its, own.id AS "
		"own, own.held FROM shard.run AS its JOIN main.run AS own ON "
		"own.spec = its.spec WHERE its.place IS NOT NULL ORDER BY "
		"own.id;"
		/* What serves to fit is whole in each shard. */
		"INSERT INTO prediction SELECT own, sample, part, truth, "
		"predicted, scores, mean, least FROM numbered CROSS JOIN "
		"shard.prediction ON run = its WHERE held IS NULL;"
		"INSERT INTO block SELECT own, part, first, n, tied, "
		"correct_low, correct_high, nearest, nearest_tied, top2 FROM "
		"numbered CROSS JOIN shard.block ON run = its WHERE held IS "
		"NULL;"
		"CREATE TEMP TABLE first AS SELECT coalesce(max(id), 0) AS id "
		"FROM main.session;"
		"INSERT INTO session SELECT first.id + s.id, began, machine, "
		"processor, threads, processes, codist, pid FROM shard.session "
		"AS s, first;"
		"INSERT INTO work SELECT first.id + session, own, seconds, "
		"deltas, work.threads, memory FROM shard.work JOIN numbered ON "
		"run = its, first;"
		"DROP TABLE numbered;"
		"DROP TABLE first;"
		"COMMIT;"
		"DETACH shard", err);
	if (status != CODIST_OK)
		sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
	return status;
}

static enum codist_status sum_up(sqlite3 *db, struct codist_error *err)
{
	struct codist_store store = { .db = db };
	int64_t n_runs;

	CODIST_TRY(codist_database_number(db, "SELECT max(id) FROM run",
					  &n_runs, err));
	for (int64_t id = 1; id <= n_runs; id++)
		CODIST_TRY(codist_store_end_run(&store, id, err));
	return CODIST_OK;
}

static enum codist_status make(const char *to, const struct shard *shards,
			       size_t n, struct codist_error *err)
{
	sqlite3 *db;
	enum codist_status status;

	CODIST_TRY(copy(shards[0].path, to, err));
	CODIST_TRY(codist_database_open(&db, to, CODIST_DATABASE_WRITE, err));
	status = CODIST_OK;
	for (size_t i = 1; i < n && status == CODIST_OK; i++)
		status = add(db, shards[i].path, err);
	if (status == CODIST_OK)
		status = sum_up(db, err);
	sqlite3_close(db);
	return status;
}

static enum codist_status make_under(const char *to,
				     const struct shard *shards, size_t n,
				     struct codist_error *err)
{
	char *part = codist_text_format("%s.%ld.part", to, (long)getpid());
	enum codist_status status;

	if (!part)
		return codist_no_memory(err, to);
	status = make(part, shards, n, err);
	/* Not over another file, which may have come meanwhile. */
	if (status == CODIST_OK && link(part, to) != 0)
		status = codist_cannot(err, to, "write", errno);
	unlink(part);
	free(part);
	return status;
}

enum codist_status codist_store_merge(const char *to, const char *const *from,
				      size_t n, struct codist_error *err)
{
	struct shard *shards = calloc(n + 1, sizeof(*shards));
	struct stat there;
	enum codist_status status = CODIST_OK;

	if (!shards)
		return codist_no_memory(err, to);
	if (stat(to, &there) == 0)
		status = codist_fail(err, CODIST_EUSAGE,
				     "%s: is there already", to);
	for (size_t i = 0; i < n && status == CODIST_OK; i++) {
		shards[i].path = from[i];
		status = look(&shards[i], err);
	}
	if (status == CODIST_OK)
		status = compare(shards, n, err);
	if (status == CODIST_OK)
		status = make_under(to, shards, n, err);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < N_SAME; k++)
			free(shards[i].texts[k]);
	free(shards);
	return status;
}
