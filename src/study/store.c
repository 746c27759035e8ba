/*
 * store.c - the one file of a study's results: opened, and its runs listed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/schema.h"
#include "study/store.h"

#include "base/system.h"
#include "base/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

void codist_store_close(struct codist_store *store)
{
	sqlite3_finalize(store->prediction);
	sqlite3_finalize(store->block);
	sqlite3_finalize(store->partial);
	/*
	 * One file again, without a log beside it; if others are reading, that
	 * stays, which does no harm.
	 */
	if (store->is_locked && store->db)
		sqlite3_exec(store->db, "PRAGMA journal_mode = DELETE", NULL,
			     NULL, NULL);
	sqlite3_close(store->db);
	/* Any close of the file lets go of SQLite's locks, so it comes last. */
	if (store->is_locked)
		close(store->lock);
	*store = (struct codist_store){ 0 };
}

enum codist_status codist_store_check(sqlite3 *db, struct codist_error *err)
{
	const char *path = sqlite3_db_filename(db, "main");
	int64_t application, version;

	CODIST_TRY(codist_database_number(db, "PRAGMA application_id",
					  &application, err));
	CODIST_TRY(codist_database_number(db, "PRAGMA user_version", &version,
					  err));
	if (application != CODIST_STORE_APPLICATION)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: a database, but no store of codist run",
				   path);
	if (version == CODIST_STORE_VERSION)
		return CODIST_OK;
	return codist_fail(err, CODIST_EFORMAT,
			   "%s: a store of version %" PRId64 ", expected %d, "
			   "of codist %s; %s", path, version,
			   CODIST_STORE_VERSION, codist_version(),
			   version > CODIST_STORE_VERSION ?
				   "a later codist reads it" :
				   "codist run makes another under another "
				   "name");
}

/* An empty database becomes a store. */
static enum codist_status lay_out(sqlite3 *db, struct codist_error *err)
{
	int64_t n_tables;
	char *pragmas;
	enum codist_status status;

	CODIST_TRY(codist_database_number(
		db, "SELECT count(*) FROM sqlite_schema", &n_tables, err));
	if (n_tables > 0)
		return codist_store_check(db, err);
	pragmas = codist_text_format("PRAGMA application_id = %d;"
				     "PRAGMA user_version = %d",
				     CODIST_STORE_APPLICATION,
				     CODIST_STORE_VERSION);
	if (!pragmas)
		return codist_no_memory(err, "a store");
	status = codist_database_do(db, "BEGIN", err);
	if (status == CODIST_OK)
		status = codist_database_do(db, codist_store_tables, err);
	if (status == CODIST_OK)
		status = codist_database_do(db, codist_store_origin_tables,
					    err);
	if (status == CODIST_OK)
		status = codist_database_do(db, codist_store_fit_tables, err);
	if (status == CODIST_OK)
		status = codist_database_do(db, codist_store_views, err);
	if (status == CODIST_OK)
		status = codist_database_do(db, pragmas, err);
	if (status == CODIST_OK)
		status = codist_database_do(db, "COMMIT", err);
	free(pragmas);
	return status;
}

static enum codist_status check_shard(sqlite3 *db, struct codist_shard shard,
				      struct codist_error *err)
{
	int64_t i, n;

	CODIST_TRY(codist_database_number(db, "SELECT shard FROM study", &i,
					  err));
	CODIST_TRY(codist_database_number(db, "SELECT shards FROM study", &n,
					  err));
	if (n == 0 || ((size_t)i == shard.i && (size_t)n == shard.n))
		return CODIST_OK;
	return codist_fail(err, CODIST_EUSAGE,
			   "%s: is of shard %" PRId64 "/%" PRId64 ", expected "
			   "%zu/%zu", sqlite3_db_filename(db, "main"), i, n,
			   shard.i, shard.n);
}

static enum codist_status note_study(sqlite3 *db,
				     const struct codist_study *study,
				     struct codist_shard shard,
				     struct codist_error *err)
{
	sqlite3_stmt *statement;
	enum codist_status status;

