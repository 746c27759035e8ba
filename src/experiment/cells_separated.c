/*
 * cells_separated.c - reads a matrix from CSV (RFC 4180) or TSV
 *
 * libcsv would read the fields, but tells neither the line of what is wrong
 * nor bad quotes, and may be missing, while a matrix must be readable always.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/cells.h"

#include <stdlib.h>

struct table {
	struct codist_cells *cells;
	int separator;
	struct codist_text field;
	size_t line; /* that the field began on */
	int after;   /* what ended it: the separator, '\n' or EOF */
};

/* From after the opening quote to after what follows the closing one. */
static enum codist_status read_quoted(struct table *table,
				      struct codist_error *err)
{
	struct codist_cells *cells = table->cells;

	for (;;) {
		int c = codist_cells_take(cells);

		if (c == EOF)
			return codist_cells_fail(cells, table->line, err,
						 "a quote is not closed");
		if (c == '"' && codist_cells_peek(cells) != '"')
			break;
		if (c == '"')
			codist_cells_take(cells);
		codist_text_add_char(&table->field, (char)c);
	}
	table->after = codist_cells_next(cells);
	if (table->after == table->separator || table->after == '\n' ||
	    table->after == EOF)
		return CODIST_OK;
	return codist_cells_fail(cells, cells->line, err,
				 "a closing quote is followed by more than "
				 "the field's end");
}

static enum codist_status read_field(struct table *table,
				     struct codist_error *err)
{
	struct codist_cells *cells = table->cells;

	table->field.length = 0;
	if (table->field.chars)
		table->field.chars[0] = '\0';
	table->line = cells->line;
	if (codist_cells_peek(cells) == '"') {
		codist_cells_take(cells);
		return read_quoted(table, err);
	}
	for (;;) {
		int c = codist_cells_next(cells);

		if (c == table->separator || c == '\n' || c == EOF) {
			table->after = c;
			return CODIST_OK;
		}
		codist_text_add_char(&table->field, (char)c);
	}
}

static int is_over(struct codist_cells *cells)
{
	int c;

	while ((c = codist_cells_peek(cells)) == '\n' || c == '\r')
		codist_cells_next(cells);
	return c == EOF;
}

static enum codist_status read_header(struct table *table,
				      struct codist_error *err)
{
	if (is_over(table->cells))
		return codist_cells_fail(table->cells, 0, err, "empty");
	CODIST_TRY(read_field(table, err));
	while (table->after == table->separator) {
		CODIST_TRY(read_field(table, err));
		CODIST_TRY(codist_cells_add_column(table->cells, &table->field,
						   table->line, err));
	}
	return CODIST_OK;
}

static enum codist_status read_row(struct table *table,
				   struct codist_error *err)
{
	struct codist_cells *cells = table->cells;
	size_t line = cells->line, n = 0;

	CODIST_TRY(read_field(table, err));
	CODIST_TRY(codist_cells_add_row(cells, &table->field, line, err));
	while (table->after == table->separator) {
		CODIST_TRY(read_field(table, err));
		if (n++ < cells->matrix.n_columns)
			CODIST_TRY(codist_cells_add_number(cells,
							   &table->field,
							   table->line, err));
	}
	if (n == cells->matrix.n_columns)
		return CODIST_OK;
	return codist_cells_fail(cells, line, err,
				 "%zu values after the row's name, expected "
				 "%zu, as many as the header names", n,
				 cells->matrix.n_columns);
}

static enum codist_status read_table(struct codist_cells *cells, int separator,
				     struct codist_error *err)
{
	struct table table = { .cells = cells, .separator = separator };
	enum codist_status status = read_header(&table, err);

	while (status == CODIST_OK && !is_over(cells))
		status = read_row(&table, err);
	free(table.field.chars);
	return status;
}

enum codist_status codist_cells_read_csv(struct codist_cells *cells,
					 struct codist_error *err)
{
	return read_table(cells, ',', err);
}

enum codist_status codist_cells_read_tsv(struct codist_cells *cells,
					 struct codist_error *err)
{
	return read_table(cells, '\t', err);
}
