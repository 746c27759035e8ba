/*
 * npy_samples.c - samples and labels in files as NumPy saves them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "npy_file.h"
#include "place.h"
#include "reader.h"
#include "selection.h"
#include "whole_file.h"

#include <codist/dataset.h>

#include <stdlib.h>
#include <string.h>

struct config {
	char *path;
	char *labels;
	struct codist_subset subset;
};

/* One file, and the array in it. */
struct array {
	char *path;
	struct codist_whole_file file;
	struct codist_npy npy;
};

static enum codist_status array_read(struct array *array, const char *path,
				     struct codist_error *err)
{
	CODIST_TRY(codist_place_find(path, &array->path, err));
	CODIST_TRY(codist_whole_file_read(&array->file, array->path, err));
	return codist_npy_parse(&array->npy, array->path,
				codist_whole_file_bytes(&array->file), err);
}

static void array_release(struct array *array)
{
	codist_whole_file_release(&array->file);
	free(array->path);
}

static enum codist_status check_samples(const struct array *samples,
					struct codist_error *err)
{
	if (samples->npy.item_size != 1 || samples->npy.kind == 'i')
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: items of type %c%zu, expected samples "
				   "to be of unsigned bytes (u1) or bool",
				   samples->path, samples->npy.kind,
				   samples->npy.item_size);
	for (size_t d = 1; d < samples->npy.rank; d++)
		if (samples->npy.dimensions[d] == 0)
			return codist_fail(err, CODIST_EFORMAT,
					   "%s: dimension %zu of %zu is 0, "
					   "expected samples to have bytes",
					   samples->path, d + 1,
					   samples->npy.rank);
	return CODIST_OK;
}

static enum codist_status check_labels(const struct array *labels,
				       const struct array *samples,
				       struct codist_error *err)
{
	if (labels->npy.rank != 1)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: %zu dimensions, expected labels to "
				   "have 1",
				   labels->path, labels->npy.rank);
	if (labels->npy.n_items != samples->npy.dimensions[0])
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: %zu labels, but %s has %zu samples; "
				   "expected as many",
				   labels->path, labels->npy.n_items,
				   samples->path, samples->npy.dimensions[0]);
	return CODIST_OK;
}

/* Of `labels` without a path: all are of one class. */
static enum codist_status build(const struct array *samples,
				const struct array *labels,
				struct codist_dataset *set,
				struct codist_error *err)
{
	size_t n_samples = samples->npy.dimensions[0];
	size_t nbytes = n_samples ? samples->npy.n_items / n_samples : 0;
	enum codist_status status = CODIST_OK;
	struct codist_builder builder;

	codist_builder_init(&builder, samples->path);
	for (size_t i = 0; status == CODIST_OK && i < n_samples; i++) {
		const struct codist_bytes x = {
			samples->npy.items + i * nbytes, nbytes
		};
		char label[CODIST_NPY_ITEM_SIZE];

		if (labels->path)
			codist_npy_item(&labels->npy, i, label);
		status = codist_builder_add(&builder, x, labels->path ?
					    label : CODIST_UNLABELLED, NULL,
					    err);
	}
	if (status == CODIST_OK)
		status = codist_builder_finish(&builder, set, err);
	codist_builder_release(&builder);
	return status;
}

/* A row of single items has samples of one byte. */
static void shape(struct codist_dataset *set, const struct codist_npy *npy)
{
	set->rank = 1;
	set->dimensions[0] = 1;
	if (npy->rank == 1)
		return;
	set->rank = npy->rank - 1;
	memcpy(set->dimensions, npy->dimensions + 1,
	       set->rank * sizeof(set->dimensions[0]));
}

static enum codist_status load_arrays(const struct config *config,
				      struct array *samples,
				      struct array *labels,
				      struct codist_dataset *set,
				      struct codist_error *err)
{
	CODIST_TRY(array_read(samples, config->path, err));
	CODIST_TRY(check_samples(samples, err));
	if (*config->labels) {
		CODIST_TRY(array_read(labels, config->labels, err));
		CODIST_TRY(check_labels(labels, samples, err));
	}
	CODIST_TRY(build(samples, labels, set, err));
	shape(set, &samples->npy);
	return codist_subset_apply(&config->subset, set, err);
}

static enum codist_status load(const void *config, struct codist_dataset *set,
			       struct codist_error *err)
{
	struct array samples = { 0 }, labels = { 0 };
	enum codist_status status = load_arrays(config, &samples, &labels, set,
						err);

	array_release(&samples);
	array_release(&labels);
	return status;
}

static enum codist_status check(const void *config, struct codist_error *err)
{
	const struct config *c = config;

	return codist_subset_check_names(&c->subset, err);
}

static const struct codist_option options[] = {
	{ .name = "path", .type = CODIST_TEXT,
	  .offset = offsetof(struct config, path),
	  .help = "a .npy file of unsigned bytes or bool, of which the first "
		  "index is that of the sample, also if it stands in the "
		  "data directory", .positional = 1 },
	{ .name = "labels", .type = CODIST_TEXT,
	  .offset = offsetof(struct config, labels), .fallback = "",
	  .help = "a .npy file of a whole number for each sample; if none "
		  "is given, all are of the class " CODIST_UNLABELLED },
	CODIST_SUBSET_OPTIONS(struct config, subset),
	{ .name = NULL },
};

const struct codist_loader codist_loader_npy = {
	.plugin = {
		.name = "npy",
		.summary = "samples and labels in .npy files, as NumPy saves "
			   "arrays",
		.options = options,
		.config_size = sizeof(struct config),
		.check = check,
	},
	.load = load,
};
