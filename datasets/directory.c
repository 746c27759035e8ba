/*
 * directory.c - where data sets are kept
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/text.h"

#include <codist/dataset.h>

#include <stdlib.h>
#include <string.h>

char *codist_data_directory(void)
{
	const char *path = getenv("CODIST_DATA");

	if (path && *path)
		return strdup(path);
	path = getenv("XDG_DATA_HOME");
	if (path && *path)
		return codist_text_format("%s/codist", path);
	path = getenv("HOME");
	if (path && *path)
		return codist_text_format("%s/.local/share/codist", path);
	return NULL;
}
