/*
 * idx_part.c - the two files of a part of an IDX data set
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/text.h"
#include "idx_part.h"

#include <codist/dataset.h>

#include <errno.h>
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

/* What may not be looked at counts as there: reading it will say why not. */
static int is_there(const char *path)
{
	struct stat there;

	if (stat(path, &there) != 0)
		return errno == EACCES;
	return !S_ISDIR(there.st_mode);
}

/*
 * The file in a folder, by any of its usual names: "-idx3-ubyte" as it was
 * published, ".idx3-ubyte" as some programs unpack it, and both gzipped.
 *
 *   folder   with a slash at its end, or empty
 *   ranks    the numbers of dimensions that it may have, the likeliest first
 */
static char *find_file(const char *folder, const char *prefix,
		       const char *kind, const char *ranks)
{
	static const char *const ends[] = { "", ".gz" };

	for (; *ranks; ranks++) {
		for (unsigned i = 0; i < 4; i++) {
			char *path = codist_text_format(
				"%s%s-%s%cidx%c-ubyte%s", folder, prefix, kind,
				i / 2 ? '.' : '-', *ranks, ends[i % 2]);

			if (path && is_there(path))
				return path;
			free(path);
		}
	}
	return NULL;
}

static void find_in_folder(const char *path, char **images, char **labels)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	char *folder = codist_text_format("%.*s", (int)(name - path), path);

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		const char *prefix = parts[i].prefix;

		if (!folder || *images || *labels ||
		    strcmp(name, parts[i].name) != 0)
			continue;
		*images = find_file(folder, prefix, "images", "32456789");
		*labels = find_file(folder, prefix, "labels", "1");
	}
	free(folder);
}

/* "a/x-images-idx3-ubyte.gz" to "a/x-labels-idx1-ubyte", or with its ".gz". */
static char *find_labels(const char *images)
{
	static const char word[] = "images";
	const char *slash = strrchr(images, '/');
	const char *at = strstr(slash ? slash : images, word);
	size_t before = at ? (size_t)(at - images) : 0;
	char *labels, *rank, *other;
	size_t length;

	if (!at)
		return NULL;
	labels = codist_text_format("%.*slabels%s", (int)before, images,
				    at + strlen(word));
	if (!labels)
		return NULL;
	rank = strstr(labels + before, "idx");
	if (rank && rank[3] >= '1' && rank[3] <= '9')
		rank[3] = '1';
	if (is_there(labels))
		return labels;
	length = strlen(labels);
	if (length > 3 && strcmp(labels + length - 3, ".gz") == 0)
		other = codist_text_format("%.*s", (int)length - 3, labels);
	else
		other = codist_text_format("%s.gz", labels);
	free(labels);
	if (other && is_there(other))
		return other;
	free(other);
	return NULL;
}

enum codist_status codist_idx_part_look(const char *path, char **images,
					char **labels,
					struct codist_error *err)
{
	enum codist_status status = CODIST_OK;

	*images = *labels = NULL;
	if (is_there(path)) {
		*images = codist_text_format("%s", path);
		*labels = find_labels(path);
	} else {
		find_in_folder(path, images, labels);
	}
	if (*images && *labels)
		return CODIST_OK;
	if (*images)
		status = codist_fail(err, CODIST_EIO,
				     "%s: no labels beside it; expected a file "
				     "of that name with labels for images and "
				     "idx1 for the like of idx3",
				     *images);
	else if (*labels)
		status = codist_fail(err, CODIST_EIO,
				     "%s: no images beside it; expected a file "
				     "of that name with images for labels and "
				     "idx3 for idx1",
				     *labels);
	else
		status = codist_fail(err, CODIST_EMISSING,
				     "%s: no images and labels", path);
	free(*images);
	free(*labels);
	return status;
}

enum codist_status codist_idx_part_find(const char *path, char **images,
					char **labels,
					struct codist_error *err)
{
	char *directory, *elsewhere = NULL;
	enum codist_status status;

	status = codist_idx_part_look(path, images, labels, err);
	if (status != CODIST_EMISSING)
		return status;
	directory = path[0] == '/' ? NULL : codist_data_directory();
	if (directory) {
		elsewhere = codist_text_format("%s/%s", directory, path);
		if (elsewhere)
			status = codist_idx_part_look(elsewhere, images,
						      labels, err);
	}
	if (status == CODIST_EMISSING)
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
