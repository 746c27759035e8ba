/*
 * own_files.c - files that a run writes, and that are no items of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "own_files.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int are_same(const char *a, const char *b)
{
	struct stat of_a, of_b;

	return stat(a, &of_a) == 0 && stat(b, &of_b) == 0 &&
	       of_a.st_dev == of_b.st_dev && of_a.st_ino == of_b.st_ino;
}

static const char *name_in_folder(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static int are_in_same_folder(const char *a, const char *b)
{
	char *folders[2] = { NULL, NULL };
	const char *paths[] = { a, b };
	int same;

	for (size_t i = 0; i < 2; i++) {
		size_t length = (size_t)(name_in_folder(paths[i]) - paths[i]);

		folders[i] = length ? strndup(paths[i], length) : strdup(".");
	}
	same = folders[0] && folders[1] && are_same(folders[0], folders[1]);
	free(folders[0]);
	free(folders[1]);
	return same;
}

/* "NAME.PID.COUNT.part", see codist_output_open(). */
static int is_unfinished(const char *path, const char *of)
{
	const char *name = name_in_folder(path), *whole = name_in_folder(of);
	size_t length = strlen(whole);

	if (strncmp(name, whole, length) != 0)
		return 0;
	name += length;
	for (int i = 0; i < 2; i++) {
		size_t digits = *name == '.' ? strspn(name + 1, "0123456789") :
					       0;

		if (digits == 0)
			return 0;
		name += 1 + digits;
	}
	return strcmp(name, ".part") == 0 && are_in_same_folder(path, of);
}

int own_files_have(const struct own_files *own, const char *path)
{
	for (size_t i = 0; i < own->n; i++)
		if (are_same(path, own->paths[i]) ||
		    is_unfinished(path, own->paths[i]))
			return 1;
	return 0;
}
