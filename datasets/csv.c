/*
 * csv.c - tables with a comma, or another byte, between their columns
 *
 * As RFC 4180 has it: fields may stand in quotes, and then hold delimiters, line
 * ends and doubled quotes; every row has as many as the first. Blanks around a
 * field belong to it. A lone CR ends a row as well. Lines without a character,
 * which the RFC does not know, are passed over.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/text.h"
#include "names.h"
#include "reader.h"
#include "separator.h"

#include <codist/dataset.h>

#include <csv.h>
#include <stdlib.h>
#include <string.h>

enum { AUTO, YES, NO };
static const char *const headers[] = { "auto", "yes", "no", NULL };

struct config {
	char *path;
	char *label;
	char *text;
	char *join;
	char *delimiter;
	int header;
	struct codist_subset subset;
};

/* A table that is being read. */
struct table {
	struct codist_reader *reader;
	const struct config *config;
	struct codist_error *err;
	enum codist_status status; /* of what libcsv called, which goes on */
	struct codist_separator join;
	/* The row: its fields one after the other, and where each ends. */
	struct codist_text fields;
	size_t *ends; /* [ends_capacity] */
	size_t n_fields, ends_capacity;
	size_t row_line; /* where it begins; 0: in the line last read */
	/* What the first row told. */
	size_t n_columns; /* 0: it has not come */
	size_t first_line;
	size_t label;  /* the column, or n_columns: there is none */
	size_t *texts; /* [n_texts], columns */
	size_t n_texts;
	struct codist_text sample;
};

/* The number of a column, from 1; 0: it is a name. */
static size_t column_number(const char *name)
{
	size_t length = strlen(name);

	if (length == 0 || length > 9 ||
	    strspn(name, "0123456789") != length)
		return 0;
	return (size_t)strtoul(name, NULL, 10);
}

static enum codist_status check_delimiter(const struct config *config,
					  unsigned char *delimiter,
					  struct codist_error *err)
{
	struct codist_separator separator;

	CODIST_TRY(codist_separator_parse(&separator, "delimiter",
					  config->delimiter, err));
	*delimiter = separator.bytes[0];
	if (separator.nbytes == 1 && !memchr("\"\r\n", *delimiter, 3))
		return CODIST_OK;
	return codist_fail(err, CODIST_EUSAGE,
			   "delimiter=%s, expected one byte, other than a "
			   "quote or a line end",
			   config->delimiter);
}

/* Whether the first row names the columns, in *has_header. */
static enum codist_status needs_header(const struct config *config,
				       int *has_header,
				       struct codist_error *err)
{
	char *name = malloc(strlen(config->text) + 1);
	int are_numbers = strcmp(config->label, "none") == 0 ||
			  column_number(config->label) > 0;

	if (!name)
		return codist_no_memory(err, "the names of columns");
	for (const char *at = config->text; at;) {
		codist_name_next(&at, name);
		are_numbers = are_numbers && column_number(name) > 0;
	}
	free(name);
	*has_header = config->header == YES ||
		      (config->header == AUTO && !are_numbers);
	if (are_numbers || *has_header)
		return CODIST_OK;
	return codist_fail(err, CODIST_EUSAGE,
			   "label=%s,text=%s,header=no, expected numbers of "
			   "columns where there is no header to name them",
			   config->label, config->text);
}

static enum codist_status check(const void *config, struct codist_error *err)
{
	const struct config *c = config;
	struct codist_separator join;
	unsigned char delimiter;
	int has_header;

	CODIST_TRY(codist_subset_check_names(&c->subset, err));
	CODIST_TRY(check_delimiter(c, &delimiter, err));
	CODIST_TRY(codist_separator_parse(&join, "join", c->join, err));
	CODIST_TRY(codist_names_check("text", c->text, err));
	if (!*c->label)
		return codist_fail(err, CODIST_EUSAGE,
				   "label=, expected a column's name or "
				   "number, or none");
	return needs_header(c, &has_header, err);
}

static struct codist_bytes field(const struct table *table, size_t i)
{
	size_t start = i ? table->ends[i - 1] : 0;
	struct codist_bytes x = {
		(const unsigned char *)table->fields.chars + start,
		table->ends[i] - start
	};

	return x;
}

