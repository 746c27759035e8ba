/*
 * cells_json.c - reads a matrix from JSON, by jansson
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/cells.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

static size_t fill(void *buffer, size_t nbytes, void *user)
{
	unsigned char *bytes = buffer;
	size_t n = 0;

	while (n < nbytes) {
		int c = codist_cells_take(user);

		if (c == EOF)
			break;
		bytes[n++] = (unsigned char)c;
	}
	return n;
}

typedef enum codist_status (*add_name)(struct codist_cells *cells,
				       const struct codist_text *name,
				       size_t line, struct codist_error *err);

static enum codist_status read_names(struct codist_cells *cells,
				     const json_t *names, const char *key,
				     add_name add, struct codist_error *err)
{
	size_t i;
	json_t *item;

	if (!json_is_array(names))
		return codist_cells_fail(cells, 0, err,
					 "\"%s\" is missing or no array, "
					 "expected an array of names", key);
	json_array_foreach(names, i, item) {
		struct codist_text name = {
			.chars = (char *)json_string_value(item),
			.length = json_string_length(item),
		};

		if (!json_is_string(item))
			return codist_cells_fail(cells, 0, err,
						 "%s[%zu] is no string", key,
						 i);
		CODIST_TRY(add(cells, &name, 0, err));
	}
	return CODIST_OK;
}

static enum codist_status read_value(struct codist_cells *cells,
				     const json_t *item, size_t i, size_t j,
				     struct codist_error *err)
{
	double value = NAN;

	if (json_is_number(item))
		value = json_number_value(item);
	else if (json_is_string(item) &&
		 !codist_cells_number(json_string_value(item), &value))
		value = NAN;
	if (isnan(value))
		return codist_cells_fail(cells, 0, err,
					 "values[%zu][%zu] is no number", i, j);
	return codist_cells_add_value(cells, value, err);
}

static enum codist_status read_values(struct codist_cells *cells,
				      const json_t *values,
				      struct codist_error *err)
{
	size_t n_rows = cells->matrix.n_rows;
	size_t n_columns = cells->matrix.n_columns;

	if (!json_is_array(values))
		return codist_cells_fail(cells, 0, err,
					 "\"values\" is missing or no array, "
					 "expected an array of rows");
	if (json_array_size(values) != n_rows)
		return codist_cells_fail(cells, 0, err,
					 "%zu rows of values, expected %zu, as "
					 "many as \"rows\" names",
					 json_array_size(values), n_rows);
	for (size_t i = 0; i < n_rows; i++) {
		const json_t *row = json_array_get(values, i);

		if (!json_is_array(row) || json_array_size(row) != n_columns)
			return codist_cells_fail(
				cells, 0, err,
				"values[%zu] has %zu values, expected %zu, as "
				"many as there are columns", i,
				json_array_size(row), n_columns);
		for (size_t j = 0; j < n_columns; j++)
			CODIST_TRY(read_value(cells, json_array_get(row, j), i,
					      j, err));
	}
	return CODIST_OK;
}

static enum codist_status understand(struct codist_cells *cells,
				     const json_t *whole,
				     struct codist_error *err)
{
	const json_t *rows = json_object_get(whole, "rows");
	const json_t *columns = json_object_get(whole, "columns");

	if (!json_is_object(whole))
		return codist_cells_fail(cells, 0, err,
					 "an array, expected an object with "
					 "\"rows\", \"columns\" and "
					 "\"values\"");
	CODIST_TRY(read_names(cells, rows, "rows", codist_cells_add_row, err));
	CODIST_TRY(read_names(cells, columns ? columns : rows, "columns",
			      codist_cells_add_column, err));
	return read_values(cells, json_object_get(whole, "values"), err);
}

/* Whole numbers may be larger than the integers that jansson knows. */
enum codist_status codist_cells_read_json(struct codist_cells *cells,
					  struct codist_error *err)
{
	enum codist_status status;
	json_error_t why;
	json_t *whole;

	if (codist_cells_peek(cells) == EOF)
		return codist_cells_fail(cells, 0, err, "empty");
	whole = json_load_callback(fill, cells,
				   JSON_REJECT_DUPLICATES |
					   JSON_DECODE_INT_AS_REAL, &why);
	if (!whole)
		return json_error_code(&why) == json_error_out_of_memory ?
			       codist_no_memory(err, cells->path) :
			       codist_cells_fail(cells, why.line > 0 ?
							(size_t)why.line : 0,
						 err, "%s", why.text);
	status = understand(cells, whole, err);
	json_decref(whole);
	return status;
}
