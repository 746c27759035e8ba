/*
 * database.c - SQLite, with the project's errors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/database.h"

#include "base/system.h"
#include "base/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Another process may be about to end its transaction. */
#define MILLISECONDS_TO_WAIT 10000

static enum codist_status damaged(const char *path, const char *what,
				  struct codist_error *err)
{
	return codist_fail(err, CODIST_EFORMAT,
			   "%s: is damaged, or no store: %s; 'sqlite3 FILE "
			   ".recover' may save what is in it", path, what);
}

/* A log beside a database is read by way of a third file, of locks. */
static int has_log(const char *path)
{
	char *log = codist_text_format("%s-wal", path);
	struct stat there;
	int is_there = log && stat(log, &there) == 0;

	free(log);
	return is_there;
}

static enum codist_status failed_at(sqlite3 *db, const char *path,
				    struct codist_error *err)
{
	int code = sqlite3_errcode(db);
	const char *what = sqlite3_errmsg(db);
	int error;

	switch (code & 0xff) {
	case SQLITE_NOMEM:
		return codist_no_memory(err, path);
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return damaged(path, what, err);
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return codist_fail(err, CODIST_EUSAGE,
				   "%s: another process is writing to it: %s",
				   path, what);
	case SQLITE_FULL:
		return codist_fail(err, CODIST_EIO,
				   "%s: cannot write: %s; all that was finished "
				   "before is kept", path, what);
	case SQLITE_CONSTRAINT:
	case SQLITE_MISMATCH:
		return codist_fail(err, CODIST_EFORMAT, "%s: %s", path, what);
	case SQLITE_ERROR: /* as where a table is missing */
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: is damaged, or no store: %s", path,
				   what);
	case SQLITE_CANTOPEN:
	case SQLITE_READONLY:
		if (sqlite3_db_readonly(db, "main") == 1 && has_log(path))
			return codist_fail(err, CODIST_EIO,
					   "%s: cannot read: %s; where a run "
					   "was killed, the folder must be "
					   "writable to read its store", path,
					   what);
	}
	error = sqlite3_system_errno(db);
	return codist_fail(err, CODIST_EIO, "%s: cannot use: %s%s%s%s", path,
			   what, error ? " (" : "",
			   error ? strerror(error) : "", error ? ")" : "");
}

enum codist_status codist_database_failed(sqlite3 *db, struct codist_error *err)
{
	const char *path = sqlite3_db_filename(db, "main");

	return failed_at(db, path ? path : "the store", err);
}

enum codist_status codist_database_open(sqlite3 **db, const char *path,
					enum codist_database_mode mode,
					struct codist_error *err)
{
	static const int flags[] = {
		[CODIST_DATABASE_READ] = SQLITE_OPEN_READONLY,
		[CODIST_DATABASE_WRITE] = SQLITE_OPEN_READWRITE,
		[CODIST_DATABASE_CREATE] = SQLITE_OPEN_READWRITE |
					   SQLITE_OPEN_CREATE,
	};
	struct stat there;
	enum codist_status status = CODIST_OK;

	*db = NULL;
	if (mode != CODIST_DATABASE_CREATE && stat(path, &there) != 0)
		return codist_cannot(err, path, "read", errno);
	if (sqlite3_open_v2(path, db, flags[mode] | SQLITE_OPEN_NOMUTEX,
			    NULL) != SQLITE_OK) {
		status = *db ? failed_at(*db, path, err) :
			       codist_no_memory(err, path);
		sqlite3_close(*db);
		*db = NULL;
		return status;
	}
	sqlite3_extended_result_codes(*db, 1);
	sqlite3_busy_timeout(*db, MILLISECONDS_TO_WAIT);
	return CODIST_OK;
}

enum codist_status codist_database_do(sqlite3 *db, const char *sql,
				      struct codist_error *err)
{
	return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK ?
		       CODIST_OK : codist_database_failed(db, err);
}

enum codist_status codist_database_prepare(sqlite3 *db, sqlite3_stmt **to,
					   const char *sql,
					   struct codist_error *err)
{
	return sqlite3_prepare_v2(db, sql, -1, to, NULL) == SQLITE_OK ?
		       CODIST_OK : codist_database_failed(db, err);
}

enum codist_status codist_database_step(sqlite3_stmt *statement, int *has_row,
					struct codist_error *err)
{
	int code = sqlite3_step(statement);

	*has_row = code == SQLITE_ROW;
	return code == SQLITE_ROW || code == SQLITE_DONE ?
		       CODIST_OK :
		       codist_database_failed(sqlite3_db_handle(statement),
					      err);
}

enum codist_status codist_database_once(sqlite3_stmt *statement,
					struct codist_error *err)
{
	int has_row;
	enum codist_status status = codist_database_step(statement, &has_row,
							 err);

	sqlite3_reset(statement);
	return status;
}

void codist_bind_text(sqlite3_stmt *statement, int at, const char *text)
{
	sqlite3_bind_text(statement, at, text, -1, SQLITE_TRANSIENT);
}

void codist_bind_size(sqlite3_stmt *statement, int at, size_t value)
{
	sqlite3_bind_int64(statement, at, (sqlite3_int64)value);
}

const char *codist_column_text(sqlite3_stmt *statement, int at)
{
	const unsigned char *text = sqlite3_column_text(statement, at);

	return text ? (const char *)text : "";
}

size_t codist_column_size(sqlite3_stmt *statement, int at)
{
	return (size_t)sqlite3_column_int64(statement, at);
}

enum codist_status codist_database_number(sqlite3 *db, const char *sql,
					  int64_t *value,
					  struct codist_error *err)
{
	sqlite3_stmt *statement;
	int has_row = 0;
	enum codist_status status;

	*value = 0;
	CODIST_TRY(codist_database_prepare(db, &statement, sql, err));
	status = codist_database_step(statement, &has_row, err);
	if (status == CODIST_OK && has_row)
		*value = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return status;
}

enum codist_status codist_database_check(sqlite3 *db,
					 enum codist_database_check how,
					 struct codist_error *err)
{
	static const char head[] = "*** in database main ***\n";
	sqlite3_stmt *statement;
	int has_row = 0;
	enum codist_status status;

	CODIST_TRY(codist_database_prepare(
		db, &statement, how == CODIST_CHECK_ALL ?
			"PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)",
		err));
	status = codist_database_step(statement, &has_row, err);
	if (status == CODIST_OK && has_row) {
		const char *what = codist_column_text(statement, 0);

		if (strncmp(what, head, sizeof(head) - 1) == 0)
			what += sizeof(head) - 1;
		if (strcmp(what, "ok") != 0)
			status = damaged(sqlite3_db_filename(db, "main"), what,
					 err);
	}
	sqlite3_finalize(statement);
	return status;
}