static enum codist_status no_column(const struct table *table,
				    const char *name)
{
	struct codist_text known = { 0 };
	enum codist_status status;

	for (size_t i = 0; i < table->n_fields && known.length < 400; i++) {
		struct codist_bytes x = field(table, i);

		codist_text_add(&known, "%s'%.*s'", i ? ", " : "",
				(int)(x.nbytes < 100 ? x.nbytes : 100),
				(const char *)x.data);
	}
	status = codist_reader_fail(table->reader, table->err,
				    "no column is named '%s'; there are %s",
				    name, known.chars ? known.chars : "none");
	free(known.chars);
	return status;
}

/* By the first row, which is a header if a name is not a number. */
static enum codist_status find_column(const struct table *table,
				      const char *name, size_t *column)
{
	size_t number = column_number(name), found = table->n_fields;

	if (number > table->n_fields)
		return codist_reader_fail(table->reader, table->err,
					  "%zu columns, but column %zu is "
					  "asked for",
					  table->n_fields, number);
	if (number > 0) {
		*column = number - 1;
		return CODIST_OK;
	}
	for (size_t i = 0; i < table->n_fields; i++) {
		struct codist_bytes x = field(table, i);

		if (x.nbytes != strlen(name) ||
		    memcmp(x.data, name, x.nbytes) != 0)
			continue;
		if (found < table->n_fields)
			return codist_reader_fail(table->reader, table->err,
						  "columns %zu and %zu are "
						  "both named '%s'",
						  found + 1, i + 1, name);
		found = i;
	}
	*column = found;
	return found < table->n_fields ? CODIST_OK : no_column(table, name);
}

static enum codist_status find_columns(struct table *table)
{
	const char *names = table->config->text;
	char *name = malloc(strlen(names) + 1);
	enum codist_status status = CODIST_OK;

	/* No more columns than characters. */
	table->texts = calloc(strlen(names), sizeof(*table->texts));
	if (!name || !table->texts) {
		free(name);
		return codist_no_memory(table->err, "the names of columns");
	}
	for (const char *at = names; at && status == CODIST_OK;) {
		codist_name_next(&at, name);
		status = find_column(table, name,
				     &table->texts[table->n_texts++]);
	}
	free(name);
	table->label = table->n_fields;
	if (status == CODIST_OK && strcmp(table->config->label, "none") != 0)
		status = find_column(table, table->config->label,
				     &table->label);
	return status;
}

static enum codist_status add_sample(struct table *table)
{
	struct codist_bytes join = { table->join.bytes, table->join.nbytes };
	struct codist_bytes sample;

	table->sample.length = 0;
	for (size_t i = 0; i < table->n_texts; i++) {
		if (i > 0)
			codist_text_add_bytes(&table->sample, join);
		codist_text_add_bytes(&table->sample,
				      field(table, table->texts[i]));
	}
	if (table->sample.failed)
		return codist_no_memory(table->err, table->reader->path);
	sample.data = (const unsigned char *)table->sample.chars;
	sample.nbytes = table->sample.length;
	if (table->label == table->n_columns)
		return codist_builder_add(&table->reader->builder, sample,
					  CODIST_UNLABELLED, NULL, table->err);
	return codist_reader_add(table->reader, sample,
				 field(table, table->label), NULL, table->err);
}

static void name_row(struct table *table)
{
	if (table->row_line > 0)
		table->reader->line = table->row_line;
}

static enum codist_status take_row(struct table *table)
{
	name_row(table);
	if (table->fields.failed)
		return codist_no_memory(table->err, table->reader->path);
	if (table->n_columns == 0) {
		int has_header;

		CODIST_TRY(needs_header(table->config, &has_header,
					table->err));
		CODIST_TRY(find_columns(table));
		table->n_columns = table->n_fields;
		table->first_line = table->reader->line;
		return has_header ? CODIST_OK : add_sample(table);
	}
	if (table->n_fields != table->n_columns)
		return codist_reader_fail(table->reader, table->err,
					  "%zu fields, expected %zu as in line "
					  "%zu",
					  table->n_fields, table->n_columns,
					  table->first_line);
	return add_sample(table);
}

static void end_field(void *data, size_t nbytes, void *context)
{
	struct table *table = context;
	struct codist_bytes x = { data, nbytes };

	if (table->n_fields == table->ends_capacity) {
		size_t capacity = 2 * table->ends_capacity + 16;
		size_t *ends = realloc(table->ends, capacity * sizeof(*ends));

		if (!ends) {
			table->fields.failed = 1;
			return;
		}
		table->ends = ends;
		table->ends_capacity = capacity;
	}
	codist_text_add_bytes(&table->fields, x);
	table->ends[table->n_fields++] = table->fields.length;
}

