/*
 * store_data.c - what results are made of: data, and libraries
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/store.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static enum codist_status describe(char **differs, struct codist_error *err,
				   char *text)
{
	*differs = text;
	return text ? CODIST_OK : codist_no_memory(err, "a description");
}

static enum codist_status compare_sets(sqlite3_stmt *noted,
				       const struct codist_store_sets *now,
				       char **differs,
				       struct codist_error *err)
{
	size_t n_train = codist_column_size(noted, 0);
	size_t n_test = codist_column_size(noted, 1);
	const char *train = codist_column_text(noted, 2);
	const char *test = codist_column_text(noted, 3);
	int is_train = strcmp(train, now->train_checksum) != 0;

	if (!is_train && strcmp(test, now->test_checksum) == 0)
		return CODIST_OK;
	return describe(differs, err, codist_text_format(
		"%s samples were %zu with SHA-256 %.16s..., and are %zu with "
		"%.16s...", is_train ? "training" : "test",
		is_train ? n_train : n_test, is_train ? train : test,
		is_train ? now->n_train : now->n_test,
		is_train ? now->train_checksum : now->test_checksum));
}

static enum codist_status note_sets(struct codist_store *store,
				    const struct codist_store_sets *sets,
				    struct codist_error *err)
{
	sqlite3_stmt *add;
	enum codist_status status;

	CODIST_TRY(codist_database_prepare(
		store->db, &add, "INSERT INTO data VALUES (?, ?, ?, ?, ?)",
		err));
	codist_bind_text(add, 1, sets->sets);
	codist_bind_size(add, 2, sets->n_train);
	codist_bind_size(add, 3, sets->n_test);
	codist_bind_text(add, 4, sets->train_checksum);
	codist_bind_text(add, 5, sets->test_checksum);
	status = codist_database_once(add, err);
	sqlite3_finalize(add);
	return status;
}

enum codist_status codist_store_sets(struct codist_store *store,
				     const struct codist_store_sets *sets,
				     char **differs, struct codist_error *err)
{
	sqlite3_stmt *find;
	int has_row;
	enum codist_status status;

	*differs = NULL;
	CODIST_TRY(codist_database_prepare(
		store->db, &find,
		"SELECT train_samples, test_samples, train_checksum, "
		"test_checksum FROM data WHERE sets = ?", err));
	codist_bind_text(find, 1, sets->sets);
	status = codist_database_step(find, &has_row, err);
	if (status == CODIST_OK && has_row)
		status = compare_sets(find, sets, differs, err);
	sqlite3_finalize(find);
	if (status == CODIST_OK && !has_row)
		status = note_sets(store, sets, err);
	return status;
}

static enum codist_status
note_source(struct codist_store *store, const struct codist_store_source *source,
	    struct codist_error *err)
{
	sqlite3_stmt *add;
	enum codist_status status;

	CODIST_TRY(codist_database_prepare(
		store->db, &add, "INSERT INTO source VALUES (?, ?, ?, ?)",
		err));
	codist_bind_text(add, 1, source->name);
	codist_bind_text(add, 2, source->part);
	codist_bind_size(add, 3, source->n_samples);
	codist_bind_text(add, 4, source->checksum);
	status = codist_database_once(add, err);
	sqlite3_finalize(add);
	return status;
}

static enum codist_status
compare_source(sqlite3_stmt *noted, const struct codist_store_source *now,
	       char **differs, struct codist_error *err)
{
	const char *checksum = codist_column_text(noted, 1);

	if (strcmp(checksum, now->checksum) == 0)
		return CODIST_OK;
	return describe(differs, err, codist_text_format(
		"the %s samples of %s were %zu with SHA-256 %.16s..., and are "
		"%zu with %.16s...", now->part, now->name,
		codist_column_size(noted, 0), checksum, now->n_samples,
		now->checksum));
}

enum codist_status
codist_store_source(struct codist_store *store,
		    const struct codist_store_source *source, char **differs,
		    struct codist_error *err)
{
	sqlite3_stmt *find;
	int has_row;
	enum codist_status status;

	*differs = NULL;
	CODIST_TRY(codist_database_prepare(
		store->db, &find, "SELECT samples, checksum FROM source WHERE "
		"name = ? AND part = ?", err));
	codist_bind_text(find, 1, source->name);
	codist_bind_text(find, 2, source->part);
	status = codist_database_step(find, &has_row, err);
	if (status == CODIST_OK && has_row)
		status = compare_source(find, source, differs, err);
	sqlite3_finalize(find);
	if (status == CODIST_OK && !has_row)
		status = note_source(store, source, err);
	return status;
}

static enum codist_status
compare_backend(sqlite3_stmt *noted, const struct codist_store_backend *now,
		char **differs, struct codist_error *err)
{
	const char *library = codist_column_text(noted, 0);
	const char *version = codist_column_text(noted, 1);
	const char *digest = codist_column_text(noted, 2);

	if (strcmp(library, now->library) == 0 &&
	    strcmp(version, now->version) == 0 &&
	    strcmp(digest, now->digest) == 0)
		return CODIST_OK;
	return describe(differs, err, codist_text_format(
		"results are of %s %s with digest %s, and now it is %s %s with "
		"%s", library, version, digest, now->library, now->version,
		now->digest));
}

static enum codist_status
note_backend(struct codist_store *store,
	     const struct codist_store_backend *backend,
	     struct codist_error *err)
{
	sqlite3_stmt *add;
	enum codist_status status;

	CODIST_TRY(codist_database_prepare(
		store->db, &add, "INSERT INTO backend VALUES (?, ?, ?, ?)",
		err));
	codist_bind_text(add, 1, backend->spec);
	codist_bind_text(add, 2, backend->library);
	codist_bind_text(add, 3, backend->version);
	codist_bind_text(add, 4, backend->digest);
	status = codist_database_once(add, err);
	sqlite3_finalize(add);
	return status;
}

enum codist_status
codist_store_backend(struct codist_store *store,
		     const struct codist_store_backend *backend,
		     char **differs, struct codist_error *err)
{
	sqlite3_stmt *find;
	int has_row, is_known = 0;
	enum codist_status status;

	*differs = NULL;
	/* Another backend of the same library counts, in another version. */
	CODIST_TRY(codist_database_prepare(
		store->db, &find,
		"SELECT library, version, digest, spec = ?1 FROM backend WHERE "
		"spec = ?1 OR (library = ?2 AND version <> ?3) "
		"ORDER BY spec = ?1", err));
	codist_bind_text(find, 1, backend->spec);
	codist_bind_text(find, 2, backend->library);
	codist_bind_text(find, 3, backend->version);
	status = codist_database_step(find, &has_row, err);
	while (status == CODIST_OK && has_row && !*differs) {
		is_known |= sqlite3_column_int(find, 3);
		status = compare_backend(find, backend, differs, err);
		if (status == CODIST_OK)
			status = codist_database_step(find, &has_row, err);
	}
	sqlite3_finalize(find);
	if (status == CODIST_OK && !is_known && !*differs)
		status = note_backend(store, backend, err);
	return status;
}

