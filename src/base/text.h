/*
 * text.h - strings: growing ones, near misses, words of a command
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BASE_TEXT_H
#define CODIST_BASE_TEXT_H

#include <codist/base.h>

/*
 * A string that grows. Start with {0}; free(text.chars). Once memory runs
 * out it stays as it was, and `failed` is 1.
 */
struct codist_text {
	char *chars; /* NUL-terminated; NULL while empty */
	size_t length, capacity;
	int failed;
};

void codist_text_add(struct codist_text *text, const char *format, ...)
	CODIST_PRINTF(2, 3);
void codist_text_add_char(struct codist_text *text, char c);
/* Bytes of any value, also NULs; `length` counts them. */
void codist_text_add_bytes(struct codist_text *text, struct codist_bytes x);

/* codist_text_format() is a new string for free(), or NULL. */
char *codist_text_format(const char *format, ...)
	CODIST_PRINTF(1, 2);

/*
 * codist_split_words() splits a command at blanks into a NULL-terminated
 * array, honouring 'single' and "double" quotes and backslashes, but nothing
 * else of a shell. Both the array and words[0] are for codist_free_words().
 */
enum codist_status codist_split_words(const char *command, char ***words,
				      struct codist_error *err);
void codist_free_words(char **words);

/*
 * Numbers are read and written in the "C" locale whatever the program's is.
 * codist_parse_real() takes all of `text`, and a finite number; 1 if it did.
 */
int codist_parse_real(const char *text, double *value);
int codist_parse_integer(const char *text, int64_t *value);

/*
 * codist_format_real() writes the shortest decimal form that reads back as the
 * same double; `text` has CODIST_REAL_SIZE bytes.
 */
#define CODIST_REAL_SIZE 32
void codist_format_real(double value, char text[CODIST_REAL_SIZE]);

/*
 * codist_utf8_length() is the number of bytes of the character at `text` as in
 * table 3-7 of the Unicode Standard, or 0 if there is none.
 */
size_t codist_utf8_length(const char *text);

#endif
