/*
 * search.c - the quartet method: the best of many searches, on threads
 *
 * Threads take restarts in order, and the best is chosen at the end, in order
 * too, so that it does not depend on their number. What was begun beyond a
 * restart of S = 1 is left out for the same reason.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/system.h"
#include "experiment/across_threads.h"

#include <codist/search.h>

#include <stdatomic.h>
#include <stdlib.h>

#define USUAL_RESTARTS 10
#define SAME 1e-12
#define SECONDS_BETWEEN 0.2

struct search;

/* A thread at work. */
struct worker {
	struct search *search;
	unsigned thread;
	size_t restart; /* set aside for it */
};

struct search {
	const struct codist_quartets *quartets;
	const char *const *names;
	const struct codist_search_how *how;
	struct codist_quartets_found *found; /* [n_restarts] */
	size_t n_restarts;
	struct worker *workers;      /* [n_threads] */
	size_t n_begun;              /* with the lock of the threads */
	atomic_size_t n_done;
	atomic_int is_perfect;       /* one came to S = 1 */
	atomic_int is_stopped;
	double reported;             /* seconds; the calling thread's */
};

/* Tell, by the calling thread, at times. */
static int report(struct search *search)
{
	double now = codist_seconds();

	if (!search->how->progress || now - search->reported < SECONDS_BETWEEN)
		return 0;
	search->reported = now;
	return search->how->progress(search->how->user,
				     atomic_load(&search->n_done),
				     search->n_restarts);
}

static int should_stop(void *user)
{
	struct worker *worker = user;
	struct search *search = worker->search;

	if (worker->thread == 0 && report(search))
		atomic_store(&search->is_stopped, 1);
	return atomic_load(&search->is_stopped);
}

static enum codist_turn next(void *job, unsigned thread)
{
	struct search *search = job;

	if (search->n_begun == search->n_restarts ||
	    atomic_load(&search->is_perfect))
		return CODIST_TURN_DONE;
	search->workers[thread].restart = search->n_begun++;
	return CODIST_TURN_WORK;
}

static enum codist_status work(void *job, unsigned thread, size_t *order,
			       struct codist_error *err)
{
	struct search *search = job;
	struct worker *worker = &search->workers[thread];
	struct codist_quartets_how how = {
		.seed = search->how->seed,
		.patience = search->how->patience,
		.stop = should_stop,
		.user = worker,
	};
	struct codist_quartets_found *found = &search->found[worker->restart];

	*order = worker->restart;
	CODIST_TRY(codist_quartets_climb(search->quartets, search->names,
					 worker->restart, &how, found, err));
	if (found->score >= 1 - SAME)
		atomic_store(&search->is_perfect, 1);
	atomic_fetch_add(&search->n_done, 1);
	return CODIST_OK;
}

static enum codist_status tick(void *job, struct codist_error *err)
{
	struct search *search = job;

	if (!report(search))
		return CODIST_OK;
	atomic_store(&search->is_stopped, 1);
	return codist_fail(err, CODIST_ECANCELLED,
			   "stopped when asked to, after %zu of %zu searches",
			   atomic_load(&search->n_done), search->n_restarts);
}

/* Take the best out, and count those that are as good. */
static void choose(struct search *search, struct codist_search_found *found)
{
	size_t best = 0, n = 0;

	while (n < search->n_begun) {
		double score = search->found[n++].score;

		if (score > search->found[best].score + SAME)
			best = n - 1;
		if (score >= 1 - SAME)
			break;
	}
	*found = (struct codist_search_found){
		.best = search->found[best], .restart = best, .n_done = n,
	};
	for (size_t i = 0; i < n; i++)
		found->n_equal += search->found[i].score >=
				  found->best.score - SAME;
	search->found[best].tree = (struct codist_tree){ 0 };
}

enum codist_status
codist_quartets_search(const struct codist_quartets *quartets,
		       const char *const *names,
		       const struct codist_search_how *how,
		       struct codist_search_found *found,
		       struct codist_error *err)
{
	struct search search = {
		.quartets = quartets, .names = names, .how = how,
		.n_restarts = how->n_restarts ? how->n_restarts :
						USUAL_RESTARTS,
	};
	const struct codist_shared_job job = {
		.job = &search, .next = next, .work = work, .tick = tick,
	};
	unsigned n_threads = codist_usable_threads(how->n_threads);
	enum codist_status status;

	if (n_threads > search.n_restarts)
		n_threads = (unsigned)search.n_restarts;
	search.found = calloc(search.n_restarts, sizeof(*search.found));
	search.workers = calloc(n_threads, sizeof(*search.workers));
	if (search.found && search.workers) {
		for (unsigned t = 0; t < n_threads; t++)
			search.workers[t] = (struct worker){ &search, t, 0 };
		search.reported = codist_seconds();
		status = codist_across_threads(&job, n_threads, err);
	} else {
		status = codist_no_memory(err, "the quartet method");
	}
	if (status == CODIST_OK)
		choose(&search, found);
	for (size_t i = 0; search.found && i < search.n_begun; i++)
		codist_tree_release(&search.found[i].tree);
	free(search.found);
	free(search.workers);
	return status;
}
