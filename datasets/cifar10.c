/*
 * cifar10.c - the binary version of CIFAR-10
 *
 * A record is a label and three planes, red, green and blue, of 32 by 32 bytes
 * (www.cs.toronto.edu/~kriz/cifar.html).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/text.h"
#include "colour.h"
#include "folder.h"
#include "place.h"
#include "selection.h"
#include "whole_file.h"

#include <codist/dataset.h>

#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define SIDE      32
#define N_PIXELS  (SIDE * SIDE)
#define RECORD    (1 + 3 * N_PIXELS)
#define N_CLASSES 10
#define NAME_SIZE 64

enum { TRAIN, TEST, ALL };
static const char *const parts[] = { "train", "test", "all", NULL };
static const char *const patterns[] = { "data_batch_*.bin", "test_batch.bin" };

enum { PLANES, INTERLEAVED, GREY };
static const char *const colours[] = { "planes", "interleaved", "grey", NULL };

struct config {
	char *path;
	int part;
	int colours;
	struct codist_subset subset;
};

/* What the classes are called; numbers unless a file says more. */
struct names {
	char of[N_CLASSES][NAME_SIZE];
};

static int is_file_name(const char *path)
{
	return fnmatch("*.bin", path, 0) == 0;
}

static enum codist_status check(const void *config, struct codist_error *err)
{
	const struct config *c = config;

	CODIST_TRY(codist_subset_check_names(&c->subset, err));
	if (!is_file_name(c->path) || c->part == ALL)
		return CODIST_OK;
	return codist_fail(err, CODIST_EUSAGE,
			   "loader cifar10: part=%s of %s, which is one file; "
			   "parts are of folders",
			   parts[c->part], c->path);
}

/* A line a class, and blank ones at the end. */
static enum codist_status parse_names(struct names *names, const char *path,
				      struct codist_bytes text,
				      struct codist_error *err)
{
	const unsigned char *at = text.data;
	size_t left = text.nbytes;

	for (size_t c = 0; c < N_CLASSES; c++) {
		const unsigned char *end = left ? memchr(at, '\n', left) : NULL;
		size_t n = end ? (size_t)(end - at) : left, taken = n;

		if (n > 0 && at[n - 1] == '\r')
			n--;
		if (n == 0 || n >= NAME_SIZE || memchr(at, '\0', n))
			return codist_fail(err, CODIST_EFORMAT,
					   "%s: line %zu: %zu bytes, expected "
					   "a name of at most %d for each of "
					   "%d classes",
					   path, c + 1, n, NAME_SIZE - 1,
					   N_CLASSES);
		memcpy(names->of[c], at, n);
		names->of[c][n] = '\0';
		at += taken + (end != NULL);
		left -= taken + (end != NULL);
	}
	return CODIST_OK;
}

static enum codist_status read_names(struct names *names, const char *folder,
				     struct codist_error *err)
{
	struct codist_whole_file file = { 0 };
	enum codist_status status = CODIST_OK;
	struct stat there;
	char *path = codist_text_format("%s/batches.meta.txt", folder);

	if (!path)
		return codist_no_memory(err, "a path");
	for (int c = 0; c < N_CLASSES; c++)
		snprintf(names->of[c], NAME_SIZE, "%d", c);
	if (stat(path, &there) == 0) {
		status = codist_whole_file_read(&file, path, err);
		if (status == CODIST_OK)
			status = parse_names(names, path,
					     codist_whole_file_bytes(&file),
					     err);
	}
	codist_whole_file_release(&file);
	free(path);
	return status;
}

/* The bytes of a sample, of three planes. */
static size_t convert(int to, const unsigned char *planes,
		      unsigned char out[3 * N_PIXELS])
{
	const unsigned char *red = planes, *green = red + N_PIXELS;
	const unsigned char *blue = green + N_PIXELS;

	if (to == PLANES)
		memcpy(out, planes, 3 * N_PIXELS);
	for (size_t i = 0; to != PLANES && i < N_PIXELS; i++) {
		if (to == GREY) {
			out[i] = codist_grey(red[i], green[i], blue[i]);
			continue;
		}
		out[3 * i] = red[i];
		out[3 * i + 1] = green[i];
		out[3 * i + 2] = blue[i];
	}
	return to == GREY ? N_PIXELS : 3 * N_PIXELS;
}

static enum codist_status add_records(struct codist_builder *builder,
				      const struct config *config,
				      const struct names *names,
				      const char *path,
				      struct codist_bytes file,
				      struct codist_error *err)
{
	unsigned char out[3 * N_PIXELS];

	if (file.nbytes == 0 || file.nbytes % RECORD != 0)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: %zu bytes, expected a multiple of %d, "
				   "a label and 3 x 32 x 32 bytes each",
				   path, file.nbytes, RECORD);
	for (size_t at = 0; at < file.nbytes; at += RECORD) {
		const unsigned char *record = file.data + at;
		struct codist_bytes x = { out, 0 };

		if (record[0] >= N_CLASSES)
			return codist_fail(err, CODIST_EFORMAT,
					   "%s: record %zu has label %d, "
					   "expected 0..%d",
					   path, at / RECORD, record[0],
					   N_CLASSES - 1);
		x.nbytes = convert(config->colours, record + 1, out);
		CODIST_TRY(codist_builder_add(builder, x, names->of[record[0]],
					      NULL, err));
	}
	return CODIST_OK;
}

