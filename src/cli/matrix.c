/*
 * matrix.c - codist matrix: the distances of all pairs of items
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "command.h"
#include "distances.h"
#include "interrupt.h"
#include "table.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct config {
	struct distances_config distances;
	struct texts against;
	int full;
	const char *format, *output;
};

struct work {
	const struct config *config;
	struct distances distances;
	struct items rows, columns; /* columns: of --against */
	size_t n_results;
	int is_text; /* a table for people */
	enum codist_matrix_format format;
	char **paths; /* [n_results], NULL without --output */

	struct codist_pairwise_store store; /* with --output */
	struct codist_pairwise_values values;
	double **of; /* [n_results], without --output */
};

static const char *const *column_names(const struct work *work)
{
	return work->config->against.n ? work->columns.names : work->rows.names;
}

static size_t n_columns(const struct work *work)
{
	return work->config->against.n ? work->columns.n : work->rows.n;
}

/* By --format, else by the ending of --output, else text. */
static enum codist_status choose_format(struct work *work,
					struct codist_error *err)
{
	const struct config *c = work->config;

	if (c->format && strcmp(c->format, "text") != 0) {
		CODIST_TRY(codist_matrix_format_find(&work->format, c->format,
						     err));
	} else if (c->output && !c->format) {
		CODIST_TRY(codist_matrix_format_of(&work->format, c->output,
						   err));
	} else if (c->output) {
		return codist_fail(err, CODIST_EUSAGE,
				   "--format text: is for people to read, and "
				   "not for --output; expected csv, tsv, "
				   "phylip, nexus, json or npy");
	} else {
		work->is_text = 1;
		return CODIST_OK;
	}
	if (work->format == CODIST_MATRIX_AUTO && !c->output)
		return codist_fail(err, CODIST_EUSAGE,
				   "--format auto: goes by the ending of "
				   "--output, which is not given");
	if (work->format == CODIST_MATRIX_AUTO)
		CODIST_TRY(codist_matrix_format_of(&work->format, c->output,
						   err));
	if (!c->output && work->n_results > 1)
		return codist_fail(err, CODIST_EUSAGE,
				   "%zu matrices, expected --output FILE to "
				   "make a file for each, or --format text",
				   work->n_results);
	return CODIST_OK;
}

/* Of several results each has its name before the ending of the path. */
static char *path_of(const struct work *work, size_t result)
{
	const char *output = work->config->output;
	const char *slash = strrchr(output, '/');
	const char *dot = strrchr(slash ? slash : output, '.');
	size_t stem = dot ? (size_t)(dot - output) : strlen(output);
	char *name, *path = NULL;

	if (work->n_results == 1)
		return strdup(output);
	name = distances_name(
		codist_pairwise_result(&work->distances.pairwise, result));
	for (char *c = name; c && *c; c++)
		if (!isalnum((unsigned char)*c) && !strchr("=.-", *c))
			*c = '_';
	if (name && asprintf(&path, "%.*s-%s%s", (int)stem, output, name,
			     dot ? dot : "") < 0)
		path = NULL;
	free(name);
	return path;
}

/* What cannot be written is told of before the work. */
static enum codist_status check_outputs(struct work *work,
					struct codist_error *err)
{
	CODIST_TRY(choose_format(work, err));
	if (!work->config->output)
		return CODIST_OK;
	work->paths = calloc(work->n_results, sizeof(*work->paths));
	if (!work->paths)
		return codist_no_memory(err, "paths");
	for (size_t i = 0; i < work->n_results; i++) {
		struct codist_matrix_writer writer;

		work->paths[i] = path_of(work, i);
		if (!work->paths[i])
			return codist_no_memory(err, "a path");
		for (size_t k = 0; k < i; k++)
			if (strcmp(work->paths[i], work->paths[k]) == 0)
				return codist_fail(err, CODIST_EUSAGE,
						   "%s: two matrices go there",
						   work->paths[i]);
		CODIST_TRY(codist_matrix_writer_open(
			&writer, work->paths[i], work->format, work->rows.n,
			n_columns(work), work->rows.names, column_names(work),
			err));
		codist_matrix_writer_abandon(&writer);
	}
	return CODIST_OK;
}

