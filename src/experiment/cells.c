/*
 * cells.c - the names and values of a matrix as they are read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/cells.h"

#include "base/system.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

int codist_cells_peek(struct codist_cells *cells)
{
	if (cells->at == cells->n && !cells->error) {
		errno = 0;
		cells->at = 0;
		cells->n = fread(cells->buffer, 1, sizeof(cells->buffer),
				 cells->file);
		if (ferror(cells->file))
			cells->error = errno ? errno : EIO;
	}
	/* What came before a failure is of no use. */
	return cells->error || cells->at == cells->n ?
		       EOF : cells->buffer[cells->at];
}

int codist_cells_take(struct codist_cells *cells)
{
	int c = codist_cells_peek(cells);

	if (c != EOF)
		cells->at++;
	cells->line += c == '\n';
	return c;
}

int codist_cells_next(struct codist_cells *cells)
{
	int c = codist_cells_take(cells);

	if (c != '\r')
		return c;
	if (codist_cells_peek(cells) == '\n')
		codist_cells_take(cells);
	else
		cells->line++;
	return '\n';
}

enum codist_status codist_cells_fail(const struct codist_cells *cells,
				     size_t line, struct codist_error *err,
				     const char *format, ...)
{
	char message[CODIST_MESSAGE_SIZE];
	va_list args;

	if (cells->error)
		return codist_cannot(err, cells->path, "read", cells->error);
	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	if (line == 0)
		return codist_fail(err, CODIST_EFORMAT, "%s: %s", cells->path,
				   message);
	return codist_fail(err, CODIST_EFORMAT, "%s: line %zu: %s",
			   cells->path, line, message);
}

/* Make room for one more; 1 if there is. */
static int has_room(void **items, size_t n, size_t *capacity, size_t size)
{
	size_t more = *capacity ? 2 * *capacity : 64;
	void *moved;

	if (n < *capacity)
		return 1;
	if (more > SIZE_MAX / size)
		return 0;
	moved = realloc(*items, more * size);
	if (!moved)
		return 0;
	*items = moved;
	*capacity = more;
	return 1;
}

static enum codist_status add_name(const struct codist_cells *cells,
				   char ***names, size_t *n, size_t *capacity,
				   const struct codist_text *name, size_t line,
				   struct codist_error *err)
{
	const char *chars = name->chars ? name->chars : "";
	void *items = *names;
	char *copy;

	if (name->failed || !has_room(&items, *n, capacity, sizeof(**names)))
		return codist_no_memory(err, cells->path);
	*names = items;
	if (strlen(chars) != name->length)
		return codist_cells_fail(cells, line, err,
					 "the name '%s' goes on with a NUL "
					 "byte", chars);
	copy = codist_text_format("%s", chars);
	if (!copy)
		return codist_no_memory(err, cells->path);
	(*names)[(*n)++] = copy;
	return CODIST_OK;
}

enum codist_status codist_cells_add_row(struct codist_cells *cells,
					const struct codist_text *name,
					size_t line, struct codist_error *err)
{
	return add_name(cells, &cells->matrix.row_names,
			&cells->matrix.n_rows, &cells->row_capacity, name,
			line, err);
}

enum codist_status codist_cells_add_column(struct codist_cells *cells,
					   const struct codist_text *name,
					   size_t line,
					   struct codist_error *err)
{
	return add_name(cells, &cells->matrix.column_names,
			&cells->matrix.n_columns, &cells->column_capacity,
			name, line, err);
}

enum codist_status codist_cells_add_value(struct codist_cells *cells,
					  double value,
					  struct codist_error *err)
{
	void *items = cells->matrix.values;

	if (!has_room(&items, cells->n_values, &cells->value_capacity,
		      sizeof(value)))
		return codist_fail(err, CODIST_ENOMEM,
				   "%s: out of memory after %zu values",
				   cells->path, cells->n_values);
	cells->matrix.values = items;
	cells->matrix.values[cells->n_values++] = value;
	return CODIST_OK;
}

int codist_cells_number(const char *text, double *value)
{
	size_t length;
	char number[128];
	const char *word;

	text += strspn(text, " \t");
	length = strlen(text);
	while (length > 0 && strchr(" \t", text[length - 1]))
		length--;
	if (length >= sizeof(number))
		return 0;
	memcpy(number, text, length);
	number[length] = '\0';
	if (codist_parse_real(number, value))
		return 1;
	word = number + (*number == '-' || *number == '+');
	if (strcasecmp(word, "inf") == 0 || strcasecmp(word, "infinity") == 0)
		*value = *number == '-' ? -INFINITY : INFINITY;
	else if (strcasecmp(word, "nan") == 0)
		*value = NAN;
	else
		return 0;
	return 1;
}

enum codist_status codist_cells_add_number(struct codist_cells *cells,
					   const struct codist_text *text,
					   size_t line,
					   struct codist_error *err)
{
	const char *chars = text->chars ? text->chars : "";
	double value;

	if (text->failed)
		return codist_no_memory(err, cells->path);
	if (strlen(chars) != text->length ||
	    !codist_cells_number(chars, &value) || isnan(value))
		return codist_cells_fail(cells, line, err,
					 "'%.40s', expected a number", chars);
	return codist_cells_add_value(cells, value, err);
}

size_t codist_triangle_count(enum codist_triangle triangle, int has_diagonal,
			     size_t i, size_t n)
{
	size_t beside = triangle == CODIST_TRIANGLE_LOWER ? i :
			triangle == CODIST_TRIANGLE_UPPER ? n - 1 - i :
							    n - 1;

	return beside + (has_diagonal != 0);
}

enum codist_status codist_cells_square(struct codist_cells *cells,
				       enum codist_triangle triangle,
				       int has_diagonal,
				       struct codist_error *err)
{
	const double *read = cells->matrix.values;
	size_t n = cells->matrix.n_rows;
	struct codist_matrix square;

	CODIST_TRY(codist_matrix_init(
		&square, n, n, (const char *const *)cells->matrix.row_names,
		(const char *const *)cells->matrix.row_names, err));
	for (size_t i = 0; i < n; i++) {
		size_t first = triangle == CODIST_TRIANGLE_UPPER ? i : 0;
		size_t last = triangle == CODIST_TRIANGLE_LOWER ? i : n - 1;

		for (size_t j = first; j <= last; j++) {
			if (i == j && !has_diagonal)
				continue;
			square.values[i * n + j] = *read;
			if (triangle != CODIST_TRIANGLE_BOTH)
				square.values[j * n + i] = *read;
			read++;
		}
	}
	codist_matrix_release(&cells->matrix);
	cells->matrix = square;
	cells->n_values = n * n;
	return CODIST_OK;
}
