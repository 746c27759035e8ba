/*
 * store_fits.c - what is fitted, and what it is fitted by
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/predictions.h"
#include "study/store.h"

#include <stdlib.h>

static enum codist_status
add_row(struct codist_store *store, int64_t run, size_t sample,
	const unsigned char *bytes, size_t nbytes, struct codist_error *err)
{
	sqlite3_stmt *s;
	enum codist_status status;

	CODIST_TRY(codist_database_prepare(
		store->db, &s, "INSERT INTO ladder VALUES (?, ?, ?)", err));
	sqlite3_bind_int64(s, 1, run);
	codist_bind_size(s, 2, sample);
	sqlite3_bind_blob64(s, 3, bytes, nbytes, SQLITE_STATIC);
	status = codist_database_once(s, err);
	sqlite3_finalize(s);
	return status;
}

enum codist_status
codist_store_add_ladder(struct codist_store *store, int64_t run,
			const struct codist_store_block *block,
			const double *const *scores, size_t n_steps,
			struct codist_error *err)
{
	size_t n_classes = block->n_classes;
	unsigned char *bytes = malloc(8 * n_classes * n_steps + 1);
	enum codist_status status = CODIST_OK;

	if (!bytes)
		return codist_no_memory(err, "class scores");
	for (size_t i = 0; i < block->n && status == CODIST_OK; i++) {
		for (size_t k = 0; k < n_steps; k++)
			codist_scores_to_bytes(scores[k] + i * n_classes,
					       n_classes,
					       bytes + 8 * n_classes * k);
		status = add_row(store, run, block->samples[i], bytes,
				 8 * n_classes * n_steps, err);
	}
	free(bytes);
	CODIST_TRY(status);
	return codist_store_add_counts(store, run, block, err);
}

enum codist_status
codist_store_settle_block(struct codist_store *store, int64_t run,
			  const struct codist_store_block *block,
			  struct codist_error *err)
{
	sqlite3_stmt *s;
	enum codist_status status;

	CODIST_TRY(codist_store_add_predictions(store, run, block, err));
	CODIST_TRY(codist_database_prepare(
		store->db, &s, "UPDATE block SET tied = ?, correct_low = ?, "
		"correct_high = ? WHERE run = ? AND part = ? AND first = ?",
		err));
	codist_bind_size(s, 1, block->n_tied);
	codist_bind_size(s, 2, block->correct_low);
	codist_bind_size(s, 3, block->correct_high);
	sqlite3_bind_int64(s, 4, run);
	codist_bind_size(s, 5, block->part);
	codist_bind_size(s, 6, block->first);
	status = codist_database_once(s, err);
	sqlite3_finalize(s);
	return status;
}

enum codist_status codist_store_drop_ladder(struct codist_store *store,
					    int64_t run,
					    struct codist_error *err)
{
	sqlite3_stmt *s;
	enum codist_status status;

	CODIST_TRY(codist_database_prepare(
		store->db, &s, "DELETE FROM ladder WHERE run = ?", err));
	sqlite3_bind_int64(s, 1, run);
	status = codist_database_once(s, err);
	sqlite3_finalize(s);
	return status;
}

static enum codist_status read_scores(sqlite3_stmt *s, int64_t run,
				      size_t sample, size_t n_doubles,
				      double *scores, struct codist_error *err)
{
	const unsigned char *bytes;
	int has_row;

	sqlite3_bind_int64(s, 1, run);
	codist_bind_size(s, 2, sample);
	CODIST_TRY(codist_database_step(s, &has_row, err));
	bytes = has_row ? sqlite3_column_blob(s, 0) : NULL;
	if (!bytes || (size_t)sqlite3_column_bytes(s, 0) != 8 * n_doubles)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: run %d has no scores of sample %zu, or "
				   "of another number of classes",
				   sqlite3_db_filename(sqlite3_db_handle(s),
						       "main"),
				   (int)run, sample);
	for (size_t i = 0; i < n_doubles; i++)
		scores[i] = codist_score_at(bytes + 8 * i);
	sqlite3_reset(s);
	return CODIST_OK;
}

enum codist_status
codist_store_scores(struct codist_store *store, enum codist_scores_of what,
		    int64_t run, const size_t *samples, size_t n,
		    size_t n_doubles, double *scores, struct codist_error *err)
{
	sqlite3_stmt *s;
	enum codist_status status;

	CODIST_TRY(codist_database_prepare(
		store->db, &s, what == CODIST_SCORES_OF_LADDER ?
		"SELECT scores FROM ladder WHERE run = ? AND sample = ?" :
		"SELECT scores FROM prediction WHERE run = ? AND sample = ?",
		err));
	status = CODIST_OK;
	for (size_t i = 0; i < n && status == CODIST_OK; i++)
		status = read_scores(s, run, samples[i], n_doubles,
				     scores + i * n_doubles, err);
	sqlite3_finalize(s);
	return status;
}

enum codist_status codist_store_add_fit(struct codist_store *store,
					const struct codist_store_fit *fit,
					struct codist_error *err)
{
	sqlite3_stmt *s;
	enum codist_status status;

	CODIST_TRY(codist_database_prepare(
		store->db, &s,
		"INSERT OR REPLACE INTO fitted VALUES (?, ?, ?, ?, ?)", err));
	sqlite3_bind_int64(s, 1, fit->run);
	codist_bind_size(s, 2, fit->part);
	codist_bind_size(s, 3, fit->place);
	codist_bind_text(s, 4, fit->name);
	sqlite3_bind_double(s, 5, fit->value);
	status = codist_database_once(s, err);
	sqlite3_finalize(s);
	return status;
}

enum codist_status codist_store_find_fit(struct codist_store *store,
					 struct codist_store_fit *fit,
					 struct codist_error *err)
{
	sqlite3_stmt *s;
	int has_row;
	enum codist_status status;

	CODIST_TRY(codist_database_prepare(
		store->db, &s, "SELECT value FROM fitted WHERE run = ? AND "
		"part = ? AND place = ? AND name = ?", err));
	sqlite3_bind_int64(s, 1, fit->run);
	codist_bind_size(s, 2, fit->part);
	codist_bind_size(s, 3, fit->place);
	codist_bind_text(s, 4, fit->name);
	status = codist_database_step(s, &has_row, err);
	if (status == CODIST_OK && has_row)
		fit->value = sqlite3_column_double(s, 0);
	else if (status == CODIST_OK)
		status = codist_fail(err, CODIST_EFORMAT,
				     "%s: run %d has no fitted %s",
				     sqlite3_db_filename(store->db, "main"),
				     (int)fit->run, fit->name);
	sqlite3_finalize(s);
	return status;
}

enum codist_status codist_store_add_trial(struct codist_store *store,
					  int64_t run, size_t part, size_t step,
					  const char *tried, size_t n,
					  double log_loss,
					  struct codist_error *err)
{
	sqlite3_stmt *s;
	enum codist_status status;

	CODIST_TRY(codist_database_prepare(
		store->db, &s,
		"INSERT OR REPLACE INTO trial VALUES (?, ?, ?, ?, ?, ?)", err));
	sqlite3_bind_int64(s, 1, run);
	codist_bind_size(s, 2, part);
	codist_bind_size(s, 3, step);
	codist_bind_text(s, 4, tried);
	codist_bind_size(s, 5, n);
	sqlite3_bind_double(s, 6, log_loss);
	status = codist_database_once(s, err);
	sqlite3_finalize(s);
	return status;
}

enum codist_status codist_store_copy_fits(struct codist_store *store,
					  int64_t from, int64_t to,
					  struct codist_error *err)
{
	static const char *const copies[] = {
		("INSERT OR REPLACE INTO fitted SELECT ?2, part, place, name, "
		 "value FROM fitted WHERE run = ?1"),
		("INSERT OR REPLACE INTO trial SELECT ?2, part, step, tried, "
		 "samples, log_loss FROM trial WHERE run = ?1"),
	};

	for (size_t i = 0; i < sizeof(copies) / sizeof(copies[0]); i++) {
		sqlite3_stmt *s;
		enum codist_status status;

		CODIST_TRY(codist_database_prepare(store->db, &s, copies[i],
						   err));
		sqlite3_bind_int64(s, 1, from);
		sqlite3_bind_int64(s, 2, to);
		status = codist_database_once(s, err);
		sqlite3_finalize(s);
		CODIST_TRY(status);
	}
	return CODIST_OK;
}

enum codist_status codist_store_add_member(struct codist_store *store,
					   int64_t run, size_t place,
					   int64_t member, int64_t held,
					   struct codist_error *err)
{
	sqlite3_stmt *s;
	enum codist_status status;

	CODIST_TRY(codist_database_prepare(
		store->db, &s,
		"INSERT OR REPLACE INTO member VALUES (?, ?, ?, ?)", err));
	sqlite3_bind_int64(s, 1, run);
	codist_bind_size(s, 2, place);
	sqlite3_bind_int64(s, 3, member);
	if (held)
		sqlite3_bind_int64(s, 4, held);
	else
		sqlite3_bind_null(s, 4);
	status = codist_database_once(s, err);
	sqlite3_finalize(s);
	return status;
}
