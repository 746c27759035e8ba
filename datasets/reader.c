/*
 * reader.c - a file of records becomes a set
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "input.h"
#include "place.h"
#include "reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_CAPACITY ((size_t)1 << 16)

/* Read on, behind what is not taken yet. */
static enum codist_status fill(struct codist_reader *reader,
			       struct codist_error *err)
{
	size_t n_left = reader->end - reader->begin, n;

	if (reader->begin > 0) {
		memmove(reader->buffer, reader->buffer + reader->begin, n_left);
		reader->begin = 0;
		reader->end = n_left;
	}
	if (reader->end == reader->capacity) {
		size_t capacity = reader->capacity ? 2 * reader->capacity :
						     FIRST_CAPACITY;
		unsigned char *buffer = realloc(reader->buffer, capacity);

		if (!buffer)
			return codist_no_memory(err, reader->path);
		reader->buffer = buffer;
		reader->capacity = capacity;
	}
	CODIST_TRY(codist_input_read(reader->input, reader->buffer + n_left,
				     reader->capacity - n_left, &n, err));
	reader->end += n;
	reader->is_at_end = reader->end < reader->capacity;
	return CODIST_OK;
}

enum codist_status codist_reader_raw_line(struct codist_reader *reader,
					  struct codist_bytes *line,
					  int *is_there,
					  struct codist_error *err)
{
	const unsigned char *end = NULL;
	size_t n_seen = 0;

	for (;;) {
		size_t n = reader->end - reader->begin;

		if (n > n_seen)
			end = memchr(reader->buffer + reader->begin + n_seen,
				     '\n', n - n_seen);
		if (end || reader->is_at_end)
			break;
		n_seen = n;
		CODIST_TRY(fill(reader, err));
	}
	*is_there = reader->begin < reader->end;
	if (!*is_there)
		return CODIST_OK;
	line->data = reader->buffer + reader->begin;
	line->nbytes = end ? (size_t)(end - line->data) + 1 :
			     reader->end - reader->begin;
	reader->begin += line->nbytes;
	reader->line = ++reader->n_lines;
	return CODIST_OK;
}

enum codist_status codist_reader_line(struct codist_reader *reader,
				      struct codist_bytes *line, int *is_there,
				      struct codist_error *err)
{
	CODIST_TRY(codist_reader_raw_line(reader, line, is_there, err));
	if (!*is_there)
		return CODIST_OK;
	if (line->data[line->nbytes - 1] == '\n')
		line->nbytes--;
	if (line->nbytes && line->data[line->nbytes - 1] == '\r')
		line->nbytes--;
	return CODIST_OK;
}

enum codist_status codist_reader_fail(const struct codist_reader *reader,
				      struct codist_error *err,
				      const char *format, ...)
{
	char text[CODIST_MESSAGE_SIZE];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	if (reader->line == 0) /* the file has none */
		return codist_fail(err, CODIST_EFORMAT, "%s: %s", reader->path,
				   text);
	return codist_fail(err, CODIST_EFORMAT, "%s: line %zu: %s",
			   reader->path, reader->line, text);
}

enum codist_status codist_reader_add(struct codist_reader *reader,
				     struct codist_bytes sample,
				     struct codist_bytes label,
				     const char *sample_name,
				     struct codist_error *err)
{
	if (label.nbytes == 0)
		return codist_reader_fail(reader, err,
					  "the label is empty, expected the "
					  "name of a class");
	if (memchr(label.data, '\0', label.nbytes))
		return codist_reader_fail(reader, err,
					  "the label has a NUL byte, expected "
					  "text");
	if (label.nbytes >= reader->label_capacity) {
		char *room = realloc(reader->label, 2 * label.nbytes);

		if (!room)
			return codist_no_memory(err, reader->path);
		reader->label = room;
		reader->label_capacity = 2 * label.nbytes;
	}
	memcpy(reader->label, label.data, label.nbytes);
	reader->label[label.nbytes] = '\0';
	return codist_builder_add(&reader->builder, sample, reader->label,
				  sample_name, err);
}

static enum codist_status skip_mark(struct codist_reader *reader,
				    struct codist_error *err)
{
	static const unsigned char mark[] = { 0xef, 0xbb, 0xbf };

	CODIST_TRY(fill(reader, err));
	if (reader->end >= sizeof(mark) &&
	    memcmp(reader->buffer, mark, sizeof(mark)) == 0)
		reader->begin = sizeof(mark);
	return CODIST_OK;
}

enum codist_status codist_reader_load(const char *path,
				      const struct codist_subset *subset,
				      codist_read_records *read,
				      const void *config,
				      struct codist_dataset *set,
				      struct codist_error *err)
{
	struct codist_reader reader = { 0 };
	char *place;
	enum codist_status status;

	CODIST_TRY(codist_place_find(path, &place, err));
	reader.path = place;
	codist_builder_init(&reader.builder, place);
	status = codist_input_new(&reader.input, place, err);
	if (status == CODIST_OK)
		status = skip_mark(&reader, err);
	if (status == CODIST_OK)
		status = read(&reader, config, err);
	if (status == CODIST_OK)
		status = codist_builder_finish(&reader.builder, set, err);
	if (status == CODIST_OK)
		status = codist_subset_apply(subset, set, err);
	codist_builder_release(&reader.builder);
	codist_input_free(reader.input);
	free(reader.buffer);
	free(reader.label);
	free(place);
	return status;
}
