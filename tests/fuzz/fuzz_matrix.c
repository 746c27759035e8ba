/*
 * fuzz_matrix.c - any bytes as a matrix: refused, or read as written again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "fuzz.h"

#include <codist.h>

#include <math.h>
#include <string.h>
#include <unistd.h>

static char path[] = "/tmp/codist-fuzz-matrix-XXXXXX";

static void clean_up(void)
{
	unlink(path);
}

static FILE *file_of(const uint8_t *data, size_t size)
{
	/* An empty buffer is no file to fmemopen(). */
	FILE *file = size ? fmemopen((void *)data, size, "rb") :
			    fopen("/dev/null", "rb");

	FUZZ_PROMISE(file);
	return file;
}

static void check(const struct codist_matrix *matrix)
{
	size_t n = matrix->n_rows * matrix->n_columns;

	FUZZ_PROMISE(matrix->n_rows > 0 && matrix->n_columns > 0);
	for (size_t i = 0; i < n; i++)
		FUZZ_PROMISE(!isnan(matrix->values[i]));
}

static void compare(const struct codist_matrix *a,
		    const struct codist_matrix *b)
{
	FUZZ_PROMISE(a->n_rows == b->n_rows && a->n_columns == b->n_columns);
	FUZZ_PROMISE(memcmp(a->values, b->values, a->n_rows * a->n_columns *
			    sizeof(*a->values)) == 0);
	for (size_t i = 0; i < a->n_rows; i++)
		FUZZ_PROMISE(!strcmp(a->row_names[i], b->row_names[i]));
	for (size_t j = 0; j < a->n_columns; j++)
		FUZZ_PROMISE(!strcmp(a->column_names[j], b->column_names[j]));
}

/* Not as npy, which has no names. */
static void write_again(const struct codist_matrix *matrix)
{
	static const enum codist_matrix_format formats[] = {
		CODIST_MATRIX_CSV, CODIST_MATRIX_TSV, CODIST_MATRIX_PHYLIP,
		CODIST_MATRIX_NEXUS, CODIST_MATRIX_JSON,
	};
	static int fd = -1;

	if (fd < 0) {
		fd = mkstemp(path);
		FUZZ_PROMISE(fd >= 0);
		close(fd);
		atexit(clean_up);
	}
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		struct codist_matrix again;
		struct codist_error err = { 0 };

		if (codist_matrix_write(matrix, path, formats[i], &err)) {
			FUZZ_PROMISE(formats[i] == CODIST_MATRIX_PHYLIP ||
				     formats[i] == CODIST_MATRIX_NEXUS ||
				     formats[i] == CODIST_MATRIX_JSON);
			continue;
		}
		FUZZ_PROMISE(!codist_matrix_read(&again, path, formats[i],
						 &err));
		compare(matrix, &again);
		codist_matrix_release(&again);
	}
}

/* Each format in turn: the content need not look like it. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	for (int format = CODIST_MATRIX_AUTO; format <= CODIST_MATRIX_NPY;
	     format++) {
		struct codist_matrix matrix;
		struct codist_error err = { 0 };
		FILE *file = file_of(data, size);

		if (codist_matrix_read_from(&matrix, file, "input",
					    (enum codist_matrix_format)format,
					    &err)) {
			FUZZ_PROMISE(err.status == CODIST_EFORMAT ||
				     err.status == CODIST_ENOMEM);
			FUZZ_PROMISE(err.status == CODIST_ENOMEM ||
				     strncmp(err.message, "input: ", 7) == 0);
			FUZZ_PROMISE(!matrix.values && !matrix.row_names);
		} else {
			check(&matrix);
			write_again(&matrix);
			codist_matrix_release(&matrix);
		}
		fclose(file);
	}
	return 0;
}