/* Results of the runs that a condition with one parameter holds for. */
static enum codist_status forget_runs(struct codist_store *store,
				 const char *condition, const char *value,
				 struct codist_error *err)
{
	static const char *const from[] = {
		"DELETE FROM prediction WHERE run IN",
		"DELETE FROM confusion WHERE run IN",
		"DELETE FROM block WHERE run IN",
		"DELETE FROM partial WHERE run IN",
		"DELETE FROM class WHERE run IN",
		"DELETE FROM work WHERE run IN",
		"DELETE FROM fitted WHERE run IN",
		"DELETE FROM trial WHERE run IN",
		"DELETE FROM ladder WHERE run IN",
		("UPDATE run SET state = 'waiting', sets = NULL, "
		 "backend_spec = NULL, correct = NULL WHERE id IN"),
	};

	for (size_t i = 0; i < sizeof(from) / sizeof(from[0]); i++) {
		char *sql = codist_text_format(
			"%s (SELECT id FROM run WHERE %s)", from[i], condition);
		sqlite3_stmt *statement;
		enum codist_status status;

		if (!sql)
			return codist_no_memory(err, "a statement");
		status = codist_database_prepare(store->db, &statement, sql,
						 err);
		free(sql);
		CODIST_TRY(status);
		codist_bind_text(statement, 1, value);
		status = codist_database_once(statement, err);
		sqlite3_finalize(statement);
		CODIST_TRY(status);
	}
	return CODIST_OK;
}

/* And those that are made of them, or fitted by them. */
static enum codist_status forget(struct codist_store *store,
				 const char *condition, const char *value,
				 struct codist_error *err)
{
	CODIST_TRY(forget_runs(store, condition, value, err));
	return forget_runs(store,
			   "?1 IS NOT NULL AND state <> 'waiting' AND id IN "
			   "(SELECT member.run FROM member JOIN run AS made ON "
			   "made.id IN (member.member, member.held) WHERE "
			   "made.state = 'waiting')", value, err);
}

static enum codist_status drop_note(struct codist_store *store,
				    const char *sql, const char *value,
				    struct codist_error *err)
{
	sqlite3_stmt *statement;
	enum codist_status status;

	CODIST_TRY(codist_database_prepare(store->db, &statement, sql, err));
	codist_bind_text(statement, 1, value);
	status = codist_database_once(statement, err);
	sqlite3_finalize(statement);
	return status;
}

enum codist_status codist_store_forget_sets(struct codist_store *store,
					    const char *sets,
					    struct codist_error *err)
{
	CODIST_TRY(forget(store, "sets = ?", sets, err));
	return drop_note(store, "DELETE FROM data WHERE sets = ?", sets, err);
}

/* All that is made of it, however it was limited, transformed or held back. */
enum codist_status codist_store_forget_source(struct codist_store *store,
					      const char *name,
					      struct codist_error *err)
{
	CODIST_TRY(forget(store, "?1 IN (data, train, test)", name, err));
	CODIST_TRY(drop_note(store, "DELETE FROM data WHERE ?1 IS NOT NULL AND "
			     "sets NOT IN (SELECT sets FROM run WHERE sets IS "
			     "NOT NULL)", name, err));
	return drop_note(store, "DELETE FROM source WHERE name = ?", name, err);
}

enum codist_status codist_store_forget_library(struct codist_store *store,
					       const char *library,
					       struct codist_error *err)
{
	CODIST_TRY(forget(store, "backend_spec IN (SELECT spec FROM backend "
			  "WHERE library = ?)", library, err));
	return drop_note(store, "DELETE FROM backend WHERE library = ?",
			 library, err);
}
