/*
 * predictions.c - what a store has of a run's samples, row by row
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/predictions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char codist_count_predictions[] =
	"SELECT coalesce(sum(n), 0) FROM block JOIN run ON run.id = run WHERE "
	"state = 'done' AND held IS NULL";

#define TELL_EACH 4096 /* predictions */

double codist_score_at(const unsigned char bytes[8])
{
	uint64_t bits = 0;
	double score;

	for (size_t k = 0; k < 8; k++)
		bits |= (uint64_t)bytes[k] << (8 * k);
	memcpy(&score, &bits, sizeof(score));
	return score;
}

static enum codist_status bad(sqlite3_stmt *s, const struct codist_done *done,
			      const char *what, struct codist_error *err)
{
	return codist_fail(err, CODIST_EFORMAT, "%s: run %d has %s",
			   sqlite3_db_filename(sqlite3_db_handle(s), "main"),
			   (int)done->id, what);
}

/* A sum is of bits by its weights, and of what is not known here as well. */
static double per_bit_of(const char *aggregate)
{
	const struct codist_plugin *plugin;
	char name[64];
	double per_bit = 0;

	snprintf(name, sizeof(name), "%.*s", (int)strcspn(aggregate, ":"),
		 aggregate);
	plugin = codist_registry_find(&codist_aggregators, name);
	if (plugin)
		per_bit = ((const struct codist_aggregator *)plugin)->per_bit;
	return per_bit > 0 ? per_bit : 1;
}

enum codist_status codist_done_find(struct codist_done *done, sqlite3 *db,
				    const char *name, struct codist_error *err)
{
	sqlite3_stmt *s;
	int has_row;
	enum codist_status status;

	CODIST_TRY(codist_database_prepare(
		db, &s, "SELECT id, (SELECT sum(n) FROM block WHERE run = id), "
			"classes, state, aggregate FROM run WHERE name = ?",
		err));
	codist_bind_text(s, 1, name);
	status = codist_database_step(s, &has_row, err);
	if (status == CODIST_OK && !has_row)
		status = codist_fail(err, CODIST_EUSAGE,
				     "%s: no run '%s'; codist status lists "
				     "them", sqlite3_db_filename(db, "main"),
				     name);
	else if (status == CODIST_OK &&
		 strcmp(codist_column_text(s, 3), "done") != 0)
		status = codist_fail(err, CODIST_EUSAGE,
				     "%s: run '%s' is not done",
				     sqlite3_db_filename(db, "main"), name);
	if (status == CODIST_OK) {
		*done = (struct codist_done){
			.id = sqlite3_column_int64(s, 0),
			.n = codist_column_size(s, 1),
			.n_classes = codist_column_size(s, 2),
			.per_bit = per_bit_of(codist_column_text(s, 4)),
		};
		if (done->n > UINT32_MAX || done->n_classes == 0 ||
		    done->n_classes > UINT32_MAX / 8)
			status = bad(s, done, "no such number of samples or "
				     "classes", err);
	}
	sqlite3_finalize(s);
	return status;
}

static enum codist_status get_row(struct codist_prediction *row,
				  sqlite3_stmt *s,
				  const struct codist_done *done,
				  struct codist_error *err)
{
	sqlite3_int64 truth = sqlite3_column_int64(s, 1);
	sqlite3_int64 predicted = sqlite3_column_int64(s, 2);
	sqlite3_int64 n_classes = (sqlite3_int64)done->n_classes;

	if (row->i >= done->n)
		return bad(s, done, "more predictions than its blocks have",
			   err);
	if (truth < 0 || truth >= n_classes || predicted < 0 ||
	    predicted >= n_classes)
		return bad(s, done, "a prediction of a class that it has not",
			   err);
	row->scores = sqlite3_column_blob(s, 3);
	if ((size_t)sqlite3_column_bytes(s, 3) != 8 * done->n_classes)
		return bad(s, done, "scores of another number of classes",
			   err);
	row->sample = codist_column_size(s, 0);
	row->part = codist_column_size(s, 4);
	row->truth = (unsigned)truth;
	row->predicted = (unsigned)predicted;
	return CODIST_OK;
}

enum codist_status codist_watching_add(struct codist_watching *watching,
				       size_t n, struct codist_error *err)
{
	const struct codist_watch *watch = watching ? watching->watch : NULL;

	if (!watch || !watch->progress)
		return CODIST_OK;
	watching->progress.done += n;
	return watch->progress(watch->user, &watching->progress) == 0 ?
		       CODIST_OK :
		       codist_fail(err, CODIST_ECANCELLED,
				   "stopped when asked to");
}

