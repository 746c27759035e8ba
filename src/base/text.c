/*
 * text.c - strings: growing ones, near misses, words of a command
 *
 * Numbers go through the "C" locale by replacing the locale's decimal point,
 * since strtod() and printf() know only the current locale, and switching it
 * would touch global state.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/text.h"

#include <codist/plugin.h>

#include <errno.h>
#include <locale.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int reserve(struct codist_text *text, size_t more)
{
	size_t capacity = text->capacity ? text->capacity : 64;
	char *chars;

	if (text->failed)
		return 0;
	while (capacity - text->length <= more)
		capacity *= 2;
	if (capacity == text->capacity)
		return 1;
	chars = realloc(text->chars, capacity);
	if (!chars) {
		text->failed = 1;
		return 0;
	}
	text->chars = chars;
	text->capacity = capacity;
	return 1;
}

static void add(struct codist_text *text, const char *format, va_list args)
{
	va_list again;
	int n;

	va_copy(again, args);
	n = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (n < 0 || !reserve(text, (size_t)n))
		return;
	vsnprintf(text->chars + text->length, (size_t)n + 1, format, args);
	text->length += (size_t)n;
}

void codist_text_add(struct codist_text *text, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add(text, format, args);
	va_end(args);
}

void codist_text_add_char(struct codist_text *text, char c)
{
	if (!reserve(text, 1))
		return;
	text->chars[text->length++] = c;
	text->chars[text->length] = '\0';
}

void codist_text_add_bytes(struct codist_text *text, struct codist_bytes x)
{
	if (!reserve(text, x.nbytes))
		return;
	if (x.nbytes)
		memcpy(text->chars + text->length, x.data, x.nbytes);
	text->length += x.nbytes;
	text->chars[text->length] = '\0';
}

char *codist_text_format(const char *format, ...)
{
	struct codist_text text = { 0 };
	va_list args;

	va_start(args, format);
	add(&text, format, args);
	va_end(args);
	if (text.failed) {
		free(text.chars);
		return NULL;
	}
	return text.chars;
}

size_t codist_utf8_length(const char *text)
{
	const unsigned char *s = (const unsigned char *)text;
	size_t length;
	unsigned low = 0x80, high = 0xbf;

	if (s[0] < 0x80)
		return s[0] != 0;
	if (s[0] < 0xc2 || s[0] > 0xf4)
		return 0;
	length = s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
	if (s[0] == 0xe0)
		low = 0xa0;
	if (s[0] == 0xed)
		high = 0x9f;
	if (s[0] == 0xf0)
		low = 0x90;
	if (s[0] == 0xf4)
		high = 0x8f;
	if (s[1] < low || s[1] > high)
		return 0;
	for (size_t i = 2; i < length; i++)
		if (s[i] < 0x80 || s[i] > 0xbf)
			return 0;
	return length;
}

#define LONGEST_WORD 63

static size_t min3(size_t a, size_t b, size_t c)
{
	size_t least = a < b ? a : b;

	return least < c ? least : c;
}

size_t codist_edit_distance(const char *a, const char *b)
{
	size_t rows[3][LONGEST_WORD + 1];
	size_t *before = rows[0], *above = rows[1], *row = rows[2];
	size_t n = strlen(a), m = strlen(b);

	if (n > LONGEST_WORD || m > LONGEST_WORD)
		return SIZE_MAX;
	for (size_t j = 0; j <= m; j++)
		row[j] = j;
	for (size_t i = 1; i <= n; i++) {
		size_t *spare = before;

		before = above;
		above = row;
		row = spare;
		row[0] = i;
		for (size_t j = 1; j <= m; j++) {
			row[j] = min3(above[j] + 1, row[j - 1] + 1,
				      above[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1] && before[j - 2] + 1 < row[j])
				row[j] = before[j - 2] + 1;
		}
	}
	return row[m];
}

enum codist_status codist_split_words(const char *command, char ***words,
				      struct codist_error *err)
{
	size_t length = strlen(command), n_words = 0;
	char *out = malloc(length + 1);
	char **list = calloc(length / 2 + 2, sizeof(*list));
	char quote = '\0';
	int in_word = 0;

	if (!out || !list) {
		free(out);
		free(list);
		return codist_no_memory(err, "the words of a command");
	}
	list[0] = out;
	for (const char *c = command; *c; c++) {
		int blank = *c == ' ' || *c == '\t' || *c == '\n';

		if (!quote && blank) {
			if (in_word)
				*out++ = '\0';
			in_word = 0;
			continue;
		}
		if (!in_word)
			list[n_words++] = out;
		in_word = 1;
		if (quote && *c == quote)
			quote = '\0';
		else if (!quote && (*c == '\'' || *c == '"'))
			quote = *c;
		else if (*c == '\\' && quote != '\'' && c[1])
			*out++ = *++c;
		else
			*out++ = *c;
	}
	*out = '\0';
	*words = list;
	if (!quote && n_words > 0)
		return CODIST_OK;
	codist_free_words(list);
	*words = NULL;
	return codist_fail(err, CODIST_EUSAGE,
			   quote ? "command '%s': a quote is not closed" :
				   "command '%s': empty, expected a program "
				   "and its arguments",
			   command);
}

void codist_free_words(char **words)
{
	if (words)
		free(words[0]);
	free(words);
}

int codist_parse_real(const char *text, double *value)
{
	const char *point = localeconv()->decimal_point;
	struct codist_text local = { 0 };
	char *end;
	int whole;

	if (!*text || strspn(text, "+-.0123456789eE") != strlen(text))
		return 0;
	for (const char *c = text; *c; c++) {
		if (*c == '.')
			codist_text_add(&local, "%s", point);
		else
			codist_text_add_char(&local, *c);
	}
	if (local.failed) {
		free(local.chars);
		return 0;
	}
	*value = strtod(local.chars, &end);
	whole = *end == '\0' && isfinite(*value);
	free(local.chars);
	return whole;
}

int codist_parse_integer(const char *text, int64_t *value)
{
	char *end;
	long long number;

	if (strspn(text, "+-0123456789") != strlen(text))
		return 0;
	errno = 0;
	number = strtoll(text, &end, 10);
	if (end == text || *end || errno == ERANGE)
		return 0;
	*value = number;
	return 1;
}

void codist_format_real(double value, char text[CODIST_REAL_SIZE])
{
	const char *point = localeconv()->decimal_point;
	char *at;

	for (int digits = 15; digits <= 17; digits++) {
		snprintf(text, CODIST_REAL_SIZE, "%.*g", digits, value);
		if (strtod(text, NULL) == value)
			break;
	}
	at = strstr(text, point);
	if (at && strcmp(point, ".") != 0) {
		size_t n = strlen(point);

		*at = '.';
		memmove(at + 1, at + n, strlen(at + n) + 1);
	}
}
