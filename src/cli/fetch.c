/*
 * fetch.c - codist fetch: data sets from the network
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "command.h"
#include "progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct config {
	const char *to, *mirror;
};

/* A line of progress for each file. */
struct download {
	struct progress progress;
	char file[64]; /* cut if its name is longer */
};

static int report(void *user, const char *file, size_t done, size_t total)
{
	struct download *download = user;

	if (strncmp(download->file, file, sizeof(download->file) - 1) != 0) {
		progress_end(&download->progress);
		snprintf(download->file, sizeof(download->file), "%s", file);
		progress_begin(&download->progress, download->file, "B");
	}
	return progress_update(&download->progress, done, total);
}

static enum codist_status print_place(const struct config *config,
				      const char *name,
				      struct codist_error *err)
{
	char *directory;

	if (config->to) {
		printf("%s\n", config->to);
		return CODIST_OK;
	}
	directory = codist_data_directory();
	if (!directory)
		return codist_no_memory(err, "a path");
	printf("%s/%s\n", directory, name);
	free(directory);
	return CODIST_OK;
}

static enum codist_status run(const void *config, size_t n_operands,
			      char *const *operands, struct codist_error *err)
{
	const struct config *c = config;
	struct download download = { 0 };
	const struct codist_fetching how = {
		.directory = c->to, .mirror = c->mirror,
		.progress = report, .user = &download,
	};
	enum codist_status status;

	if (n_operands != 1)
		return codist_fail(err, CODIST_EUSAGE,
				   "expected the name of one data set");
	status = codist_fetch(operands[0], &how, err);
	progress_end(&download.progress);
	return status == CODIST_OK ? print_place(c, operands[0], err) : status;
}

static const struct command_option options[] = {
	{ .name = "to", .argument = "FOLDER", .kind = OPTION_TEXT,
	  .offset = offsetof(struct config, to),
	  .help = "where the files go (default: a folder of the set's name in "
		  "$CODIST_DATA, or else in ~/.local/share/codist)" },
	{ .name = "mirror", .argument = "URL", .kind = OPTION_TEXT,
	  .offset = offsetof(struct config, mirror),
	  .help = "download from there, not from the usual mirrors" },
	{ .name = NULL },
};

const struct command command_fetch = {
	.name = "fetch",
	.summary = "download a data set, and check it",
	.operands = "NAME",
	.description =
		"Download a data set, 'mnist', and print the folder where it "
		"then is. Files get their final names once the SHA-256 of "
		"their contents is right, and an unfinished download is gone "
		"on with.\n"
		"Files that are there and right are left alone, so they may "
		"also be placed by hand; those that are wrong are named, and "
		"left alone, too.",
	.examples = "codist fetch mnist\n"
		    "codist fetch mnist --to data/mnist",
	.options = options,
	.config_size = sizeof(struct config),
	.run = run,
};