enum codist_status
codist_predictions_read(sqlite3 *db, const struct codist_done *done,
			struct codist_watching *watching,
			void (*take)(void *user,
				     const struct codist_prediction *row),
			void *user, struct codist_error *err)
{
	struct codist_prediction row = { 0 };
	sqlite3_stmt *s;
	int has_row = 0;
	enum codist_status status;

	CODIST_TRY(codist_database_prepare(
		db, &s, "SELECT sample, truth, predicted, scores, part FROM "
			"prediction WHERE run = ? ORDER BY sample", err));
	sqlite3_bind_int64(s, 1, done->id);
	status = codist_database_step(s, &has_row, err);
	while (status == CODIST_OK && has_row) {
		status = get_row(&row, s, done, err);
		if (status != CODIST_OK)
			break;
		take(user, &row);
		row.i++;
		if (row.i % TELL_EACH == 0)
			status = codist_watching_add(watching, TELL_EACH, err);
		if (status == CODIST_OK)
			status = codist_database_step(s, &has_row, err);
	}
	if (status == CODIST_OK)
		status = codist_watching_add(watching, row.i % TELL_EACH, err);
	if (status == CODIST_OK && row.i < done->n)
		status = bad(s, done, "less predictions than its blocks have",
			     err);
	sqlite3_finalize(s);
	return status;
}

void codist_classified_release(struct codist_classified *classified)
{
	for (size_t c = 0; classified->class_names &&
			   c < classified->n_classes; c++)
		free(classified->class_names[c]);
	free(classified->class_names);
	free(classified->samples);
	free(classified->parts);
	free(classified->truth);
	free(classified->predicted);
	free(classified->scores);
	*classified = (struct codist_classified){ 0 };
}

static void take(void *user, const struct codist_prediction *row)
{
	struct codist_classified *to = user;

	to->samples[row->i] = row->sample;
	to->parts[row->i] = row->part;
	to->truth[row->i] = row->truth;
	to->predicted[row->i] = row->predicted;
	for (size_t c = 0; to->scores && c < to->n_classes; c++)
		to->scores[row->i * to->n_classes + c] =
			codist_score_at(row->scores + 8 * c);
}

static enum codist_status read_names(struct codist_classified *to, sqlite3 *db,
				     const struct codist_done *done,
				     struct codist_error *err)
{
	sqlite3_stmt *s;
	int has_row = 0;
	size_t n = 0;
	enum codist_status status;

	CODIST_TRY(codist_database_prepare(
		db, &s, "SELECT name FROM class WHERE run = ? ORDER BY class",
		err));
	sqlite3_bind_int64(s, 1, done->id);
	status = codist_database_step(s, &has_row, err);
	while (status == CODIST_OK && has_row && n < to->n_classes) {
		to->class_names[n] = strdup(codist_column_text(s, 0));
		status = to->class_names[n++] ?
				 codist_database_step(s, &has_row, err) :
				 codist_no_memory(err, "class names");
	}
	if (status == CODIST_OK && (n < to->n_classes || has_row))
		status = bad(s, done, "another number of class names than of "
			     "classes", err);
	sqlite3_finalize(s);
	return status;
}

enum codist_status codist_classified_from(struct codist_classified *classified,
					  sqlite3 *db,
					  const struct codist_done *done,
					  int with_scores,
					  struct codist_watching *watching,
					  struct codist_error *err)
{
	size_t n = done->n + 1;

	*classified = (struct codist_classified){
		.n = done->n, .n_classes = done->n_classes,
		.samples = calloc(n, sizeof(*classified->samples)),
		.parts = calloc(n, sizeof(*classified->parts)),
		.truth = calloc(n, sizeof(*classified->truth)),
		.predicted = calloc(n, sizeof(*classified->predicted)),
		.class_names = calloc(done->n_classes + 1,
				      sizeof(*classified->class_names)),
	};
	if (with_scores)
		classified->scores = calloc(n, done->n_classes *
						       sizeof(double));
	if (!classified->samples || !classified->parts ||
	    !classified->truth || !classified->predicted || !classified->class_names ||
	    (with_scores && !classified->scores))
		return codist_no_memory(err, "predictions");
	CODIST_TRY(read_names(classified, db, done, err));
	return codist_predictions_read(db, done, watching, take, classified,
				       err);
}

enum codist_status
codist_classified_read(struct codist_classified *classified, const char *path,
		       const char *run, int with_scores,
		       struct codist_error *err)
{
	struct codist_done done;
	sqlite3 *db;
	enum codist_status status;

	*classified = (struct codist_classified){ 0 };
	CODIST_TRY(codist_results_open(&db, path, err));
	/* All of one moment, whoever writes meanwhile. */
	status = codist_database_do(db, "BEGIN", err);
	if (status == CODIST_OK)
		status = codist_done_find(&done, db, run, err);
	if (status == CODIST_OK)
		status = codist_classified_from(classified, db, &done,
						with_scores, NULL, err);
	sqlite3_close(db);
	return status;
}
