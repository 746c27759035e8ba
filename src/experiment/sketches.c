/*
 * sketches.c - what a measure reads of an item in place of its bytes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/run.h"
#include "measure/sketch.h"

#include <stdlib.h>

/* References come first, and the test samples after them. */
static enum codist_status sketch(void *user, unsigned thread, size_t i,
				 struct codist_error *err)
{
	struct codist_run *run = user;
	size_t n_references = run->references.n_references;
	struct codist_bytes item = i < n_references ?
		run->references.bytes_of[i] :
		codist_dataset_sample(run->test, i - n_references);

	(void)thread;
	return codist_sketch_new(run->pipeline->measure, item,
				 &run->sketches[i], err);
}

enum codist_status codist_run_sketches(struct codist_run *run,
				       struct codist_error *err)
{
	size_t n = run->references.n_references + run->n_samples;

	if (!run->measure->sketch)
		return CODIST_OK;
	run->sketches = calloc(n, sizeof(*run->sketches));
	if (!run->sketches)
		return codist_no_memory(err, "sketches of items");
	return codist_run_items(run, n, sketch, err);
}

void codist_run_sketches_release(struct codist_run *run)
{
	size_t n = run->references.n_references + run->n_samples;

	for (size_t i = 0; run->sketches && i < n; i++)
		free(run->sketches[i]);
	free(run->sketches);
}
