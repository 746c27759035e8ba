/*
 * cells_npy.c - reads a matrix from a NumPy file
 *
 * The header is a Python dictionary, of which numpy.lib.format promises that
 * it has just the keys descr, fortran_order and shape.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/cells.h"
#include "experiment/matrix.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LONGEST_HEADER 65536

struct header {
	const char *at; /* what is left of its text */
	char descr[16];
	int fortran_order;
	size_t rank;
	size_t shape[2];
	unsigned met; /* a bit for each key */
};

static enum codist_status truncated(const struct codist_cells *cells,
				    const char *what,
				    struct codist_error *err)
{
	return codist_cells_fail(cells, 0, err, "truncated: ends within its "
				 "%s", what);
}

static void skip_blanks(struct header *header)
{
	header->at += strspn(header->at, " \t\n");
}

static int take_char(struct header *header, char c)
{
	skip_blanks(header);
	if (*header->at != c)
		return 0;
	header->at++;
	return 1;
}

static int take_word(struct header *header, const char *word)
{
	skip_blanks(header);
	if (strncmp(header->at, word, strlen(word)) != 0)
		return 0;
	header->at += strlen(word);
	return 1;
}

static int take_string(struct header *header, char *string, size_t size)
{
	size_t length;
	char quote;

	skip_blanks(header);
	quote = *header->at;
	if (quote != '\'' && quote != '"')
		return 0;
	header->at++;
	for (length = 0; *header->at && *header->at != quote; length++) {
		if (length + 1 == size)
			return 0;
		string[length] = *header->at++;
	}
	string[length] = '\0';
	return take_char(header, quote);
}

static int take_shape(struct header *header)
{
	if (!take_char(header, '('))
		return 0;
	while (!take_char(header, ')')) {
		char *end;
		unsigned long long n;

		skip_blanks(header);
		if (*header->at < '0' || *header->at > '9')
			return 0;
		n = strtoull(header->at, &end, 10);
		header->at = end;
		if (header->rank < 2)
			header->shape[header->rank] = (size_t)n;
		header->rank++;
		take_word(header, "L"); /* of Python 2 */
		if (!take_char(header, ',') && *header->at != ')')
			return 0;
	}
	return 1;
}

static int take_item(struct header *header)
{
	char key[16];

	if (!take_string(header, key, sizeof(key)) || !take_char(header, ':'))
		return 0;
	if (strcmp(key, "descr") == 0) {
		header->met |= 1;
		return take_string(header, header->descr,
				   sizeof(header->descr));
	}
	if (strcmp(key, "fortran_order") == 0) {
		header->met |= 2;
		header->fortran_order = take_word(header, "True");
		return header->fortran_order || take_word(header, "False");
	}
	header->met |= 4;
	header->rank = 0;
	return strcmp(key, "shape") == 0 && take_shape(header);
}

static int parse(struct header *header)
{
	if (!take_char(header, '{'))
		return 0;
	while (!take_char(header, '}'))
		if (!take_item(header) ||
		    (!take_char(header, ',') && *header->at != '}'))
			return 0;
	skip_blanks(header);
	return !*header->at && header->met == 7;
}

static enum codist_status read_bytes(struct codist_cells *cells,
				     unsigned char *bytes, size_t n,
				     const char *what,
				     struct codist_error *err)
{
	for (size_t i = 0; i < n; i++) {
		int c = codist_cells_take(cells);

		if (c == EOF)
			return truncated(cells, what, err);
		bytes[i] = (unsigned char)c;
	}
	return CODIST_OK;
}

static enum codist_status read_header(struct codist_cells *cells, char *text,
				      struct codist_error *err)
{
	unsigned char prefix[8], size[4] = { 0 };
	size_t length;

	if (codist_cells_peek(cells) == EOF)
		return codist_cells_fail(cells, 0, err, "empty");
	CODIST_TRY(read_bytes(cells, prefix, 8, "header", err));
	if (memcmp(prefix, "\x93NUMPY", 6) != 0)
		return codist_cells_fail(cells, 0, err,
					 "no NumPy file: does not begin with "
					 "\\x93NUMPY");
	if (prefix[6] < 1 || prefix[6] > 3)
		return codist_cells_fail(cells, 0, err,
					 "version %u of NumPy files, expected "
					 "1, 2 or 3", prefix[6]);
	CODIST_TRY(read_bytes(cells, size, prefix[6] == 1 ? 2 : 4, "header",
			      err));
	length = size[0] | (size_t)size[1] << 8 | (size_t)size[2] << 16 |
		 (size_t)size[3] << 24;
	if (length >= LONGEST_HEADER)
		return codist_cells_fail(cells, 0, err,
					 "a header of %zu bytes, expected "
					 "fewer than %d", length,
					 LONGEST_HEADER);
	CODIST_TRY(read_bytes(cells, (unsigned char *)text, length, "header",
			      err));
	text[length] = '\0';
	return CODIST_OK;
}

