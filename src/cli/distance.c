/*
 * distance.c - codist distance: how far apart two files are
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "command.h"
#include "distances.h"
#include "document.h"
#include "progress.h"
#include "provenance.h"
#include "table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

struct config {
	struct distances_config distances;
	int multiset;
	enum format format;
};

/* A line of the outcome: from one item to another, or of all. */
struct row {
	struct codist_pairwise_result by; /* without measure: a multiset's */
	const char *from, *to;            /* NULL: all */
	double distance;
};

struct work {
	const struct config *config;
	struct distances distances;
	struct items items;
	struct row *rows; /* [n_rows] */
	char (*digests)[CODIST_GOLDEN_SIZE]; /* [n_backends], of CSV */
	size_t n_rows;
};

static int is_directed(const struct codist_spec *spec)
{
	const struct codist_measure *measure =
		(const struct codist_measure *)spec->plugin;

	return measure->is_directed && measure->is_directed(spec->config);
}

static void add_row(struct work *work, struct codist_pairwise_result by,
		    size_t i, size_t k, const double *values)
{
	work->rows[work->n_rows++] = (struct row){
		by, work->items.names[i], work->items.names[k],
		values[i * work->items.n + k],
	};
}

/* Each pair once, or both ways where the measure is directed. */
static void add_rows(struct work *work, size_t result, const double *values)
{
	struct codist_pairwise_result by =
		codist_pairwise_result(&work->distances.pairwise, result);

	for (size_t i = 0; i < work->items.n; i++)
		for (size_t k = i + 1; k < work->items.n; k++) {
			add_row(work, by, i, k, values);
			if (is_directed(by.measure))
				add_row(work, by, k, i, values);
		}
}

static enum codist_status measure_pairs(struct work *work,
					struct codist_error *err)
{
	size_t n = work->items.n, n_values = n * n;
	size_t n_results = codist_pairwise_results(&work->distances.pairwise);
	double *values = calloc(n_results * n_values, sizeof(*values));
	double **of = calloc(n_results, sizeof(*of));
	unsigned char *done = calloc(n_results, n);
	enum codist_status status = CODIST_OK;
	struct codist_cost cost;

	work->rows = calloc(n_results * n_values, sizeof(*work->rows));
	if (!values || !of || !done || !work->rows)
		status = codist_no_memory(err, "distances");
	for (size_t i = 0; i < n_results && status == CODIST_OK; i++)
		of[i] = values + i * n_values;
	if (status == CODIST_OK)
		status = distances_run(&work->distances,
				       &work->config->distances,
				       &(struct codist_pairwise_values){
					       .of = of, .done = done },
				       "distance", &cost, err);
	for (size_t i = 0; i < n_results && status == CODIST_OK; i++)
		add_rows(work, i, of[i]);
	free(values);
	free(of);
	free(done);
	return status;
}

static int report_progress(void *user, size_t done, size_t total)
{
	return progress_update(user, done, total);
}

static enum codist_status measure_multiset(struct work *work,
					   const struct codist_spec *backend,
					   struct codist_error *err)
{
	struct codist_multiset multiset;
	struct codist_coder *coder;
	struct progress progress;
	enum codist_status status;

	CODIST_TRY(codist_coder_new(&coder, backend, err));
	progress_begin(&progress, "distance", "lengths");
	status = codist_multiset_measure(&multiset, coder, work->items.bytes,
					 work->items.n, report_progress,
					 &progress, err);
	progress_end(&progress);
	codist_coder_free(coder);
	CODIST_TRY(status);
	work->rows[work->n_rows++] = (struct row){
		{ NULL, backend }, NULL, NULL, multiset.ncd,
	};
	return CODIST_OK;
}

static enum codist_status measure_multisets(struct work *work,
					    struct codist_error *err)
{
	struct distances *distances = &work->distances;

	work->rows = calloc(distances->n_backends, sizeof(*work->rows));
	if (!work->rows)
		return codist_no_memory(err, "distances");
	for (size_t i = 0; i < distances->n_backends; i++)
		CODIST_TRY(measure_multiset(work, &distances->backends[i],
					    err));
	return CODIST_OK;
}

/* A digest is a second's work at high levels, and there are many rows. */
static void add_provenance(const struct work *work, struct table *table,
			   const struct codist_spec *backend)
{
	table_add(table, "%s", backend ? codist_backend_library(backend) : "");
	table_add(table, "%s", backend ? codist_backend_version(backend) : "");
	table_add(table, "%s", backend ?
		  work->digests[backend - work->distances.backends] : "");
}

static enum codist_status print_rows(const struct work *work,
				     struct codist_error *err)
{
	int is_text = work->config->format == FORMAT_TEXT;
	enum codist_status status;
	struct table table;

