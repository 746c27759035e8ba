/*
 * prepared.c - what a backend can tell of each test sample alone, once for each
 *
 * For one block at a time, since it may take more room than the samples.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/run.h"

#include <stdlib.h>

/* As malloc() aligns, whatever types a backend has in it. */
#define ALIGNMENT _Alignof(max_align_t)
#define NOWHERE SIZE_MAX

static size_t size_of(const struct codist_run *run, size_t sample)
{
	struct codist_bytes x = codist_dataset_sample(run->test, sample);
	size_t nbytes = codist_backend_prepared_size(run->pipeline->backend,
						     x.nbytes);

	return (nbytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static int is_wanted(const struct codist_run *run)
{
	return run->measure->follows_prefix && run->pipeline->backend;
}

size_t codist_run_prepared_mean(const struct codist_run *run)
{
	size_t sum = 0;

	if (!is_wanted(run))
		return 0;
	for (size_t i = 0; i < run->n_samples; i++)
		sum += size_of(run, i);
	return sum / run->n_samples;
}

enum codist_status codist_run_prepared_init(struct codist_run *run,
					    struct codist_error *err)
{
	struct codist_block *block = &run->block;
	size_t most = 0, sum = 0;

	if (!is_wanted(run))
		return CODIST_OK;
	for (size_t i = 0; i < run->n_samples; i++) {
		if (i % run->block_capacity == 0)
			sum = 0;
		sum += size_of(run, i);
		if (sum > most)
			most = sum;
	}
	if (most == 0)
		return CODIST_OK;
	block->prepared = malloc(most);
	block->prepared_at = calloc(run->block_capacity,
				    sizeof(*block->prepared_at));
	if (!block->prepared || !block->prepared_at)
		return codist_no_memory(err, "prepared samples");
	return CODIST_OK;
}

void codist_run_prepared_release(struct codist_run *run)
{
	free(run->block.prepared);
	free(run->block.prepared_at);
}

static enum codist_status prepare(void *user, unsigned thread, size_t i,
				  struct codist_error *err)
{
	struct codist_run *run = user;
	struct codist_worker *worker = &run->workers[thread];
	const struct codist_block *block = &run->block;
	size_t sample = block->first + i;
	enum codist_status status;

	if (block->prepared_at[i] == NOWHERE)
		return CODIST_OK;
	CODIST_TRY(codist_worker_coder(worker, run, err));
	status = codist_coder_prepare(worker->coder,
				      codist_dataset_sample(run->test, sample),
				      block->prepared + block->prepared_at[i],
				      err);
	return status == CODIST_OK ?
		       CODIST_OK :
		       codist_run_blame_sample(run, sample, status, err);
}

enum codist_status codist_run_prepared(struct codist_run *run,
				       struct codist_error *err)
{
	struct codist_block *block = &run->block;
	size_t at = 0;

	if (!block->prepared)
		return CODIST_OK;
	for (size_t i = 0; i < block->n; i++) {
		size_t nbytes = size_of(run, block->first + i);

		block->prepared_at[i] = nbytes ? at : NOWHERE;
		at += nbytes;
	}
	return codist_run_items(run, block->n, prepare, err);
}

const void *codist_run_prepared_of(const struct codist_run *run,
				   size_t in_block)
{
	const struct codist_block *block = &run->block;

	if (!block->prepared || block->prepared_at[in_block] == NOWHERE)
		return NULL;
	return block->prepared + block->prepared_at[in_block];
}
