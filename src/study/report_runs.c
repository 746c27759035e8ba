/*
 * report_runs.c - what a report tells of: the runs of a store that are done
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/report_runs.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const codist_axis_names[CODIST_AXES] = {
	"data", "test", "train.limit", "test.limit", "folds", "validate",
	"seed", "transform", "reference", "measure", "backend", "aggregate",
};

/* First the axes. */
static const char query[] =
	"SELECT coalesce(data, train), coalesce(test, 'its own'), "
	"coalesce(train_limit, 'all'), coalesce(test_limit, 'all'), "
	"coalesce(folds, 'none'), coalesce(validate, 'none'), seed, "
	"transform, reference, measure, coalesce(backend, 'none'), aggregate, "
	"id, name, train_samples, samples, classes, \"references\", correct, "
	"tied, correct_low, correct_high, nearest, nearest_tied, top2, "
	"work.seconds, work.memory, block.n "
	/* A sum takes what its members take, too. */
	"FROM run LEFT JOIN (SELECT run, sum(seconds) AS seconds, max(memory) "
	"AS memory FROM (SELECT run, seconds, memory FROM work UNION ALL "
	"SELECT member.run, work.seconds, work.memory FROM member JOIN work ON "
	"work.run = member.member WHERE member.member <> member.run) GROUP BY "
	"run) AS work ON work.run = run.id "
	"LEFT JOIN (SELECT run, sum(n) AS n FROM block GROUP BY run) AS block "
	"ON block.run = run.id WHERE state = 'done' AND held IS NULL "
	"ORDER BY place IS NULL, place, id";

static char *text_at(sqlite3_stmt *s, int at, int *failed)
{
	char *text = strdup(codist_column_text(s, at));

	*failed |= !text;
	return text;
}

static enum codist_status read_run(struct codist_report_runs *runs,
				   sqlite3_stmt *s, struct codist_error *err)
{
	struct codist_report_run *items = runs->items, *run;
	int failed = 0, at = CODIST_AXES;

	if (!(runs->n & (runs->n - 1)))
		items = realloc(items, (runs->n ? 2 * runs->n : 1) *
					       sizeof(*items));
	if (!items)
		return codist_no_memory(err, "results");
	runs->items = items;
	run = &items[runs->n++];
	*run = (struct codist_report_run){ 0 };
	for (int axis = 0; axis < CODIST_AXES; axis++)
		run->axes[axis] = text_at(s, axis, &failed);
	run->id = sqlite3_column_int64(s, at++);
	run->name = text_at(s, at++, &failed);
	for (size_t i = 0; i < 11; i++)
		*(size_t *[]){ &run->n_train, &run->n_samples, &run->n_classes,
			&run->n_references, &run->n_correct, &run->n_tied,
			&run->correct_low, &run->correct_high,
			&run->n_nearest, &run->n_nearest_tied,
			&run->n_top2 }[i] = codist_column_size(s, at++);
	run->seconds = sqlite3_column_double(s, at++);
	run->memory = codist_column_size(s, at++);
	/* A shard has but some of the samples. */
	run->n_samples = codist_column_size(s, at);
	if (failed)
		return codist_no_memory(err, "results");
	run->accuracy = run->n_samples ? (double)run->n_correct /
						 (double)run->n_samples : 0;
	if (run->n_classes > UINT32_MAX)
		return codist_fail(err, CODIST_EFORMAT, "%s: run '%s' has %zu "
				   "classes", sqlite3_db_filename(runs->db,
								  "main"),
				   run->name, run->n_classes);
	return CODIST_OK;
}

static enum codist_status read_runs(struct codist_report_runs *runs,
				    struct codist_error *err)
{
	sqlite3_stmt *s;
	int has_row = 1;
	enum codist_status status;

	CODIST_TRY(codist_database_prepare(runs->db, &s, query, err));
	status = codist_database_step(s, &has_row, err);
	while (status == CODIST_OK && has_row) {
		status = read_run(runs, s, err);
		if (status == CODIST_OK)
			status = codist_database_step(s, &has_row, err);
	}
	sqlite3_finalize(s);
	return status;
}

static enum codist_status read_study(struct codist_report_runs *runs,
				     struct codist_error *err)
{
	sqlite3_stmt *s;
	int has_row, failed = 0;
	enum codist_status status;

	CODIST_TRY(codist_database_prepare(
		runs->db, &s,
		"SELECT name, title, source, codist, shard, shards, (SELECT "
		"count(*) FROM run WHERE held IS NULL) FROM study", err));
	status = codist_database_step(s, &has_row, err);
	if (status == CODIST_OK && !has_row)
		status = codist_fail(err, CODIST_EFORMAT,
				     "%s: a store without a study",
				     sqlite3_db_filename(runs->db, "main"));
	if (status == CODIST_OK) {
		runs->study = text_at(s, 0, &failed);
		runs->title = text_at(s, 1, &failed);
		runs->source = text_at(s, 2, &failed);
		runs->codist = text_at(s, 3, &failed);
		runs->shard = codist_column_size(s, 4);
		runs->n_shards = codist_column_size(s, 5);
		runs->n_all = codist_column_size(s, 6);
	}
	sqlite3_finalize(s);
	return failed ? codist_no_memory(err, "results") : status;
}

