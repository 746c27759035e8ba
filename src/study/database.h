/*
 * database.h - SQLite, with the project's errors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_STUDY_DATABASE_H
#define CODIST_STUDY_DATABASE_H

#include <codist/base.h>

#include <sqlite3.h>

enum codist_database_mode {
	CODIST_DATABASE_READ,  /* it must be there */
	CODIST_DATABASE_WRITE, /* likewise */
	CODIST_DATABASE_CREATE /* written; made where it is not there */
};

/*
 * codist_database_open() opens a file; for sqlite3_close(). A path is never
 * taken for a URI.
 */
enum codist_status codist_database_open(sqlite3 **db, const char *path,
					enum codist_database_mode mode,
					struct codist_error *err);

/*
 * codist_database_failed() is the failure of the last call: CODIST_EIO for a
 * full disk and the like, CODIST_EFORMAT for a file that is damaged or none of
 * SQLite's, CODIST_EUSAGE where another process is at work on it.
 */
enum codist_status codist_database_failed(sqlite3 *db, struct codist_error *err);

/*
 * codist_database_check() reads every page, and finds CODIST_EFORMAT where one
 * is no part of a database any more; all: also whether indices are complete.
 */
enum codist_database_check { CODIST_CHECK_QUICK, CODIST_CHECK_ALL };
enum codist_status codist_database_check(sqlite3 *db,
					 enum codist_database_check how,
					 struct codist_error *err);

/* Carry out statements that return nothing. */
enum codist_status codist_database_do(sqlite3 *db, const char *sql,
				      struct codist_error *err);

/*
 * codist_database_prepare() readies a statement, for sqlite3_finalize(), which
 * takes NULL. codist_database_step() sets *has_row; codist_database_once() is
 * for one that returns no row, and readies it to be bound again.
 */
enum codist_status codist_database_prepare(sqlite3 *db, sqlite3_stmt **to,
					   const char *sql,
					   struct codist_error *err);
enum codist_status codist_database_step(sqlite3_stmt *statement, int *has_row,
					struct codist_error *err);
enum codist_status codist_database_once(sqlite3_stmt *statement,
					struct codist_error *err);

/* A text that the statement copies; NULL is null. Then a size. */
void codist_bind_text(sqlite3_stmt *statement, int at, const char *text);
void codist_bind_size(sqlite3_stmt *statement, int at, size_t value);
/* The text of a column, "" where it is null; until the next step. */
const char *codist_column_text(sqlite3_stmt *statement, int at);
size_t codist_column_size(sqlite3_stmt *statement, int at);

/* The one number that a query without parameters comes to. */
enum codist_status codist_database_number(sqlite3 *db, const char *sql,
					  int64_t *value,
					  struct codist_error *err);

#endif
