/*
 * distances_file.c - a matrix of distances, from a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "distances_file.h"

#include <stdio.h>
#include <string.h>

enum codist_status distances_read(struct codist_matrix *matrix,
				  const char *path,
				  const struct distances_source *source,
				  struct codist_error *err)
{
	enum codist_symmetry symmetry = CODIST_SYMMETRY_MEAN;
	enum codist_matrix_format format;
	struct codist_error why = { 0 };

	CODIST_TRY(codist_matrix_format_find(&format, source->format, err));
	if (source->symmetrize)
		CODIST_TRY(codist_symmetry_find(&symmetry, source->symmetrize,
						err));
	if (strcmp(path, "-") == 0)
		CODIST_TRY(codist_matrix_read_from(matrix, stdin,
						   "standard input", format,
						   err));
	else
		CODIST_TRY(codist_matrix_read(matrix, path, format, err));
	if (source->symmetrize &&
	    codist_matrix_symmetrize(matrix, symmetry, &why))
		return codist_fail(err, why.status, "%s: %s", path,
				   why.message);
	if (codist_matrix_check_distances(matrix, &why))
		return codist_fail(err, why.status, "%s: %s%s", path,
				   why.message,
				   source->symmetrize ? "" :
				   " (--symmetrize makes pairs the same, and "
				   "the diagonal 0)");
	return CODIST_OK;
}
