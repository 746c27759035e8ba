/*
 * matrix_files.h - where codist matrix writes to, and how
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_CLI_MATRIX_FILES_H
#define CODIST_CLI_MATRIX_FILES_H

#include "own_files.h"

#include <codist.h>

/* Start with {0}; matrix_files_release() is harmless on that. */
struct matrix_files {
	int is_text; /* a table for people */
	enum codist_matrix_format format;
	size_t n;      /* as many as there are results */
	char **paths;  /* [n]; NULL: the standard output */
	char *partial; /* NULL: nothing is kept of a run that is stopped */
	struct own_files own;
	const char **own_paths; /* of own */
};

/*
 * matrix_files_init() understands --format and --output, of which either may
 * be NULL; of `pairwise` the items are not asked for.
 */
enum codist_status matrix_files_init(struct matrix_files *files,
				     const char *format, const char *output,
				     const struct codist_pairwise *pairwise,
				     struct codist_error *err);
void matrix_files_release(struct matrix_files *files);

/* matrix_files_check() tells before the work of what cannot be written. */
enum codist_status matrix_files_check(const struct matrix_files *files,
				      size_t n_rows, size_t n_columns,
				      const char *const *row_names,
				      const char *const *column_names,
				      struct codist_error *err);

#endif