	CODIST_TRY(check_shard(db, shard, err));
	status = codist_database_prepare(
		db, &statement,
		"INSERT OR REPLACE INTO study VALUES (1, ?, ?, ?, ?, ?, ?)",
		err);
	if (status == CODIST_OK) {
		codist_bind_text(statement, 1, study->name);
		codist_bind_text(statement, 2, study->title);
		codist_bind_text(statement, 3, study->source);
		codist_bind_text(statement, 4, codist_version());
		codist_bind_size(statement, 5, shard.i);
		codist_bind_size(statement, 6, shard.n);
		status = codist_database_once(statement, err);
		sqlite3_finalize(statement);
	}
	return status;
}

static void bind_limit(sqlite3_stmt *statement, int at, size_t value)
{
	if (value)
		codist_bind_size(statement, at, value);
	else
		sqlite3_bind_null(statement, at);
}

/* A run's choice at a door, for free(); "" where it has none. */
typedef char *brief_function(const struct codist_study_run *run);

static char *spec_brief(const struct codist_spec *spec)
{
	return spec->plugin ? codist_spec_brief(spec) : strdup("");
}

static char *reference_brief(const struct codist_study_run *run)
{
	return spec_brief(&run->reference);
}

static char *measure_brief(const struct codist_study_run *run)
{
	return spec_brief(&run->measure);
}

static char *backend_brief(const struct codist_study_run *run)
{
	return spec_brief(&run->backend);
}

static char *transform_brief(const struct codist_study_run *run)
{
	struct codist_text text = { 0 };

	for (size_t i = 0; i < run->n_transforms; i++) {
		char *link = codist_spec_brief(&run->transforms[i]);

		codist_text_add(&text, "%s%s", i ? " + " : "",
				link ? link : "");
		text.failed |= !link;
		free(link);
	}
	if (run->n_transforms == 0)
		codist_text_add(&text, "none");
	if (!text.failed)
		return text.chars;
	free(text.chars);
	return NULL;
}

/* Of a combination what all members have, or "several". */
static char *common_brief(const struct codist_study *study,
			  const struct codist_study_run *run,
			  brief_function *brief)
{
	const struct codist_study_combination *sum = run->combination;
	char *text = brief(sum ? &study->runs[sum->members[0]] : run);

	for (size_t m = 1; sum && m < sum->n && text; m++) {
		char *other = brief(&study->runs[sum->members[m]]);
		int differs = !other || strcmp(text, other) != 0;

		free(other);
		if (!differs)
			continue;
		free(text);
		return strdup("several");
	}
	return text;
}

static enum codist_status bind_brief(sqlite3_stmt *statement, int at,
				     const struct codist_study *study,
				     const struct codist_study_run *run,
				     brief_function *brief,
				     struct codist_error *err)
{
	char *text = common_brief(study, run, brief);

	if (!text)
		return codist_no_memory(err, "a spec");
	codist_bind_text(statement, at, *text ? text : NULL);
	free(text);
	return CODIST_OK;
}

static char *aggregate_brief(const struct codist_study_run *run)
{
	const char *line = strstr(run->text, "\naggregate: ") + 12;

	return run->combination ? strndup(line, strcspn(line, "\n")) :
				  spec_brief(&run->aggregate);
}

static enum codist_status bind_run(sqlite3_stmt *s,
				   const struct codist_study *study,
				   const struct codist_study_run *run,
				   struct codist_error *err)
{
	char *aggregate = aggregate_brief(run);

	if (!aggregate)
		return codist_no_memory(err, "a spec");
	codist_bind_text(s, 15, aggregate);
	free(aggregate);

