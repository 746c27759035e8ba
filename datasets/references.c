/*
 * references.c - what samples are scored against: classes, chunks, samples
 *
 * Classes and chunks are runs of samples of a class, in data set order within
 * it; they differ only in the greatest number of samples of a run.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/dataset.h>

#include <stdlib.h>
#include <string.h>

enum codist_status
codist_references_cut(struct codist_reference_set *references,
		      const struct codist_spec *spec,
		      const struct codist_dataset *train,
		      struct codist_error *err)
{
	const struct codist_reference *reference =
		(const struct codist_reference *)spec->plugin;
	enum codist_status status;

	*references = (struct codist_reference_set){ 0 };
	status = reference->cut(spec->config, train, references, err);
	if (status != CODIST_OK)
		codist_references_release(references);
	return status;
}

void codist_references_release(struct codist_reference_set *references)
{
	free(references->bytes_of);
	free(references->class_of);
	free(references->samples_in);
	free(references->bytes);
	*references = (struct codist_reference_set){ 0 };
}

static enum codist_status allocate(struct codist_reference_set *references,
				   size_t n_references, size_t nbytes,
				   struct codist_error *err)
{
	references->bytes_of = calloc(n_references,
				      sizeof(*references->bytes_of));
	references->class_of = calloc(n_references,
				      sizeof(*references->class_of));
	references->samples_in = calloc(n_references,
					sizeof(*references->samples_in));
	if (nbytes)
		references->bytes = malloc(nbytes);
	if (references->bytes_of && references->class_of &&
	    references->samples_in && (references->bytes || !nbytes))
		return CODIST_OK;
	return codist_no_memory(err, "references");
}

/* Runs of at most `most` samples of a class, joined. */
static enum codist_status cut_runs(const struct codist_dataset *train,
				   size_t most,
				   struct codist_reference_set *references,
				   struct codist_error *err)
{
	size_t n = 0;
	unsigned char *out;

	/* No more runs than samples, what is left over is little; and a byte
	 * more, as samples may be empty and `out` must not be NULL. */
	CODIST_TRY(allocate(references, train->n_samples,
			    train->starts[train->n_samples] + 1, err));
	out = references->bytes;
	for (unsigned c = 0; c < train->n_classes; c++) {
		size_t in_run = most;

		for (size_t i = 0; i < train->n_samples; i++) {
			struct codist_bytes x = codist_dataset_sample(train, i);

			if (train->labels[i] != c)
				continue;
			if (in_run == most) {
				references->bytes_of[n].data = out;
				references->class_of[n] = c;
				n++;
				in_run = 0;
			}
			if (x.nbytes)
				memcpy(out, x.data, x.nbytes);
			out += x.nbytes;
			references->bytes_of[n - 1].nbytes += x.nbytes;
			references->samples_in[n - 1]++;
			in_run++;
		}
	}
	references->n_references = n;
	return CODIST_OK;
}

static enum codist_status cut_classes(const void *config,
				      const struct codist_dataset *train,
				      struct codist_reference_set *references,
				      struct codist_error *err)
{
	(void)config;
	return cut_runs(train, SIZE_MAX, references, err);
}

struct chunk_config {
	int64_t size;
};

static enum codist_status cut_chunks(const void *config,
				     const struct codist_dataset *train,
				     struct codist_reference_set *references,
				     struct codist_error *err)
{
	const struct chunk_config *c = config;

	return cut_runs(train, (size_t)c->size, references, err);
}

/* In data set order, which is what ties between neighbours go by. */
static enum codist_status cut_each(const void *config,
				   const struct codist_dataset *train,
				   struct codist_reference_set *references,
				   struct codist_error *err)
{
	(void)config;
	CODIST_TRY(allocate(references, train->n_samples, 0, err));
	for (size_t i = 0; i < train->n_samples; i++) {
		references->bytes_of[i] = codist_dataset_sample(train, i);
		references->class_of[i] = train->labels[i];
		references->samples_in[i] = 1;
	}
	references->n_references = train->n_samples;
	return CODIST_OK;
}

const struct codist_reference codist_reference_class = {
	.plugin = {
		.name = "class",
		.summary = "all training samples of a class, joined",
	},
	.cut = cut_classes,
};

static const struct codist_option chunk_options[] = {
	{ .name = "size", .type = CODIST_INTEGER,
	  .offset = offsetof(struct chunk_config, size),
	  .minimum = 1, .maximum = 1e9, .fallback = "64",
	  .help = "samples in a chunk; the last one of a class may be short" },
	{ .name = NULL },
};

const struct codist_reference codist_reference_chunk = {
	.plugin = {
		.name = "chunk",
		.summary = "consecutive training samples of a class, joined",
		.options = chunk_options,
		.config_size = sizeof(struct chunk_config),
	},
	.cut = cut_chunks,
};

const struct codist_reference codist_reference_each = {
	.plugin = {
		.name = "each",
		.summary = "every training sample by itself",
	},
	.cut = cut_each,
};
