/*
 * fetch.c - data sets that stand on the network, by name
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/system.h"
#include "base/text.h"
#include "fetch.h"

#include <codist/dataset.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const struct codist_remote_file mnist_files[] = {
	{ "train-images-idx3-ubyte.gz", 16 + 60000 * 28 * 28,
	  "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db" },
	{ "train-labels-idx1-ubyte.gz", 8 + 60000,
	  "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5" },
	{ "t10k-images-idx3-ubyte.gz", 16 + 10000 * 28 * 28,
	  "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7" },
	{ "t10k-labels-idx1-ubyte.gz", 8 + 10000,
	  "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2" },
	{ NULL, 0, NULL },
};

/* The original site is last, as it often refuses. */
static const char *const mnist_mirrors[] = {
	"https://storage.googleapis.com/cvdf-datasets/mnist/",
	"https://ossci-datasets.s3.amazonaws.com/mnist/",
	"http://yann.lecun.com/exdb/mnist/",
	NULL,
};

static const struct codist_remote_set sets[] = {
	{ .name = "mnist", .files = mnist_files, .mirrors = mnist_mirrors,
	  .connect_seconds = 20, .stall_seconds = 30 },
};

#define N_SETS (sizeof(sets) / sizeof(sets[0]))

/* Make a folder, and those that it is to stand in. `path` is changed back. */
static enum codist_status make_folders(char *path, struct codist_error *err)
{
	struct stat there;

	for (char *c = path; *c; c++) {
		if (*c != '/' || c == path)
			continue;
		*c = '\0';
		mkdir(path, 0777); /* it may be there; the last one tells */
		*c = '/';
	}
	if (mkdir(path, 0777) == 0)
		return CODIST_OK;
	if (errno != EEXIST)
		return codist_cannot(err, path, "make this folder", errno);
	if (stat(path, &there) != 0 || !S_ISDIR(there.st_mode))
		return codist_fail(err, CODIST_EIO,
				   "%s: is there, but is no folder", path);
	return CODIST_OK;
}

static enum codist_status set_directory(const struct codist_remote_set *set,
					const struct codist_fetching *how,
					char **directory,
					struct codist_error *err)
{
	char *data;

	if (how->directory) {
		*directory = strdup(how->directory);
	} else {
		data = codist_data_directory();
		if (!data)
			return codist_fail(err, CODIST_EUSAGE,
					   "%s: no folder to fetch it into: "
					   "neither CODIST_DATA nor "
					   "XDG_DATA_HOME nor HOME is set",
					   set->name);
		*directory = codist_text_format("%s/%s", data, set->name);
		free(data);
	}
	return *directory ? CODIST_OK : codist_no_memory(err, "a path");
}

enum codist_status codist_fetch_set(const struct codist_remote_set *set,
				    const struct codist_fetching *how,
				    struct codist_error *err)
{
	char *directory;
	enum codist_status status;

	CODIST_TRY(set_directory(set, how, &directory, err));
	status = make_folders(directory, err);
	for (const struct codist_remote_file *file = set->files;
	     file->name && status == CODIST_OK; file++)
		status = codist_fetch_file(set, file, directory, how, err);
	free(directory);
	return status;
}

enum codist_status codist_fetch(const char *name,
				const struct codist_fetching *how,
				struct codist_error *err)
{
	struct codist_text names = { 0 };

	for (size_t i = 0; i < N_SETS; i++)
		if (strcmp(sets[i].name, name) == 0)
			return codist_fetch_set(&sets[i], how, err);
	for (size_t i = 0; i < N_SETS; i++)
		codist_text_add(&names, "%s%s", i ? ", " : "", sets[i].name);
	codist_fail(err, CODIST_EUSAGE,
		    "'%s' cannot be fetched; expected one of: %s", name,
		    names.chars ? names.chars : "");
	free(names.chars);
	return CODIST_EUSAGE;
}
