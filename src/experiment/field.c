/*
 * field.c - a field among others, as in RFC 4180
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/field.h"

#include <codist/output.h>

#include <string.h>

void codist_field_write(FILE *file, const char *prefix, const char *text,
			char separator)
{
	if (!text[strcspn(text, "\"\r\n")] && !strchr(text, separator)) {
		fprintf(file, "%s%s", prefix, text);
		return;
	}
	fprintf(file, "\"%s", prefix);
	for (const char *c = text; *c; c++) {
		if (*c == '"')
			putc('"', file);
		putc(*c, file);
	}
	putc('"', file);
}

void codist_write_field(FILE *file, const char *text)
{
	codist_field_write(file, "", text, ',');
}
