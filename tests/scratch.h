/*
 * scratch.h - a folder for the files that a test writes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_TESTS_SCRATCH_H
#define CODIST_TESTS_SCRATCH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct scratch {
	char folder[64];
	char path[512]; /* what scratch_path() made last */
};

/* For cmocka's setup and teardown: *state is a struct scratch. */
static inline int scratch_setup(void **state)
{
	struct scratch *scratch = calloc(1, sizeof(*scratch));

	if (!scratch)
		return -1;
	strcpy(scratch->folder, "scratch-XXXXXX");
	*state = scratch;
	return mkdtemp(scratch->folder) ? 0 : -1;
}

static inline const char *scratch_path(void **state, const char *name)
{
	struct scratch *scratch = *state;

	snprintf(scratch->path, sizeof(scratch->path), "%s/%s",
		 scratch->folder, name);
	return scratch->path;
}

/* The number of files in the folder, which are removed if asked. */
static inline unsigned scratch_count(void **state, int remove_them)
{
	struct scratch *scratch = *state;
	DIR *folder = opendir(scratch->folder);
	unsigned n = 0;

	assert_non_null(folder);
	for (struct dirent *entry; (entry = readdir(folder));) {
		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0)
			continue;
		n++;
		if (remove_them)
			unlink(scratch_path(state, entry->d_name));
	}
	closedir(folder);
	return n;
}

/* A file, or a folder and all that is in it. */
static inline void scratch_remove(const char *path)
{
	DIR *folder = opendir(path);

	for (struct dirent *entry; folder && (entry = readdir(folder));) {
		size_t size = strlen(path) + strlen(entry->d_name) + 2;
		char *inside = malloc(size);

		assert_non_null(inside);
		snprintf(inside, size, "%s/%s", path, entry->d_name);
		if (strcmp(entry->d_name, ".") != 0 &&
		    strcmp(entry->d_name, "..") != 0)
			scratch_remove(inside);
		free(inside);
	}
	if (folder)
		closedir(folder);
	remove(path);
}

static inline int scratch_teardown(void **state)
{
	struct scratch *scratch = *state;

	scratch_remove(scratch->folder);
	free(scratch);
	return 0;
}

#define IN_SCRATCH(test) \
	cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)

/* All of a file, NUL-terminated, for free(). */
static inline char *scratch_read(const char *path, size_t *nbytes)
{
	FILE *file = fopen(path, "rb");
	char *bytes;
	long size;

	assert_non_null(file);
	assert_int_equal(fseek(file, 0, SEEK_END), 0);
	size = ftell(file);
	assert_true(size >= 0);
	rewind(file);
	bytes = malloc((size_t)size + 1);
	assert_non_null(bytes);
	assert_int_equal(fread(bytes, 1, (size_t)size, file), (size_t)size);
	bytes[size] = '\0';
	fclose(file);
	if (nbytes)
		*nbytes = (size_t)size;
	return bytes;
}

static inline void assert_contents(const char *path, const char *expected)
{
	char *contents = scratch_read(path, NULL);

	assert_string_equal(contents, expected);
	free(contents);
}

#endif
