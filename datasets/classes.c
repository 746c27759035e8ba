/*
 * classes.c - which labels of a set are kept
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "classes.h"

#include <string.h>

/* One label at *at, which moves behind it; 1 if there is one within 0..255. */
static int parse_label(const char **at, unsigned *label)
{
	const char *c = *at;

	*label = 0;
	while (*c >= '0' && *c <= '9' && c - *at < 3)
		*label = 10 * *label + (unsigned)(*c++ - '0');
	if (c == *at || *label > 255)
		return 0;
	*at = c;
	return 1;
}

/* A label or a range of them. */
static int parse_range(const char **at, unsigned char keep[256])
{
	unsigned first, last;

	if (!parse_label(at, &first))
		return 0;
	if (**at != '-') {
		keep[first] = CODIST_LABEL_NAMED;
		return 1;
	}
	++*at;
	if (!parse_label(at, &last) || last < first)
		return 0;
	for (unsigned label = first; label <= last; label++)
		if (keep[label] == CODIST_LABEL_DROPPED)
			keep[label] = CODIST_LABEL_KEPT;
	return 1;
}

enum codist_status codist_classes_parse(const char *text,
					unsigned char keep[256],
					struct codist_error *err)
{
	const char *at = text;

	if (strcmp(text, "all") == 0) {
		memset(keep, CODIST_LABEL_KEPT, 256);
		return CODIST_OK;
	}
	memset(keep, CODIST_LABEL_DROPPED, 256);
	while (parse_range(&at, keep)) {
		if (!*at)
			return CODIST_OK;
		if (*at++ != '+')
			break;
	}
	return codist_fail(err, CODIST_EUSAGE,
			   "classes=%s, expected labels within 0..255 and "
			   "ranges of them, such as 0-4 or 3+8, or all",
			   text);
}
