/*
 * place.c - where a file or folder stands: as named, or in the data directory
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/text.h"
#include "place.h"

#include <codist/dataset.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* What may not be looked at counts as there: reading it will say why not. */
static int is_there(const char *path)
{
	struct stat there;

	return stat(path, &there) == 0 || errno == EACCES;
}

enum codist_status codist_place_find(const char *path, char **place,
				     struct codist_error *err)
{
	char *directory, *inside = NULL;
	enum codist_status status;

	if (path[0] == '/' || is_there(path)) {
		*place = strdup(path);
		return *place ? CODIST_OK : codist_no_memory(err, "a path");
	}
	directory = codist_data_directory();
	if (directory)
		inside = codist_text_format("%s/%s", directory, path);
	free(directory);
	if (inside && is_there(inside)) {
		*place = inside;
		return CODIST_OK;
	}
	status = codist_fail(err, CODIST_EMISSING,
			     "nothing at '%s'%s%s%s", path,
			     inside ? " nor at '" : "", inside ? inside : "",
			     inside ? "'" : "");
	free(inside);
	return status;
}
