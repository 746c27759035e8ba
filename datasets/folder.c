/*
 * folder.c - what is in a folder, in an order that does not depend on the disk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/system.h"
#include "base/text.h"
#include "folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The folders from the first one to where we are, each in the stack. */
struct level {
	const struct level *above;
	dev_t device;
	ino_t inode;
};

struct listing {
	const char *root;
	struct codist_paths *files, *folders;
	int recursive;
};

void codist_paths_release(struct codist_paths *paths)
{
	for (size_t i = 0; i < paths->n; i++)
		free(paths->items[i]);
	free(paths->items);
	*paths = (struct codist_paths){ 0 };
}

/* A copy of the name, unless there is no list for it. */
static enum codist_status add(struct codist_paths *paths, const char *name,
			      struct codist_error *err)
{
	if (!paths)
		return CODIST_OK;
	if (paths->n == paths->capacity) {
		size_t capacity = paths->n ? 2 * paths->n : 16;
		char **items = realloc(paths->items, capacity * sizeof(*items));

		if (!items)
			return codist_no_memory(err, "a list of files");
		paths->items = items;
		paths->capacity = capacity;
	}
	paths->items[paths->n] = strdup(name);
	if (!paths->items[paths->n])
		return codist_no_memory(err, "a list of files");
	paths->n++;
	return CODIST_OK;
}

static enum codist_status list(const struct listing *listing,
			       const struct level *above, const char *path,
			       const char *name, struct codist_error *err);

/* `name` is relative to the root, and `path` is where that is. */
static enum codist_status list_one(const struct listing *listing,
				   const struct level *level, const char *path,
				   const char *name, struct codist_error *err)
{
	struct stat there;

	if (stat(path, &there) != 0)
		return codist_cannot(err, path, "read", errno);
	if (S_ISREG(there.st_mode))
		return add(listing->files, name, err);
	if (!S_ISDIR(there.st_mode))
		return listing->files ?
			       codist_fail(err, CODIST_EIO,
					   "%s: neither a file nor a folder",
					   path) : CODIST_OK;
	if (listing->folders)
		return add(listing->folders, name, err);
	if (listing->recursive)
		return list(listing, level, path, name, err);
	return codist_fail(err, CODIST_EIO,
			   "%s: a folder where files are expected; "
			   "recursive=yes goes into folders",
			   path);
}

static enum codist_status list_entries(const struct listing *listing,
				       const struct level *level, DIR *folder,
				       const char *path, const char *name,
				       struct codist_error *err)
{
	for (;;) {
		struct dirent *entry;
		char *inside, *inside_name;
		enum codist_status status;

		errno = 0;
		entry = readdir(folder);
		if (!entry && errno != 0)
			return codist_cannot(err, path, "read", errno);
		if (!entry)
			return CODIST_OK;
		if (entry->d_name[0] == '.')
			continue;
		inside = codist_text_format("%s/%s", path, entry->d_name);
		inside_name = codist_text_format("%s%s%s", name,
						 *name ? "/" : "",
						 entry->d_name);
		status = inside && inside_name ?
				 list_one(listing, level, inside, inside_name,
					  err) :
				 codist_no_memory(err, "a path");
		free(inside_name);
		free(inside);
		CODIST_TRY(status);
	}
}

static enum codist_status list(const struct listing *listing,
			       const struct level *above, const char *path,
			       const char *name, struct codist_error *err)
{
	struct level level = { .above = above };
	enum codist_status status;
	struct stat there;
	DIR *folder;

	if (stat(path, &there) != 0)
		return codist_cannot(err, path, "read", errno);
	level.device = there.st_dev;
	level.inode = there.st_ino;
	for (; above; above = above->above)
		if (above->device == level.device &&
		    above->inode == level.inode)
			return codist_fail(err, CODIST_EIO,
					   "%s: a link to a folder that it is "
					   "in",
					   path);
	folder = opendir(path);
	if (!folder)
		return codist_cannot(err, path, "read", errno);
	status = list_entries(listing, &level, folder, path, name, err);
	closedir(folder);
	return status;
}

static int compare(const void *a, const void *b)
{
	char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

static void sort(struct codist_paths *paths)
{
	if (paths && paths->n)
		qsort(paths->items, paths->n, sizeof(*paths->items), compare);
}

enum codist_status codist_folder_list(const char *path,
				      struct codist_paths *files,
				      struct codist_paths *folders,
				      int recursive,
				      struct codist_error *err)
{
	const struct listing listing = { path, files, folders, recursive };

	CODIST_TRY(list(&listing, NULL, path, "", err));
	sort(files);
	sort(folders);
	return CODIST_OK;
}
