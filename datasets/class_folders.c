/*
 * class_folders.c - folders with one class each, and a sample in each file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/text.h"
#include "class_folders.h"
#include "folder.h"
#include "place.h"
#include "whole_file.h"

#include <codist/dataset.h>

#include <stdlib.h>

const char *const codist_no_yes[] = { "no", "yes", NULL };

struct config {
	char *path;
	int recursive;
	struct codist_subset subset;
};

struct loading {
	const char *root;
	int recursive;
	codist_class_file_add *add;
	void *context;
	struct codist_builder builder;
	struct codist_whole_file file;
};

static enum codist_status load_file(struct loading *loading,
				    const char *class_name,
				    const char *file_name,
				    struct codist_error *err)
{
	char *name = codist_text_format("%s/%s", class_name, file_name);
	char *path = name ? codist_text_format("%s/%s", loading->root, name) :
			    NULL;
	enum codist_status status;

	if (path)
		status = codist_whole_file_read(&loading->file, path, err);
	else
		status = codist_no_memory(err, "a path");
	if (status == CODIST_OK) {
		const struct codist_class_file file = {
			.path = path,
			.name = name,
			.class_name = class_name,
			.bytes = codist_whole_file_bytes(&loading->file),
		};

		status = loading->add(&loading->builder, loading->context,
				      &file, err);
	}
	free(path);
	free(name);
	return status;
}

static enum codist_status load_class(struct loading *loading,
				     const char *class_name,
				     struct codist_error *err)
{
	struct codist_paths files = { 0 };
	char *path = codist_text_format("%s/%s", loading->root, class_name);
	enum codist_status status;

	if (!path)
		return codist_no_memory(err, "a path");
	status = codist_folder_list(path, &files, NULL, loading->recursive,
				    err);
	if (status == CODIST_OK && files.n == 0)
		status = codist_fail(err, CODIST_EFORMAT,
				     "%s: no files, expected a class to have "
				     "at least one",
				     path);
	for (size_t i = 0; status == CODIST_OK && i < files.n; i++)
		status = load_file(loading, class_name, files.items[i], err);
	codist_paths_release(&files);
	free(path);
	return status;
}

static enum codist_status load_classes(struct loading *loading,
				       struct codist_error *err)
{
	struct codist_paths classes = { 0 };
	enum codist_status status;

	status = codist_folder_list(loading->root, NULL, &classes, 0, err);
	if (status == CODIST_OK && classes.n == 0)
		status = codist_fail(err, CODIST_EFORMAT,
				     "%s: no folders in it, expected one a "
				     "class",
				     loading->root);
	for (size_t i = 0; status == CODIST_OK && i < classes.n; i++)
		status = load_class(loading, classes.items[i], err);
	codist_paths_release(&classes);
	return status;
}

enum codist_status
codist_class_folders_load(const char *path, int recursive,
			  const struct codist_subset *subset,
			  codist_class_file_add *add, void *context,
			  struct codist_dataset *set, struct codist_error *err)
{
	struct loading loading = { .recursive = recursive, .add = add,
				   .context = context };
	enum codist_status status;
	char *root;

	CODIST_TRY(codist_place_find(path, &root, err));
	loading.root = root;
	codist_builder_init(&loading.builder, root);
	status = load_classes(&loading, err);
	if (status == CODIST_OK)
		status = codist_builder_finish(&loading.builder, set, err);
	if (status == CODIST_OK)
		status = codist_subset_apply(subset, set, err);
	codist_whole_file_release(&loading.file);
	codist_builder_release(&loading.builder);
	free(root);
	return status;
}

static enum codist_status add_as_it_is(struct codist_builder *builder,
				       void *context,
				       const struct codist_class_file *file,
				       struct codist_error *err)
{
	(void)context;
	return codist_builder_add(builder, file->bytes, file->class_name,
				  file->name, err);
}

static enum codist_status check(const void *config, struct codist_error *err)
{
	const struct config *c = config;

	return codist_subset_check_names(&c->subset, err);
}

static enum codist_status load(const void *config, struct codist_dataset *set,
			       struct codist_error *err)
{
	const struct config *c = config;

	return codist_class_folders_load(c->path, c->recursive, &c->subset,
					 add_as_it_is, NULL, set, err);
}

static const struct codist_option options[] = {
	CODIST_CLASS_FOLDERS_OPTIONS(struct config),
	CODIST_SUBSET_OPTIONS(struct config, subset),
	{ .name = NULL },
};

const struct codist_loader codist_loader_directory = {
	.plugin = {
		.name = "directory",
		.summary = "a folder with a folder for each class, and a "
			   "sample in each file of those",
		.options = options,
		.config_size = sizeof(struct config),
		.check = check,
	},
	.load = load,
};