	table_init(&table, is_text ? 5 : 8, is_text ? "lllrl" : "l");
	table_add(&table, "measure");
	table_add(&table, "from");
	table_add(&table, "to");
	table_add(&table, "distance");
	table_add(&table, "backend");
	if (!is_text) {
		table_add(&table, "library");
		table_add(&table, "library_version");
		table_add(&table, "golden_digest");
	}
	for (size_t i = 0; i < work->n_rows; i++) {
		const struct row *row = &work->rows[i];
		char *name = row->by.backend ?
			codist_spec_brief(row->by.backend) : NULL;

		if (!row->by.measure) {
			table_add(&table, "ncd-multiset");
		} else if (is_text) {
			char *brief = codist_spec_brief(row->by.measure);

			table_add(&table, "%s", brief ? brief : "");
			free(brief);
		} else {
			table_add_spec(&table, row->by.measure);
		}
		table_add(&table, "%s", row->from ? row->from : "all");
		table_add(&table, "%s", row->to ? row->to : "");
		table_add(&table, is_text ? "%.6f" : "%.17g", row->distance);
		if (is_text) {
			table_add(&table, "%s", name ? name : "");
		} else {
			table_add_spec(&table, row->by.backend);
			add_provenance(work, &table, row->by.backend);
		}
		free(name);
	}
	status = table_print(&table, work->config->format, err);
	table_release(&table);
	return status;
}

static enum codist_status print_json(const struct work *work,
				     struct codist_error *err)
{
	struct document document = { 0 };

	document_object(&document, NULL);
	document_text(&document, "codist", codist_version());
	document_array(&document, "backends");
	for (size_t i = 0; i < work->distances.n_backends; i++) {
		document_object(&document, NULL);
		document_backend(&document, &work->distances.backends[i]);
		document_close(&document);
	}
	document_close(&document);
	document_array(&document, "distances");
	for (size_t i = 0; i < work->n_rows; i++) {
		const struct row *row = &work->rows[i];

		document_object(&document, NULL);
		if (row->by.measure)
			document_spec(&document, "measure", row->by.measure);
		else
			document_text(&document, "measure", "ncd-multiset");
		if (row->by.backend)
			document_spec(&document, "backend", row->by.backend);
		if (row->from) {
			document_text(&document, "from", row->from);
			document_text(&document, "to", row->to);
		}
		/* JSON has no infinities: as matrices write them. */
		if (isinf(row->distance))
			document_text(&document, "distance",
				      row->distance > 0 ? "inf" : "-inf");
		else
			document_number(&document, "distance", row->distance);
		document_close(&document);
	}
	document_close(&document);
	document_close(&document);
	return document_print(&document, err);
}

static enum codist_status find_digests(struct work *work,
				       struct codist_error *err)
{
	size_t n = work->distances.n_backends;

	work->digests = calloc(n + 1, sizeof(*work->digests));
	if (!work->digests)
		return codist_no_memory(err, "digests");
	for (size_t i = 0; i < n; i++)
		provenance_digest(work->digests[i],
				  &work->distances.backends[i]);
	return CODIST_OK;
}

static enum codist_status carry_out(struct work *work, size_t n_operands,
				    char *const *operands,
				    struct codist_error *err)
{
	const struct config *c = work->config;
	struct codist_pairwise *pairwise = &work->distances.pairwise;

	CODIST_TRY(distances_init(&work->distances, &c->distances, err));
	if (c->multiset && c->distances.measures.n)
		return codist_fail(err, CODIST_EUSAGE,
				   "--multiset: is a measure by itself, and "
				   "takes no --measure");
	CODIST_TRY(items_load(&work->items, n_operands,
			      (const char *const *)operands,
			      &c->distances.transforms, NULL, err));
	if (work->items.n < 2)
		return codist_fail(err, CODIST_EUSAGE,
				   "one item, expected at least two");
	pairwise->rows = work->items.bytes;
	pairwise->n_rows = work->items.n;
	pairwise->row_names = work->items.names;
	for (size_t i = 0; i < work->distances.n_measures; i++)
		pairwise->is_full |=
			is_directed(&work->distances.measures[i]);
	CODIST_TRY(c->multiset ? measure_multisets(work, err) :
				 measure_pairs(work, err));
	if (c->format == FORMAT_JSON)
		return print_json(work, err);
	if (c->format == FORMAT_CSV)
		CODIST_TRY(find_digests(work, err));
	return print_rows(work, err);
}

static enum codist_status run(const void *config, size_t n_operands,
			      char *const *operands, struct codist_error *err)
{
	struct work work = { .config = config };
	enum codist_status status = carry_out(&work, n_operands, operands, err);

	free(work.rows);
	free(work.digests);
	items_release(&work.items);
	distances_release(&work.distances);
	return status;
}

static const struct command_option options[] = {
	DISTANCES_ROWS(struct config),
	{ .name = "multiset", .kind = OPTION_FLAG,
	  .offset = offsetof(struct config, multiset),
	  .help = "one distance for all items together, the NCD of multisets "
		  "(Cohen and Vitanyi 2015): of all and of ever fewer items "
		  "X the largest (C(X) - min C(x)) / max C(X without x)" },
	OPTION_ROW_FORMAT(struct config),
	{ .name = NULL },
};

const struct command command_distance = {
	.name = "distance",
	.summary = "compute how far apart files are",
	.operands = "ITEM ITEM...",
	.description =
		"Compute the distance of two items, or of each pair of more, "
		"by one measure or many, and by one compressor or many. "
		ITEMS_HELP "\n"
		"The measures and their formulas are listed by codist list "
		"measures.",
	.examples =
		"codist distance README COPYING\n"
		"codist distance --measure ncd,nccd --backend "
		"'deflate:level=1|9' README COPYING\n"
		"codist distance --multiset README COPYING NEWS",
	.options = options,
	.config_size = sizeof(struct config),
	.run = run,
};
