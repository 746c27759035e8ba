/*
 * matrix.c - codist matrix: the distances of all pairs of items
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "command.h"
#include "distances.h"
#include "matrix_files.h"
#include "table.h"

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
	struct matrix_files files;

	struct codist_pairwise_store store; /* where files.partial is */
	struct codist_pairwise_values values;
	double **of; /* [n_results], in memory, else */
};

static const char *const *column_names(const struct work *work)
{
	return work->config->against.n ? work->columns.names : work->rows.names;
}

static size_t n_columns(const struct work *work)
{
	return work->config->against.n ? work->columns.n : work->rows.n;
}

static enum codist_status open_store(struct work *work,
				     struct codist_error *err)
{
	struct codist_pairwise_store *store = &work->store;

	CODIST_TRY(codist_pairwise_store_open(store, work->files.partial,
					      &work->distances.pairwise, err));
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
	const char *path = work->files.paths ? work->files.paths[result] :
					       NULL;

	if (work->files.is_text) {
		char *name = distances_name(codist_pairwise_result(
			&work->distances.pairwise, result));

		printf("%s%s\n\n", result ? "\n" : "", name ? name : "");
		free(name);
		return print_table(work, result, err);
	}
	if (path)
		CODIST_TRY(codist_matrix_writer_open(
			&writer, path, work->files.format, work->rows.n,
			n_columns(work), work->rows.names, column_names(work),
			err));
	else
		CODIST_TRY(codist_matrix_writer_attach(
			&writer, stdout, "standard output", work->files.format,
			work->rows.n, n_columns(work), work->rows.names,
			column_names(work), err));
	return write_rows(work, &writer, result, err);
}

static enum codist_status load(struct work *work, size_t n_operands,
			       char *const *operands, struct codist_error *err)
{
	const struct config *c = work->config;
	const struct specs *transforms = &c->distances.transforms;
	const struct own_files *own = &work->files.own;
	struct codist_pairwise *pairwise = &work->distances.pairwise;

	CODIST_TRY(items_load(&work->rows, n_operands,
			      (const char *const *)operands, transforms, own,
			      err));
	if (c->against.n)
		CODIST_TRY(items_load(&work->columns, c->against.n,
				      c->against.items, transforms, own, err));
	pairwise->rows = work->rows.bytes;
	pairwise->n_rows = work->rows.n;
	pairwise->row_names = work->rows.names;
	pairwise->columns = c->against.n ? work->columns.bytes : NULL;
	pairwise->n_columns = work->columns.n;
	pairwise->column_names = work->columns.names;
	pairwise->is_full = c->full;
	return codist_pairwise_check(pairwise, err);
}

static enum codist_status carry_out(struct work *work, size_t n_operands,
				    char *const *operands,
				    struct codist_error *err)
{
	const struct config *c = work->config;
	struct codist_cost cost;

	if (c->full && c->against.n)
		return codist_fail(err, CODIST_EUSAGE,
				   "--full: is for pairs among the items; with "
				   "--against, each is computed once, the item "
				   "first");
	CODIST_TRY(distances_init(&work->distances, &c->distances, err));
	work->n_results = codist_pairwise_results(&work->distances.pairwise);
	CODIST_TRY(matrix_files_init(&work->files, c->format, c->output,
				     &work->distances.pairwise, err));
	CODIST_TRY(load(work, n_operands, operands, err));
	CODIST_TRY(matrix_files_check(&work->files, work->rows.n,
				      n_columns(work), work->rows.names,
				      column_names(work), err));
	CODIST_TRY(work->files.partial ? open_store(work, err) :
					 allocate(work, err));
	CODIST_TRY(distances_run(&work->distances, &c->distances, &work->values,
				 "matrix", &cost, err));
	for (size_t i = 0; i < work->n_results; i++)
		CODIST_TRY(put_out(work, i, err));
	codist_pairwise_store_remove(&work->store);
	return CODIST_OK;
}

/* What is done is kept for a run to come, if there is anything. */
static void keep(struct work *work)
{
	size_t n_rows = 0;

	for (size_t i = 0; i < work->n_results * work->rows.n; i++)
		n_rows += work->values.done[i];
	if (n_rows == 0) {
		codist_pairwise_store_remove(&work->store);
		return;
	}
	fprintf(stderr,
		"codist matrix: what is done is kept in %s, and the same "
		"command goes on with it\n",
		work->store.path);
}

static enum codist_status run(const void *config, size_t n_operands,
			      char *const *operands, struct codist_error *err)
{
	struct work work = { .config = config };
	enum codist_status status;

	status = carry_out(&work, n_operands, operands, err);
	if (!work.files.partial)
		free(work.values.done);
	else if (status != CODIST_OK && work.store.map)
		keep(&work);
	for (size_t i = 0; work.of && i < work.n_results; i++)
		free(work.of[i]);
	free(work.of);
	codist_pairwise_store_close(&work.store);
	items_release(&work.rows);
	items_release(&work.columns);
	matrix_files_release(&work.files);
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
	  .help = "write there, and until then keep what is done in "
		  "FILE.partial, with which a run that was stopped goes on when "
		  "it is begun again; neither is ever an item. Of several "
		  "matrices, each has its measure and compressor before the "
		  "ending of the name" },
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
