/*
 * names.c - several names in one option
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "names.h"

#include <stddef.h>

int codist_name_next(const char **at, char *name)
{
	const char *c = *at;
	char *out = name;

	for (; *c && *c != '+'; c++) {
		if (*c == '\\' && c[1])
			c++;
		*out++ = *c;
	}
	*out = '\0';
	*at = *c ? c + 1 : NULL;
	return out > name;
}
