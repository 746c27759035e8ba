/*
 * matrix_writer.c - a matrix on its way to a file, row by row
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/matrix.h"

#include "base/system.h"
#include "base/text.h"
#include "experiment/npy.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum codist_status check_names(const char *path, const char *format,
				      const struct codist_matrix_layout *layout,
				      const char *const *names, size_t n,
				      struct codist_error *err)
{
	const char *repeated;

	for (size_t i = 0; i < n; i++) {
		const char *objection = layout->objection(names[i]);

		if (objection)
			return codist_fail(err, CODIST_EUSAGE,
					   "%s: the name '%s' %s, which %s "
					   "cannot hold",
					   path, names[i], objection, format);
	}
	CODIST_TRY(codist_names_repeated(&repeated, names, n, err));
	if (repeated)
		return codist_fail(err, CODIST_EUSAGE,
				   "%s: the name '%s' stands for two rows or "
				   "columns, expected names that differ",
				   path, repeated);
	return CODIST_OK;
}

static enum codist_status check_square(const char *path, const char *format,
				       const struct codist_matrix_writer *w,
				       struct codist_error *err)
{
	if (w->npy.n_rows != w->npy.n_columns)
		return codist_fail(err, CODIST_EUSAGE,
				   "%s: %zu rows and %zu columns, but %s holds "
				   "square matrices only",
				   path, w->npy.n_rows, w->npy.n_columns,
				   format);
	for (size_t i = 0; i < w->npy.n_rows; i++)
		if (strcmp(w->row_names[i], w->column_names[i]) != 0)
			return codist_fail(err, CODIST_EUSAGE,
					   "%s: row %zu is '%s' and column %zu "
					   "is '%s', but %s has one name for "
					   "both",
					   path, i + 1, w->row_names[i], i + 1,
					   w->column_names[i], format);
	return CODIST_OK;
}

/* All that can be refused before the file is touched. */
static enum codist_status prepare(struct codist_matrix_writer *writer,
				  const char *path,
				  const char *const *row_names,
				  const char *const *column_names,
				  struct codist_error *err)
{
	size_t n_rows = writer->npy.n_rows, n_columns = writer->npy.n_columns;
	const char *format = codist_matrix_format_name(writer->format);
	const struct codist_matrix_layout *layout =
		codist_matrix_layout(writer->format);

	if (n_rows == 0 || n_columns == 0)
		return codist_fail(err, CODIST_EUSAGE,
				   "%s: %zu rows and %zu columns, expected at "
				   "least one of each",
				   path, n_rows, n_columns);
	if (!layout)
		return CODIST_OK;
	if (!row_names || !column_names)
		CODIST_TRY(codist_names_number(&writer->numbers,
					       n_rows > n_columns ? n_rows :
								    n_columns,
					       err));
	writer->row_names = row_names ? row_names :
					(const char *const *)writer->numbers;
	writer->column_names = column_names ?
		column_names : (const char *const *)writer->numbers;
	if (layout->is_of_distances)
		CODIST_TRY(check_square(path, format, writer, err));
	CODIST_TRY(check_names(path, format, layout, writer->row_names, n_rows,
			       err));
	return check_names(path, format, layout, writer->column_names,
			   n_columns, err);
}

static enum codist_status begin(struct codist_matrix_writer *writer,
				const char *path, struct codist_error *err)
{
	FILE *file = writer->npy.output.file;
	const struct codist_matrix_layout *layout =
		codist_matrix_layout(writer->format);

	if (layout)
		layout->begin(file, writer);
	else if (isatty(fileno(file)))
		return codist_fail(err, CODIST_EUSAGE,
				   "%s: a terminal, where npy would be "
				   "unreadable",
				   path);
	else
		codist_npy_begin(&writer->npy);
	return CODIST_OK;
}

