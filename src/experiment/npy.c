/*
 * npy.c - a matrix of doubles as a NumPy file
 *
 * The format is described by numpy.lib.format: the magic, the version 1.0, the
 * header's length in two bytes, and the header, a Python dictionary padded
 * with blanks so that the data begins at a multiple of 64.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/npy.h"

#include <assert.h>
#include <errno.h>
#include <string.h>

/*
 * Always the same: without padding, the header has 70 bytes for a shape of
 * one digit each, and 108 for the largest.
 */
#define PREFIX_SIZE 10
#define HEADER_SIZE 128

void codist_npy_begin(const struct codist_npy *npy)
{
	char header[HEADER_SIZE] = "\x93NUMPY\x01";
	int length;

	header[8] = HEADER_SIZE - PREFIX_SIZE;
	length = snprintf(header + PREFIX_SIZE, HEADER_SIZE - PREFIX_SIZE,
			  "{'descr': '<f8', 'fortran_order': False, "
			  "'shape': (%zu, %zu), }",
			  npy->n_rows, npy->n_columns);
	length += PREFIX_SIZE;
	assert(length < HEADER_SIZE);
	memset(header + length, ' ', (size_t)(HEADER_SIZE - length));
	header[HEADER_SIZE - 1] = '\n';
	fwrite(header, 1, HEADER_SIZE, npy->output.file);
}

enum codist_status codist_npy_open(struct codist_npy *npy, const char *path,
				   size_t n_rows, size_t n_columns,
				   struct codist_error *err)
{
	*npy = (struct codist_npy){ .n_rows = n_rows, .n_columns = n_columns };
	CODIST_TRY(codist_output_open(&npy->output, path, err));
	codist_npy_begin(npy);
	return CODIST_OK;
}

/* Shifts give the same order of bytes on any machine. */
static void put_little_endian(unsigned char bytes[8], double value)
{
	uint64_t bits;

	memcpy(&bits, &value, sizeof(bits));
	for (unsigned i = 0; i < 8; i++)
		bytes[i] = (unsigned char)(bits >> (8 * i));
}

enum codist_status codist_npy_write(struct codist_npy *npy, size_t n_rows,
				    const double *rows,
				    struct codist_error *err)
{
	size_t n = n_rows * npy->n_columns;
	unsigned char bytes[512][8];

	npy->n_written += n_rows;
	while (n > 0) {
		size_t now = n < 512 ? n : 512;

		for (size_t i = 0; i < now; i++)
			put_little_endian(bytes[i], rows[i]);
		if (fwrite(bytes, sizeof(bytes[0]), now, npy->output.file) !=
		    now)
			return codist_fail(err, CODIST_EIO,
					   "%s: cannot write: %s",
					   npy->output.path, strerror(errno));
		rows += now;
		n -= now;
	}
	return CODIST_OK;
}

enum codist_status codist_npy_finish(struct codist_npy *npy,
				     struct codist_error *err)
{
	enum codist_status status;

	if (npy->n_written == npy->n_rows)
		return codist_output_finish(&npy->output, err);
	status = codist_fail(err, CODIST_EIO,
			     "%s: %zu rows written, expected %zu",
			     npy->output.path, npy->n_written, npy->n_rows);
	codist_npy_abandon(npy);
	return status;
}

void codist_npy_abandon(struct codist_npy *npy)
{
	codist_output_abandon(&npy->output);
}
