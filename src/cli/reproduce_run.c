/*
 * reproduce_run.c - the published experiments, carried out
 *
 * Experiments that differ in nothing but the aggregator share a run.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "job.h"
#include "progress.h"
#include "provenance.h"
#include "reproduce.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Experiments that share their scores. */
struct run {
	const struct codist_published **items; /* [n] */
	size_t n;
	struct codist_spec reference, measure, backend;
	struct codist_spec *aggregators;        /* [n] */
	struct codist_predictions *predictions; /* [n] */
};

/* Either may be NULL, for none. */
static int are_same(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/* The data as the next run takes it, unless that is there already. */
static enum codist_status load(struct reproduction *r, const char *transform,
			       struct codist_error *err)
{
	struct codist_spec spec = { 0 };
	struct specs transforms = { &spec, transform ? 1 : 0 };
	enum codist_status status = CODIST_OK;

	if (r->is_loaded && are_same(r->transform, transform))
		return CODIST_OK;
	codist_dataset_release(&r->train.set);
	codist_dataset_release(&r->test.set);
	r->is_loaded = 0;
	if (transform)
		status = codist_spec_init(&spec, &codist_transforms, transform,
					  err);
	if (status == CODIST_OK)
		status = source_load(&r->train, 0, &transforms, err);
	if (status == CODIST_OK)
		status = source_load(&r->test, r->config->limit,
				     &transforms, err);
	codist_spec_release(&spec);
	r->transform = transform;
	r->is_loaded = status == CODIST_OK;
	return status;
}

/* Why the outcome cannot be compared with the published one, or NULL. */
static const char *why_not_compared(const struct reproduction *r)
{
	const struct source *train = &r->train, *test = &r->test;

	/* Checksums are of images, not of labels. */
	if (strcmp(train->checksum, codist_published_train) != 0 ||
	    test->set.n_classes != CODIST_PUBLISHED_CLASSES)
		return "the data is not MNIST's";
	if (strcmp(test->checksum, codist_published_test) == 0)
		return NULL;
	return test->set.n_samples < test->n_loaded ?
		"--limit left some test samples out" :
		"the data is not MNIST's";
}

static void run_release(struct run *run)
{
	codist_spec_release(&run->reference);
	codist_spec_release(&run->measure);
	codist_spec_release(&run->backend);
	for (size_t i = 0; i < run->n; i++) {
		if (run->aggregators)
			codist_spec_release(&run->aggregators[i]);
		if (run->predictions)
			codist_predictions_release(&run->predictions[i]);
	}
	free(run->aggregators);
	free(run->predictions);
}

static enum codist_status run_init(struct run *run,
				   const struct codist_published **items,
				   size_t n, struct codist_error *err)
{
	const struct codist_published *first = items[0];

	*run = (struct run){ .items = items, .n = n };
	run->aggregators = calloc(n, sizeof(*run->aggregators));
	run->predictions = calloc(n, sizeof(*run->predictions));
	if (!run->aggregators || !run->predictions)
		return codist_no_memory(err, "experiments");
	CODIST_TRY(codist_spec_init(&run->reference, &codist_references,
				    first->reference, err));
	CODIST_TRY(codist_spec_init(&run->measure, &codist_measures,
				    first->measure, err));
	if (first->backend)
		CODIST_TRY(codist_spec_init(&run->backend, &codist_backends,
					    first->backend, err));
	for (size_t i = 0; i < n; i++)
		CODIST_TRY(codist_spec_init(&run->aggregators[i],
					    &codist_aggregators,
					    items[i]->aggregator, err));
	return CODIST_OK;
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

static void add_row(struct reproduction *r, const struct run *run, size_t i,
		    double seconds)
{
	const struct codist_confusion *confusion =
		&run->predictions[i].confusion;
	struct row *row = &r->rows.items[r->rows.n++];

	row->published = run->items[i];
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
			       const struct run *run, size_t i,
			       struct codist_error *err)
{
	const struct codist_confusion *confusion =
		&run->predictions[i].confusion;
	const struct codist_published *published = run->items[i];
	char *path = reproduction_figure(r->config, published);
	char title[256];
	enum codist_status status;

	if (!path)
		return codist_no_memory(err, "a path");
	snprintf(title, sizeof(title), "%s: %zu of %zu correct",
		 published->title, codist_confusion_correct(confusion),
		 codist_confusion_total(confusion));
	status = codist_draw_confusion(
		path, confusion,
		(const char *const *)r->test.set.class_names, title, err);
	free(path);
	return status;
}

/* Rows first: no figure that fails should cost a count. */
static enum codist_status finish(struct reproduction *r, const struct run *run,
				 double seconds, struct codist_error *err)
{
	size_t first = r->rows.n;

	r->n_runs++;
	for (size_t i = 0; i < run->n; i++)
		add_row(r, run, i, seconds);
	CODIST_TRY(rows_print(&r->rows, first, err));
	for (size_t i = 0; r->config->figures && i < run->n; i++)
		CODIST_TRY(draw(r, run, i, err));
	return CODIST_OK;
}

static enum codist_status carry_out(struct reproduction *r, struct run *run,
				    struct codist_error *err)
{
	const struct reproduce_config *c = r->config;
	struct progress progress;
	struct codist_how how = {
		.n_threads = (unsigned)c->threads, .memory = c->memory,
		.progress = progress_hook, .user = &progress,
	};
	struct codist_pipeline pipeline = {
		.reference = &run->reference, .measure = &run->measure,
		.backend = run->backend.plugin ? &run->backend : NULL,
		.aggregators = run->aggregators, .n_aggregators = run->n,
	};
	struct codist_cost cost;
	enum codist_status status;

	progress_begin(&progress, run->items[0]->name, "deltas");
	status = codist_pipeline_run(&pipeline, &r->train.set, &r->test.set,
				     &how, run->predictions, &cost, err);
	progress_end(&progress);
	if (status == CODIST_OK)
		job_say_threads("reproduce", &cost);
	if (status == CODIST_OK)
		status = finish(r, run, cost.seconds, err);
	return status;
}

/* All chosen experiments from the first one on that share its scores. */
static size_t count_shared(const struct reproduction *r, size_t first)
{
	size_t n = 1;

	while (first + n < r->rows.n_wanted &&
	       codist_published_share_scores(r->chosen[first],
					     r->chosen[first + n]))
		n++;
	return n;
}

enum codist_status reproduction_run(struct reproduction *r,
				    struct codist_error *err)
{
	struct rows *rows = &r->rows;

	for (size_t i = 0; i < rows->n_wanted;) {
		const struct codist_published **items = r->chosen + i;
		size_t n = count_shared(r, i);
		struct run run;
		enum codist_status status;

		CODIST_TRY(load(r, items[0]->transform, err));
		if (i == 0) {
			rows->not_compared = why_not_compared(r);
			CODIST_TRY(rows_begin(rows, err));
		}
		status = run_init(&run, items, n, err);
		if (status == CODIST_OK)
			status = carry_out(r, &run, err);
		run_release(&run);
		CODIST_TRY(status);
		i += n;
	}
	return CODIST_OK;
}
