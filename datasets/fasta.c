/*
 * fasta.c - sequences, each below a line with its name
 *
 * A record is a line ">name description" and the lines up to the next one, of
 * which blanks are dropped; it may have none. Lines that begin with ';' are
 * comments, as the format had them at first.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/text.h"
#include "reader.h"
#include "separator.h"

#include <codist/dataset.h>

#include <stdlib.h>
#include <string.h>

enum { NONE, NAME, DESCRIPTION, BEFORE, AFTER };
static const char *const labels[] = { "none",	"name",	 "description",
				      "before", "after", NULL };
enum { KEEP, LOWER, UPPER };
static const char *const cases[] = { "keep", "lower", "upper", NULL };

struct config {
	char *path;
	int label;
	char *separator;
	int letters;
	struct codist_subset subset;
};

/* The record that is being read. */
struct record {
	struct codist_separator separator;
	size_t line;               /* of its header; 0: none has come */
	struct codist_text header; /* without the '>' */
	struct codist_text sequence;
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
			   "separator=%s, expected something that is not empty",
			   c->separator);
}

static struct codist_bytes piece(const char *from, size_t nbytes)
{
	struct codist_bytes x = { (const unsigned char *)from, nbytes };

	return x;
}

/* The part of the header that the label is; empty where it lacks. */
static struct codist_bytes find_label(const struct record *record,
				      const struct config *config)
{
	const char *header = record->header.chars;
	size_t length = record->header.length;
	size_t name = strcspn(header, " \t");
	size_t text = name + strspn(header + name, " \t");
	struct codist_bytes all = piece(header, length);
	const unsigned char *at;

	if (config->label == NAME)
		return piece(header, name);
	if (config->label == DESCRIPTION)
		return piece(header + text, length - text);
	if (config->label == BEFORE) {
		at = codist_separator_first(&record->separator, all);
		return piece(header, at ? (size_t)(at - all.data) : 0);
	}
	at = codist_separator_last(&record->separator, all);
	if (!at)
		return piece(header, 0);
	at += record->separator.nbytes;
	return piece((const char *)at, length - (size_t)(at - all.data));
}

static enum codist_status add_record(struct codist_reader *reader,
				     const struct config *config,
				     struct record *record,
				     struct codist_error *err)
{
	struct codist_bytes sequence = piece(record->sequence.chars,
					     record->sequence.length);
	struct codist_bytes label;
	char *header = record->header.chars;
	size_t name = strcspn(header, " \t");
	char *copy = codist_text_format("%.*s", (int)name, header);
	const char *sample_name = name ? copy : NULL;
	enum codist_status status;

	reader->line = record->line;
	label = find_label(record, config);
	if (!copy)
		status = codist_no_memory(err, reader->path);
	else if (config->label == NONE)
		status = codist_builder_add(&reader->builder, sequence,
					    CODIST_UNLABELLED, sample_name,
					    err);
	else if (label.nbytes == 0)
		status = codist_reader_fail(reader, err,
					    "'>%.200s' has no label by label=%s"
					    "%s%s",
					    header, labels[config->label],
					    config->label >= BEFORE ?
						    ",separator=" : "",
					    config->label >= BEFORE ?
						    config->separator : "");
	else
		status = codist_reader_add(reader, sequence, label,
					   sample_name, err);
	free(copy);
	return status;
}

static void add_letters(struct record *record, int letters,
			struct codist_bytes line)
{
	for (size_t i = 0; i < line.nbytes; i++) {
		unsigned char c = line.data[i];

		if (c == ' ' || (c >= '\t' && c <= '\r'))
			continue;
		/* By hand, as the locale has no say in it. */
		if (letters == LOWER && c >= 'A' && c <= 'Z')
			c = (unsigned char)(c + 'a' - 'A');
		if (letters == UPPER && c >= 'a' && c <= 'z')
			c = (unsigned char)(c + 'A' - 'a');
		codist_text_add_char(&record->sequence, (char)c);
	}
}

static enum codist_status begin(struct codist_reader *reader,
				struct record *record,
				struct codist_bytes line,
				struct codist_error *err)
{
	if (memchr(line.data, '\0', line.nbytes))
		return codist_reader_fail(reader, err,
					  "a NUL byte in the name, expected "
					  "text");
	record->line = reader->line;
	record->header.length = record->sequence.length = 0;
	codist_text_add_bytes(&record->header,
			      piece((const char *)line.data + 1,
				    line.nbytes - 1));
	return CODIST_OK;
}

static enum codist_status add_records(struct codist_reader *reader,
				      const struct config *config,
				      struct record *record,
				      struct codist_error *err)
{
	struct codist_bytes line;
	int is_there;

	for (;;) {
		CODIST_TRY(codist_reader_line(reader, &line, &is_there, err));
		if (record->header.failed || record->sequence.failed)
			return codist_no_memory(err, reader->path);
		if (is_there && line.nbytes && line.data[0] == ';')
			continue;
		if (!is_there || (line.nbytes && line.data[0] == '>')) {
			size_t here = reader->line;

			if (record->line > 0)
				CODIST_TRY(add_record(reader, config, record,
						      err));
			if (!is_there)
				return CODIST_OK;
			reader->line = here;
			CODIST_TRY(begin(reader, record, line, err));
			continue;
		}
		add_letters(record, config->letters, line);
		if (record->line == 0 && record->sequence.length > 0)
			return codist_reader_fail(reader, err,
						  "a sequence without a name, "
						  "expected '>' and its name "
						  "before it");
	}
}

static enum codist_status read_records(struct codist_reader *reader,
				       const void *config,
				       struct codist_error *err)
{
	const struct config *c = config;
	struct record record = { .line = 0 };
	enum codist_status status;

	CODIST_TRY(codist_separator_parse(&record.separator, "separator",
					  c->separator, err));
	status = add_records(reader, c, &record, err);
	free(record.header.chars);
	free(record.sequence.chars);
	return status;
}

static enum codist_status load(const void *config, struct codist_dataset *set,
			       struct codist_error *err)
{
	const struct config *c = config;

	return codist_reader_load(c->path, &c->subset, read_records, c, set,
				  err);
}

static const struct codist_option options[] = {
	CODIST_READER_PATH(struct config, path),
	{ .name = "label", .type = CODIST_CHOICE,
	  .offset = offsetof(struct config, label),
	  .choices = labels, .fallback = "none",
	  .help = "the class, by the line '>name description': one of its "
		  "parts, or all before its first separator, or after its "
		  "last" },
	{ .name = "separator", .type = CODIST_TEXT,
	  .offset = offsetof(struct config, separator), .fallback = "pipe",
	  .help = "for label=before and after: " CODIST_SEPARATOR_HELP },
	{ .name = "case", .type = CODIST_CHOICE,
	  .offset = offsetof(struct config, letters),
	  .choices = cases, .fallback = "keep",
	  .help = "what becomes of the letters a-z and A-Z" },
	CODIST_SUBSET_OPTIONS(struct config, subset),
	{ .name = NULL },
};

const struct codist_loader codist_loader_fasta = {
	.plugin = {
		.name = "fasta",
		.summary = "sequences of letters, each below a line with its "
			   "name",
		.options = options,
		.config_size = sizeof(struct config),
		.check = check,
	},
	.load = load,
};