/* One that is not there is named by its number. */
static enum codist_status read_classes(sqlite3_stmt *s,
				       struct codist_report_run *run,
				       struct codist_error *err)
{
	int has_row = 1;
	enum codist_status status = CODIST_OK;

	run->classes = calloc(run->n_classes + 1, sizeof(*run->classes));
	if (!run->classes)
		return codist_no_memory(err, "names of classes");
	sqlite3_bind_int64(s, 1, run->id);
	while (status == CODIST_OK) {
		size_t class;
		int failed = 0;

		status = codist_database_step(s, &has_row, err);
		if (status != CODIST_OK || !has_row)
			break;
		class = codist_column_size(s, 0);
		if (class >= run->n_classes || run->classes[class])
			continue;
		run->classes[class] = text_at(s, 1, &failed);
		if (failed)
			status = codist_no_memory(err, "names of classes");
	}
	sqlite3_reset(s);
	for (size_t c = 0; status == CODIST_OK && c < run->n_classes; c++) {
		if (run->classes[c])
			continue;
		run->classes[c] = codist_text_format("%zu", c);
		if (!run->classes[c])
			status = codist_no_memory(err, "names of classes");
	}
	return status;
}

static enum codist_status read_all_classes(struct codist_report_runs *runs,
					   struct codist_error *err)
{
	sqlite3_stmt *s;
	enum codist_status status;

	CODIST_TRY(codist_database_prepare(
		runs->db, &s, "SELECT class, name FROM class WHERE run = ?",
		err));
	status = CODIST_OK;
	for (size_t i = 0; i < runs->n && status == CODIST_OK; i++)
		status = read_classes(s, &runs->items[i], err);
	sqlite3_finalize(s);
	return status;
}

struct ranked {
	double accuracy;
	size_t at;
};

static int compare_ranked(const void *a, const void *b)
{
	const struct ranked *first = a, *second = b;

	if (first->accuracy != second->accuracy)
		return first->accuracy < second->accuracy ? 1 : -1;
	return (first->at > second->at) - (first->at < second->at);
}

static enum codist_status rank(struct codist_report_runs *runs,
			       struct codist_error *err)
{
	struct ranked *ranked = calloc(runs->n, sizeof(*ranked));

	runs->best = calloc(runs->n, sizeof(*runs->best));
	if (!ranked || !runs->best) {
		free(ranked);
		return codist_no_memory(err, "ranks");
	}
	for (size_t i = 0; i < runs->n; i++)
		ranked[i] = (struct ranked){ runs->items[i].accuracy, i };
	qsort(ranked, runs->n, sizeof(*ranked), compare_ranked);
	for (size_t i = 0; i < runs->n; i++)
		runs->best[i] = ranked[i].at;
	free(ranked);
	return CODIST_OK;
}

enum codist_status codist_report_runs_read(struct codist_report_runs *runs,
					   sqlite3 *db,
					   struct codist_error *err)
{
	runs->db = db;
	CODIST_TRY(read_study(runs, err));
	CODIST_TRY(read_runs(runs, err));
	if (runs->n == 0)
		return codist_fail(err, CODIST_EUSAGE,
				   "%s: none of its %zu runs is done, and there "
				   "is nothing to report; codist run goes on "
				   "with them", sqlite3_db_filename(db, "main"),
				   runs->n_all);
	for (size_t i = 1; i < runs->n; i++)
		for (int axis = 0; axis < CODIST_AXES; axis++)
			runs->varies[axis] |= strcmp(
				runs->items[i].axes[axis],
				runs->items[0].axes[axis]) != 0;
	CODIST_TRY(read_all_classes(runs, err));
	return rank(runs, err);
}

void codist_report_tell(const struct codist_report_runs *runs,
			const char *format, ...)
{
	char message[CODIST_MESSAGE_SIZE];
	va_list arguments;

	if (!runs->how->tell)
		return;
	va_start(arguments, format);
	vsnprintf(message, sizeof(message), format, arguments);
	va_end(arguments);
	runs->how->tell(runs->how->user, message);
}

void codist_report_runs_release(struct codist_report_runs *runs)
{
	for (size_t i = 0; i < runs->n; i++) {
		struct codist_report_run *run = &runs->items[i];

		for (int axis = 0; axis < CODIST_AXES; axis++)
			free(run->axes[axis]);
		for (size_t c = 0; run->classes && c < run->n_classes; c++)
			free(run->classes[c]);
		free(run->classes);
		free(run->name);
	}
	free(runs->items);
	free(runs->best);
	free(runs->study);
	free(runs->title);
	free(runs->source);
	free(runs->codist);
	*runs = (struct codist_report_runs){ 0 };
}
