/*
 * names.c - whether names that must differ do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/base.h>

#include <stdlib.h>
#include <string.h>

static int compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

enum codist_status codist_names_repeated(const char **repeated,
					 const char *const *names, size_t n,
					 struct codist_error *err)
{
	const char **sorted = calloc(n ? n : 1, sizeof(*sorted));

	*repeated = NULL;
	if (!sorted)
		return codist_no_memory(err, "names");
	for (size_t i = 0; i < n; i++)
		sorted[i] = names[i];
	qsort(sorted, n, sizeof(*sorted), compare);
	for (size_t i = 1; i < n && !*repeated; i++)
		if (strcmp(sorted[i - 1], sorted[i]) == 0)
			*repeated = sorted[i];
	free(sorted);
	return CODIST_OK;
}
