/*
 * text.c - a label and a text a line
 *
 * Texts are kept as their bytes are, in whatever encoding, broken or not, and
 * may be empty. Lines without a character are passed over.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "reader.h"
#include "separator.h"

#include <codist/dataset.h>

#include <string.h>

enum { FIRST, LAST, NONE };
static const char *const sides[] = { "first", "last", "none", NULL };

struct config {
	char *path;
	char *separator;
	int label;
	struct codist_subset subset;
};

static enum codist_status check(const void *config, struct codist_error *err)
{
	const struct config *c = config;
	struct codist_separator separator;

	CODIST_TRY(codist_subset_check_names(&c->subset, err));
	CODIST_TRY(codist_separator_parse(&separator, "separator",
					  c->separator, err));
	if (separator.nbytes > 0)
		return CODIST_OK;
	return codist_fail(err, CODIST_EUSAGE,
			   "separator=%s, expected something between label "
			   "and text; label=none takes lines without one",
			   c->separator);
}

static enum codist_status add(struct codist_reader *reader,
			      const struct config *config,
			      const struct codist_separator *separator,
			      struct codist_bytes line,
			      struct codist_error *err)
{
	const unsigned char *end = line.data + line.nbytes, *at;
	struct codist_bytes before, after;

	at = config->label == FIRST ? codist_separator_first(separator, line) :
				      codist_separator_last(separator, line);
	if (!at)
		return codist_reader_fail(reader, err,
					  "no separator '%s' in its %zu bytes, "
					  "expected a label and a text",
					  config->separator, line.nbytes);
	before.data = line.data;
	before.nbytes = (size_t)(at - line.data);
	after.data = at + separator->nbytes;
	after.nbytes = (size_t)(end - after.data);
	return config->label == FIRST ?
		       codist_reader_add(reader, after, before, NULL, err) :
		       codist_reader_add(reader, before, after, NULL, err);
}

static enum codist_status read_lines(struct codist_reader *reader,
				     const void *config,
				     struct codist_error *err)
{
	const struct config *c = config;
	struct codist_separator separator;
	struct codist_bytes line;
	int is_there;

	CODIST_TRY(codist_separator_parse(&separator, "separator",
					  c->separator, err));
	for (;;) {
		CODIST_TRY(codist_reader_line(reader, &line, &is_there, err));
		if (!is_there)
			return CODIST_OK;
		if (line.nbytes == 0)
			continue;
		if (c->label == NONE)
			CODIST_TRY(codist_builder_add(&reader->builder, line,
						      CODIST_UNLABELLED, NULL,
						      err));
		else
			CODIST_TRY(add(reader, c, &separator, line, err));
	}
}

static enum codist_status load(const void *config, struct codist_dataset *set,
			       struct codist_error *err)
{
	const struct config *c = config;

	return codist_reader_load(c->path, &c->subset, read_lines, c, set, err);
}

static const struct codist_option options[] = {
	CODIST_READER_PATH(struct config, path),
	{ .name = "separator", .type = CODIST_TEXT,
	  .offset = offsetof(struct config, separator), .fallback = "tab",
	  .help = "between label and text: " CODIST_SEPARATOR_HELP },
	{ .name = "label", .type = CODIST_CHOICE,
	  .offset = offsetof(struct config, label),
	  .choices = sides, .fallback = "first",
	  .help = "what is before the first separator, or after the last "
		  "one, or none: a text a line" },
	CODIST_SUBSET_OPTIONS(struct config, subset),
	{ .name = NULL },
};

const struct codist_loader codist_loader_text = {
	.plugin = {
		.name = "text",
		.summary = "a label and a text a line",
		.options = options,
		.config_size = sizeof(struct config),
		.check = check,
	},
	.load = load,
};
