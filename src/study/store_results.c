/*
 * store_results.c - runs on their way to results, block by block
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/store.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static enum codist_status do_for_run(struct codist_store *store,
				     const char *sql, int64_t run,
				     struct codist_error *err)
{
	sqlite3_stmt *statement;
	enum codist_status status;

	CODIST_TRY(codist_database_prepare(store->db, &statement, sql, err));
	sqlite3_bind_int64(statement, 1, run);
	status = codist_database_once(statement, err);
	sqlite3_finalize(statement);
	return status;
}

enum codist_status codist_store_state(struct codist_store *store, int64_t run,
				      enum codist_store_state *state,
				      struct codist_error *err)
{
	sqlite3_stmt *statement;
	int has_row;
	enum codist_status status;

	CODIST_TRY(codist_database_prepare(
		store->db, &statement, "SELECT state FROM run WHERE id = ?",
		err));
	sqlite3_bind_int64(statement, 1, run);
	status = codist_database_step(statement, &has_row, err);
	*state = CODIST_RUN_WAITING;
	if (status == CODIST_OK && has_row) {
		const char *text = codist_column_text(statement, 0);

		if (strcmp(text, "done") == 0)
			*state = CODIST_RUN_DONE;
		else if (strcmp(text, "begun") == 0)
			*state = CODIST_RUN_BEGUN;
	}
	sqlite3_finalize(statement);
	return status;
}

static enum codist_status note_classes(struct codist_store *store, int64_t run,
				       const struct codist_store_begun *begun,
				       struct codist_error *err)
{
	sqlite3_stmt *s;
	enum codist_status status = codist_database_prepare(
		store->db, &s, "INSERT OR REPLACE INTO class VALUES (?, ?, ?)",
		err);

	CODIST_TRY(status);
	for (size_t i = 0; i < begun->n_classes && status == CODIST_OK; i++) {
		sqlite3_bind_int64(s, 1, run);
		codist_bind_size(s, 2, i);
		codist_bind_text(s, 3, begun->class_names[i]);
		status = codist_database_once(s, err);
	}
	sqlite3_finalize(s);
	return status;
}

enum codist_status codist_store_begin_run(struct codist_store *store,
					  int64_t run,
					  const struct codist_store_begun *begun,
					  struct codist_error *err)
{
	sqlite3_stmt *s;
	enum codist_status status;

	CODIST_TRY(codist_database_prepare(
		store->db, &s,
		"UPDATE run SET state = 'begun', sets = ?, backend_spec = ?, "
		"train_samples = ?, samples = ?, classes = ?, "
		"\"references\" = ? WHERE id = ? AND state <> 'done'", err));
	codist_bind_text(s, 1, begun->sets);
	codist_bind_text(s, 2, begun->backend);
	codist_bind_size(s, 3, begun->n_train);
	codist_bind_size(s, 4, begun->n_samples);
	codist_bind_size(s, 5, begun->n_classes);
	codist_bind_size(s, 6, begun->n_references);
	sqlite3_bind_int64(s, 7, run);
	status = codist_database_once(s, err);
	sqlite3_finalize(s);
	CODIST_TRY(status);
	return note_classes(store, run, begun, err);
}

/* *n receives the samples of the block that has this one, or 0. */
enum codist_status codist_store_has_block(struct codist_store *store,
					  int64_t run, size_t part,
					  size_t sample, size_t *n,
					  struct codist_error *err)
{
	sqlite3_stmt *s;
	int has_row;
	enum codist_status status;

	*n = 0;
	CODIST_TRY(codist_database_prepare(
		store->db, &s,
		"SELECT first, n FROM block WHERE run = ? AND part = ? AND "
		"first <= ? ORDER BY first DESC LIMIT 1", err));
	sqlite3_bind_int64(s, 1, run);
	codist_bind_size(s, 2, part);
	codist_bind_size(s, 3, sample);
	status = codist_database_step(s, &has_row, err);
	if (status == CODIST_OK && has_row) {
		size_t end = codist_column_size(s, 0) +
			     codist_column_size(s, 1);

		*n = end > sample ? end - sample : 0;
	}
	sqlite3_finalize(s);
	return status;
}

void codist_scores_to_bytes(const double *values, size_t n,
			    unsigned char *bytes)
{
	for (size_t i = 0; i < n; i++) {
		uint64_t bits;

		memcpy(&bits, &values[i], sizeof(bits));
		for (size_t k = 0; k < 8; k++)
			bytes[8 * i + k] = (unsigned char)(bits >> (8 * k));
	}
}

