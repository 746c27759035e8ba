/*
 * matrix_layouts.c - matrices as CSV, TSV, PHYLIP, NEXUS and JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/matrix.h"

#include "base/text.h"
#include "experiment/field.h"

#include <assert.h>
#include <math.h>
#include <string.h>

static void write_real(FILE *file, double value)
{
	char text[CODIST_REAL_SIZE];

	codist_format_real(value, text);
	fputs(text, file);
}

static const char *name_of(const struct codist_matrix_writer *writer)
{
	return writer->row_names[writer->npy.n_written];
}

/* Values, and before each but the first what separates them. */
static void write_values(FILE *file, const struct codist_matrix_writer *writer,
			 const double *row, const char *separator)
{
	for (size_t j = 0; j < writer->npy.n_columns; j++) {
		if (j > 0)
			fputs(separator, file);
		write_real(file, row[j]);
	}
}

static const char *no_objection(const char *name)
{
	(void)name;
	return NULL;
}

static void separated_begin(FILE *file,
			    const struct codist_matrix_writer *writer,
			    char separator)
{
	for (size_t j = 0; j < writer->npy.n_columns; j++) {
		putc(separator, file);
		codist_field_write(file, "", writer->column_names[j],
				   separator);
	}
	putc('\n', file);
}

static void separated_row(FILE *file,
			  const struct codist_matrix_writer *writer,
			  const double *row, char separator)
{
	char text[] = { separator, '\0' };

	codist_field_write(file, "", name_of(writer), separator);
	putc(separator, file);
	write_values(file, writer, row, text);
	putc('\n', file);
}

static void csv_begin(FILE *file, const struct codist_matrix_writer *writer)
{
	separated_begin(file, writer, ',');
}

static void csv_row(FILE *file, const struct codist_matrix_writer *writer,
		    const double *row)
{
	separated_row(file, writer, row, ',');
}

static void tsv_begin(FILE *file, const struct codist_matrix_writer *writer)
{
	separated_begin(file, writer, '\t');
}

static void tsv_row(FILE *file, const struct codist_matrix_writer *writer,
		    const double *row)
{
	separated_row(file, writer, row, '\t');
}

static const char *nexus_objection(const char *name)
{
	if (!*name)
		return "is empty";
	for (; *name; name++)
		if ((unsigned char)*name < ' ' || *name == 0x7f)
			return "holds a control character";
	return NULL;
}

static const char *phylip_objection(const char *name)
{
	return strchr(name, ' ') ? "holds a blank" : nexus_objection(name);
}

static void phylip_begin(FILE *file, const struct codist_matrix_writer *writer)
{
	fprintf(file, "%zu\n", writer->npy.n_rows);
}

static void phylip_row(FILE *file, const struct codist_matrix_writer *writer,
		       const double *row)
{
	fprintf(file, "%s ", name_of(writer));
	write_values(file, writer, row, " ");
	putc('\n', file);
}

static void write_quoted(FILE *file, const char *name)
{
	putc('\'', file);
	for (; *name; name++) {
		if (*name == '\'')
			putc('\'', file);
		putc(*name, file);
	}
	putc('\'', file);
}

static void nexus_begin(FILE *file, const struct codist_matrix_writer *writer)
{
	fprintf(file, "#NEXUS\n\nBEGIN TAXA;\n\tDIMENSIONS NTAX=%zu;\n"
		"\tTAXLABELS\n", writer->npy.n_rows);
	for (size_t i = 0; i < writer->npy.n_rows; i++) {
		fputs("\t\t", file);
		write_quoted(file, writer->row_names[i]);
		putc('\n', file);
	}
	fputs("\t;\nEND;\n\nBEGIN DISTANCES;\n"
	      "\tFORMAT TRIANGLE=BOTH DIAGONAL LABELS;\n\tMATRIX\n", file);
}

static void nexus_row(FILE *file, const struct codist_matrix_writer *writer,
		      const double *row)
{
	fputs("\t\t", file);
	write_quoted(file, name_of(writer));
	putc(' ', file);
	write_values(file, writer, row, " ");
	putc('\n', file);
}

static void nexus_end(FILE *file)
{
	fputs("\t;\nEND;\n", file);
}

static const char *json_objection(const char *name)
{
	while (*name) {
		size_t length = codist_utf8_length(name);

		if (length == 0)
			return "is not UTF-8";
		name += length;
	}
	return NULL;
}

/* It is UTF-8, or was refused. */
static void write_string(FILE *file, const char *text)
{
	putc('"', file);
	while (*text) {
		size_t length = codist_utf8_length(text);

		assert(length > 0);
		if ((unsigned char)*text < ' ')
			fprintf(file, "\\u%04x", (unsigned)*text);
		else
			fprintf(file, "%s%.*s",
				*text == '"' || *text == '\\' ? "\\" : "",
				(int)length, text);
		text += length;
	}
	putc('"', file);
}

static void write_strings(FILE *file, const char *key,
			  const char *const *texts, size_t n)
{
	fprintf(file, "  \"%s\": [", key);
	for (size_t i = 0; i < n; i++) {
		fputs(i ? ", " : "", file);
		write_string(file, texts[i]);
	}
	fputs("],\n", file);
}

static void json_begin(FILE *file, const struct codist_matrix_writer *writer)
{
	fputs("{\n", file);
	write_strings(file, "rows", writer->row_names, writer->npy.n_rows);
	write_strings(file, "columns", writer->column_names,
		      writer->npy.n_columns);
	fputs("  \"values\": [", file);
}

/* JSON has no infinities. */
static void json_row(FILE *file, const struct codist_matrix_writer *writer,
		     const double *row)
{
	fputs(writer->npy.n_written ? ",\n    [" : "\n    [", file);
	for (size_t j = 0; j < writer->npy.n_columns; j++) {
		const char *quote = isinf(row[j]) ? "\"" : "";

		fprintf(file, "%s%s", j ? ", " : "", quote);
		write_real(file, row[j]);
		fputs(quote, file);
	}
	putc(']', file);
}

static void json_end(FILE *file)
{
	fputs("\n  ]\n}\n", file);
}

const struct codist_matrix_layout *
codist_matrix_layout(enum codist_matrix_format format)
{
	static const struct codist_matrix_layout layouts[] = {
		[CODIST_MATRIX_CSV] = {
			.objection = no_objection,
			.begin = csv_begin, .row = csv_row,
		},
		[CODIST_MATRIX_TSV] = {
			.objection = no_objection,
			.begin = tsv_begin, .row = tsv_row,
		},
		[CODIST_MATRIX_PHYLIP] = {
			.is_of_distances = 1, .objection = phylip_objection,
			.begin = phylip_begin, .row = phylip_row,
		},
		[CODIST_MATRIX_NEXUS] = {
			.is_of_distances = 1, .objection = nexus_objection,
			.begin = nexus_begin, .row = nexus_row,
			.end = nexus_end,
		},
		[CODIST_MATRIX_JSON] = {
			.objection = json_objection,
			.begin = json_begin, .row = json_row, .end = json_end,
		},
	};

	return format < sizeof(layouts) / sizeof(layouts[0]) &&
			       layouts[format].row ?
		       &layouts[format] : NULL;
}
