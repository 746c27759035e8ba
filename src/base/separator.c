/*
 * separator.c - what stands between two things, as options tell it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/plugin.h>

#include <string.h>

static const struct name {
	const char *name, *text; /* which is the shorter one */
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

/* The byte of two digits, which *at moves behind; -1: they are none. */
static int byte_of_digits(const char **at, const char *digits)
{
	int high = hexadecimal(digits[0]);
	int low = high < 0 ? -1 : hexadecimal(digits[1]);

	*at = digits + 2;
	return low < 0 ? -1 : 16 * high + low;
}

/* One byte of the text, which *at moves behind; -1: no such escape. */
static int next_byte(const char **at)
{
	static const char letters[] = "tnr\\", bytes[] = "\t\n\r\\";
	const char *c = *at, *letter;

	if (*c == '%' && c[1] != '%')
		return byte_of_digits(at, c + 1);
	if (*c == '\\' && c[1] == 'x')
		return byte_of_digits(at, c + 2);
	if (*c == '\\') {
		letter = c[1] ? strchr(letters, c[1]) : NULL;
		*at = c + 2;
		return letter ? bytes[letter - letters] : -1;
	}
	*at = c + (*c == '%' ? 2 : 1);
	return (unsigned char)*c;
}

size_t codist_separator(const char *text, unsigned char *bytes)
{
	size_t n = 0;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i].name, text) == 0) {
			n = strlen(names[i].text);
			memcpy(bytes, names[i].text, n);
			return n;
		}
	while (*text) {
		int byte = next_byte(&text);

		if (byte < 0)
			return SIZE_MAX;
		bytes[n++] = (unsigned char)byte;
	}
	return n;
}