	codist_bind_text(s, 1, run->name);
	codist_bind_text(s, 2, run->text);
	codist_bind_text(s, 3, run->is_data ? run->train : NULL);
	codist_bind_text(s, 4, run->is_data ? NULL : run->train);
	codist_bind_text(s, 5, run->is_data ? NULL : run->test);
	bind_limit(s, 6, run->train_limit);
	bind_limit(s, 7, run->test_limit);
	bind_limit(s, 8, run->n_folds);
	if (run->validate > 0)
		sqlite3_bind_double(s, 9, run->validate);
	else
		sqlite3_bind_null(s, 9);
	codist_bind_size(s, 10, (size_t)run->seed);
	CODIST_TRY(bind_brief(s, 11, study, run, transform_brief, err));
	CODIST_TRY(bind_brief(s, 12, study, run, reference_brief, err));
	CODIST_TRY(bind_brief(s, 13, study, run, measure_brief, err));
	CODIST_TRY(bind_brief(s, 14, study, run, backend_brief, err));
	if (run->held > 0)
		sqlite3_bind_double(s, 16, run->held);
	else
		sqlite3_bind_null(s, 16);
	return CODIST_OK;
}

/* Statements by which runs are listed. */
struct listing {
	sqlite3_stmt *find, *add, *place;
};

static enum codist_status find_run(sqlite3_stmt *find,
				   const struct codist_study_run *run,
				   int64_t *id, int *is_there,
				   struct codist_error *err)
{
	enum codist_status status;

	codist_bind_text(find, 1, run->text);
	status = codist_database_step(find, is_there, err);
	if (status == CODIST_OK && *is_there)
		*id = sqlite3_column_int64(find, 0);
	sqlite3_reset(find);
	return status;
}

/* Known runs are found by their text; name and place may be others now. */
static enum codist_status note_run(const struct listing *listing,
				   const struct codist_study *study,
				   size_t at, int64_t *id,
				   struct codist_error *err)
{
	const struct codist_study_run *run = &study->runs[at];
	int is_there;

	CODIST_TRY(find_run(listing->find, run, id, &is_there, err));
	if (!is_there) {
		CODIST_TRY(bind_run(listing->add, study, run, err));
		CODIST_TRY(codist_database_once(listing->add, err));
		*id = sqlite3_last_insert_rowid(
			sqlite3_db_handle(listing->add));
	}
	codist_bind_text(listing->place, 1, run->name);
	codist_bind_size(listing->place, 2, at + 1);
	sqlite3_bind_int64(listing->place, 3, *id);
	return codist_database_once(listing->place, err);
}

static enum codist_status note_runs(sqlite3 *db,
				    const struct codist_study *study,
				    int64_t *run_ids, struct codist_error *err)
{
	struct listing listing = { NULL, NULL, NULL };
	enum codist_status status;

	/* Names must not be in each other's way while they change. */
	status = codist_database_do(
		db, "UPDATE run SET place = NULL, name = name || ' (run ' || "
		    "id || ')' WHERE name NOT LIKE '% (run ' || id || ')'",
		err);
	if (status == CODIST_OK)
		status = codist_database_prepare(
			db, &listing.find, "SELECT id FROM run WHERE spec = ?",
			err);
	if (status == CODIST_OK)
		status = codist_database_prepare(
			db, &listing.place,
			"UPDATE run SET name = ?, place = ? WHERE id = ?",
			err);
	if (status == CODIST_OK)
		status = codist_database_prepare(
			db, &listing.add,
			"INSERT INTO run (name, spec, data, train, test, "
			"train_limit, test_limit, folds, validate, seed, "
			"transform, reference, measure, backend, aggregate, "
			"held) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
			"?, ?, ?)",
			err);
	for (size_t i = 0; i < study->n_runs && status == CODIST_OK; i++)
		status = note_run(&listing, study, i, &run_ids[i], err);
	sqlite3_finalize(listing.find);
	sqlite3_finalize(listing.add);
	sqlite3_finalize(listing.place);
	/* What is no longer asked for, and has no results, was a mistake. */
	return status != CODIST_OK ? status : codist_database_do(
		db, "DELETE FROM member WHERE run IN (SELECT id FROM run WHERE "
		    "place IS NULL AND state = 'waiting');"
		    "DELETE FROM run WHERE place IS NULL AND state = 'waiting' "
		    "AND id NOT IN (SELECT member FROM member UNION SELECT "
		    "held FROM member WHERE held IS NOT NULL)", err);
}