static enum codist_status open_store(struct work *work,
				     struct codist_error *err)
{
	struct codist_pairwise_store *store = &work->store;
	enum codist_status status;
	char *path;

	if (asprintf(&path, "%s.partial", work->config->output) < 0)
		return codist_no_memory(err, "a path");
	status = codist_pairwise_store_open(store, path,
					    &work->distances.pairwise, err);
	free(path);
	CODIST_TRY(status);
	work->values = store->values;
	if (store->n_rows_done > 0)
		fprintf(stderr,
			"codist matrix: goes on with %s, where %zu of %zu rows "
			"are done\n",
			store->path, store->n_rows_done,
			work->rows.n * work->n_results);
	return CODIST_OK;
}

static enum codist_status allocate(struct work *work, struct codist_error *err)
{
	work->of = calloc(work->n_results, sizeof(*work->of));
	work->values.done = calloc(work->n_results, work->rows.n);
	if (!work->of || !work->values.done)
		return codist_no_memory(err, "distances");
	for (size_t i = 0; i < work->n_results; i++) {
		if (work->rows.n <= SIZE_MAX / n_columns(work))
			work->of[i] = calloc(work->rows.n * n_columns(work),
					     sizeof(double));
		if (!work->of[i])
			return codist_no_memory(err, "distances");
	}
	work->values.of = work->of;
	return CODIST_OK;
}

static enum codist_status print_table(const struct work *work, size_t result,
				      struct codist_error *err)
{
	const double *values = work->values.of[result];
	size_t n = n_columns(work);
	enum codist_status status;
	struct table table;

	table_init(&table, n + 1, "lr");
	table_add(&table, "%s", "");
	for (size_t k = 0; k < n; k++)
		table_add(&table, "%s", column_names(work)[k]);
	for (size_t i = 0; i < work->rows.n; i++) {
		table_add(&table, "%s", work->rows.names[i]);
		for (size_t k = 0; k < n; k++)
			table_add(&table, "%.4f", values[i * n + k]);
	}
	status = table_print(&table, FORMAT_TEXT, err);
	table_release(&table);
	return status;
}

static enum codist_status write_rows(struct work *work,
				     struct codist_matrix_writer *writer,
				     size_t result, struct codist_error *err)
{
	size_t n = n_columns(work);
	enum codist_status status = CODIST_OK;

	for (size_t i = 0; i < work->rows.n && status == CODIST_OK; i++)
		status = codist_matrix_writer_write(
			writer, 1, work->values.of[result] + i * n, err);
	if (status == CODIST_OK)
		return codist_matrix_writer_finish(writer, err);
	codist_matrix_writer_abandon(writer);
	return status;
}

static enum codist_status put_out(struct work *work, size_t result,
				  struct codist_error *err)
{
	struct codist_matrix_writer writer;
	const char *path = work->paths ? work->paths[result] : NULL;

	if (work->is_text) {
		char *name = distances_name(codist_pairwise_result(
			&work->distances.pairwise, result));

		printf("%s%s\n\n", result ? "\n" : "", name ? name : "");
		free(name);
		return print_table(work, result, err);
	}
	if (path)
		CODIST_TRY(codist_matrix_writer_open(
			&writer, path, work->format, work->rows.n,
			n_columns(work), work->rows.names, column_names(work),
			err));
	else
		CODIST_TRY(codist_matrix_writer_attach(
			&writer, stdout, "standard output", work->format,
			work->rows.n, n_columns(work), work->rows.names,
			column_names(work), err));
	return write_rows(work, &writer, result, err);
}

