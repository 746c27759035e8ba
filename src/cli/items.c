/*
 * items.c - items of any kind, named on the command line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "file.h"
#include "interrupt.h"
#include "items.h"

#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Files have no class of their own. */
#define CLASS_OF_FILES "file"

/* Of all samples so far; of rank 0 if they are not of one. */
struct shape {
	int is_known;
	size_t rank;
	size_t dimensions[CODIST_MAX_RANK]; /* [rank] */
};

struct loading {
	struct codist_builder *builder;
	struct shape *shape;
	const struct own_files *own; /* or NULL */
	int *has_images; /* files called like those that images: reads */
};

static int is_image(const char *path)
{
	return fnmatch("*.[pP][nN][gG]", path, 0) == 0 ||
	       fnmatch("*.[pP][gGpP][mM]", path, 0) == 0;
}

static enum codist_status add_file(const struct loading *loading,
				   const char *path, struct codist_error *err)
{
	struct file file;
	enum codist_status status;

	CODIST_TRY(interrupt_check(err));
	if (loading->own && strcmp(path, "-") != 0 &&
	    own_files_have(loading->own, path)) {
		fprintf(stderr, "codist: %s: is written by this run, and no "
			"item of it\n", path);
		return CODIST_OK;
	}
	CODIST_TRY(file_read(&file, path, err));
	status = codist_builder_add(loading->builder, file_view(&file),
				    CLASS_OF_FILES, path, err);
	file_release(&file);
	*loading->has_images |= is_image(path);
	*loading->shape = (struct shape){ .is_known = 1 };
	return status;
}

