/*
 * table.c - rows of cells, printed in aligned columns or as CSV
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

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

enum codist_status table_print(const struct table *table, enum format format,
			       struct codist_error *err)
{
	if (table->failed)
		return codist_no_memory(err, "a table");
	assert(table->n_cells % table->n_columns == 0);
	if (format == FORMAT_TEXT)
		return print_aligned(table, err);
	for (size_t i = 0; i < table->n_cells; i++) {
		codist_write_field(stdout, table->cells[i]);
		putchar((i + 1) % table->n_columns ? ',' : '\n');
	}
	return CODIST_OK;
}
