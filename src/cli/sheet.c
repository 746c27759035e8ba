/*
 * sheet.c - rows of texts and numbers, to be printed in any format
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sheet.h"
#include "table.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct sheet_cell {
	enum { IS_TEXT, IS_COUNT, IS_REAL } kind;
	char *text;
	size_t count;
	double real;
};

void sheet_init(struct sheet *sheet, const struct sheet_column *columns,
		size_t n_columns)
{
	*sheet = (struct sheet){ .columns = columns, .n_columns = n_columns };
}

void sheet_release(struct sheet *sheet)
{
	for (size_t i = 0; i < sheet->n_cells; i++)
		free(sheet->cells[i].text);
	free(sheet->cells);
	*sheet = (struct sheet){ 0 };
}

static void add(struct sheet *sheet, struct sheet_cell cell)
{
	size_t capacity = sheet->capacity ? 2 * sheet->capacity : 64;
	struct sheet_cell *cells;

	if (sheet->n_cells == sheet->capacity) {
		cells = realloc(sheet->cells, capacity * sizeof(*cells));
		if (!cells) {
			sheet->failed = 1;
			free(cell.text);
			return;
		}
		sheet->cells = cells;
		sheet->capacity = capacity;
	}
	sheet->cells[sheet->n_cells++] = cell;
}

void sheet_text(struct sheet *sheet, const char *text)
{
	struct sheet_cell cell = { .kind = IS_TEXT, .text = strdup(text) };

	sheet->failed |= !cell.text;
	add(sheet, cell);
}

void sheet_count(struct sheet *sheet, size_t n)
{
	add(sheet, (struct sheet_cell){ .kind = IS_COUNT, .count = n });
}

void sheet_real(struct sheet *sheet, double value)
{
	add(sheet, (struct sheet_cell){ .kind = IS_REAL, .real = value });
}

static int is_shown(const struct sheet *sheet, size_t column,
		    enum format format)
{
	return format != FORMAT_TEXT || (sheet->columns[column].heading &&
					 column >= sheet->n_hidden);
}

static void put(struct table *table, const struct sheet_column *column,
		const struct sheet_cell *cell, enum format format)
{
	if (cell->kind == IS_TEXT)
		table_add(table, "%s", cell->text);
	else if (cell->kind == IS_COUNT)
		table_add(table, "%zu", cell->count);
	else if (format != FORMAT_TEXT)
		table_add(table, "%.15g", cell->real);
	else if (column->decimals < 0)
		table_add(table, "%.*g", -column->decimals, cell->real);
	else
		table_add(table, "%.*f", column->decimals, cell->real);
}

enum codist_status sheet_print(const struct sheet *sheet, enum format format,
			       struct codist_error *err)
{
	char *align = calloc(sheet->n_columns + 1, 1);
	struct table table;
	size_t n_columns = 0;
	enum codist_status status;

	if (sheet->failed || !align) {
		free(align);
		return codist_no_memory(err, "a table");
	}
	assert(sheet->n_cells % sheet->n_columns == 0);
	table_init(&table, 0, align);
	for (size_t i = 0; i < sheet->n_columns; i++) {
		const struct sheet_column *column = &sheet->columns[i];
		int is_text = i < sheet->n_cells &&
			      sheet->cells[i].kind == IS_TEXT;

		if (!is_shown(sheet, i, format))
			continue;
		align[n_columns++] = is_text ? 'l' : 'r';
		table_add(&table, "%s", format == FORMAT_TEXT ?
						column->heading :
						column->name);
	}
	table.n_columns = n_columns;
	for (size_t i = 0; i < sheet->n_cells; i++) {
		size_t column = i % sheet->n_columns;

		if (is_shown(sheet, column, format))
			put(&table, &sheet->columns[column], &sheet->cells[i],
			    format);
	}
	status = table_print(&table, format, err);
	table_release(&table);
	free(align);
	return status;
}

void sheet_document(const struct sheet *sheet, struct document *document,
		    const char *key)
{
	document->failed |= sheet->failed;
	document_array(document, key);
	for (size_t i = 0; i < sheet->n_cells; i++) {
		const struct sheet_cell *cell = &sheet->cells[i];
		size_t at = i % sheet->n_columns;
		const char *name = sheet->columns[at].name;

		if (at == 0)
			document_object(document, NULL);
		if (cell->kind == IS_TEXT)
			document_text(document, name, cell->text);
		else
			document_number(document, name,
					cell->kind == IS_COUNT ?
						(double)cell->count :
						cell->real);
		if (at + 1 == sheet->n_columns)
			document_close(document);
	}
	document_close(document);
}
