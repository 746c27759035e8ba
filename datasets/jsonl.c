/*
 * jsonl.c - a JSON object a line
 *
 * Lines of blanks only are passed over. Strings are taken as UTF-8, in which
 * JSON is written, and may have a NUL by its escape; whole numbers and truth
 * values stand for how they are written.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/text.h"
#include "names.h"
#include "reader.h"
#include "separator.h"

#include <codist/dataset.h>

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

struct config {
	char *path;
	char *label;
	char *text;
	char *join;
	struct codist_subset subset;
};

/* What is at work on a file. */
struct work {
	struct codist_reader *reader;
	const struct config *config;
	struct codist_separator join;
	char *name; /* room for any of the keys */
	struct codist_text label, sample;
};

static enum codist_status check(const void *config, struct codist_error *err)
{
	const struct config *c = config;
	struct codist_separator join;

	CODIST_TRY(codist_subset_check_names(&c->subset, err));
	CODIST_TRY(codist_separator_parse(&join, "join", c->join, err));
	if (!*c->label)
		return codist_fail(err, CODIST_EUSAGE,
				   "label=, expected a key, or none");
	return codist_names_check("text", c->text, err);
}

/*
 * The value of a key, or of keys of objects one within the other, or NULL. A
 * key that has dots itself comes first. `name` is changed, and restored.
 */
static const json_t *find_value(const json_t *object, char *name)
{
	while (object) {
		const json_t *value = json_object_get(object, name);
		char *dot = strchr(name, '.');

		if (value || !dot)
			return value;
		*dot = '\0';
		object = json_object_get(object, name);
		*dot = '.';
		name = dot + 1;
	}
	return NULL;
}

static const char *type_name(const json_t *value)
{
	return json_is_object(value) ? "an object" :
	       json_is_array(value)  ? "an array" :
	       json_is_string(value) ? "a string" :
	       json_is_null(value)   ? "null" :
	       json_is_real(value)   ? "a number with a fraction or exponent" :
	       json_is_number(value) ? "a number" :
				       "a truth value";
}

/* Append the value of work->name. */
static enum codist_status add_value(struct work *work, const json_t *object,
				    struct codist_text *text,
				    struct codist_error *err)
{
	const json_t *value = find_value(object, work->name);
	struct codist_bytes x;

	if (!value)
		return codist_reader_fail(work->reader, err, "no key '%s'",
					  work->name);
	if (json_is_string(value)) {
		x.data = (const unsigned char *)json_string_value(value);
		x.nbytes = json_string_length(value);
		codist_text_add_bytes(text, x);
	} else if (json_is_integer(value)) {
		codist_text_add(text, "%" JSON_INTEGER_FORMAT,
				json_integer_value(value));
	} else if (json_is_boolean(value)) {
		codist_text_add(text, "%s",
				json_is_true(value) ? "true" : "false");
	} else {
		return codist_reader_fail(work->reader, err,
					  "the value of '%s' is %s, expected a "
					  "string, a whole number or a truth "
					  "value",
					  work->name, type_name(value));
	}
	if (text->failed)
		return codist_no_memory(err, work->reader->path);
	return CODIST_OK;
}

static struct codist_bytes view(const struct codist_text *text)
{
	struct codist_bytes x = { (const unsigned char *)text->chars,
				  text->length };

	return x;
}

static enum codist_status add_object(struct work *work, const json_t *object,
				     struct codist_error *err)
{
	struct codist_bytes join = { work->join.bytes, work->join.nbytes };
	const char *at = work->config->text;

	if (!json_is_object(object))
		return codist_reader_fail(work->reader, err,
					  "%s, expected an object",
					  type_name(object));
	work->label.length = work->sample.length = 0;
	while (at) {
		if (at != work->config->text)
			codist_text_add_bytes(&work->sample, join);
		codist_name_next(&at, work->name);
		CODIST_TRY(add_value(work, object, &work->sample, err));
	}
	if (strcmp(work->config->label, "none") == 0)
		return codist_builder_add(&work->reader->builder,
					  view(&work->sample),
					  CODIST_UNLABELLED, NULL, err);
	strcpy(work->name, work->config->label);
	CODIST_TRY(add_value(work, object, &work->label, err));
	return codist_reader_add(work->reader, view(&work->sample),
				 view(&work->label), NULL, err);
}

static int is_blank(struct codist_bytes line)
{
	for (size_t i = 0; i < line.nbytes; i++)
		if (!memchr(" \t\r", line.data[i], 3))
			return 0;
	return 1;
}

static enum codist_status add_line(struct work *work, struct codist_bytes line,
				   struct codist_error *err)
{
	json_error_t error;
	json_t *value;
	enum codist_status status;

	/* Not only objects, so that others are told by what they are. */
	value = json_loadb((const char *)line.data, line.nbytes,
			   JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL |
				   JSON_DECODE_ANY,
			   &error);
	if (!value && json_error_code(&error) == json_error_out_of_memory)
		return codist_no_memory(err, work->reader->path);
	if (!value)
		return codist_reader_fail(work->reader, err,
					  "not JSON: column %d: %s",
					  error.column, error.text);
	status = add_object(work, value, err);
	json_decref(value);
	return status;
}

static enum codist_status add_lines(struct work *work,
				    struct codist_error *err)
{
	struct codist_bytes line;
	int is_there;

	for (;;) {
		CODIST_TRY(codist_reader_line(work->reader, &line, &is_there,
					      err));
		if (!is_there)
			return CODIST_OK;
		if (!is_blank(line))
			CODIST_TRY(add_line(work, line, err));
	}
}

static enum codist_status read_objects(struct codist_reader *reader,
				       const void *config,
				       struct codist_error *err)
{
	const struct config *c = config;
	struct work work = { .reader = reader, .config = c };
	enum codist_status status;

	CODIST_TRY(codist_separator_parse(&work.join, "join", c->join, err));
	work.name = malloc(strlen(c->label) + strlen(c->text) + 1);
	if (!work.name)
		return codist_no_memory(err, "the names of keys");
	status = add_lines(&work, err);
	free(work.name);
	free(work.label.chars);
	free(work.sample.chars);
	return status;
}

static enum codist_status load(const void *config, struct codist_dataset *set,
			       struct codist_error *err)
{
	const struct config *c = config;

	return codist_reader_load(c->path, &c->subset, read_objects, c, set,
				  err);
}

static const struct codist_option options[] = {
	CODIST_READER_PATH(struct config, path),
	{ .name = "label", .type = CODIST_TEXT,
	  .offset = offsetof(struct config, label), .fallback = "label",
	  .help = "the key of the class, or none; dots lead into nested "
		  "objects" },
	{ .name = "text", .type = CODIST_TEXT,
	  .offset = offsetof(struct config, text), .fallback = "text",
	  .help = "the key of the sample, or several, as in title+body" },
	{ .name = "join", .type = CODIST_TEXT,
	  .offset = offsetof(struct config, join), .fallback = "space",
	  .help = "between several values: " CODIST_SEPARATOR_HELP },
	CODIST_SUBSET_OPTIONS(struct config, subset),
	{ .name = NULL },
};

const struct codist_loader codist_loader_jsonl = {
	.plugin = {
		.name = "jsonl",
		.summary = "a JSON object a line",
		.options = options,
		.config_size = sizeof(struct config),
		.check = check,
	},
	.load = load,
};