static void bind_real(sqlite3_stmt *s, int at, const double *values, size_t i)
{
	if (values && !isnan(values[i]))
		sqlite3_bind_double(s, at, values[i]);
	else
		sqlite3_bind_null(s, at);
}

enum codist_status
codist_store_add_predictions(struct codist_store *store, int64_t run,
			     const struct codist_store_block *block,
			     struct codist_error *err)
{
	size_t n_classes = block->n_classes;
	unsigned char *bytes = malloc(8 * n_classes);
	sqlite3_stmt *s = store->prediction;
	enum codist_status status = CODIST_OK;

	if (!bytes)
		return codist_no_memory(err, "class scores");
	for (size_t i = 0; i < block->n && status == CODIST_OK; i++) {
		codist_scores_to_bytes(block->scores + i * n_classes, n_classes,
				       bytes);
		sqlite3_bind_int64(s, 1, run);
		codist_bind_size(s, 2, block->samples[i]);
		codist_bind_size(s, 3, block->part);
		codist_bind_size(s, 4, block->truth[i]);
		codist_bind_size(s, 5, block->predicted[i]);
		sqlite3_bind_blob64(s, 6, bytes, 8 * n_classes, SQLITE_STATIC);
		bind_real(s, 7, block->means, i);
		bind_real(s, 8, block->leasts, i);
		status = codist_database_once(s, err);
	}
	sqlite3_clear_bindings(s);
	free(bytes);
	return status;
}

enum codist_status codist_store_add_block(struct codist_store *store,
					  int64_t run,
					  const struct codist_store_block *block,
					  struct codist_error *err)
{
	CODIST_TRY(codist_store_add_predictions(store, run, block, err));
	return codist_store_add_counts(store, run, block, err);
}

enum codist_status
codist_store_add_counts(struct codist_store *store, int64_t run,
			const struct codist_store_block *block,
			struct codist_error *err)
{
	sqlite3_stmt *s = store->block;

	sqlite3_bind_int64(s, 1, run);
	codist_bind_size(s, 2, block->part);
	codist_bind_size(s, 3, block->first);
	codist_bind_size(s, 4, block->n);
	codist_bind_size(s, 5, block->n_tied);
	codist_bind_size(s, 6, block->correct_low);
	codist_bind_size(s, 7, block->correct_high);
	codist_bind_size(s, 8, block->nearest.n_samples);
	codist_bind_size(s, 9, block->nearest.n_tied);
	codist_bind_size(s, 10, block->nearest.n_top2);
	return codist_database_once(s, err);
}

enum codist_status
codist_store_add_partial(struct codist_store *store, int64_t run, size_t part,
			 size_t first, size_t n, size_t reference,
			 size_t n_columns, const double *columns,
			 struct codist_error *err)
{
	sqlite3_stmt *s = store->partial;
	enum codist_status status;

	sqlite3_bind_int64(s, 1, run);
	codist_bind_size(s, 2, part);
	codist_bind_size(s, 3, first);
	codist_bind_size(s, 4, n);
	codist_bind_size(s, 5, reference);
	codist_bind_size(s, 6, n_columns);
	sqlite3_bind_blob64(s, 7, columns, n * n_columns * sizeof(*columns),
			    SQLITE_STATIC);
	status = codist_database_once(s, err);
	sqlite3_clear_bindings(s);
	return status;
}

/* Those of blocks that are cut otherwise now are of no use. */
enum codist_status
codist_store_partials(struct codist_store *store, int64_t run, size_t part,
		      size_t first, size_t n,
		      void (*take)(void *user, size_t reference,
				   size_t n_columns, const double *columns),
		      void *user, struct codist_error *err)
{
	sqlite3_stmt *s;
	int has_row = 1;
	enum codist_status status;

	CODIST_TRY(codist_database_prepare(
		store->db, &s,
		"SELECT reference, columns, scores FROM partial WHERE run = ? "
		"AND part = ? AND first = ? AND n = ?", err));
	sqlite3_bind_int64(s, 1, run);
	codist_bind_size(s, 2, part);
	codist_bind_size(s, 3, first);
	codist_bind_size(s, 4, n);
	status = codist_database_step(s, &has_row, err);
	while (status == CODIST_OK && has_row) {
		size_t n_columns = codist_column_size(s, 1);
		const void *bytes = sqlite3_column_blob(s, 2);
		size_t nbytes = (size_t)sqlite3_column_bytes(s, 2);
		double *columns = malloc(nbytes ? nbytes : 1);

		if (!columns) {
			status = codist_no_memory(err, "scores");
			break;
		}
		if (bytes && nbytes == n * n_columns * sizeof(*columns)) {
			memcpy(columns, bytes, nbytes);
			take(user, codist_column_size(s, 0), n_columns,
			     columns);
		}
		free(columns);
		status = codist_database_step(s, &has_row, err);
	}
	sqlite3_finalize(s);
	return status;
}

