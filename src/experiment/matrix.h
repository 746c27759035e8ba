/*
 * matrix.h - how matrices with names are laid out in text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_EXPERIMENT_MATRIX_H
#define CODIST_EXPERIMENT_MATRIX_H

#include <codist/matrix.h>

/* Writing is not checked call by call: the stream remembers a failure. */
struct codist_matrix_layout {
	int is_of_distances; /* square, one set of names, no infinities */
	/* Why the name cannot be written, as in "holds a blank", or NULL. */
	const char *(*objection)(const char *name);
	void (*begin)(FILE *file, const struct codist_matrix_writer *writer);
	void (*row)(FILE *file, const struct codist_matrix_writer *writer,
		    const double *row); /* that which n_written counts to */
	void (*end)(FILE *file);        /* NULL: nothing follows the rows */
};

/* NULL: not a text. */
const struct codist_matrix_layout *
codist_matrix_layout(enum codist_matrix_format format);

/* codist_names_number() makes the names "0", "1" and so on. */
enum codist_status codist_names_number(char ***names, size_t n,
				       struct codist_error *err);
void codist_names_free(char **names, size_t n);

#endif
