/*
 * class_folders.h - folders with one class each, and a sample in each file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DATASETS_CLASS_FOLDERS_H
#define CODIST_DATASETS_CLASS_FOLDERS_H

#include "selection.h"

#include <codist/dataset.h>

/* A file that was read, and where it stands. */
struct codist_class_file {
	const char *path;
	const char *name;       /* the path within the root */
	const char *class_name;
	struct codist_bytes bytes;
};

/* Make a sample of a file, and add it; `context` is the caller's own. */
typedef enum codist_status
codist_class_file_add(struct codist_builder *builder, void *context,
		      const struct codist_class_file *file,
		      struct codist_error *err);

extern const char *const codist_no_yes[]; /* { "no", "yes", NULL } */

/* The options that go with this, of fields of a struct `config`. */
#define CODIST_CLASS_FOLDERS_OPTIONS(config)                                \
	{ .name = "path", .type = CODIST_TEXT,                              \
	  .offset = offsetof(config, path),                                 \
	  .help = "the folder, also if it stands in the data directory; "   \
		  "names with a dot in front are passed over",              \
	  .positional = 1 },                                                \
	{ .name = "recursive", .type = CODIST_CHOICE,                       \
	  .offset = offsetof(config, recursive),                            \
	  .choices = codist_no_yes, .fallback = "no",                       \
	  .help = "whether a class's folder may have folders, whose files " \
		  "are of the same class" }

/*
 * codist_class_folders_load() reads every file of the folders in the folder at
 * `path`, class by class and file by file in bytewise order, and leaves of the
 * set what `subset` asks for. CODIST_EFORMAT if there are no folders, or a
 * folder is empty.
 */
enum codist_status
codist_class_folders_load(const char *path, int recursive,
			  const struct codist_subset *subset,
			  codist_class_file_add *add, void *context,
			  struct codist_dataset *set,
			  struct codist_error *err);

#endif