enum codist_status codist_store_drop_partials(struct codist_store *store,
					      int64_t run,
					      struct codist_error *err)
{
	return do_for_run(store, "DELETE FROM partial WHERE run = ?", run, err);
}

/*
 * Means over the samples, summed up in their order, which not every SQLite does;
 * none if one is not known.
 */
static enum codist_status mean_scores(struct codist_store *store, int64_t run,
				      double means[2],
				      struct codist_error *err)
{
	double sums[2] = { 0, 0 };
	size_t n = 0;
	sqlite3_stmt *s;
	int has_row;
	enum codist_status status;

	CODIST_TRY(codist_database_prepare(
		store->db, &s, "SELECT mean, least FROM prediction WHERE run = "
			       "? ORDER BY sample", err));
	sqlite3_bind_int64(s, 1, run);
	status = codist_database_step(s, &has_row, err);
	while (status == CODIST_OK && has_row) {
		for (int i = 0; i < 2; i++)
			sums[i] += sqlite3_column_type(s, i) == SQLITE_NULL ?
					   NAN : sqlite3_column_double(s, i);
		n++;
		status = codist_database_step(s, &has_row, err);
	}
	sqlite3_finalize(s);
	for (int i = 0; i < 2; i++)
		means[i] = sums[i] / (double)n;
	return status;
}

static enum codist_status note_mean_scores(struct codist_store *store,
					   int64_t run,
					   struct codist_error *err)
{
	double means[2];
	sqlite3_stmt *s;
	enum codist_status status;

	CODIST_TRY(mean_scores(store, run, means, err));
	CODIST_TRY(codist_database_prepare(
		store->db, &s, "UPDATE run SET mean_score = ?, least_score = ? "
			       "WHERE id = ?", err));
	bind_real(s, 1, means, 0);
	bind_real(s, 2, means, 1);
	sqlite3_bind_int64(s, 3, run);
	status = codist_database_once(s, err);
	sqlite3_finalize(s);
	return status;
}

enum codist_status codist_store_end_run(struct codist_store *store, int64_t run,
					struct codist_error *err)
{
	CODIST_TRY(note_mean_scores(store, run, err));
	CODIST_TRY(do_for_run(store, "DELETE FROM confusion WHERE run = ?",
			      run, err));
	CODIST_TRY(do_for_run(
		store,
		"INSERT INTO confusion SELECT run, truth, predicted, count(*) "
		"FROM prediction WHERE run = ? GROUP BY truth, predicted",
		run, err));
	return do_for_run(
		store,
		"UPDATE run SET state = 'done', correct = (SELECT "
		"coalesce(sum(n), 0) FROM confusion WHERE run = id AND truth = "
		"predicted), (tied, correct_low, correct_high, nearest, "
		"nearest_tied, top2) = (SELECT sum(tied), sum(correct_low), "
		"sum(correct_high), sum(nearest), sum(nearest_tied), sum(top2) "
		"FROM block WHERE run = id) WHERE id = ?", run, err);
}

enum codist_status codist_store_add_work(struct codist_store *store,
					 int64_t run, double seconds,
					 size_t n_scores, unsigned n_threads,
					 size_t memory,
					 struct codist_error *err)
{
	sqlite3_stmt *s;
	enum codist_status status;

	CODIST_TRY(codist_database_prepare(
		store->db, &s,
		"INSERT INTO work VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO "
		"UPDATE SET seconds = seconds + excluded.seconds, deltas = "
		"deltas + excluded.deltas, threads = max(threads, "
		"excluded.threads), memory = max(memory, excluded.memory)",
		err));
	sqlite3_bind_int64(s, 1, store->session);
	sqlite3_bind_int64(s, 2, run);
	sqlite3_bind_double(s, 3, seconds);
	codist_bind_size(s, 4, n_scores);
	codist_bind_size(s, 5, n_threads);
	if (memory)
		codist_bind_size(s, 6, memory);
	else
		sqlite3_bind_null(s, 6);
	status = codist_database_once(s, err);
	sqlite3_finalize(s);
	return status;
}
