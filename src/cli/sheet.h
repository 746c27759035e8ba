/*
 * sheet.h - rows of texts and numbers, to be printed in any format
 *
 * Numbers are rounded for people only. Adding does not fail: being out of
 * memory is remembered, and what prints reports it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_CLI_SHEET_H
#define CODIST_CLI_SHEET_H

#include "document.h"

struct sheet_column {
	const char *name;    /* in CSV and JSON */
	const char *heading; /* in text; NULL: it is left out there */
	int decimals;        /* in text; less than 0: so many digits that
				count */
};

struct sheet_cell;

struct sheet {
	const struct sheet_column *columns; /* [n_columns] */
	size_t n_columns;
	struct sheet_cell *cells; /* [n_cells], row after row */
	size_t n_cells, capacity;
	size_t n_hidden; /* so many of the first columns are not in text */
	int failed;
};

void sheet_init(struct sheet *sheet, const struct sheet_column *columns,
		size_t n_columns);
void sheet_release(struct sheet *sheet);

/* Each adds the next cell. */
void sheet_text(struct sheet *sheet, const char *text);
void sheet_count(struct sheet *sheet, size_t n);
void sheet_real(struct sheet *sheet, double value);

/* Aligned columns, or CSV, on the standard output. */
enum codist_status sheet_print(const struct sheet *sheet, enum format format,
			       struct codist_error *err);
/* An array of objects. */
void sheet_document(const struct sheet *sheet, struct document *document,
		    const char *key);

#endif
