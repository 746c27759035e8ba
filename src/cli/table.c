/*
 * table.c - rows of cells, printed in aligned columns, as CSV or as JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "document.h"
#include "table.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void table_init(struct table *table, size_t n_columns, const char *align)
{
	*table = (struct table){ .n_columns = n_columns, .align = align };
}

void table_release(struct table *table)
{
	for (size_t i = 0; i < table->n_cells; i++)
		free(table->cells[i]);
	free(table->cells);
	*table = (struct table){ 0 };
}

static int has_room(struct table *table)
{
	size_t capacity = table->capacity ? 2 * table->capacity : 64;
	char **cells;

	if (table->n_cells < table->capacity)
		return 1;
	cells = realloc(table->cells, capacity * sizeof(*cells));
	if (!cells)
		return 0;
	table->cells = cells;
	table->capacity = capacity;
	return 1;
}

void table_add(struct table *table, const char *format, ...)
{
	char *cell = NULL;
	va_list args;

	va_start(args, format);
	if (table->failed || !has_room(table) ||
	    vasprintf(&cell, format, args) < 0)
		table->failed = 1;
	else
		table->cells[table->n_cells++] = cell;
	va_end(args);
}

void table_add_spec(struct table *table, const struct codist_spec *spec)
{
	char *text = spec ? codist_spec_text(spec) : NULL;

	table_add(table, "%s", text ? text : "");
	table->failed |= spec && !text;
	free(text);
}

/* Characters, as far as UTF-8 tells: all bytes but those that go on one. */
static size_t width(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += ((unsigned char)*text & 0xc0) != 0x80;
	return n;
}

static int is_right(const struct table *table, size_t column)
{
	size_t last = strlen(table->align) - 1;

	return table->align[column < last ? column : last] == 'r';
}

static enum codist_status print_aligned(const struct table *table,
					struct codist_error *err)
{
	size_t *widths = calloc(table->n_columns, sizeof(*widths));

	if (!widths)
		return codist_no_memory(err, "a table");
	for (size_t i = 0; i < table->n_cells; i++) {
		size_t *widest = &widths[i % table->n_columns];
		size_t cell = width(table->cells[i]);

		*widest = cell > *widest ? cell : *widest;
	}
	for (size_t i = 0; i < table->n_cells; i++) {
		size_t column = i % table->n_columns;
		int is_last = column + 1 == table->n_columns;
		int blanks = (int)(widths[column] - width(table->cells[i]));
		int right = is_right(table, column);

		printf("%*s%s%*s%s", right ? blanks : 0, "", table->cells[i],
		       right || is_last ? 0 : blanks, "",
		       is_last ? "\n" : "  ");
	}
	free(widths);
	return CODIST_OK;
}

/* What is aligned on the right is a number, if it is one, or null if empty. */
static void put_cell(struct document *document, const struct table *table,
		     size_t cell)
{
	size_t column = cell % table->n_columns;
	const char *key = table->cells[column], *text = table->cells[cell];
	int is_number = is_right(table, column);
	char *end;
	double number = strtod(text, &end);

	if (is_number && *text && !*end)
		document_number(document, key, number);
	else
		document_text(document, key, is_number && !*text ? NULL : text);
}

static enum codist_status print_json(const struct table *table,
				     struct codist_error *err)
{
	struct document document = { 0 };

	document_array(&document, NULL);
	for (size_t i = table->n_columns; i < table->n_cells; i++) {
		if (i % table->n_columns == 0)
			document_object(&document, NULL);
		put_cell(&document, table, i);
		if ((i + 1) % table->n_columns == 0)
			document_close(&document);
	}
	document_close(&document);
	return document_print(&document, err);
}

enum codist_status table_print(const struct table *table, enum format format,
			       struct codist_error *err)
{
	if (table->failed)
		return codist_no_memory(err, "a table");
	assert(table->n_cells % table->n_columns == 0);
	if (format == FORMAT_TEXT)
		return print_aligned(table, err);
	if (format == FORMAT_JSON)
		return print_json(table, err);
	for (size_t i = 0; i < table->n_cells; i++) {
		codist_write_field(stdout, table->cells[i]);
		putchar((i + 1) % table->n_columns ? ',' : '\n');
	}
	return CODIST_OK;
}