static void forget(struct codist_matrix_writer *writer)
{
	size_t n_rows = writer->npy.n_rows, n_columns = writer->npy.n_columns;

	codist_names_free(writer->numbers,
			  n_rows > n_columns ? n_rows : n_columns);
	if (writer->is_attached)
		free(writer->npy.output.path);
	*writer = (struct codist_matrix_writer){ 0 };
}

void codist_matrix_writer_abandon(struct codist_matrix_writer *writer)
{
	if (!writer->is_attached)
		codist_npy_abandon(&writer->npy);
	forget(writer);
}

enum codist_status
codist_matrix_writer_open(struct codist_matrix_writer *writer,
			  const char *path, enum codist_matrix_format format,
			  size_t n_rows, size_t n_columns,
			  const char *const *row_names,
			  const char *const *column_names,
			  struct codist_error *err)
{
	enum codist_status status;

	if (format == CODIST_MATRIX_AUTO)
		CODIST_TRY(codist_matrix_format_of(&format, path, err));
	*writer = (struct codist_matrix_writer){
		.npy = { .n_rows = n_rows, .n_columns = n_columns },
		.format = format,
	};
	status = prepare(writer, path, row_names, column_names, err);
	if (status == CODIST_OK)
		status = codist_output_open(&writer->npy.output, path, err);
	if (status == CODIST_OK)
		status = begin(writer, path, err);
	if (status != CODIST_OK)
		codist_matrix_writer_abandon(writer);
	return status;
}

enum codist_status
codist_matrix_writer_check(const char *path, enum codist_matrix_format format,
			   size_t n_rows, size_t n_columns,
			   const char *const *row_names,
			   const char *const *column_names,
			   struct codist_error *err)
{
	struct codist_matrix_writer writer = {
		.npy = { .n_rows = n_rows, .n_columns = n_columns },
		.format = format,
	};
	enum codist_status status;

	if (format == CODIST_MATRIX_AUTO)
		CODIST_TRY(codist_matrix_format_of(&writer.format, path, err));
	status = prepare(&writer, path ? path : "standard output", row_names,
			 column_names, err);
	forget(&writer);
	return status == CODIST_OK && path ? codist_output_check(path, err) :
					     status;
}

enum codist_status
codist_matrix_writer_attach(struct codist_matrix_writer *writer, FILE *file,
			    const char *name,
			    enum codist_matrix_format format, size_t n_rows,
			    size_t n_columns, const char *const *row_names,
			    const char *const *column_names,
			    struct codist_error *err)
{
	enum codist_status status;

	*writer = (struct codist_matrix_writer){
		.npy = { .n_rows = n_rows, .n_columns = n_columns },
		.format = format, .is_attached = 1,
	};
	if (format == CODIST_MATRIX_AUTO)
		return codist_fail(err, CODIST_EUSAGE,
				   "%s: has no ending that tells the format",
				   name);
	writer->npy.output.file = file;
	writer->npy.output.path = codist_text_format("%s", name);
	status = writer->npy.output.path ?
			 prepare(writer, name, row_names, column_names, err) :
			 codist_no_memory(err, name);
	if (status == CODIST_OK)
		status = begin(writer, name, err);
	if (status != CODIST_OK)
		codist_matrix_writer_abandon(writer);
	return status;
}

/* "row 3" or "row 3 ('name')", as far as there are names. */
static enum codist_status
refuse(const struct codist_matrix_writer *writer, size_t i, size_t j,
       double value, struct codist_error *err)
{
	const char *format = codist_matrix_format_name(writer->format);
	const char *path = writer->npy.output.path;

	if (!writer->row_names)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: row %zu, column %zu: not a number",
				   path, i + 1, j + 1);
	return codist_fail(err, CODIST_EFORMAT,
			   "%s: row %zu '%s', column %zu '%s': %s%s", path,
			   i + 1, writer->row_names[i], j + 1,
			   writer->column_names[j],
			   isnan(value) ? "not a number" :
					  "infinite, which cannot be told in ",
			   isnan(value) ? "" : format);
}