static void end_row(int end, void *context)
{
	struct table *table = context;

	(void)end;
	if (table->status == CODIST_OK)
		table->status = take_row(table);
	table->fields.length = 0;
	table->n_fields = 0;
	table->row_line = 0;
}

static enum codist_status broken(struct table *table,
				 struct csv_parser *parser, size_t n_parsed)
{
	struct codist_reader *reader = table->reader;

	if (csv_error(parser) != CSV_EPARSE)
		return codist_no_memory(table->err, reader->path);
	return codist_reader_fail(reader, table->err,
				  "byte %zu: a quote in a field that does not "
				  "begin with one, or something between a "
				  "closing quote and the delimiter",
				  n_parsed + 1);
}

static int is_empty(struct codist_bytes line)
{
	for (size_t i = 0; i < line.nbytes; i++)
		if (line.data[i] != '\r' && line.data[i] != '\n')
			return 0;
	return 1;
}

/* Line by line, so that rows have numbers. */
static enum codist_status parse(struct table *table, struct csv_parser *parser)
{
	struct codist_reader *reader = table->reader;
	struct codist_bytes line;
	int is_there;

	for (;;) {
		size_t n;

		CODIST_TRY(codist_reader_raw_line(reader, &line, &is_there,
						  table->err));
		if (!is_there)
			break;
		if (table->row_line == 0 && is_empty(line))
			continue;
		if (table->row_line == 0)
			table->row_line = reader->line;
		n = csv_parse(parser, line.data, line.nbytes, end_field,
			      end_row, table);
		if (table->status != CODIST_OK)
			return table->status;
		if (n < line.nbytes)
			return broken(table, parser, n);
	}
	if (csv_fini(parser, end_field, end_row, table) != 0) {
		name_row(table);
		return codist_reader_fail(reader, table->err,
					  "a quote in the row that begins here "
					  "is not closed");
	}
	return table->status;
}

/* Blanks belong to their fields. */
static int is_trimmed(unsigned char c)
{
	(void)c;
	return 0;
}

static enum codist_status read_table(struct codist_reader *reader,
				     const void *config,
				     struct codist_error *err)
{
	struct table table = { .reader = reader, .config = config, .err = err };
	unsigned char delimiter = ',';
	struct csv_parser parser;
	enum codist_status status;

	CODIST_TRY(check_delimiter(config, &delimiter, err));
	CODIST_TRY(codist_separator_parse(&table.join, "join",
					  table.config->join, err));
	csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI);
	csv_set_delim(&parser, delimiter);
	csv_set_space_func(&parser, is_trimmed);
	csv_set_blk_size(&parser, 1 << 16); /* by which its buffer grows */
	status = parse(&table, &parser);
	csv_free(&parser);
	free(table.fields.chars);
	free(table.sample.chars);
	free(table.ends);
	free(table.texts);
	return status;
}

static enum codist_status load(const void *config, struct codist_dataset *set,
			       struct codist_error *err)
{
	const struct config *c = config;

	return codist_reader_load(c->path, &c->subset, read_table, c, set, err);
}

static const struct codist_option options[] = {
	CODIST_READER_PATH(struct config, path),
	{ .name = "label", .type = CODIST_TEXT,
	  .offset = offsetof(struct config, label), .fallback = "label",
	  .help = "the column of the class, by its name or its number from 1, "
		  "or none" },
	{ .name = "text", .type = CODIST_TEXT,
	  .offset = offsetof(struct config, text), .fallback = "text",
	  .help = "the column of the sample, or several, as in title+body" },
	{ .name = "join", .type = CODIST_TEXT,
	  .offset = offsetof(struct config, join), .fallback = "space",
	  .help = "between several columns: " CODIST_SEPARATOR_HELP },
	{ .name = "delimiter", .type = CODIST_TEXT,
	  .offset = offsetof(struct config, delimiter), .fallback = "comma",
	  .help = "between the fields of the file: one byte, named likewise" },
	{ .name = "header", .type = CODIST_CHOICE,
	  .offset = offsetof(struct config, header),
	  .choices = headers, .fallback = "auto",
	  .help = "whether the first row names the columns; auto: if one is "
		  "asked for by its name" },
	CODIST_SUBSET_OPTIONS(struct config, subset),
	{ .name = NULL },
};

const struct codist_loader codist_loader_csv = {
	.plugin = {
		.name = "csv",
		.summary = "a table with commas, or tabs, between its columns",
		.options = options,
		.config_size = sizeof(struct config),
		.check = check,
	},
	.load = load,
};
