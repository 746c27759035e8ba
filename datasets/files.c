/*
 * files.c - a sample in each file of a folder or a list, all of one class
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/text.h"
#include "class_folders.h"
#include "folder.h"
#include "place.h"
#include "reader.h"
#include "whole_file.h"

#include <codist/dataset.h>

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct config {
	char *path;
	char *list;
	int recursive;
	struct codist_subset subset;
};

static enum codist_status check(const void *config, struct codist_error *err)
{
	const struct config *c = config;

	CODIST_TRY(codist_subset_check_names(&c->subset, err));
	if (!*c->path != !*c->list)
		return CODIST_OK;
	return codist_fail(err, CODIST_EUSAGE,
			   "loader files: expected either a path or list=, "
			   "a file with a path a line");
}

static enum codist_status add_file(struct codist_builder *builder,
				   struct codist_whole_file *file,
				   const char *path, struct codist_error *err)
{
	CODIST_TRY(codist_whole_file_read(file, path, err));
	return codist_builder_add(builder, codist_whole_file_bytes(file),
				  CODIST_UNLABELLED, path, err);
}

static enum codist_status add_folder(struct codist_builder *builder,
				     struct codist_whole_file *file,
				     const char *folder, int recursive,
				     struct codist_error *err)
{
	struct codist_paths paths = { 0 };
	enum codist_status status;

	status = codist_folder_list(folder, &paths, NULL, recursive, err);
	for (size_t i = 0; status == CODIST_OK && i < paths.n; i++) {
		char *path = codist_text_format("%s/%s", folder,
						paths.items[i]);

		status = path ? add_file(builder, file, path, err) :
				codist_no_memory(err, "a path");
		free(path);
	}
	codist_paths_release(&paths);
	return status;
}

static enum codist_status load_path(const struct config *config,
				    struct codist_dataset *set,
				    struct codist_error *err)
{
	struct codist_whole_file file = { 0 };
	struct codist_builder builder;
	enum codist_status status;
	struct stat there;
	char *path;

	CODIST_TRY(codist_place_find(config->path, &path, err));
	codist_builder_init(&builder, path);
	if (stat(path, &there) == 0 && S_ISDIR(there.st_mode))
		status = add_folder(&builder, &file, path, config->recursive,
				    err);
	else
		status = add_file(&builder, &file, path, err);
	if (status == CODIST_OK)
		status = codist_builder_finish(&builder, set, err);
	if (status == CODIST_OK)
		status = codist_subset_apply(&config->subset, set, err);
	codist_builder_release(&builder);
	codist_whole_file_release(&file);
	free(path);
	return status;
}

static enum codist_status add_line(struct codist_reader *reader,
				   struct codist_whole_file *file,
				   struct codist_bytes line,
				   struct codist_error *err)
{
	enum codist_status status;
	char *path;

	if (memchr(line.data, '\0', line.nbytes))
		return codist_reader_fail(reader, err,
					  "a NUL byte, expected a path");
	path = strndup((const char *)line.data, line.nbytes);
	if (!path)
		return codist_no_memory(err, "a path");
	status = add_file(&reader->builder, file, path, err);
	free(path);
	return status;
}

static enum codist_status read_list(struct codist_reader *reader,
				    const void *config,
				    struct codist_error *err)
{
	struct codist_whole_file file = { 0 };
	enum codist_status status = CODIST_OK;
	int is_there = 1;

	(void)config;
	while (status == CODIST_OK && is_there) {
		struct codist_bytes line;

		status = codist_reader_line(reader, &line, &is_there, err);
		if (status == CODIST_OK && is_there && line.nbytes > 0)
			status = add_line(reader, &file, line, err);
	}
	codist_whole_file_release(&file);
	return status;
}

static enum codist_status load(const void *config, struct codist_dataset *set,
			       struct codist_error *err)
{
	const struct config *c = config;

	if (*c->path)
		return load_path(c, set, err);
	return codist_reader_load(c->list, &c->subset, read_list, c, set, err);
}

static const struct codist_option options[] = {
	{ .name = "path", .type = CODIST_TEXT,
	  .offset = offsetof(struct config, path), .fallback = "",
	  .help = "a folder, or one file, also if it stands in the data "
		  "directory; names with a dot in front are passed over",
	  .positional = 1 },
	{ .name = "list", .type = CODIST_TEXT,
	  .offset = offsetof(struct config, list), .fallback = "",
	  .help = "a file with a path a line, each as seen from where codist "
		  "runs, instead of a path" },
	{ .name = "recursive", .type = CODIST_CHOICE,
	  .offset = offsetof(struct config, recursive),
	  .choices = codist_no_yes, .fallback = "no",
	  .help = "whether to go into folders; else they are refused" },
	CODIST_SUBSET_OPTIONS(struct config, subset),
	{ .name = NULL },
};

const struct codist_loader codist_loader_files = {
	.plugin = {
		.name = "files",
		.summary = "a sample in each file of a folder or a list, all "
			   "of the class " CODIST_UNLABELLED,
		.options = options,
		.config_size = sizeof(struct config),
		.check = check,
	},
	.load = load,
};
