/*
 * arff.c - attributes and rows, as WEKA has them
 *
 * A row stands in one line, its values between commas. Values are taken as they
 * are written, without their quotes; so numbers are texts as well, and a missing
 * value is a question mark, except that the class must be there. The classes are
 * those that the file declares for a nominal attribute, even those that no row
 * has. Sparse rows, weights of rows and relational attributes are refused.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "arff_header.h"
#include "arff_line.h"
#include "names.h"
#include "reader.h"
#include "separator.h"

#include <codist/dataset.h>

#include <stdlib.h>
#include <string.h>

struct config {
	char *path;
	char *label;
	char *text;
	char *join;
	struct codist_subset subset;
};

/* A file that is being read. */
struct work {
	struct codist_reader *reader;
	const struct config *config;
	struct codist_separator join;
	struct codist_arff_header header;
	size_t label;            /* the attribute; n_attributes: none */
	unsigned char *in_text;  /* [n_attributes] */
	struct codist_text word; /* a value */
	struct codist_text class_name, sample;
};

static enum codist_status check(const void *config, struct codist_error *err)
{
	const struct config *c = config;
	struct codist_separator join;

	CODIST_TRY(codist_subset_check_names(&c->subset, err));
	CODIST_TRY(codist_separator_parse(&join, "join", c->join, err));
	return *c->text ? codist_names_check("text", c->text, err) : CODIST_OK;
}

static enum codist_status find(const struct work *work, const char *name,
			       size_t *index, struct codist_error *err)
{
	*index = codist_arff_header_find(&work->header, name);
	if (*index < work->header.n_attributes)
		return CODIST_OK;
	return codist_reader_fail(work->reader, err,
				  "no attribute is named '%s'; the last of %zu "
				  "is '%s'",
				  name, work->header.n_attributes,
				  work->header.attributes[*index - 1].name);
}

/* The strings; without any, all that is not the label. */
static void choose_texts(struct work *work)
{
	const struct codist_arff_attribute *attributes =
		work->header.attributes;
	size_t n = work->header.n_attributes;
	int has_strings = 0;

	for (size_t i = 0; i < n; i++)
		has_strings |= i != work->label &&
			       attributes[i].type == CODIST_ARFF_STRING;
	for (size_t i = 0; i < n; i++)
		work->in_text[i] =
			i != work->label &&
			(!has_strings ||
			 attributes[i].type == CODIST_ARFF_STRING);
}

/* Which attributes are asked for; `name` has room for any of their names. */
static enum codist_status choose(struct work *work, char *name,
				 struct codist_error *err)
{
	const char *label = work->config->label, *texts = work->config->text;

	work->label = work->header.n_attributes;
	if (!*label)
		work->label--;
	else if (strcmp(label, "none") != 0)
		CODIST_TRY(find(work, label, &work->label, err));
	if (!*texts)
		choose_texts(work);
	for (const char *at = *texts ? texts : NULL; at;) {
		size_t index;

		codist_name_next(&at, name);
		CODIST_TRY(find(work, name, &index, err));
		work->in_text[index] = 1;
	}
	return CODIST_OK;
}

static enum codist_status add_classes(struct work *work,
				      struct codist_error *err)
{
	const struct codist_arff_attribute *label;

	if (work->label == work->header.n_attributes)
		return CODIST_OK;
	label = &work->header.attributes[work->label];
	for (size_t v = 0; v < label->n_values; v++)
		CODIST_TRY(codist_builder_add_class(&work->reader->builder,
						    label->values[v], err));
	return CODIST_OK;
}

static int is_declared(const struct codist_arff_attribute *attribute,
		       const char *value)
{
	for (size_t v = 0; v < attribute->n_values; v++)
		if (strcmp(attribute->values[v], value) == 0)
			return 1;
	return attribute->type != CODIST_ARFF_NOMINAL;
}

static enum codist_status take_value(struct work *work, size_t i,
				     struct codist_arff_line *line,
				     int *is_first, struct codist_error *err)
{
	const struct codist_arff_attribute *attribute =
		&work->header.attributes[i];
	struct codist_bytes join = { work->join.bytes, work->join.nbytes };
	struct codist_bytes value;
	int is_quoted, is_missing;

	CODIST_TRY(codist_arff_word(line, &work->word, &is_quoted, "a value",
				    work->reader, err));
	is_missing = !is_quoted && strcmp(work->word.chars, "?") == 0;
	if (!is_missing && !is_declared(attribute, work->word.chars))
		return codist_reader_fail(work->reader, err,
					  "'%.200s' is none of the %zu values "
					  "of attribute '%s'",
					  work->word.chars,
					  attribute->n_values,
					  attribute->name);
	value.data = (const unsigned char *)work->word.chars;
	value.nbytes = work->word.length;
	if (i == work->label && is_missing)
		return codist_reader_fail(work->reader, err,
					  "the label, attribute '%s', is "
					  "missing",
					  attribute->name);
	if (i == work->label)
		codist_text_add_bytes(&work->class_name, value);
	if (!work->in_text[i])
		return CODIST_OK;
	if (!*is_first)
		codist_text_add_bytes(&work->sample, join);
	*is_first = 0;
	codist_text_add_bytes(&work->sample, value);
	return CODIST_OK;
}