static int is_shown(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

/* A regular file of the folder; others are passed over. */
static enum codist_status add_entry(const struct loading *loading,
				    const char *folder, const char *name,
				    struct codist_error *err)
{
	enum codist_status status = CODIST_OK;
	struct stat there;
	char *path;

	if (asprintf(&path, "%s/%s", folder, name) < 0)
		return codist_no_memory(err, "a path");
	if (stat(path, &there) != 0)
		status = codist_fail(err, CODIST_EIO, "%s: cannot read: %s",
				     path, strerror(errno));
	else if (S_ISREG(there.st_mode))
		status = add_file(loading, path, err);
	free(path);
	return status;
}

/* The lines of a list, each a path; lines may end as under Windows. */
static enum codist_status add_list(const struct loading *loading,
				   const char *path, struct codist_error *err)
{
	struct file list;
	enum codist_status status;
	char *text, *line;

	CODIST_TRY(file_read(&list, path, err));
	text = strndup((const char *)list.bytes, list.nbytes);
	status = text ? CODIST_OK : codist_no_memory(err, path);
	if (text && strlen(text) < list.nbytes)
		status = codist_fail(err, CODIST_EFORMAT,
				     "%s: has a NUL, expected a path in each "
				     "line", path);
	line = text;
	while (status == CODIST_OK && *line) {
		char *end = line + strcspn(line, "\n");
		char *next = *end ? end + 1 : end;

		if (*end && end > line && end[-1] == '\r')
			end[-1] = '\0';
		*end = '\0';
		if (*line)
			status = add_file(loading, line, err);
		line = next;
	}
	free(text);
	file_release(&list);
	return status;
}

/* Samples without a name are called by class and number, behind `part`. */
static enum codist_status add_samples(struct codist_builder *builder,
				      const struct codist_dataset *set,
				      const char *part,
				      struct codist_error *err)
{
	for (size_t i = 0; i < set->n_samples; i++) {
		const char *class = set->class_names[set->labels[i]];
		const char *name = set->sample_names ? set->sample_names[i] :
						       NULL;
		enum codist_status status;
		char *made = NULL;

		if (!name && asprintf(&made, "%s%s/%zu", part, class, i) < 0)
			return codist_no_memory(err, "a name");
		status = codist_builder_add(builder,
					    codist_dataset_sample(set, i),
					    class, name ? name : made, err);
		free(made);
		CODIST_TRY(status);
	}
	return CODIST_OK;
}

static void add_shape(struct shape *shape, const struct codist_dataset *set)
{
	size_t nbytes = set->rank * sizeof(set->dimensions[0]);

	if (!shape->is_known) {
		shape->rank = set->rank;
		memcpy(shape->dimensions, set->dimensions, nbytes);
	} else if (shape->rank != set->rank ||
		   memcmp(shape->dimensions, set->dimensions, nbytes) != 0) {
		shape->rank = 0;
	}
	shape->is_known = 1;
}

static enum codist_status add_loaded(const struct loading *loading,
				     const char *text, const char *part,
				     struct codist_error *err)
{
	struct codist_spec loader = { 0 };
	struct codist_dataset set = { 0 };
	enum codist_status status;

	if (!text)
		return CODIST_OK;
	status = codist_spec_init(&loader, &codist_loaders, text, err);
	if (status == CODIST_OK)
		status = codist_dataset_load(&set, &loader, err);
	if (status == CODIST_OK)
		status = add_samples(loading->builder, &set, part, err);
	if (status == CODIST_OK && set.n_samples > 0)
		add_shape(loading->shape, &set);
	codist_dataset_release(&set);
	codist_spec_release(&loader);
	return status;
}

/* Both parts, where a set has them; they are freed. */
static enum codist_status add_parts(const struct loading *loading,
				    char *train, char *test,
				    struct codist_error *err)
{
	enum codist_status status;

	status = add_loaded(loading, train, test ? "train/" : "", err);
	if (status == CODIST_OK)
		status = add_loaded(loading, test, train ? "test/" : "", err);
	free(train);
	free(test);
	return status;
}

/* A folder without files of its own may be a set, with a folder a class. */
static enum codist_status add_class_folders(const struct loading *loading,
					    const char *folder,
					    struct codist_error *err)
{
	char *train, *test;
	enum codist_status status = codist_data_find(folder, &train, &test,
						     err);

	if (status == CODIST_EMISSING)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: no files in this folder", folder);
	CODIST_TRY(status);
	return add_parts(loading, train, test, err);
}

static enum codist_status add_folder(const struct loading *loading,
				     const char *folder,
				     struct codist_error *err)
{
	struct dirent **entries;
	int n = scandir(folder, &entries, is_shown, by_bytes);
	size_t before = loading->builder->set.n_samples;
	enum codist_status status = CODIST_OK;

	if (n < 0)
		return codist_fail(err, CODIST_EIO, "%s: cannot read: %s",
				   folder, strerror(errno));
	for (int i = 0; i < n; i++) {
		if (status == CODIST_OK)
			status = add_entry(loading, folder, entries[i]->d_name,
					   err);
		free(entries[i]);
	}
	free(entries);
	if (status == CODIST_OK &&
	    loading->builder->set.n_samples == before)
		status = add_class_folders(loading, folder, err);
	return status;
}

/* The path of what stands in the data directory, for free(), or NULL. */
static char *in_data_directory(const char *name)
{
	char *directory = name[0] == '/' ? NULL : codist_data_directory();
	struct stat there;
	char *path = NULL;

	if (directory && asprintf(&path, "%s/%s", directory, name) < 0)
		path = NULL;
	free(directory);
	if (path && stat(path, &there) == 0 && S_ISDIR(there.st_mode))
		return path;
	free(path);
	return NULL;
}

/* What is no file here, and `error` is why. */
static enum codist_status add_set(const struct loading *loading,
				  const char *name, int error,
				  struct codist_error *err)
{
	char *train, *test;
	struct codist_error why = { 0 };
	enum codist_status status = codist_data_find(name, &train, &test, &why);

	if (status == CODIST_EMISSING) {
		char *folder = in_data_directory(name);

		if (folder) {
			status = add_folder(loading, folder, err);
			free(folder);
			return status;
		}
	}
	if (status == CODIST_EMISSING) /* a file was meant, more likely */
		return codist_fail(err, status, "%s: %s, and %s", name,
				   strerror(error), why.message);
	if (status != CODIST_OK)
		return codist_fail(err, status, "%s", why.message);
	return add_parts(loading, train, test, err);
}

static enum codist_status add_operand(const struct loading *loading,
				      const char *operand,
				      struct codist_error *err)
{
	struct stat there;

	if (operand[0] == '@')
		return add_list(loading, operand + 1, err);
	if (strcmp(operand, "-") == 0)
		return add_file(loading, operand, err);
	if (stat(operand, &there) != 0)
		return add_set(loading, operand, errno, err);
	return S_ISDIR(there.st_mode) ? add_folder(loading, operand, err) :
					add_file(loading, operand, err);
}

/* How much all names begin with, up to a slash. */
static size_t common_folders(char *const *names, size_t n)
{
	size_t common = strlen(names[0]);

	for (size_t i = 1; i < n; i++) {
		size_t k = 0;

		while (k < common && names[i][k] == names[0][k])
			k++;
		common = k;
	}
	while (common > 0 && names[0][common - 1] != '/')
		common--;
	return common;
}

static enum codist_status check_names(const struct items *items,
				      struct codist_error *err)
{
	const char *repeated;

	CODIST_TRY(codist_names_repeated(&repeated, items->names, items->n,
					 err));
	if (!repeated)
		return CODIST_OK;
	return codist_fail(err, CODIST_EUSAGE,
			   "two items are called '%s', expected names that "
			   "differ", repeated);
}

static enum codist_status describe(struct items *items,
				   struct codist_error *err)
{
	struct codist_dataset *set = &items->set;
	size_t common = set->n_samples > 1 ?
		common_folders(set->sample_names, set->n_samples) : 0;

	items->bytes = calloc(set->n_samples, sizeof(*items->bytes));
	items->names = calloc(set->n_samples, sizeof(*items->names));
	if (!items->bytes || !items->names)
		return codist_no_memory(err, "items");
	items->n = set->n_samples;
	for (size_t i = 0; i < items->n; i++) {
		items->bytes[i] = codist_dataset_sample(set, i);
		items->names[i] = set->sample_names[i] + common;
	}
	return check_names(items, err);
}

enum codist_status items_load(struct items *items, size_t n_operands,
			      const char *const *operands,
			      const struct specs *transforms,
			      const struct own_files *own,
			      struct codist_error *err)
{
	struct codist_builder builder;
	struct shape shape = { .is_known = 0 };
	int has_images = 0;
	const struct loading loading = { &builder, &shape, own, &has_images };
	enum codist_status status = CODIST_OK;

	codist_builder_init(&builder, "items");
	for (size_t i = 0; i < n_operands && status == CODIST_OK; i++)
		status = add_operand(&loading, operands[i], err);
	if (status == CODIST_OK && has_images)
		fprintf(stderr, "codist: files called like images are "
			"compared as they are; images:FOLDER reads the pixels "
			"of those in folders, one a class\n");
	if (status == CODIST_OK && builder.set.n_samples == 0)
		status = codist_fail(err, CODIST_EUSAGE,
				     "no items, expected at least one");
	if (status == CODIST_OK)
		status = codist_builder_finish(&builder, &items->set, err);
	codist_builder_release(&builder);
	items->set.rank = shape.rank;
	memcpy(items->set.dimensions, shape.dimensions,
	       sizeof(shape.dimensions));
	for (size_t i = 0; i < transforms->n && status == CODIST_OK; i++) {
		status = interrupt_check(err);
		if (status == CODIST_OK)
			status = codist_dataset_transform(
				&items->set, &transforms->items[i], err);
	}
	return status == CODIST_OK ? describe(items, err) : status;
}

void items_release(struct items *items)
{
	codist_dataset_release(&items->set);
	free(items->bytes);
	free(items->names);
	*items = (struct items){ 0 };
}
