/*
 * arff_line.h - the words of a line of an ARFF file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DATASETS_ARFF_LINE_H
#define CODIST_DATASETS_ARFF_LINE_H

#include "base/text.h"
#include "reader.h"

/* What is left of a line. */
struct codist_arff_line {
	const unsigned char *at, *end;
};

/* The byte that comes next, blanks passed over; -1: none, or a comment. */
int codist_arff_peek(struct codist_arff_line *line);

/*
 * A word into `word`, emptied before: in quotes of either kind, where a
 * backslash takes from the next character what it means, or else all up to a
 * blank, a comma or a brace. CODIST_EFORMAT if there is none, or its quote is
 * not closed.
 *
 *   what        is expected, for the message
 *   is_quoted   receives whether it was, or NULL
 */
enum codist_status codist_arff_word(struct codist_arff_line *line,
				    struct codist_text *word, int *is_quoted,
				    const char *what,
				    const struct codist_reader *reader,
				    struct codist_error *err);

#endif
