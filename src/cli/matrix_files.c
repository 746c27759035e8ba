/*
 * matrix_files.c - where codist matrix writes to, and how
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "distances.h"
#include "matrix_files.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* By --format, else by the ending of --output, else text. */
static enum codist_status choose_format(struct matrix_files *files,
					const char *format, const char *output,
					struct codist_error *err)
{
	if (format && strcmp(format, "text") != 0) {
		CODIST_TRY(codist_matrix_format_find(&files->format, format,
						     err));
	} else if (output && !format) {
		CODIST_TRY(codist_matrix_format_of(&files->format, output,
						   err));
	} else if (output) {
		return codist_fail(err, CODIST_EUSAGE,
				   "--format text: is for people to read, and "
				   "not for --output; expected csv, tsv, "
				   "phylip, nexus, json or npy");
	} else {
		files->is_text = 1;
		return CODIST_OK;
	}
	if (files->format == CODIST_MATRIX_AUTO && !output)
		return codist_fail(err, CODIST_EUSAGE,
				   "--format auto: goes by the ending of "
				   "--output, which is not given");
	if (files->format == CODIST_MATRIX_AUTO)
		CODIST_TRY(codist_matrix_format_of(&files->format, output,
						   err));
	if (!output && files->n > 1)
		return codist_fail(err, CODIST_EUSAGE,
				   "%zu matrices, expected --output FILE to "
				   "make a file for each, or --format text",
				   files->n);
	return CODIST_OK;
}

/* Of several results each has its name before the ending of the path. */
static char *path_of(const char *output, struct codist_pairwise_result result)
{
	const char *slash = strrchr(output, '/');
	const char *dot = strrchr(slash ? slash : output, '.');
	size_t stem = dot ? (size_t)(dot - output) : strlen(output);
	char *name = distances_name(result), *path = NULL;

	for (char *c = name; c && *c; c++)
		if (!isalnum((unsigned char)*c) && !strchr("=.-", *c))
			*c = '_';
	if (name && asprintf(&path, "%.*s-%s%s", (int)stem, output, name,
			     dot ? dot : "") < 0)
		path = NULL;
	free(name);
	return path;
}

static enum codist_status name_paths(struct matrix_files *files,
				     const char *output,
				     const struct codist_pairwise *pairwise,
				     struct codist_error *err)
{
	files->paths = calloc(files->n, sizeof(*files->paths));
	if (!files->paths)
		return codist_no_memory(err, "paths");
	for (size_t i = 0; i < files->n; i++) {
		files->paths[i] = files->n == 1 ?
			strdup(output) :
			path_of(output, codist_pairwise_result(pairwise, i));
		if (!files->paths[i])
			return codist_no_memory(err, "a path");
		for (size_t k = 0; k < i; k++)
			if (strcmp(files->paths[i], files->paths[k]) == 0)
				return codist_fail(err, CODIST_EUSAGE,
						   "%s: two matrices go there",
						   files->paths[i]);
	}
	return CODIST_OK;
}

/*
 * Beside a device, a pipe, or the file behind /dev/stdout, a run has no place
 * for what it keeps.
 */
static enum codist_status has_place(const char *path, int *has,
				    struct codist_error *err)
{
	struct codist_output output;
	struct stat there;

	*has = 0;
	if (stat(path, &there) == 0 && !S_ISREG(there.st_mode) &&
	    !S_ISDIR(there.st_mode))
		return CODIST_OK;
	CODIST_TRY(codist_output_open(&output, path, err));
	*has = output.temporary != NULL;
	codist_output_abandon(&output);
	return CODIST_OK;
}

static enum codist_status name_partial(struct matrix_files *files,
				       const char *output,
				       struct codist_error *err)
{
	for (size_t i = 0; i < files->n; i++) {
		int has = 0;

		CODIST_TRY(has_place(files->paths[i], &has, err));
		if (!has)
			return CODIST_OK;
	}
	if (asprintf(&files->partial, "%s.partial", output) >= 0)
		return CODIST_OK;
	files->partial = NULL;
	return codist_no_memory(err, "a path");
}

static enum codist_status list_own(struct matrix_files *files,
				   struct codist_error *err)
{
	files->own_paths = calloc(files->n + 1, sizeof(*files->own_paths));
	if (!files->own_paths)
		return codist_no_memory(err, "paths");
	files->own.paths = files->own_paths;
	for (size_t i = 0; i < files->n; i++)
		files->own_paths[files->own.n++] = files->paths[i];
	if (files->partial)
		files->own_paths[files->own.n++] = files->partial;
	return CODIST_OK;
}

enum codist_status matrix_files_init(struct matrix_files *files,
				     const char *format, const char *output,
				     const struct codist_pairwise *pairwise,
				     struct codist_error *err)
{
	files->n = codist_pairwise_results(pairwise);
	CODIST_TRY(choose_format(files, format, output, err));
	if (!output)
		return CODIST_OK;
	CODIST_TRY(name_paths(files, output, pairwise, err));
	CODIST_TRY(name_partial(files, output, err));
	return list_own(files, err);
}

void matrix_files_release(struct matrix_files *files)
{
	for (size_t i = 0; files->paths && i < files->n; i++)
		free(files->paths[i]);
	free(files->paths);
	free(files->partial);
	free(files->own_paths);
	*files = (struct matrix_files){ 0 };
}

enum codist_status matrix_files_check(const struct matrix_files *files,
				      size_t n_rows, size_t n_columns,
				      const char *const *row_names,
				      const char *const *column_names,
				      struct codist_error *err)
{
	if (files->is_text)
		return CODIST_OK;
	for (size_t i = 0; i < files->n; i++)
		CODIST_TRY(codist_matrix_writer_check(
			files->paths ? files->paths[i] : NULL, files->format,
			n_rows, n_columns,
			row_names, column_names, err));
	return CODIST_OK;
}