static enum codist_status take_values(struct work *work,
				      struct codist_arff_line *line,
				      struct codist_error *err)
{
	size_t n = work->header.n_attributes;
	int is_first = 1;

	work->class_name.length = work->sample.length = 0;
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && codist_arff_peek(line) != ',')
			return codist_reader_fail(work->reader, err,
						  "%zu values and then no "
						  "comma, expected %zu values",
						  i, n);
		line->at += i > 0;
		CODIST_TRY(take_value(work, i, line, &is_first, err));
	}
	if (codist_arff_peek(line) >= 0)
		return codist_reader_fail(work->reader, err,
					  "'%c' after %zu values, expected no "
					  "more of them%s",
					  codist_arff_peek(line), n,
					  memchr(line->at, '{',
						 (size_t)(line->end -
							  line->at)) ?
						  " and no weight" : "");
	if (work->class_name.failed || work->sample.failed)
		return codist_no_memory(err, work->reader->path);
	return CODIST_OK;
}

static enum codist_status add_row(struct work *work,
				  struct codist_arff_line *line,
				  struct codist_error *err)
{
	struct codist_bytes sample, label;

	if (*line->at == '{')
		return codist_reader_fail(work->reader, err,
					  "a sparse row, expected all values "
					  "of each (WEKA's filter "
					  "SparseToNonSparse writes them)");
	CODIST_TRY(take_values(work, line, err));
	sample.data = (const unsigned char *)work->sample.chars;
	sample.nbytes = work->sample.length;
	if (work->label == work->header.n_attributes)
		return codist_builder_add(&work->reader->builder, sample,
					  CODIST_UNLABELLED, NULL, err);
	label.data = (const unsigned char *)work->class_name.chars;
	label.nbytes = work->class_name.length;
	return codist_reader_add(work->reader, sample, label, NULL, err);
}

static enum codist_status read_file(struct work *work,
				    struct codist_error *err)
{
	struct codist_bytes bytes;
	char *name;
	int is_there;
	enum codist_status status;

	CODIST_TRY(codist_arff_header_read(&work->header, work->reader, err));
	name = malloc(strlen(work->config->text) + 1);
	work->in_text = calloc(work->header.n_attributes, 1);
	status = name && work->in_text ?
			 choose(work, name, err) :
			 codist_no_memory(err, work->reader->path);
	free(name);
	if (status == CODIST_OK)
		status = add_classes(work, err);
	while (status == CODIST_OK) {
		struct codist_arff_line line;

		CODIST_TRY(codist_reader_line(work->reader, &bytes, &is_there,
					      err));
		if (!is_there)
			break;
		line.at = bytes.data;
		line.end = bytes.data + bytes.nbytes;
		if (codist_arff_peek(&line) >= 0)
			status = add_row(work, &line, err);
	}
	return status;
}

static enum codist_status read_rows(struct codist_reader *reader,
				    const void *config,
				    struct codist_error *err)
{
	struct work work = { .reader = reader, .config = config };
	enum codist_status status;

	status = codist_separator_parse(&work.join, "join", work.config->join,
					err);
	if (status == CODIST_OK)
		status = read_file(&work, err);
	codist_arff_header_release(&work.header);
	free(work.in_text);
	free(work.word.chars);
	free(work.class_name.chars);
	free(work.sample.chars);
	return status;
}

static enum codist_status load(const void *config, struct codist_dataset *set,
			       struct codist_error *err)
{
	const struct config *c = config;

	return codist_reader_load(c->path, &c->subset, read_rows, c, set, err);
}

static const struct codist_option options[] = {
	CODIST_READER_PATH(struct config, path),
	{ .name = "label", .type = CODIST_TEXT,
	  .offset = offsetof(struct config, label), .fallback = "",
	  .help = "the attribute of the class, or none; the empty text: the "
		  "last one" },
	{ .name = "text", .type = CODIST_TEXT,
	  .offset = offsetof(struct config, text), .fallback = "",
	  .help = "the attribute of the sample, or several, as in title+body; "
		  "the empty text: those of type string, or if there are none, "
		  "all but the label" },
	{ .name = "join", .type = CODIST_TEXT,
	  .offset = offsetof(struct config, join), .fallback = "comma",
	  .help = "between several values: " CODIST_SEPARATOR_HELP },
	CODIST_SUBSET_OPTIONS(struct config, subset),
	{ .name = NULL },
};

const struct codist_loader codist_loader_arff = {
	.plugin = {
		.name = "arff",
		.summary = "rows of attributes, as WEKA has them",
		.options = options,
		.config_size = sizeof(struct config),
		.check = check,
	},
	.load = load,
};