static enum codist_status load(struct work *work, size_t n_operands,
			       char *const *operands, struct codist_error *err)
{
	const struct config *c = work->config;
	struct codist_pairwise *pairwise = &work->distances.pairwise;

	CODIST_TRY(items_load(&work->rows, n_operands,
			      (const char *const *)operands,
			      &c->distances.transforms, err));
	if (c->against.n)
		CODIST_TRY(items_load(&work->columns, c->against.n,
				      c->against.items,
				      &c->distances.transforms, err));
	pairwise->rows = work->rows.bytes;
	pairwise->n_rows = work->rows.n;
	pairwise->row_names = work->rows.names;
	pairwise->columns = c->against.n ? work->columns.bytes : NULL;
	pairwise->n_columns = work->columns.n;
	pairwise->column_names = work->columns.names;
	pairwise->is_full = c->full;
	work->n_results = codist_pairwise_results(pairwise);
	return codist_pairwise_check(pairwise, err);
}

static enum codist_status carry_out(struct work *work, size_t n_operands,
				    char *const *operands,
				    struct codist_error *err)
{
	struct codist_cost cost;

	CODIST_TRY(distances_init(&work->distances, &work->config->distances,
				  err));
	CODIST_TRY(load(work, n_operands, operands, err));
	CODIST_TRY(check_outputs(work, err));
	CODIST_TRY(work->config->output ? open_store(work, err) :
					  allocate(work, err));
	CODIST_TRY(distances_run(&work->distances, &work->config->distances,
				 &work->values, "matrix", &cost, err));
	for (size_t i = 0; i < work->n_results; i++)
		CODIST_TRY(put_out(work, i, err));
	codist_pairwise_store_remove(&work->store);
	return CODIST_OK;
}

static enum codist_status run(const void *config, size_t n_operands,
			      char *const *operands, struct codist_error *err)
{
	struct work work = { .config = config };
	enum codist_status status;

	status = carry_out(&work, n_operands, operands, err);
	if (status != CODIST_OK && work.store.map)
		fprintf(stderr,
			"codist matrix: what is done is kept in %s, and the "
			"same command goes on with it\n",
			work.store.path);
	if (!work.config->output)
		free(work.values.done);
	for (size_t i = 0; i < work.n_results; i++) {
		if (work.of)
			free(work.of[i]);
		if (work.paths)
			free(work.paths[i]);
	}
	free(work.of);
	free(work.paths);
	codist_pairwise_store_close(&work.store);
	items_release(&work.rows);
	items_release(&work.columns);
	distances_release(&work.distances);
	return status;
}

#define FIELD(name) .offset = offsetof(struct config, name)

static const struct command_option options[] = {
	DISTANCES_ROWS(struct config),
	{ .name = "against", .argument = "ITEM", .kind = OPTION_TEXTS,
	  FIELD(against),
	  .help = "distances to these, in columns, in place of those among the "
		  "items themselves; may be given several times" },
	{ .name = "full", .kind = OPTION_FLAG, FIELD(full),
	  .help = "compute each pair both ways, and each item with itself; "
		  "else once, the earlier item first, with 0 on the diagonal" },
	{ .name = "output", .argument = "FILE", .kind = OPTION_TEXT,
	  FIELD(output),
	  .help = "write there; a run that was stopped goes on when it is "
		  "begun again. Of several matrices, each has its measure and "
		  "compressor before the ending of the name" },
	{ .name = "format", .argument = "FORMAT", .kind = OPTION_TEXT,
	  FIELD(format),
	  .help = "text, csv, tsv, phylip, nexus, json or npy (default: by the "
		  "ending of --output, or else text)" },
	{ .name = NULL },
};

const struct command command_matrix = {
	.name = "matrix",
	.summary = "compute the distances of all pairs of items",
	.operands = "ITEM...",
	.description =
		"Compute the distance of each pair of items, by one measure or "
		"many, and by one compressor or many, in one go. "
		ITEMS_HELP "\n"
		"The matrix is symmetric, as trees and maps want it, or with "
		"--full as measured. C(xy) is the length of both items joined, "
		"that of the row first.",
	.examples =
		"codist matrix README COPYING NEWS\n"
		"codist matrix --measure ncd,cdm --backend bzip2,deflate "
		"--output d.csv texts\n"
		"codist matrix --backend lzma --output mammals.nex mtdna34\n"
		"codist matrix --against new.txt --format csv old",
	.options = options,
	.config_size = sizeof(struct config),
	.run = run,
};