static enum codist_status add_file(struct codist_builder *builder,
				   const struct config *config,
				   const struct names *names, const char *path,
				   struct codist_error *err)
{
	struct codist_whole_file file = { 0 };
	enum codist_status status = codist_whole_file_read(&file, path, err);

	if (status == CODIST_OK)
		status = add_records(builder, config, names, path,
				     codist_whole_file_bytes(&file), err);
	codist_whole_file_release(&file);
	return status;
}

/* The files of the folder that are of that part, in bytewise order. */
static enum codist_status add_files(struct codist_builder *builder,
				    const struct config *config,
				    const struct names *names,
				    const char *folder,
				    const struct codist_paths *files, int part,
				    struct codist_error *err)
{
	size_t n = 0;

	for (size_t i = 0; i < files->n; i++) {
		enum codist_status status;
		char *path;

		if (fnmatch(patterns[part], files->items[i], 0) != 0)
			continue;
		path = codist_text_format("%s/%s", folder, files->items[i]);
		if (!path)
			return codist_no_memory(err, "a path");
		status = add_file(builder, config, names, path, err);
		free(path);
		CODIST_TRY(status);
		n++;
	}
	return n ? CODIST_OK :
		   codist_fail(err, CODIST_EMISSING,
			       "%s: no %s in it, expected the binary version "
			       "of CIFAR-10",
			       folder, patterns[part]);
}

static enum codist_status add_folder(struct codist_builder *builder,
				     const struct config *config,
				     const struct names *names,
				     const char *folder,
				     struct codist_error *err)
{
	struct codist_paths files = { 0 }, folders = { 0 };
	enum codist_status status;

	status = codist_folder_list(folder, &files, &folders, 0, err);
	if (status == CODIST_OK && config->part != TEST)
		status = add_files(builder, config, names, folder, &files,
				   TRAIN, err);
	if (status == CODIST_OK && config->part != TRAIN)
		status = add_files(builder, config, names, folder, &files,
				   TEST, err);
	codist_paths_release(&files);
	codist_paths_release(&folders);
	return status;
}

static enum codist_status load_from(const struct config *config,
				    const char *path,
				    struct codist_builder *builder,
				    struct codist_error *err)
{
	const char *slash = strrchr(path, '/');
	int is_file = is_file_name(path);
	char *folder = !is_file ? strdup(path) :
		       slash	? strndup(path, (size_t)(slash - path) + 1) :
				  strdup(".");
	enum codist_status status = CODIST_OK;
	struct names names;

	if (!folder)
		return codist_no_memory(err, "a path");
	status = read_names(&names, folder, err);
	if (status == CODIST_OK && is_file)
		status = add_file(builder, config, &names, path, err);
	else if (status == CODIST_OK)
		status = add_folder(builder, config, &names, path, err);
	/* All ten, whichever there are. */
	for (size_t c = 0; status == CODIST_OK && c < N_CLASSES; c++)
		status = codist_builder_add_class(builder, names.of[c], err);
	free(folder);
	return status;
}

static void shape(struct codist_dataset *set, int to)
{
	set->rank = to == GREY ? 2 : 3;
	for (size_t d = 0; d < set->rank; d++)
		set->dimensions[d] = SIDE;
	if (to == PLANES)
		set->dimensions[0] = 3;
	else if (to == INTERLEAVED)
		set->dimensions[2] = 3;
}

static enum codist_status load(const void *config, struct codist_dataset *set,
			       struct codist_error *err)
{
	const struct config *c = config;
	struct codist_builder builder;
	enum codist_status status;
	char *path;

	CODIST_TRY(codist_place_find(c->path, &path, err));
	codist_builder_init(&builder, path);
	status = load_from(c, path, &builder, err);
	if (status == CODIST_OK)
		status = codist_builder_finish(&builder, set, err);
	codist_builder_release(&builder);
	free(path);
	CODIST_TRY(status);
	shape(set, c->colours);
	return codist_subset_apply(&c->subset, set, err);
}

static const struct codist_option options[] = {
	{ .name = "path", .type = CODIST_TEXT,
	  .offset = offsetof(struct config, path),
	  .help = "the folder of the binary version, or one of its files, "
		  "also if it stands in the data directory", .positional = 1 },
	{ .name = "part", .type = CODIST_CHOICE,
	  .offset = offsetof(struct config, part),
	  .choices = parts, .fallback = "all",
	  .help = "of a folder: data_batch_*.bin, test_batch.bin, or both" },
	{ .name = "colours", .type = CODIST_CHOICE,
	  .offset = offsetof(struct config, colours),
	  .choices = colours, .fallback = "planes",
	  .help = "red, green and blue planes as in the file, or pixel by "
		  "pixel, or grey: " CODIST_GREY_HELP },
	CODIST_SUBSET_OPTIONS(struct config, subset),
	{ .name = NULL },
};

const struct codist_loader codist_loader_cifar10 = {
	.plugin = {
		.name = "cifar10",
		.summary = "CIFAR-10's images, of its binary version",
		.options = options,
		.config_size = sizeof(struct config),
		.check = check,
	},
	.load = load,
};
