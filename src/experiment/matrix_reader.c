/*
 * matrix_reader.c - a matrix from a file of any format
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/cells.h"
#include "experiment/matrix.h"

#include "base/system.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static enum codist_status (*const readers[])(struct codist_cells *cells,
					     struct codist_error *err) = {
	[CODIST_MATRIX_CSV] = codist_cells_read_csv,
	[CODIST_MATRIX_TSV] = codist_cells_read_tsv,
	[CODIST_MATRIX_PHYLIP] = codist_cells_read_phylip,
	[CODIST_MATRIX_NEXUS] = codist_cells_read_nexus,
	[CODIST_MATRIX_JSON] = codist_cells_read_json,
	[CODIST_MATRIX_NPY] = codist_cells_read_npy,
};

/* Some programs mark UTF-8 by a character that belongs to no text. */
static void skip_mark(struct codist_cells *cells)
{
	if (codist_cells_peek(cells) == 0xef && cells->n >= 3 &&
	    memcmp(cells->buffer, "\xef\xbb\xbf", 3) == 0)
		cells->at = 3;
}

/* By the beginning, which peeking has brought into the buffer. */
static enum codist_matrix_format guess(struct codist_cells *cells)
{
	const char *from, *to, *end, *c;

	codist_cells_peek(cells);
	from = (const char *)cells->buffer + cells->at;
	end = (const char *)cells->buffer + cells->n;
	if (end - from >= 6 && memcmp(from, "\x93NUMPY", 6) == 0)
		return CODIST_MATRIX_NPY;
	if (end - from >= 6 && strncasecmp(from, "#NEXUS", 6) == 0)
		return CODIST_MATRIX_NEXUS;
	for (c = from; c < end && strchr(" \t\r\n", *c) && *c; c++)
		;
	if (c < end && *c == '{')
		return CODIST_MATRIX_JSON;
	for (to = from; to < end && *to != '\n' && *to != '\r'; to++)
		;
	for (c = from; c < to && strchr("0123456789 \t", *c) && *c; c++)
		;
	if (c == to && to > from)
		return CODIST_MATRIX_PHYLIP;
	return memchr(from, '\t', (size_t)(to - from)) ? CODIST_MATRIX_TSV :
							 CODIST_MATRIX_CSV;
}

static enum codist_status check_names(const struct codist_cells *cells,
				      const char *what, char **names, size_t n,
				      struct codist_error *err)
{
	const char *repeated;
	size_t first = 0, second;

	CODIST_TRY(codist_names_repeated(&repeated, (const char *const *)names,
					 n, err));
	if (!repeated)
		return CODIST_OK;
	while (strcmp(names[first], repeated) != 0)
		first++;
	second = first + 1;
	while (strcmp(names[second], repeated) != 0)
		second++;
	return codist_cells_fail(cells, 0, err,
				 "the %ss %zu and %zu are both named '%s', "
				 "expected names that differ", what, first + 1,
				 second + 1, repeated);
}

static enum codist_status check(const struct codist_cells *cells,
				struct codist_error *err)
{
	const struct codist_matrix *matrix = &cells->matrix;

	if (cells->error)
		return codist_cannot(err, cells->path, "read", cells->error);
	if (matrix->n_rows == 0 || matrix->n_columns == 0)
		return codist_cells_fail(cells, 0, err,
					 "%zu rows and %zu columns, expected "
					 "at least one of each",
					 matrix->n_rows, matrix->n_columns);
	CODIST_TRY(check_names(cells, "row", matrix->row_names, matrix->n_rows,
			       err));
	return check_names(cells, "column", matrix->column_names,
			   matrix->n_columns, err);
}

enum codist_status codist_matrix_read_from(struct codist_matrix *matrix,
					   FILE *file, const char *name,
					   enum codist_matrix_format format,
					   struct codist_error *err)
{
	struct codist_cells *cells = calloc(1, sizeof(*cells));
	enum codist_status status;

	*matrix = (struct codist_matrix){ 0 };
	if (!cells)
		return codist_no_memory(err, name);
	cells->path = name;
	cells->file = file;
	cells->line = 1;
	skip_mark(cells);
	if (format == CODIST_MATRIX_AUTO)
		format = guess(cells);
	status = readers[format](cells, err);
	if (status == CODIST_OK)
		status = check(cells, err);
	if (status == CODIST_OK)
		*matrix = cells->matrix;
	else
		codist_matrix_release(&cells->matrix);
	free(cells);
	return status;
}

enum codist_status codist_matrix_read(struct codist_matrix *matrix,
				      const char *path,
				      enum codist_matrix_format format,
				      struct codist_error *err)
{
	FILE *file = fopen(path, "rb");
	enum codist_status status;

	*matrix = (struct codist_matrix){ 0 };
	if (!file)
		return codist_cannot(err, path, "read", errno);
	if (format == CODIST_MATRIX_AUTO &&
	    codist_matrix_format_of(&format, path, NULL) != CODIST_OK)
		format = CODIST_MATRIX_AUTO;
	status = codist_matrix_read_from(matrix, file, path, format, err);
	fclose(file);
	return status;
}
