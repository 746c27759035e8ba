/*
 * results.c - the results of a study, read from its store
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/results.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *codist_sqlite_version(void)
{
	return sqlite3_libversion();
}

enum codist_status codist_results_open(sqlite3 **db, const char *path,
				       struct codist_error *err)
{
	enum codist_status status;

	CODIST_TRY(codist_database_open(db, path, CODIST_DATABASE_READ, err));
	status = codist_store_check(*db, err);
	if (status == CODIST_OK)
		return CODIST_OK;
	sqlite3_close(*db);
	*db = NULL;
	return status;
}

static enum codist_status open_checked(sqlite3 **db, const char *path,
				       enum codist_database_check how,
				       struct codist_error *err)
{
	enum codist_status status;

	CODIST_TRY(codist_results_open(db, path, err));
	status = codist_database_check(*db, how, err);
	if (status == CODIST_OK)
		return CODIST_OK;
	sqlite3_close(*db);
	*db = NULL;
	return status;
}

enum codist_status codist_results_open_whole(sqlite3 **db, const char *path,
					     struct codist_error *err)
{
	return open_checked(db, path, CODIST_CHECK_QUICK, err);
}

enum codist_status codist_store_check_all(const char *path,
					  struct codist_error *err)
{
	sqlite3 *db;

	CODIST_TRY(open_checked(&db, path, CODIST_CHECK_ALL, err));
	sqlite3_close(db);
	return CODIST_OK;
}

static char *text_at(sqlite3_stmt *s, int at, int *failed)
{
	char *text = strdup(codist_column_text(s, at));

	*failed |= !text;
	return text;
}

static const char query[] =
	"SELECT run.id, run.name, state, coalesce(data, train), transform, "
	"reference, measure, backend, aggregate, train_limit, folds, seed, "
	"samples, (SELECT sum(n) FROM block WHERE run = run.id), correct, "
	"tied, correct_low, correct_high, mean_score, least_score, "
	"train_samples, \"references\", "
	"held IS NOT NULL, (SELECT group_concat(told, '; ') FROM (SELECT "
	"iif((SELECT count(DISTINCT part) FROM fitted WHERE run = run.id) > 1, "
	"'fold ' || (part + 1) || ': ', '') || name || ' ' || "
	"group_concat(printf('%.4g', value), ' ') AS told FROM (SELECT part, "
	"name, value FROM fitted WHERE run = run.id ORDER BY part, place) "
	"GROUP BY part ORDER BY part)), "
	"spent.* FROM run LEFT JOIN (SELECT "
	"sum(deltas), sum(seconds), sum(seconds * work.threads * processes), "
	"max(work.threads), max(memory), run FROM work JOIN session ON "
	"session.id = session GROUP BY run) AS spent ON spent.run = run.id "
	"ORDER BY place IS NULL, place, run.id";

static double real_at(sqlite3_stmt *s, int at)
{
	return sqlite3_column_type(s, at) == SQLITE_NULL ?
		       NAN : sqlite3_column_double(s, at);
}

static enum codist_status read_row(struct codist_results *results,
				   sqlite3_stmt *s, struct codist_error *err)
{
	struct codist_result *items = results->items, *item;
	int failed = 0;

	if (!(results->n & (results->n - 1)))
		items = realloc(items, (results->n ? 2 * results->n : 1) *
					       sizeof(*items));
	if (!items)
		return codist_no_memory(err, "results");
	results->items = items;
	item = &items[results->n++];
	*item = (struct codist_result){
		.id = sqlite3_column_int64(s, 0),
		.name = text_at(s, 1, &failed),
		.state = text_at(s, 2, &failed),
		.data = text_at(s, 3, &failed),
		.transform = text_at(s, 4, &failed),
		.reference = text_at(s, 5, &failed),
		.measure = text_at(s, 6, &failed),
		.backend = text_at(s, 7, &failed),
		.aggregate = text_at(s, 8, &failed),
		.train_limit = codist_column_size(s, 9),
		.n_folds = codist_column_size(s, 10),
		.seed = (uint64_t)sqlite3_column_int64(s, 11),
		.n_samples = codist_column_size(s, 12),
		.n_classified = codist_column_size(s, 13),
		.n_correct = codist_column_size(s, 14),
		.n_tied = codist_column_size(s, 15),
		.correct_low = codist_column_size(s, 16),
		.correct_high = codist_column_size(s, 17),
		.mean_score = real_at(s, 18),
		.least_score = real_at(s, 19),
		.n_train = codist_column_size(s, 20),
		.n_references = codist_column_size(s, 21),
		.is_held = sqlite3_column_int(s, 22),
		.fitted = text_at(s, 23, &failed),
		.n_scores = codist_column_size(s, 24),
		.seconds = sqlite3_column_double(s, 25),
		.thread_seconds = sqlite3_column_double(s, 26),
		.n_threads = (unsigned)sqlite3_column_int64(s, 27),
		.memory = codist_column_size(s, 28),
	};
	return failed ? codist_no_memory(err, "results") : CODIST_OK;
}

static enum codist_status read_runs(struct codist_results *results,
				    sqlite3 *db, struct codist_error *err)
{
	sqlite3_stmt *s;
	int has_row = 1;
	enum codist_status status;

	CODIST_TRY(codist_database_prepare(db, &s, query, err));
	status = codist_database_step(s, &has_row, err);
	while (status == CODIST_OK && has_row) {
		status = read_row(results, s, err);
		if (status == CODIST_OK)
			status = codist_database_step(s, &has_row, err);
	}
	sqlite3_finalize(s);
	return status;
}

static enum codist_status read_study(struct codist_results *results,
				     sqlite3 *db, struct codist_error *err)
{
	sqlite3_stmt *s;
	int has_row, failed = 0;
	enum codist_status status;

	CODIST_TRY(codist_database_prepare(
		db, &s, "SELECT name, title, shard, shards FROM study", err));
	status = codist_database_step(s, &has_row, err);
	if (status == CODIST_OK && has_row) {
		results->study = text_at(s, 0, &failed);
		results->title = text_at(s, 1, &failed);
		results->shard = codist_column_size(s, 2);
		results->n_shards = codist_column_size(s, 3);
	}
	sqlite3_finalize(s);
	if (status == CODIST_OK && !has_row)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: a store without a study",
				   sqlite3_db_filename(db, "main"));
	return failed ? codist_no_memory(err, "results") : status;
}

enum codist_status codist_results_from(struct codist_results *results,
				       sqlite3 *db, struct codist_error *err)
{
	*results = (struct codist_results){ 0 };
	CODIST_TRY(read_study(results, db, err));
	return read_runs(results, db, err);
}

enum codist_status codist_results_read(struct codist_results *results,
				       const char *path,
				       struct codist_error *err)
{
	sqlite3 *db;
	enum codist_status status;

	*results = (struct codist_results){ 0 };
	CODIST_TRY(codist_results_open(&db, path, err));
	/* All of one moment, whoever writes meanwhile. */
	status = codist_database_do(db, "BEGIN", err);
	if (status == CODIST_OK)
		status = codist_results_from(results, db, err);
	sqlite3_close(db);
	return status;
}

void codist_results_release(struct codist_results *results)
{
	for (size_t i = 0; i < results->n; i++) {
		struct codist_result *item = &results->items[i];

		free(item->name);
		free(item->state);
		free(item->data);
		free(item->transform);
		free(item->reference);
		free(item->measure);
		free(item->backend);
		free(item->aggregate);
		free(item->fitted);
	}
	free(results->items);
	free(results->study);
	free(results->title);
	*results = (struct codist_results){ 0 };
}
