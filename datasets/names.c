/*
 * names.c - several names in one option
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "names.h"

#include <stdlib.h>
#include <string.h>

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

enum codist_status codist_names_check(const char *option, const char *text,
				      struct codist_error *err)
{
	char *name = malloc(strlen(text) + 1);
	const char *at = text;
	int is_good = 1;

	if (!name)
		return codist_no_memory(err, "a name");
	while (at && is_good)
		is_good = codist_name_next(&at, name);
	free(name);
	if (is_good)
		return CODIST_OK;
	return codist_fail(err, CODIST_EUSAGE,
			   "%s=%s, expected names with + between them", option,
			   text);
}
