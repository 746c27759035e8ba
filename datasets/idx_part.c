/*
 * idx_part.c - the two files of a part of an IDX data set
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/text.h"
#include "idx_part.h"

#include <codist/dataset.h>

#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* How parts are called in a folder: by MNIST's names, and by plain ones. */
static const struct part {
	const char *name, *prefix;
} parts[] = {
	{ "train", "train" },
	{ "test", "t10k" },
	{ "test", "test" },
};

static int is_file(const char *path)
{
	struct stat there;

	return stat(path, &there) == 0 && !S_ISDIR(there.st_mode);
}

/* Names of files may hold any character, also those that glob() reads. */
static void add_quoted(struct codist_text *text, const char *path)
{
	for (; *path; path++) {
		if (strchr("*?[\\", *path))
			codist_text_add_char(text, '\\');
		codist_text_add_char(text, *path);
	}
}

/* The file of the folder that begins so, gzipped or not; NULL: none. */
static char *find_file(const char *folder, size_t length, const char *prefix,
		       const char *kind)
{
	static const char *const ends[] = { "-ubyte", "-ubyte.gz" };
	char *found = NULL;

	for (size_t e = 0; e < sizeof(ends) / sizeof(ends[0]) && !found; e++) {
		struct codist_text pattern = { 0 };
		char *base = codist_text_format("%.*s", (int)length, folder);
		glob_t matches = { 0 };

		if (base)
			add_quoted(&pattern, base);
		codist_text_add(&pattern, "/%s-%s-idx?%s", prefix, kind,
				ends[e]);
		if (base && !pattern.failed &&
		    glob(pattern.chars, 0, NULL, &matches) == 0 &&
		    matches.gl_pathc == 1)
			found = strdup(matches.gl_pathv[0]);
		globfree(&matches);
		free(pattern.chars);
		free(base);
	}
	return found;
}

static int find_in_folder(const char *path, char **images, char **labels)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	const char *folder = slash ? path : ".";
	size_t length = slash ? (size_t)(slash - path) : 1;

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (strcmp(name, parts[i].name) != 0)
			continue;
		*images = find_file(folder, length, parts[i].prefix, "images");
		*labels = find_file(folder, length, parts[i].prefix, "labels");
		if (*images && *labels)
			return 1;
		free(*images);
		free(*labels);
	}
	return 0;
}

/* "a/x-images-idx3-ubyte.gz" to "a/x-labels-idx1-ubyte.gz", if it is there. */
static int find_by_images(const char *path, char **images, char **labels)
{
	static const char images_word[] = "images-idx";
	const char *slash = strrchr(path, '/');
	const char *at = strstr(slash ? slash : path, images_word);

	if (!is_file(path) || !at || !at[strlen(images_word)])
		return 0;
	*labels = codist_text_format("%.*slabels-idx1%s", (int)(at - path),
				     path, at + strlen(images_word) + 1);
	*images = strdup(path);
	if (*labels && *images && is_file(*labels))
		return 1;
	free(*images);
	free(*labels);
	return 0;
}

static int find(const char *path, char **images, char **labels)
{
	return find_by_images(path, images, labels) ||
	       find_in_folder(path, images, labels);
}

enum codist_status codist_idx_part_find(const char *path, char **images,
					char **labels,
					struct codist_error *err)
{
	char *directory, *elsewhere = NULL;
	enum codist_status status = CODIST_OK;

	if (find(path, images, labels))
		return CODIST_OK;
	directory = path[0] == '/' ? NULL : codist_data_directory();
	if (directory)
		elsewhere = codist_text_format("%s/%s", directory, path);
	if (!elsewhere || !find(elsewhere, images, labels))
		status = codist_fail(err, CODIST_EMISSING,
				     "idx: no images and labels at '%s'%s%s%s; "
				     "expected a folder's part such as "
				     "mnist/train or mnist/test, or an images "
				     "file beside its labels",
				     path, elsewhere ? " nor at '" : "",
				     elsewhere ? elsewhere : "",
				     elsewhere ? "'" : "");
	free(elsewhere);
	free(directory);
	return status;
}
