/*
 * separator.c - what stands between fields
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "separator.h"

#include <stdlib.h>
#include <string.h>

static const struct name {
	const char *name, *text;
} names[] = {
	{ "tab", "\t" },   { "space", " " }, { "comma", "," },
	{ "semicolon", ";" }, { "colon", ":" }, { "pipe", "|" },
	{ "none", "" },
};

static int hexadecimal(char c)
{
	static const char digits[] = "0123456789abcdef0123456789ABCDEF";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) % 16 : -1;
}

/* One byte of the text, which *at moves behind; -1: no such escape. */
static int next_byte(const char **at)
{
	static const char letters[] = "tnr\\", bytes[] = "\t\n\r\\";
	const char *c = *at, *letter;

	if (*c != '\\') {
		*at = c + 1;
		return (unsigned char)*c;
	}
	letter = c[1] ? strchr(letters, c[1]) : NULL;
	if (letter) {
		*at = c + 2;
		return bytes[letter - letters];
	}
	if (c[1] != 'x' || hexadecimal(c[2]) < 0 || hexadecimal(c[3]) < 0)
		return -1;
	*at = c + 4;
	return 16 * hexadecimal(c[2]) + hexadecimal(c[3]);
}

enum codist_status codist_separator_parse(struct codist_separator *separator,
					  const char *option, const char *text,
					  struct codist_error *err)
{
	const char *at = text;

	separator->nbytes = 0;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i].name, text) == 0)
			at = names[i].text;
	while (*at) {
		int byte = next_byte(&at);

		if (byte < 0 || separator->nbytes == sizeof(separator->bytes))
			return codist_fail(err, CODIST_EUSAGE,
					   "%s=%s, expected tab, space, comma, "
					   "semicolon, colon, pipe, none, or "
					   "up to %zu bytes, of which a "
					   "backslash begins \\t, \\n, \\r, "
					   "\\\\ or \\xHH",
					   option, text,
					   sizeof(separator->bytes));
		separator->bytes[separator->nbytes++] = (unsigned char)byte;
	}
	return CODIST_OK;
}

const unsigned char *
codist_separator_first(const struct codist_separator *separator,
		       struct codist_bytes text)
{
	return text.nbytes ? memmem(text.data, text.nbytes, separator->bytes,
				    separator->nbytes) :
			     NULL;
}

const unsigned char *
codist_separator_last(const struct codist_separator *separator,
		      struct codist_bytes text)
{
	size_t n = separator->nbytes;

	for (size_t at = text.nbytes; at >= n; at--)
		if (memcmp(text.data + at - n, separator->bytes, n) == 0)
			return text.data + at - n;
	return NULL;
}
