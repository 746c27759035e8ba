/*
 * items.c - the same done for each of n items, on many threads
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/system.h"
#include "experiment/across_threads.h"
#include "experiment/items.h"

#include <stdlib.h>

#define BATCH_SECONDS 0.01
#define MOST_IN_BATCH 256

/* The batch of one thread, and how long an item of its last one took. */
struct batch {
	size_t first, n;
	double seconds_per_item;
};

struct work {
	const struct codist_items *items;
	size_t next;
	struct batch *batches; /* [n_threads] */
};

size_t codist_batch(double seconds_per_item, size_t most)
{
	double n = 1;

	if (most > MOST_IN_BATCH)
		most = MOST_IN_BATCH;
	if (seconds_per_item == 0)
		return most;
	if (seconds_per_item > 0)
		n = BATCH_SECONDS / seconds_per_item;
	return n >= (double)most ? most : n < 1 ? 1 : (size_t)n;
}

static enum codist_turn next(void *job, unsigned thread)
{
	struct work *work = job;
	struct batch *batch = &work->batches[thread];
	size_t n_left = work->items->n - work->next;

	if (n_left == 0)
		return CODIST_TURN_DONE;
	batch->first = work->next;
	batch->n = codist_batch(batch->seconds_per_item, n_left);
	work->next += batch->n;
	return CODIST_TURN_WORK;
}

static enum codist_status carry_out(void *job, unsigned thread, size_t *order,
				    struct codist_error *err)
{
	struct work *work = job;
	struct batch *batch = &work->batches[thread];
	double began = codist_seconds();

	for (size_t i = batch->first; i < batch->first + batch->n; i++) {
		*order = i;
		CODIST_TRY(work->items->item(work->items->user, thread, i,
					     err));
	}
	batch->seconds_per_item = (codist_seconds() - began) /
				  (double)batch->n;
	return CODIST_OK;
}

static enum codist_status tick(void *job, struct codist_error *err)
{
	const struct work *work = job;

	return work->items->tick(work->items->user, err);
}

enum codist_status codist_items_run(const struct codist_items *items,
				    unsigned n_threads,
				    struct codist_error *err)
{
	struct work work = { items, 0, calloc(n_threads,
					      sizeof(*work.batches)) };
	struct codist_shared_job job = { &work, next, carry_out, tick };
	enum codist_status status;

	if (!work.batches)
		return codist_no_memory(err, "threads");
	for (unsigned i = 0; i < n_threads; i++)
		work.batches[i].seconds_per_item = -1;
	status = codist_across_threads(&job, n_threads, err);
	free(work.batches);
	return status;
}
