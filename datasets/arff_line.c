/*
 * arff_line.c - the words of a line of an ARFF file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "arff_line.h"

#include <string.h>

static int is_blank(unsigned char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

int codist_arff_peek(struct codist_arff_line *line)
{
	while (line->at < line->end && is_blank(*line->at))
		line->at++;
	return line->at == line->end || *line->at == '%' ? -1 : *line->at;
}

/* What a backslash makes of a letter; others stand for themselves. */
static char escaped(unsigned char c)
{
	return c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : (char)c;
}

/* 1 if the closing quote was there. */
static int quoted_word(struct codist_arff_line *line, struct codist_text *word)
{
	unsigned char quote = *line->at++;

	for (; line->at < line->end && *line->at != quote; line->at++) {
		if (*line->at == '\\' && line->at + 1 < line->end)
			codist_text_add_char(word, escaped(*++line->at));
		else
			codist_text_add_char(word, (char)*line->at);
	}
	return line->at++ < line->end;
}

enum codist_status codist_arff_word(struct codist_arff_line *line,
				    struct codist_text *word, int *is_quoted,
				    const char *what,
				    const struct codist_reader *reader,
				    struct codist_error *err)
{
	int c = codist_arff_peek(line), has_quote = c == '"' || c == '\'';
	struct codist_bytes plain = { line->at, 0 };

	word->length = 0;
	codist_text_add_bytes(word, plain); /* it is a string though empty */
	if (is_quoted)
		*is_quoted = has_quote;
	if (has_quote && !quoted_word(line, word))
		return codist_reader_fail(reader, err,
					  "a quote is not closed, expected %s",
					  what);
	if (!has_quote) {
		while (line->at < line->end && !is_blank(*line->at) &&
		       !memchr(",{}%", *line->at, 4))
			line->at++;
		plain.nbytes = (size_t)(line->at - plain.data);
		codist_text_add_bytes(word, plain);
	}
	if (!has_quote && word->length == 0 && c < 0)
		return codist_reader_fail(reader, err,
					  "the line ends, expected %s", what);
	if (!has_quote && word->length == 0)
		return codist_reader_fail(reader, err, "'%c', expected %s", c,
					  what);
	if (word->failed)
		return codist_no_memory(err, reader->path);
	return CODIST_OK;
}
