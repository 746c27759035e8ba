/*
 * distances_source.c - distances between items: from a file, or of the items
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "distances_source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* What there is to be obtained from, understood. */
struct work {
	struct distances_source *source;
	const struct distances_source_config *config;
	const struct distances_config *distances;
	const char *command;
	struct own_files own;
	enum codist_symmetry symmetry;
};

static int is_matrix(const char *operand)
{
	struct stat there;

	return strcmp(operand, "-") == 0 ||
	       (stat(operand, &there) == 0 && S_ISREG(there.st_mode));
}

/* That a file is no matrix may be since it was meant to be an item. */
static enum codist_status tell_operands(const struct work *work,
					enum codist_status status,
					const struct codist_error *why,
					struct codist_error *err)
{
	return codist_fail(err, status, "%s%s", why->message,
			   status != CODIST_EFORMAT || work->config->format ?
			   "" :
			   " (a single file is taken for a MATRIX, several "
			   "files or a folder for ITEMs)");
}

static enum codist_status read_matrix(const struct work *work,
				      const char *path,
				      struct codist_error *err)
{
	struct codist_matrix *matrix = &work->source->matrix;
	enum codist_matrix_format format;
	struct codist_error why = { 0 };
	enum codist_status status;

	CODIST_TRY(codist_matrix_format_find(
		&format, work->config->format ? work->config->format : "auto",
		err));
	if (work->distances->measures.n || work->distances->backends.n ||
	    work->distances->transforms.n)
		return codist_fail(err, CODIST_EUSAGE,
				   "%s: is one file, and so a matrix, which "
				   "takes no --measure, --backend or "
				   "--transform", path);
	if (strcmp(path, "-") == 0)
		status = codist_matrix_read_from(matrix, stdin,
						 "standard input", format,
						 &why);
	else
		status = codist_matrix_read(matrix, path, format, &why);
	return status == CODIST_OK ? CODIST_OK :
				     tell_operands(work, status, &why, err);
}

static enum codist_status compute_values(const struct work *work,
					 struct distances *distances,
					 struct codist_error *err)
{
	struct codist_matrix *matrix = &work->source->matrix;
	const struct items *items = &work->source->items;
	struct codist_pairwise *pairwise = &distances->pairwise;
	unsigned char *done = calloc(items->n, 1);
	const struct codist_pairwise_values values = { .of = &matrix->values,
						       .done = done };
	struct codist_cost cost;
	enum codist_status status;

	if (!done)
		return codist_no_memory(err, "distances");
	pairwise->rows = items->bytes;
	pairwise->n_rows = items->n;
	pairwise->row_names = items->names;
	pairwise->is_full = work->config->symmetrize != NULL;
	status = codist_pairwise_check(pairwise, err);
	if (status == CODIST_OK)
		status = codist_matrix_init(matrix, items->n, items->n,
					    items->names, items->names, err);
	if (status == CODIST_OK)
		status = distances_run(distances, work->distances, &values,
				       work->command, &cost, err);
	free(done);
	return status;
}

static enum codist_status check_ways(const struct work *work,
				     const struct codist_spec *spec,
				     struct codist_error *err)
{
	const struct codist_measure *measure = (const void *)spec->plugin;

	if (work->config->symmetrize || !measure->is_directed ||
	    !measure->is_directed(spec->config))
		return CODIST_OK;
	return codist_fail(err, CODIST_EUSAGE,
			   "%s: x may be farther from y than y from x; "
			   "expected --symmetrize mean, min or max",
			   spec->plugin->name);
}

/* Classes of a data set are groups, where there are several. */
static enum codist_status compute(const struct work *work, size_t n_operands,
				  char *const *operands,
				  struct codist_error *err)
{
	struct distances_source *source = work->source;
	struct distances distances = { 0 };
	size_t n_results;
	enum codist_status status;