static enum codist_status prepare(struct codist_store *store,
				  struct codist_error *err)
{
	CODIST_TRY(codist_database_prepare(
		store->db, &store->prediction,
		"INSERT INTO prediction VALUES (?, ?, ?, ?, ?, ?, ?, ?)", err));
	CODIST_TRY(codist_database_prepare(
		store->db, &store->block,
		"INSERT INTO block VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		err));
	return codist_database_prepare(
		store->db, &store->partial,
		"INSERT OR REPLACE INTO partial VALUES (?, ?, ?, ?, ?, ?, ?)", err);
}

enum codist_status codist_store_begin(struct codist_store *store,
				      struct codist_error *err)
{
	return codist_database_do(store->db, "BEGIN IMMEDIATE", err);
}

enum codist_status codist_store_commit(struct codist_store *store,
				       struct codist_error *err)
{
	return codist_database_do(store->db, "COMMIT", err);
}

void codist_store_roll_back(struct codist_store *store)
{
	if (store->db && !sqlite3_get_autocommit(store->db))
		sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
}

enum codist_status codist_store_open(struct codist_store *store,
				     const char *path,
				     const struct codist_study *study,
				     struct codist_shard shard,
				     int64_t *run_ids,
				     struct codist_error *err)
{
	enum codist_status status;

	CODIST_TRY(codist_store_lock(store, path, err));
	CODIST_TRY(codist_database_open(&store->db, path,
					CODIST_DATABASE_CREATE, err));
	/* Others read while it is written; a killed process loses nothing. */
	CODIST_TRY(codist_database_do(store->db,
				      "PRAGMA journal_mode = WAL;"
				      "PRAGMA synchronous = NORMAL;"
				      "PRAGMA foreign_keys = ON", err));
	CODIST_TRY(lay_out(store->db, err));
	/* Else a damaged page were found after hours, or never. */
	CODIST_TRY(codist_database_check(store->db, CODIST_CHECK_QUICK, err));
	CODIST_TRY(prepare(store, err));
	CODIST_TRY(codist_store_begin(store, err));
	status = note_study(store->db, study, shard, err);
	if (status == CODIST_OK)
		status = note_runs(store->db, study, run_ids, err);
	if (status == CODIST_OK)
		status = codist_store_commit(store, err);
	codist_store_roll_back(store);
	return status;
}

static void find_processor(char *name, size_t size)
{
	FILE *file = fopen("/proc/cpuinfo", "r");
	char line[256];

	snprintf(name, size, "%s", "unknown");
	while (file && fgets(line, sizeof(line), file)) {
		const char *colon = strchr(line, ':');

		if (strncmp(line, "model name", 10) != 0 || !colon)
			continue;
		line[strcspn(line, "\n")] = '\0';
		snprintf(name, size, "%s", colon + 2);
		break;
	}
	if (file)
		fclose(file);
}

enum codist_status codist_store_begin_session(struct codist_store *store,
					      unsigned n_threads,
					      unsigned n_processes,
					      struct codist_error *err)
{
	char began[32] = "", processor[128];
	struct utsname system = { 0 };
	time_t now = time(NULL);
	struct tm utc;
	sqlite3_stmt *s;
	enum codist_status status;

	uname(&system);
	find_processor(processor, sizeof(processor));
	if (gmtime_r(&now, &utc))
		strftime(began, sizeof(began), "%Y-%m-%dT%H:%M:%SZ", &utc);
	CODIST_TRY(codist_database_prepare(
		store->db, &s,
		"INSERT INTO session (began, machine, processor, threads, "
		"processes, codist, pid) VALUES (?, ?, ?, ?, ?, ?, ?)", err));
	codist_bind_text(s, 1, began);
	codist_bind_text(s, 2, system.machine);
	codist_bind_text(s, 3, processor);
	codist_bind_size(s, 4, n_threads);
	codist_bind_size(s, 5, n_processes);
	codist_bind_text(s, 6, codist_version());
	codist_bind_size(s, 7, (size_t)getpid());
	status = codist_database_once(s, err);
	sqlite3_finalize(s);
	store->session = sqlite3_last_insert_rowid(store->db);
	return status;
}