static enum codist_status check_row(const struct codist_matrix_writer *writer,
				    size_t i, const double *row,
				    struct codist_error *err)
{
	const struct codist_matrix_layout *layout =
		codist_matrix_layout(writer->format);
	int is_finite = layout && layout->is_of_distances;

	for (size_t j = 0; j < writer->npy.n_columns; j++)
		if (isnan(row[j]) || (is_finite && isinf(row[j])))
			return refuse(writer, i, j, row[j], err);
	return CODIST_OK;
}

static enum codist_status write_text(struct codist_matrix_writer *writer,
				     size_t n_rows, const double *rows,
				     struct codist_error *err)
{
	const struct codist_matrix_layout *layout =
		codist_matrix_layout(writer->format);
	struct codist_output *output = &writer->npy.output;

	for (size_t i = 0; i < n_rows; i++) {
		errno = 0;
		layout->row(output->file, writer,
			    rows + i * writer->npy.n_columns);
		if (ferror(output->file))
			return codist_cannot(err, output->path, "write",
					     errno ? errno : EIO);
		writer->npy.n_written++;
	}
	return CODIST_OK;
}

enum codist_status
codist_matrix_writer_write(struct codist_matrix_writer *writer, size_t n_rows,
			   const double *rows, struct codist_error *err)
{
	struct codist_npy *npy = &writer->npy;

	if (n_rows > npy->n_rows - npy->n_written)
		return codist_fail(err, CODIST_EUSAGE,
				   "%s: %zu rows after %zu, expected %zu in "
				   "all",
				   npy->output.path, n_rows, npy->n_written,
				   npy->n_rows);
	for (size_t i = 0; i < n_rows; i++)
		CODIST_TRY(check_row(writer, npy->n_written + i,
				     rows + i * npy->n_columns, err));
	return codist_matrix_layout(writer->format) ?
		       write_text(writer, n_rows, rows, err) :
		       codist_npy_write(npy, n_rows, rows, err);
}

/* An attached file is not ours to close, nor to bring to the disk. */
static enum codist_status finish_attached(struct codist_matrix_writer *writer,
					  struct codist_error *err)
{
	struct codist_output *output = &writer->npy.output;

	errno = 0;
	if (fflush(output->file) == 0 && !ferror(output->file))
		return CODIST_OK;
	return codist_cannot(err, output->path, "write", errno ? errno : EIO);
}

enum codist_status
codist_matrix_writer_finish(struct codist_matrix_writer *writer,
			    struct codist_error *err)
{
	const struct codist_matrix_layout *layout =
		codist_matrix_layout(writer->format);
	struct codist_npy *npy = &writer->npy;
	enum codist_status status;

	if (npy->n_written == npy->n_rows && layout && layout->end)
		layout->end(npy->output.file);
	if (!writer->is_attached)
		status = codist_npy_finish(npy, err);
	else if (npy->n_written == npy->n_rows)
		status = finish_attached(writer, err);
	else
		status = codist_fail(err, CODIST_EIO,
				     "%s: %zu rows written, expected %zu",
				     npy->output.path, npy->n_written,
				     npy->n_rows);
	forget(writer);
	return status;
}

enum codist_status codist_matrix_write(const struct codist_matrix *matrix,
				       const char *path,
				       enum codist_matrix_format format,
				       struct codist_error *err)
{
	struct codist_matrix_writer writer;
	enum codist_status status;

	CODIST_TRY(codist_matrix_writer_open(
		&writer, path, format, matrix->n_rows, matrix->n_columns,
		(const char *const *)matrix->row_names,
		(const char *const *)matrix->column_names, err));
	status = codist_matrix_writer_write(&writer, matrix->n_rows,
					    matrix->values, err);
	if (status == CODIST_OK)
		return codist_matrix_writer_finish(&writer, err);
	codist_matrix_writer_abandon(&writer);
	return status;
}