	if (work->config->format)
		return codist_fail(err, CODIST_EUSAGE,
				   "--format-in %s: operands are ITEMs, "
				   "expected one file that is a matrix",
				   work->config->format);
	status = distances_init(&distances, work->distances, err);
	n_results = codist_pairwise_results(&distances.pairwise);
	if (status == CODIST_OK && n_results != 1)
		status = codist_fail(err, CODIST_EUSAGE,
				     "%zu kinds of distance, expected one "
				     "measure and one compressor", n_results);
	if (status == CODIST_OK)
		status = check_ways(work, distances.measures, err);
	if (status == CODIST_OK)
		status = items_load(&source->items, n_operands,
				    (const char *const *)operands,
				    &work->distances->transforms, &work->own,
				    err);
	if (status == CODIST_OK)
		status = compute_values(work, &distances, err);
	if (status == CODIST_OK) {
		source->name = distances_name(
			codist_pairwise_result(&distances.pairwise, 0));
		if (!source->name)
			status = codist_no_memory(err, "a name");
	}
	if (status == CODIST_OK && source->items.set.n_classes > 1 &&
	    !work->config->groups)
		status = groups_of_classes(&source->groups,
					   &source->items.set, err);
	distances_release(&distances);
	return status;
}

/* Whether it would make distances of the matrix, which is of no more use. */
static int symmetrize_helps(struct codist_matrix *matrix)
{
	return codist_matrix_symmetrize(matrix, CODIST_SYMMETRY_MEAN, NULL) ==
		       CODIST_OK &&
	       codist_matrix_check_distances(matrix, NULL) == CODIST_OK;
}

static enum codist_status make_symmetric(const struct work *work,
					 struct codist_error *err)
{
	struct codist_matrix *matrix = &work->source->matrix;
	int is_asked = work->config->symmetrize != NULL;
	struct codist_error why = { 0 };
	enum codist_status status = CODIST_OK;

	if (is_asked)
		status = codist_matrix_symmetrize(matrix, work->symmetry, &why);
	if (status == CODIST_OK)
		status = codist_matrix_check_distances(matrix, &why);
	if (status == CODIST_OK)
		return CODIST_OK;
	return codist_fail(err, status, "%s: %s%s",
			   distances_title(work->source), why.message,
			   is_asked || !symmetrize_helps(matrix) ? "" :
			   " (--symmetrize makes pairs the same, and the "
			   "diagonal 0)");
}

enum codist_status
distances_obtain(struct distances_source *source,
		 const struct distances_source_config *config,
		 const struct distances_config *distances, const char *command,
		 const char *output, size_t n_operands, char *const *operands,
		 struct codist_error *err)
{
	struct work work = {
		.source = source, .config = config, .distances = distances,
		.command = command, .own = { &output, output != NULL },
		.symmetry = CODIST_SYMMETRY_MEAN,
	};

	if (n_operands == 0)
		return codist_fail(err, CODIST_EUSAGE,
				   "no operands, expected a MATRIX or ITEMs");
	if (config->symmetrize)
		CODIST_TRY(codist_symmetry_find(&work.symmetry,
						config->symmetrize, err));
	if (n_operands == 1 && is_matrix(operands[0])) {
		source->path = operands[0];
		CODIST_TRY(read_matrix(&work, operands[0], err));
	} else {
		CODIST_TRY(compute(&work, n_operands, operands, err));
	}
	CODIST_TRY(make_symmetric(&work, err));
	return config->groups ? groups_read(&source->groups, config->groups,
					    source->matrix.row_names,
					    source->matrix.n_rows, err) :
				CODIST_OK;
}

const char *distances_title(const struct distances_source *source)
{
	return source->path ? source->path : source->name;
}

void distances_source_release(struct distances_source *source)
{
	codist_matrix_release(&source->matrix);
	groups_release(&source->groups);
	items_release(&source->items);
	free(source->name);
	*source = (struct distances_source){ 0 };
}
