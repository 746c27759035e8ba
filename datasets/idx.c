/*
 * idx.c - images and labels in IDX files, as MNIST has them
 *
 * The classes are the labels that the whole file of labels holds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "idx_file.h"
#include "idx_part.h"
#include "selection.h"

#include <codist/dataset.h>

#include <stdlib.h>
#include <string.h>

struct config {
	char *path;
	char *images;
	char *labels;
	struct codist_subset subset;
};

static enum codist_status check(const void *config, struct codist_error *err)
{
	const struct config *c = config;
	int has_both = *c->images && *c->labels;
	int has_none = !*c->images && !*c->labels;

	CODIST_TRY(codist_subset_check(&c->subset, err));
	if ((*c->path && has_none) || (!*c->path && has_both))
		return CODIST_OK;
	return codist_fail(err, CODIST_EUSAGE,
			   "loader idx: expected either a path, as in "
			   "idx:mnist/train, or both images= and labels=");
}

static enum codist_status check_files(const struct codist_idx_file *images,
				      const char *images_path,
				      const struct codist_idx_file *labels,
				      const char *labels_path,
				      struct codist_error *err)
{
	if (labels->rank != 1)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: %zu dimensions, expected labels to "
				   "have 1",
				   labels_path, labels->rank);
	if (images->rank < 2)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: 1 dimension, expected samples to have "
				   "2 or more",
				   images_path);
	if (images->dimensions[0] != labels->dimensions[0])
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: %zu samples, but %s has %zu labels; "
				   "expected as many",
				   images_path, images->dimensions[0],
				   labels_path, labels->dimensions[0]);
	return CODIST_OK;
}

static enum codist_status fill(struct codist_dataset *set, const char *name,
			       const struct codist_selection *selection,
			       const struct codist_idx_file *images,
			       const struct codist_idx_file *labels,
			       struct codist_error *err)
{
	size_t nbytes = images->nbytes / images->dimensions[0];

	CODIST_TRY(codist_selection_allocate(selection, name, labels->bytes,
					     nbytes, set, err));
	set->rank = images->rank - 1;
	memcpy(set->dimensions, images->dimensions + 1,
	       set->rank * sizeof(set->dimensions[0]));
	for (size_t i = 0; i < set->n_samples; i++)
		memcpy(set->bytes + set->starts[i],
		       images->bytes + selection->samples[i] * nbytes, nbytes);
	return CODIST_OK;
}

static enum codist_status load_files(const struct config *config,
				     const char *images_path,
				     const char *labels_path,
				     struct codist_dataset *set,
				     struct codist_error *err)
{
	struct codist_idx_file images = { 0 }, labels = { 0 };
	struct codist_selection selection = { 0 };
	enum codist_status status;

	status = codist_idx_file_read(&labels, labels_path, err);
	if (status == CODIST_OK)
		status = codist_idx_file_read(&images, images_path, err);
	if (status == CODIST_OK)
		status = check_files(&images, images_path, &labels,
				     labels_path, err);
	if (status == CODIST_OK)
		status = codist_selection_init(&selection, &config->subset,
					       images_path, labels.bytes,
					       labels.nbytes, err);
	if (status == CODIST_OK)
		status = fill(set, images_path, &selection, &images, &labels,
			      err);
	codist_selection_release(&selection);
	codist_idx_file_release(&images);
	codist_idx_file_release(&labels);
	return status;
}

static enum codist_status load(const void *config, struct codist_dataset *set,
			       struct codist_error *err)
{
	const struct config *c = config;
	char *images, *labels;
	enum codist_status status;

	if (!*c->path)
		return load_files(c, c->images, c->labels, set, err);
	CODIST_TRY(codist_idx_part_find(c->path, &images, &labels, err));
	status = load_files(c, images, labels, set, err);
	free(images);
	free(labels);
	return status;
}

static const struct codist_option options[] = {
	{ .name = "path", .type = CODIST_TEXT,
	  .offset = offsetof(struct config, path), .fallback = "",
	  .help = "a folder and a part, as in mnist/train, or the file of "
		  "images beside that of labels", .positional = 1 },
	{ .name = "images", .type = CODIST_TEXT,
	  .offset = offsetof(struct config, images), .fallback = "",
	  .help = "the file of images, instead of a path" },
	{ .name = "labels", .type = CODIST_TEXT,
	  .offset = offsetof(struct config, labels), .fallback = "",
	  .help = "the file of labels, instead of a path" },
	CODIST_SUBSET_OPTIONS(struct config, subset),
	{ .name = NULL },
};

const struct codist_loader codist_loader_idx = {
	.plugin = {
		.name = "idx",
		.summary = "images and labels in IDX files, gzipped or not",
		.options = options,
		.config_size = sizeof(struct config),
		.check = check,
	},
	.load = load,
};
