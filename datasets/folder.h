/*
 * folder.h - what is in a folder, in an order that does not depend on the disk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DATASETS_FOLDER_H
#define CODIST_DATASETS_FOLDER_H

#include <codist/base.h>

/* Paths relative to a folder, in bytewise order. Start with {0}. */
struct codist_paths {
	char **items; /* [n] */
	size_t n, capacity;
};

void codist_paths_release(struct codist_paths *paths);

/*
 * codist_folder_list() appends what is in the folder at `path` but for hidden
 * names, those with a dot in front. Links are followed.
 *
 *   files     NULL: files are passed over. What is neither a folder nor a
 *             regular file, such as a pipe, is refused
 *   folders   NULL: to be gone into if `recursive`, else refused; otherwise
 *             they are listed, and not gone into
 *
 * CODIST_EIO for what cannot be read, and for a link to a folder that it is in.
 */
enum codist_status codist_folder_list(const char *path,
				      struct codist_paths *files,
				      struct codist_paths *folders,
				      int recursive,
				      struct codist_error *err);

#endif
