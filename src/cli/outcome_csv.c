/*
 * outcome_csv.c - an outcome as one row, to be put below others
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "classify.h"
#include "provenance.h"
#include "table.h"

#include <stdio.h>
#include <stdlib.h>

static void add_pair(struct table *table, const char *heading,
		     const char *value)
{
	table_add(table, "%s", heading);
	table_add(table, "%s", value);
}

static void add_number(struct table *table, const char *heading, double value)
{
	table_add(table, "%s", heading);
	table_add(table, "%.15g", value);
}

static void add_spec(struct table *table, const char *heading,
		     const struct codist_spec *spec)
{
	table_add(table, "%s", heading);
	table_add_spec(table, spec);
}

/* Several are joined by blanks. */
static void add_transforms(struct table *table, const struct specs *transforms)
{
	char *joined = NULL;
	size_t size = 0;
	FILE *stream = open_memstream(&joined, &size);

	for (size_t i = 0; stream && i < transforms->n; i++) {
		char *text = codist_spec_text(&transforms->items[i]);

		table->failed |= !text;
		fprintf(stream, "%s%s", i ? " " : "", text ? text : "");
		free(text);
	}
	if (stream)
		fclose(stream);
	table->failed |= !joined;
	add_pair(table, "transforms", joined ? joined : "");
	free(joined);
}

static void add_source(struct table *table, const char *heading,
		       const char *of_checksum, const struct source *source)
{
	add_spec(table, heading, &source->loader);
	add_pair(table, of_checksum, source->checksum);
}

/* Pairs of a heading and a value. */
static void add_outcome(struct table *table, const struct outcome *outcome)
{
	const struct classify_config *c = outcome->config;
	const struct codist_spec *backend = outcome->backend;
	const struct codist_ties *ties = &outcome->predictions.ties;
	const struct codist_nearest *nearest = &outcome->predictions.nearest;
	struct figures f = figures_of(outcome);
	char digest[CODIST_GOLDEN_SIZE] = "";

	if (backend)
		provenance_digest(digest, backend);
	add_pair(table, "codist", codist_version());
	if (outcome->n_folds) {
		add_pair(table, "train", "");
		add_pair(table, "train_sha256", "");
	} else {
		add_source(table, "train", "train_sha256", &outcome->train);
	}
	add_source(table, "test", "test_sha256", &outcome->test);
	add_transforms(table, &c->job.transforms);
	add_spec(table, "reference", &c->job.reference);
	add_spec(table, "measure", &c->job.measure);
	add_spec(table, "backend", backend);
	add_pair(table, "library",
		 backend ? codist_backend_library(backend) : "");
	add_pair(table, "library_version",
		 backend ? codist_backend_version(backend) : "");
	add_pair(table, "golden_digest", digest);
	add_pair(table, "engine",
		 backend ? codist_backend_engine(backend) : "");
	add_spec(table, "aggregate", &c->job.aggregate);
	add_number(table, "n_samples", (double)f.n);
	add_number(table, "n_correct", (double)f.n_correct);
	add_number(table, "accuracy", f.accuracy);
	add_number(table, "wilson_low", f.wilson.low);
	add_number(table, "wilson_high", f.wilson.high);
	add_number(table, "n_tied", (double)ties->n_tied);
	add_number(table, "accuracy_low", f.lowest);
	add_number(table, "accuracy_high", f.highest);
	add_number(table, "n_folds", (double)outcome->n_folds);
	add_number(table, "n_repeats", (double)outcome->repeats.n);
	add_number(table, "n_repeats_dropped",
		   (double)outcome->repeats.n_dropped);
	if (nearest->n_samples) {
		add_number(table, "n_tied_nearest", (double)nearest->n_tied);
	} else {
		add_pair(table, "n_tied_nearest", "");
	}
	if (c->top2)
		add_number(table, "n_flawed_top2", (double)nearest->n_top2);
	add_number(table, "n_references", (double)outcome->cost.n_references);
	add_number(table, "n_scores", (double)outcome->cost.n_scores);
	add_number(table, "n_threads", outcome->cost.n_threads);
	add_number(table, "seconds", outcome->cost.seconds);
	add_number(table, "scores_per_second", f.per_second);
}

enum codist_status outcome_print_csv(const struct outcome *outcome,
				     struct codist_error *err)
{
	struct table pairs, rows;
	enum codist_status status;

	table_init(&pairs, 2, "l");
	add_outcome(&pairs, outcome);
	table_init(&rows, pairs.n_cells / 2, "l");
	rows.failed = pairs.failed;
	for (size_t i = 0; i < pairs.n_cells; i += 2)
		table_add(&rows, "%s", pairs.cells[i]);
	for (size_t i = 1; i < pairs.n_cells; i += 2)
		table_add(&rows, "%s", pairs.cells[i]);
	status = table_print(&rows, FORMAT_CSV, err);
	table_release(&pairs);
	table_release(&rows);
	return status;
}
