/*
 * reproduce_run.c - the published experiments, carried out as a study
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "provenance.h"
#include "reproduce.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Why the outcome cannot be compared with the published one, or NULL. */
static const char *why_not_compared(const struct reproduction *r)
{
	const struct source *train = &r->train, *test = &r->test;

	/* Checksums are of images, not of labels. */
	if (strcmp(train->checksum, codist_published_train) != 0 ||
	    test->n_classes != CODIST_PUBLISHED_CLASSES)
		return "the data is not MNIST's";
	if (strcmp(test->checksum, codist_published_test) == 0)
		return NULL;
	return test->n_samples < test->n_loaded ?
		"--limit left some test samples out" :
		"the data is not MNIST's";
}

/* Another version of the library may give other cells. */
static enum verdict judge(const struct row *row)
{
	const struct codist_published *published = row->published;

	if (row->n_correct >= published->lowest &&
	    row->n_correct <= published->highest &&
	    (row->n_differing == 0 || published->lowest < published->highest))
		return AGREES;
	if (row->version && strcmp(row->version, codist_published_zlib) != 0)
		return DIFFERS_BY_LIBRARY;
	return DIFFERS;
}

static void add_row(struct reproduction *r, const struct codist_study_run *run,
		    const struct codist_confusion *confusion, double seconds)
{
	struct row *row = &r->rows.items[r->rows.n++];

	row->published = &codist_published[run - r->front.study.runs];
	row->made = run;
	row->n = codist_confusion_total(confusion);
	row->n_correct = codist_confusion_correct(confusion);
	row->run = r->n_runs;
	row->seconds = seconds;
	if (run->backend.plugin) {
		row->library = codist_backend_library(&run->backend);
		row->version = codist_backend_version(&run->backend);
		provenance_digest(row->digest, &run->backend);
	}
	if (r->rows.not_compared)
		return;
	if (row->published->confusion)
		row->n_differing = codist_confusion_differing(
			confusion, row->published->confusion);
	row->verdict = judge(row);
}

char *reproduction_figure(const struct reproduce_config *config,
			  const struct codist_published *published)
{
	char *path;

	return asprintf(&path, "%s/%s.png", config->figures,
			published->name) < 0 ? NULL : path;
}

static enum codist_status draw(const struct reproduction *r,
			       const struct codist_published *published,
			       const struct codist_confusion *confusion,
			       char *const *class_names,
			       struct codist_error *err)
{
	char *path = reproduction_figure(r->config, published);
	char title[256];
	enum codist_status status;

	if (!path)
		return codist_no_memory(err, "a path");
	snprintf(title, sizeof(title), "%s: %zu of %zu correct",
		 published->title, codist_confusion_correct(confusion),
		 codist_confusion_total(confusion));
	status = codist_draw_confusion(path, confusion,
				       (const char *const *)class_names, title,
				       err);
	free(path);
	return status;
}

/* What the store has of a run. */
struct made {
	struct codist_classified samples;
	struct codist_confusion confusion;
};

static enum codist_status read_run(struct made *made, const char *store,
				   const char *name, struct codist_error *err)
{
	const struct codist_classified *samples = &made->samples;

	CODIST_TRY(codist_classified_read(&made->samples, store, name, 0, err));
	CODIST_TRY(codist_confusion_init(&made->confusion, samples->n_classes,
					 err));
	for (size_t i = 0; i < samples->n; i++)
		codist_confusion_count(&made->confusion, samples->truth[i],
				       samples->predicted[i]);
	return CODIST_OK;
}

static double seconds_of(const struct codist_results *results,
			 const char *name)
{
	for (size_t i = 0; i < results->n; i++)
		if (strcmp(results->items[i].name, name) == 0)
			return results->items[i].seconds;
	return 0;
}

/* Rows first: no figure that fails should cost a count. */
static enum codist_status print(struct reproduction *r,
				const struct codist_study_run *const *runs,
				const struct made *made, size_t n,
				const struct codist_results *results,
				struct codist_error *err)
{
	size_t first = r->rows.n;

	r->n_runs++;
	for (size_t i = 0; i < n; i++)
		add_row(r, runs[i], &made[i].confusion,
			seconds_of(results, runs[i]->name));
	CODIST_TRY(rows_print(&r->rows, first, err));
	for (size_t i = 0; r->config->figures && i < n; i++)
		CODIST_TRY(draw(r, r->rows.items[first + i].published,
				&made[i].confusion,
				made[i].samples.class_names, err));
	return CODIST_OK;
}

static enum codist_status done(void *user,
			       const struct codist_study_run *const *runs,
			       size_t n, struct codist_error *err)
{
	struct reproduction *r = user;
	struct codist_results results;
	struct made *made = calloc(n, sizeof(*made));
	enum codist_status status;

	if (!made)
		return codist_no_memory(err, "results");
	status = codist_results_read(&results, r->front.store, err);
	for (size_t i = 0; i < n && status == CODIST_OK; i++)
		status = read_run(&made[i], r->front.store, runs[i]->name,
				  err);
	if (status == CODIST_OK)
		status = print(r, runs, made, n, &results, err);
	for (size_t i = 0; i < n; i++) {
		codist_classified_release(&made[i].samples);
		codist_confusion_release(&made[i].confusion);
	}
	free(made);
	codist_results_release(&results);
	return status;
}

/* For free(), or NULL. */
static char *study_on(const char *data, size_t limit)
{
	char *text = NULL;
	size_t n;
	FILE *study = open_memstream(&text, &n);

	if (!study)
		return NULL;
	front_write(study, "data", data);
	if (limit)
		fprintf(study, "test.limit: %zu\n", limit);
	fputs(codist_published_study, study);
	if (fclose(study) == 0)
		return text;
	free(text);
	return NULL;
}

enum codist_status reproduction_run(struct reproduction *r, const char *data,
				    struct codist_error *err)
{
	const struct reproduce_config *c = r->config;
	char *study = study_on(data, c->limit);
	enum codist_status status;

	if (!study)
		return codist_no_memory(err, "a study");
	r->front = (struct front){
		.command = "reproduce", .kept = c->store,
		.is_silent = 1, /* the experiments are as they were published */
		.threads = c->threads, .memory = c->memory,
		.chosen = r->chosen, .done = done, .user = r,
	};
	status = front_open(&r->front, study, err);
	free(study);
	CODIST_TRY(status);
	CODIST_TRY(source_look(&r->train, 0, err));
	CODIST_TRY(source_look(&r->test, c->limit, err));
	r->rows.not_compared = why_not_compared(r);
	CODIST_TRY(rows_begin(&r->rows, err));
	return front_run(&r->front, err);
}
