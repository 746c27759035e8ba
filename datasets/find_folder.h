/*
 * find_folder.h - which loader reads what stands at a path, of the newer kinds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DATASETS_FIND_FOLDER_H
#define CODIST_DATASETS_FIND_FOLDER_H

#include <codist/base.h>

/* "LOADER:PATH" for free(), with what has to be escaped; or NULL. */
char *codist_spec_of_path(const char *loader, const char *path);

/*
 * Look at a folder of class folders, or at one of such folders called train
 * and test, or one of them; or at a .npy file, and the labels beside it.
 *
 *   path        where it is
 *   spec_path   how the loader will find it
 *   train       receives a spec's text for free(), or stays NULL
 *   test        likewise; with both NULL it is nothing of the kind
 *
 * CODIST_EFORMAT for what could be meant in two ways.
 */
enum codist_status codist_find_folder(const char *path, const char *spec_path,
				      char **train, char **test,
				      struct codist_error *err);

/* 1 if there are folders train and test in that folder. */
int codist_has_part_folders(const char *path);

#endif