static enum codist_status check(const struct codist_cells *cells,
				const struct header *header,
				struct codist_error *err)
{
	const char *descr = header->descr;

	if (strcmp(descr, "<f8") != 0 && strcmp(descr, ">f8") != 0 &&
	    strcmp(descr, "<f4") != 0 && strcmp(descr, ">f4") != 0)
		return codist_cells_fail(cells, 0, err,
					 "an array of '%s', expected <f8, >f8, "
					 "<f4 or >f4", descr);
	if (header->rank != 2)
		return codist_cells_fail(cells, 0, err,
					 "an array of %zu dimensions, expected "
					 "2", header->rank);
	if (header->fortran_order)
		return codist_cells_fail(cells, 0, err,
					 "an array in Fortran order, expected "
					 "rows first (numpy.ascontiguousarray)");
	if (header->shape[0] == 0 || header->shape[1] == 0)
		return codist_cells_fail(cells, 0, err,
					 "%zu rows and %zu columns, expected "
					 "at least one of each",
					 header->shape[0], header->shape[1]);
	if (header->shape[0] > SIZE_MAX / sizeof(double) / header->shape[1])
		return codist_cells_fail(cells, 0, err,
					 "%zu rows and %zu columns are more "
					 "than memory can hold",
					 header->shape[0], header->shape[1]);
	return CODIST_OK;
}

static double decode(const unsigned char *bytes, size_t size, int is_little)
{
	uint64_t bits = 0;
	uint32_t half;
	double value;
	float single;

	for (size_t i = 0; i < size; i++)
		bits = bits << 8 | bytes[is_little ? size - 1 - i : i];
	if (size == 8) {
		memcpy(&value, &bits, sizeof(value));
		return value;
	}
	half = (uint32_t)bits;
	memcpy(&single, &half, sizeof(single));
	return single;
}

static enum codist_status read_values(struct codist_cells *cells,
				      const struct header *header,
				      struct codist_error *err)
{
	size_t size = header->descr[2] == '8' ? 8 : 4;
	size_t n_columns = header->shape[1];

	for (size_t i = 0; i < header->shape[0]; i++)
		for (size_t j = 0; j < n_columns; j++) {
			unsigned char bytes[8];
			double value;

			CODIST_TRY(read_bytes(cells, bytes, size, "values",
					      err));
			value = decode(bytes, size, header->descr[0] == '<');
			if (isnan(value))
				return codist_cells_fail(
					cells, 0, err, "row %zu, column %zu: "
					"not a number", i + 1, j + 1);
			CODIST_TRY(codist_cells_add_value(cells, value, err));
		}
	if (codist_cells_peek(cells) != EOF)
		return codist_cells_fail(cells, 0, err,
					 "goes on after %zu rows and %zu "
					 "columns", header->shape[0],
					 header->shape[1]);
	return CODIST_OK;
}

/* Names come last: by then, the file has proved to be as large as it says. */
static enum codist_status read_all(struct codist_cells *cells, char *text,
				   struct codist_error *err)
{
	struct header header = { .at = text };
	struct codist_matrix *matrix = &cells->matrix;
	size_t n_rows, n_columns;

	CODIST_TRY(read_header(cells, text, err));
	if (!parse(&header))
		return codist_cells_fail(cells, 0, err,
					 "its header is none of NumPy's: "
					 "'%.80s'", text);
	CODIST_TRY(check(cells, &header, err));
	CODIST_TRY(read_values(cells, &header, err));
	n_rows = header.shape[0];
	n_columns = header.shape[1];
	CODIST_TRY(codist_names_number(&matrix->row_names, n_rows, err));
	matrix->n_rows = n_rows;
	CODIST_TRY(codist_names_number(&matrix->column_names, n_columns, err));
	matrix->n_columns = n_columns;
	return CODIST_OK;
}

enum codist_status codist_cells_read_npy(struct codist_cells *cells,
					 struct codist_error *err)
{
	char *text = malloc(LONGEST_HEADER);
	enum codist_status status = text ? read_all(cells, text, err) :
					   codist_no_memory(err, "a header");

	free(text);
	return status;
}
