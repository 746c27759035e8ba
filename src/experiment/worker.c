/*
 * worker.c - what one thread keeps through a run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/run.h"

/*
 * Long enough for the asking not to show, short enough for a run to stop soon
 * and for threads to end together.
 */
#define BATCH_SECONDS 0.01
#define MOST_IN_BATCH 256

enum codist_status codist_worker_coder(struct codist_worker *worker,
				       const struct codist_run *run,
				       struct codist_error *err)
{
	if (worker->coder || !run->measure->needs_backend)
		return CODIST_OK;
	return codist_coder_new(&worker->coder, run->pipeline->backend, err);
}

size_t codist_worker_batch(const struct codist_worker *worker, size_t most)
{
	double n = 1;

	if (most > MOST_IN_BATCH)
		most = MOST_IN_BATCH;
	if (worker->seconds_per_item == 0)
		return most;
	if (worker->seconds_per_item > 0)
		n = BATCH_SECONDS / worker->seconds_per_item;
	return n >= (double)most ? most : n < 1 ? 1 : (size_t)n;
}
