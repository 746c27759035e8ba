/*
 * cells.h - the names and values of a matrix as they are read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_EXPERIMENT_CELLS_H
#define CODIST_EXPERIMENT_CELLS_H

#include "base/text.h"

#include <codist/matrix.h>

/* One file, one thread. What was read is in `matrix`, even after a failure. */
struct codist_cells {
	const char *path;
	FILE *file;
	size_t line;   /* that the next character is on, from 1 */
	int error;     /* an errno, once reading failed; then all is over */
	size_t at, n;  /* of the buffer */
	unsigned char buffer[1 << 16];
	struct codist_matrix matrix;
	size_t n_values;
	size_t row_capacity, column_capacity, value_capacity;
};

/*
 * codist_cells_peek() is the next byte, which stays; codist_cells_take() takes
 * it; EOF at the end, or if reading failed. codist_cells_next() takes a
 * character, where each way to end a line is '\n'.
 */
int codist_cells_peek(struct codist_cells *cells);
int codist_cells_take(struct codist_cells *cells);
int codist_cells_next(struct codist_cells *cells);

/*
 * codist_cells_fail() is CODIST_EFORMAT with "path: line 3: " before the
 * message; line 0 is left out. Where reading failed, that is told instead.
 */
enum codist_status codist_cells_fail(const struct codist_cells *cells,
				     size_t line, struct codist_error *err,
				     const char *format, ...)
	CODIST_PRINTF(4, 5);

/* Add to the end. A text must be whole: not out of memory, without NUL. */
enum codist_status codist_cells_add_row(struct codist_cells *cells,
					const struct codist_text *name,
					size_t line, struct codist_error *err);
enum codist_status codist_cells_add_column(struct codist_cells *cells,
					   const struct codist_text *name,
					   size_t line,
					   struct codist_error *err);
enum codist_status codist_cells_add_value(struct codist_cells *cells,
					  double value,
					  struct codist_error *err);

/*
 * codist_cells_number() understands a number, blanks around it aside, among
 * them "inf", "infinity" and "nan"; 1 if it is one.
 */
int codist_cells_number(const char *text, double *value);

/*
 * codist_cells_add_number() adds the value that the text tells, or else says
 * that it is none.
 */
enum codist_status codist_cells_add_number(struct codist_cells *cells,
					   const struct codist_text *text,
					   size_t line,
					   struct codist_error *err);

/* What of a square matrix is there, besides the diagonal. */
enum codist_triangle {
	CODIST_TRIANGLE_LOWER,
	CODIST_TRIANGLE_UPPER,
	CODIST_TRIANGLE_BOTH,
};

/* How many values of row i stand there, of n. */
size_t codist_triangle_count(enum codist_triangle triangle, int has_diagonal,
			     size_t i, size_t n);

/*
 * codist_cells_square() gives the columns the names of the rows, and puts the
 * values in their places, of which so many were read as
 * codist_triangle_count() says; others are 0, or what is across the diagonal.
 */
enum codist_status codist_cells_square(struct codist_cells *cells,
				       enum codist_triangle triangle,
				       int has_diagonal,
				       struct codist_error *err);

/* One for each format; the checks that all need are made by the caller. */
enum codist_status codist_cells_read_csv(struct codist_cells *cells,
					 struct codist_error *err);
enum codist_status codist_cells_read_tsv(struct codist_cells *cells,
					 struct codist_error *err);
enum codist_status codist_cells_read_phylip(struct codist_cells *cells,
					    struct codist_error *err);
enum codist_status codist_cells_read_nexus(struct codist_cells *cells,
					   struct codist_error *err);
enum codist_status codist_cells_read_json(struct codist_cells *cells,
					  struct codist_error *err);
enum codist_status codist_cells_read_npy(struct codist_cells *cells,
					 struct codist_error *err);

#endif
