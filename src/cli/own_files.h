/*
 * own_files.h - files that a run writes, and that are no items of it
 *
 * Else a run whose output lies in a folder of items would find there what a run
 * before it left, and be another run.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_CLI_OWN_FILES_H
#define CODIST_CLI_OWN_FILES_H

#include <stddef.h>

struct own_files {
	const char *const *paths; /* [n], of files that need not be there */
	size_t n;
};

/*
 * own_files_have() tells whether a path leads to one of them, by whatever name,
 * or is what a run that was killed left where one of them was to be.
 */
int own_files_have(const struct own_files *own, const char *path);

#endif
