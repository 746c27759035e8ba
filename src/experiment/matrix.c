/*
 * matrix.c - a matrix, its names, and the names of its formats
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/matrix.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *const names_of_formats[] = {
	[CODIST_MATRIX_AUTO] = "auto",
	[CODIST_MATRIX_CSV] = "csv",
	[CODIST_MATRIX_TSV] = "tsv",
	[CODIST_MATRIX_PHYLIP] = "phylip",
	[CODIST_MATRIX_NEXUS] = "nexus",
	[CODIST_MATRIX_JSON] = "json",
	[CODIST_MATRIX_NPY] = "npy",
};

static const struct ending {
	const char *text;
	enum codist_matrix_format format;
} endings[] = {
	{ ".csv", CODIST_MATRIX_CSV },
	{ ".tsv", CODIST_MATRIX_TSV },
	{ ".tab", CODIST_MATRIX_TSV },
	{ ".phy", CODIST_MATRIX_PHYLIP },
	{ ".phylip", CODIST_MATRIX_PHYLIP },
	{ ".dist", CODIST_MATRIX_PHYLIP },
	{ ".nex", CODIST_MATRIX_NEXUS },
	{ ".nxs", CODIST_MATRIX_NEXUS },
	{ ".nexus", CODIST_MATRIX_NEXUS },
	{ ".json", CODIST_MATRIX_JSON },
	{ ".npy", CODIST_MATRIX_NPY },
};

#define N_FORMATS (sizeof(names_of_formats) / sizeof(names_of_formats[0]))
#define N_ENDINGS (sizeof(endings) / sizeof(endings[0]))

enum codist_status codist_matrix_format_find(enum codist_matrix_format *format,
					     const char *name,
					     struct codist_error *err)
{
	for (size_t i = 0; i < N_FORMATS; i++)
		if (strcmp(name, names_of_formats[i]) == 0) {
			*format = (enum codist_matrix_format)i;
			return CODIST_OK;
		}
	return codist_fail(err, CODIST_EUSAGE,
			   "matrix format '%s': expected auto, csv, tsv, "
			   "phylip, nexus, json or npy",
			   name);
}

enum codist_status codist_matrix_format_of(enum codist_matrix_format *format,
					   const char *path,
					   struct codist_error *err)
{
	size_t length = strlen(path);

	for (size_t i = 0; i < N_ENDINGS; i++) {
		size_t n = strlen(endings[i].text);

		if (length >= n &&
		    strcasecmp(path + length - n, endings[i].text) == 0) {
			*format = endings[i].format;
			return CODIST_OK;
		}
	}
	return codist_fail(err, CODIST_EUSAGE,
			   "%s: its ending tells no format of matrices; "
			   "expected .csv, .tsv, .phy, .nex, .json or .npy, or "
			   "else the format's name",
			   path);
}

const char *codist_matrix_format_name(enum codist_matrix_format format)
{
	return names_of_formats[format];
}

/* Copies of the names, or numbers where there are none. */
static enum codist_status copy_names(char ***copies, const char *const *names,
				     size_t n, struct codist_error *err)
{
	*copies = calloc(n ? n : 1, sizeof(**copies));
	if (!*copies)
		return codist_no_memory(err, "the names of a matrix");
	for (size_t i = 0; i < n; i++) {
		char *copy = names ? codist_text_format("%s", names[i]) :
				     codist_text_format("%zu", i);

		if (!copy) {
			codist_names_free(*copies, i);
			*copies = NULL;
			return codist_no_memory(err, "the names of a matrix");
		}
		(*copies)[i] = copy;
	}
	return CODIST_OK;
}

enum codist_status codist_names_number(char ***names, size_t n,
				       struct codist_error *err)
{
	return copy_names(names, NULL, n, err);
}

void codist_names_free(char **names, size_t n)
{
	for (size_t i = 0; names && i < n; i++)
		free(names[i]);
	free(names);
}

static enum codist_status fill(struct codist_matrix *matrix, size_t n_rows,
			       size_t n_columns, const char *const *row_names,
			       const char *const *column_names,
			       struct codist_error *err)
{
	if (n_columns == 0 || n_rows <= SIZE_MAX / n_columns)
		matrix->values = calloc(n_rows && n_columns ?
						n_rows * n_columns : 1,
					sizeof(*matrix->values));
	if (!matrix->values)
		return codist_fail(err, CODIST_ENOMEM,
				   "out of memory for a matrix of %zu rows and "
				   "%zu columns",
				   n_rows, n_columns);
	CODIST_TRY(copy_names(&matrix->row_names, row_names, n_rows, err));
	matrix->n_rows = n_rows;
	CODIST_TRY(copy_names(&matrix->column_names, column_names, n_columns,
			      err));
	matrix->n_columns = n_columns;
	return CODIST_OK;
}

enum codist_status codist_matrix_init(struct codist_matrix *matrix,
				      size_t n_rows, size_t n_columns,
				      const char *const *row_names,
				      const char *const *column_names,
				      struct codist_error *err)
{
	enum codist_status status;

	*matrix = (struct codist_matrix){ 0 };
	status = fill(matrix, n_rows, n_columns, row_names, column_names, err);
	if (status != CODIST_OK)
		codist_matrix_release(matrix);
	return status;
}

void codist_matrix_release(struct codist_matrix *matrix)
{
	codist_names_free(matrix->row_names, matrix->n_rows);
	codist_names_free(matrix->column_names, matrix->n_columns);
	free(matrix->values);
	*matrix = (struct codist_matrix){ 0 };
}
