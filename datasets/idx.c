/*
 * idx.c - images and labels in IDX files, as MNIST has them
 *
 * The classes are the labels that the whole file of labels holds; `classes`
 * keeps some of them, then `offset` passes samples over, then `limit` takes
 * so many.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/text.h"
#include "classes.h"
#include "idx_file.h"
#include "idx_part.h"

#include <codist/dataset.h>

#include <stdlib.h>
#include <string.h>

struct config {
	char *path;
	char *images;
	char *labels;
	char *classes;
	int64_t offset;
	int64_t limit;
};

/* Which samples are kept, in order. */
struct selection {
	size_t *samples; /* [n_samples] */
	size_t n_samples;
	unsigned n_classes;
	unsigned class_of[256]; /* by label, of those that stand in the file */
	unsigned char label_of[256]; /* [n_classes] */
};

static enum codist_status check(const void *config, struct codist_error *err)
{
	const struct config *c = config;
	unsigned char keep[256];
	int has_both = *c->images && *c->labels;
	int has_none = !*c->images && !*c->labels;

	CODIST_TRY(codist_classes_parse(c->classes, keep, err));
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

static enum codist_status select_samples(struct selection *selection,
					 const struct config *config,
					 const struct codist_idx_file *labels,
					 struct codist_error *err)
{
	unsigned char keep[256], stands[256] = { 0 };
	size_t to_pass = (size_t)config->offset;
	size_t limit = config->limit ? (size_t)config->limit : SIZE_MAX;

	CODIST_TRY(codist_classes_parse(config->classes, keep, err));
	selection->samples = calloc(labels->nbytes ? labels->nbytes : 1,
				    sizeof(*selection->samples));
	if (!selection->samples)
		return codist_no_memory(err, "a selection of samples");
	for (size_t i = 0; i < labels->nbytes; i++) {
		unsigned char label = labels->bytes[i];

		stands[label] = 1;
		if (!keep[label])
			continue;
		if (to_pass > 0)
			to_pass--;
		else if (selection->n_samples < limit)
			selection->samples[selection->n_samples++] = i;
	}
	for (unsigned label = 0; label < 256; label++) {
		if (!stands[label] || !keep[label])
			continue;
		selection->label_of[selection->n_classes] =
			(unsigned char)label;
		selection->class_of[label] = selection->n_classes++;
	}
	return CODIST_OK;
}

static enum codist_status fill(struct codist_dataset *set, const char *name,
			       const struct selection *selection,
			       const struct codist_idx_file *images,
			       const struct codist_idx_file *labels,
			       struct codist_error *err)
{
	size_t n = selection->n_samples;
	size_t nbytes = n ? images->nbytes / images->dimensions[0] : 0;

	CODIST_TRY(codist_dataset_allocate(set, name, n, selection->n_classes,
					   n * nbytes, err));
	set->rank = images->rank - 1;
	memcpy(set->dimensions, images->dimensions + 1,
	       set->rank * sizeof(set->dimensions[0]));
	for (size_t i = 0; i < n; i++) {
		size_t from = selection->samples[i];

		if (nbytes)
			memcpy(set->bytes + i * nbytes,
			       images->bytes + from * nbytes, nbytes);
		set->starts[i + 1] = (i + 1) * nbytes;
		set->labels[i] = selection->class_of[labels->bytes[from]];
	}
	for (unsigned c = 0; c < selection->n_classes; c++) {
		set->class_names[c] =
			codist_text_format("%d", selection->label_of[c]);
		if (!set->class_names[c])
			return codist_no_memory(err, "class names");
	}
	return CODIST_OK;
}

static enum codist_status load_files(const struct config *config,
				     const char *images_path,
				     const char *labels_path,
				     struct codist_dataset *set,
				     struct codist_error *err)
{
	struct codist_idx_file images = { 0 }, labels = { 0 };
	struct selection selection = { 0 };
	enum codist_status status;

	status = codist_idx_file_read(&labels, labels_path, err);
	if (status == CODIST_OK)
		status = codist_idx_file_read(&images, images_path, err);
	if (status == CODIST_OK)
		status = check_files(&images, images_path, &labels,
				     labels_path, err);
	if (status == CODIST_OK)
		status = select_samples(&selection, config, &labels, err);
	if (status == CODIST_OK)
		status = fill(set, images_path, &selection, &images, &labels,
			      err);
	free(selection.samples);
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
	{ .name = "classes", .type = CODIST_TEXT,
	  .offset = offsetof(struct config, classes), .fallback = "all",
	  .help = "labels to keep, as in 0-4 or 3+8" },
	{ .name = "offset", .type = CODIST_INTEGER,
	  .offset = offsetof(struct config, offset),
	  .minimum = 0, .maximum = 1e15, .fallback = "0",
	  .help = "samples of these classes to pass over" },
	{ .name = "limit", .type = CODIST_INTEGER,
	  .offset = offsetof(struct config, limit),
	  .minimum = 0, .maximum = 1e15, .fallback = "0",
	  .help = "samples to take at most; 0: all" },
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
