/*
 * scores.c - the scores of a block of test samples against all references
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/run.h"

#include <math.h>
#include <stdlib.h>

static enum codist_status ready(void *user, unsigned thread, size_t first,
				size_t n, struct codist_error *err)
{
	struct codist_run *run = user;
	struct codist_worker *worker = &run->workers[thread];
	const struct codist_measure *measure = run->measure;
	const struct codist_reference_set *references = &run->references;

	/* The last one of a block is often the first of the next. */
	first += run->first_reference;
	if (worker->ready_for == first)
		return CODIST_OK;
	CODIST_TRY(codist_worker_coder(worker, run, err));
	worker->ready_for = SIZE_MAX;
	for (size_t i = 0; i < n; i++) {
		struct codist_item *item = &worker->references[i];
		size_t r = first + i;
		enum codist_status status = CODIST_OK;

		*item = (struct codist_item){
			.bytes = references->bytes_of[r],
		};
		if (measure->value)
			item->value = run->reference_values[r];
		if (measure->values_add)
			item->value /= (double)references->samples_in[r];
		if (run->sketches)
			item->sketch = run->sketches[r];
		if (measure->reference)
			status = measure->reference(
				run->pipeline->measure->config, worker->coder,
				references->bytes_of[r], &worker->bases[i],
				err);
		if (status != CODIST_OK)
			return codist_run_blame_reference(run, r, status, err);
	}
	worker->ready_for = first;
	return CODIST_OK;
}

enum codist_status codist_run_not_a_number(const struct codist_run *run,
					   size_t sample, size_t reference,
					   struct codist_error *err)
{
	unsigned class = run->references.class_of[reference];

	return codist_fail(err, CODIST_EFORMAT,
			   "%s: measure %s: the score of sample %zu against "
			   "reference %zu, of class '%s', is not a number",
			   run->test->name, run->measure->plugin.name, sample,
			   reference, run->test->class_names[class]);
}

/* One sample of the block against references side by side. */
static enum codist_status score(void *user, unsigned thread, size_t first,
				size_t n, size_t in_block,
				struct codist_error *err)
{
	struct codist_run *run = user;
	const struct codist_worker *worker = &run->workers[thread];
	const struct codist_measure *measure = run->measure;
	size_t n_references = run->references.n_references;
	size_t sample = run->block.first + in_block;
	struct codist_item query = {
		.bytes = codist_dataset_sample(run->test, sample),
		.value = measure->value ? run->query_values[sample] : 0,
		.prepared = codist_run_prepared_of(run, in_block),
		.sketch = run->sketches ? run->sketches[n_references + sample] :
					  NULL,
	};
	double *row = run->block.scores + in_block * n_references;

	for (size_t i = 0; i < n; i++) {
		size_t r = run->first_reference + first + i;
		enum codist_status status = measure->score(
			run->pipeline->measure->config, worker->coder,
			measure->reference ? worker->bases[i] : 0,
			&worker->references[i], &query, &row[r], err);

		if (status != CODIST_OK)
			return codist_run_blame_pair(run, sample, r, status,
						     err);
		if (isnan(row[r]))
			return codist_run_not_a_number(run, sample, r, err);
	}
	return CODIST_OK;
}

enum codist_status codist_run_scores_init(struct codist_run *run,
					  struct codist_error *err)
{
	struct codist_block *block = &run->block;
	size_t n_references = run->references.n_references;

	block->scores = malloc(run->block_capacity * n_references *
			       sizeof(*block->scores));
	if (block->scores)
		return CODIST_OK;
	return codist_fail(err, CODIST_ENOMEM,
			   "out of memory for scores of %zu samples against "
			   "%zu references at a time",
			   run->block_capacity, n_references);
}

enum codist_status codist_run_scores(struct codist_run *run,
				     struct codist_error *err)
{
	struct codist_tiles tiles = {
		.n_outer = run->n_at_hand,
		.n_inner = run->block.n,
		.width = run->measure->needs_backend ? 1 : CODIST_LANE_WIDTH,
		.user = run, .ready = ready, .pair = score,
		.done = codist_run_done, .tick = codist_run_tick,
	};

	CODIST_TRY(codist_tiles_run(&tiles, run->n_threads, err));
	run->n_shown = run->n_scored;
	return CODIST_OK;
}

void codist_run_scores_release(struct codist_run *run)
{
	free(run->block.scores);
}
