/*
 * arff_header.c - what an ARFF file declares before its data
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "arff_header.h"
#include "arff_line.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

void codist_arff_header_release(struct codist_arff_header *header)
{
	for (size_t i = 0; i < header->n_attributes; i++) {
		struct codist_arff_attribute *attribute =
			&header->attributes[i];

		for (size_t v = 0; v < attribute->n_values; v++)
			free(attribute->values[v]);
		free(attribute->values);
		free(attribute->name);
	}
	free(header->attributes);
	*header = (struct codist_arff_header){ 0 };
}

size_t codist_arff_header_find(const struct codist_arff_header *header,
			       const char *name)
{
	size_t i = 0;

	while (i < header->n_attributes &&
	       strcmp(header->attributes[i].name, name) != 0)
		i++;
	return i;
}

/* The word as a string of its own in *copy. */
static enum codist_status keep(const struct codist_text *word, char **copy,
			       const struct codist_reader *reader,
			       struct codist_error *err)
{
	if (memchr(word->chars, '\0', word->length))
		return codist_reader_fail(reader, err,
					  "a NUL byte in a declaration, "
					  "expected text");
	*copy = strdup(word->chars);
	return *copy ? CODIST_OK : codist_no_memory(err, reader->path);
}

/* Room for one item more, where there is if n is no power of two. */
static void *grown(void *items, size_t n, size_t size)
{
	if (items && (n & (n - 1)) != 0)
		return items;
	return n < SIZE_MAX / size / 2 ? realloc(items, (n ? 2 * n : 1) * size) :
					 NULL;
}

/* "{a, b}", from the brace on. */
static enum codist_status read_values(struct codist_arff_attribute *attribute,
				      struct codist_arff_line *line,
				      struct codist_text *word,
				      const struct codist_reader *reader,
				      struct codist_error *err)
{
	do {
		char **values = grown(attribute->values, attribute->n_values,
				      sizeof(*values));

		if (!values)
			return codist_no_memory(err, reader->path);
		attribute->values = values;
		line->at++; /* the brace or a comma */
		CODIST_TRY(codist_arff_word(line, word, NULL,
					    "a value of a nominal attribute",
					    reader, err));
		CODIST_TRY(keep(word, &values[attribute->n_values], reader,
				err));
		attribute->n_values++;
	} while (codist_arff_peek(line) == ',');
	if (codist_arff_peek(line) != '}')
		return codist_reader_fail(reader, err,
					  "expected , or } after value '%s' of "
					  "'%s'",
					  word->chars, attribute->name);
	return CODIST_OK;
}

static enum codist_status read_type(struct codist_arff_attribute *attribute,
				    struct codist_arff_line *line,
				    struct codist_text *word,
				    const struct codist_reader *reader,
				    struct codist_error *err)
{
	static const char *const others[] = { "numeric", "real", "integer",
					      "date" };

	if (codist_arff_peek(line) == '{')
		return read_values(attribute, line, word, reader, err);
	CODIST_TRY(codist_arff_word(line, word, NULL, "a type", reader, err));
	attribute->type = CODIST_ARFF_OTHER;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (strcasecmp(word->chars, others[i]) == 0)
			return CODIST_OK;
	attribute->type = CODIST_ARFF_STRING;
	if (strcasecmp(word->chars, "string") == 0)
		return CODIST_OK;
	return codist_reader_fail(reader, err,
				  "attribute '%s' is of type '%.200s', expected "
				  "string, numeric, real, integer, date, or "
				  "values in braces",
				  attribute->name, word->chars);
}

static enum codist_status read_attribute(struct codist_arff_header *header,
					 struct codist_arff_line *line,
					 struct codist_text *word,
					 const struct codist_reader *reader,
					 struct codist_error *err)
{
	struct codist_arff_attribute *attribute;
	void *attributes;
	char *name;

	CODIST_TRY(codist_arff_word(line, word, NULL,
				    "the name of an attribute", reader, err));
	CODIST_TRY(keep(word, &name, reader, err));
	attributes = grown(header->attributes, header->n_attributes,
			   sizeof(*attribute));
	if (!attributes) {
		free(name);
		return codist_no_memory(err, reader->path);
	}
	header->attributes = attributes;
	attribute = &header->attributes[header->n_attributes];
	*attribute = (struct codist_arff_attribute){ .name = name };
	header->n_attributes++;
	if (codist_arff_header_find(header, name) < header->n_attributes - 1)
		return codist_reader_fail(reader, err,
					  "a second attribute is named '%s'",
					  name);
	return read_type(attribute, line, word, reader, err);
}

static enum codist_status read_lines(struct codist_arff_header *header,
				     struct codist_text *word,
				     struct codist_reader *reader,
				     struct codist_error *err)
{
	struct codist_bytes bytes;
	int is_there;

	for (;;) {
		struct codist_arff_line line;

		CODIST_TRY(codist_reader_line(reader, &bytes, &is_there, err));
		if (!is_there)
			return codist_reader_fail(reader, err,
						  "the file ends, expected "
						  "@data");
		line.at = bytes.data;
		line.end = bytes.data + bytes.nbytes;
		if (codist_arff_peek(&line) < 0)
			continue;
		CODIST_TRY(codist_arff_word(&line, word, NULL,
					    "@relation, @attribute or @data",
					    reader, err));
		if (strcasecmp(word->chars, "@data") == 0)
			break;
		if (strcasecmp(word->chars, "@attribute") == 0)
			CODIST_TRY(read_attribute(header, &line, word, reader,
						  err));
		else if (strcasecmp(word->chars, "@relation") != 0)
			return codist_reader_fail(reader, err,
						  "'%.100s', expected "
						  "@relation, @attribute or "
						  "@data",
						  word->chars);
	}
	if (header->n_attributes > 0)
		return CODIST_OK;
	return codist_reader_fail(reader, err,
				  "@data, expected at least one @attribute "
				  "before it");
}

enum codist_status codist_arff_header_read(struct codist_arff_header *header,
					   struct codist_reader *reader,
					   struct codist_error *err)
{
	struct codist_text word = { 0 };
	enum codist_status status = read_lines(header, &word, reader, err);

	free(word.chars);
	return status;
}
