/*
 * table.h - rows of cells, printed in aligned columns, as CSV or as JSON
 *
 * Adding does not fail: being out of memory is remembered, and table_print()
 * reports it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_CLI_TABLE_H
#define CODIST_CLI_TABLE_H

#include "options.h"

struct table {
	size_t n_columns;
	const char *align; /* l or r, a column each; the last goes on */
	char **cells;      /* [n_cells], row after row, headings first */
	size_t n_cells, capacity;
	int failed;
};

void table_init(struct table *table, size_t n_columns, const char *align);
void table_release(struct table *table);

/* table_add() adds the next cell; the first n_columns are headings. */
void table_add(struct table *table, const char *format, ...)
	CODIST_PRINTF(2, 3);

/* table_add_spec() adds a spec's canonical text; "" for NULL. */
void table_add_spec(struct table *table, const struct codist_spec *spec);

/*
 * table_print() prints all rows on the standard output: aligned for
 * FORMAT_TEXT; as RFC 4180, with lines that end in LF, for FORMAT_CSV; and for
 * FORMAT_JSON as an array of objects, a row each, whose keys are the headings
 * and whose values are numbers, or null where empty, in columns of the align r.
 */
enum codist_status table_print(const struct table *table, enum format format,
			       struct codist_error *err);

#endif
