/*
 * items.c - the same done for each of n items, on all threads of a run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/run.h"

struct items {
	struct codist_run *run;
	size_t n, next;
	enum codist_status (*item)(struct codist_run *run,
				   struct codist_worker *worker, size_t i,
				   const void *user, struct codist_error *err);
	const void *user;
};

static enum codist_turn next(void *job, unsigned thread)
{
	struct items *items = job;
	struct codist_worker *worker = &items->run->workers[thread];

	if (items->next == items->n)
		return CODIST_TURN_DONE;
	worker->first = items->next;
	worker->n = codist_worker_batch(worker, items->n - items->next);
	items->next += worker->n;
	return CODIST_TURN_WORK;
}

static enum codist_status work(void *job, unsigned thread, size_t *order,
			       struct codist_error *err)
{
	struct items *items = job;
	struct codist_worker *worker = &items->run->workers[thread];
	double began = codist_seconds();

	for (size_t i = worker->first; i < worker->first + worker->n; i++) {
		*order = i;
		CODIST_TRY(items->item(items->run, worker, i, items->user,
				       err));
	}
	worker->seconds_per_item = (codist_seconds() - began) /
				   (double)worker->n;
	return CODIST_OK;
}

static enum codist_status tick(void *job, struct codist_error *err)
{
	struct items *items = job;

	return codist_run_tick(items->run, err);
}

enum codist_status codist_run_items(
	struct codist_run *run, size_t n_items,
	enum codist_status (*item)(struct codist_run *run,
				   struct codist_worker *worker, size_t i,
				   const void *user, struct codist_error *err),
	const void *user, struct codist_error *err)
{
	struct items items = { run, n_items, 0, item, user };
	struct codist_shared_job job = { &items, next, work, tick };

	for (unsigned i = 0; i < run->n_threads; i++)
		run->workers[i].seconds_per_item = -1;
	return codist_across_threads(&job, run->n_threads, err);
}
