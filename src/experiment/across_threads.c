/*
 * across_threads.c - one job, shared out among threads, by OpenMP
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/across_threads.h"

#include <time.h>

#ifdef _OPENMP
#include <omp.h>
#else
/* What is used of it, for one thread. */
typedef char omp_lock_t;
#define omp_init_lock(lock) (void)(lock)
#define omp_set_lock(lock) (void)(lock)
#define omp_unset_lock(lock) (void)(lock)
#define omp_destroy_lock(lock) (void)(lock)
#define omp_get_thread_num() 0
#define omp_get_thread_limit() 1
#define omp_get_num_procs() 1
#endif

/* More are of no use, and where threads run out OpenMP ends the process. */
#define MOST_THREADS 1024

/*
 * What all threads know of the job; only to be touched with the lock. A named
 * critical section would do, but its name would be exported.
 */
struct crew {
	omp_lock_t lock;
	unsigned n_at_work;
	enum codist_status status;
	size_t order; /* of the failure */
	struct codist_error err;
};

/* What one thread knows of itself. */
struct member {
	unsigned thread;
	enum codist_turn turn;
	enum codist_status status; /* of its last piece, or tick */
	size_t order;
	struct codist_error err;
};

/*
 * Hand the last piece in, and take the next. The calling thread stays to the
 * end, since it is the one that ticks.
 */
static void take_turn(const struct codist_shared_job *job, struct crew *crew,
		      struct member *member)
{
	if (member->turn == CODIST_TURN_WORK)
		crew->n_at_work--;
	if (member->status != CODIST_OK &&
	    (crew->status == CODIST_OK || member->order < crew->order)) {
		crew->status = member->status;
		crew->order = member->order;
		crew->err = member->err;
	}
	member->turn = CODIST_TURN_DONE;
	if (crew->status != CODIST_OK)
		return;
	member->turn = job->next(job->job, member->thread);
	if (member->turn == CODIST_TURN_WORK)
		crew->n_at_work++;
	if (member->turn == CODIST_TURN_DONE && member->thread == 0 &&
	    crew->n_at_work > 0)
		member->turn = CODIST_TURN_WAIT;
}

static void take_part(const struct codist_shared_job *job, struct crew *crew,
		      unsigned thread)
{
	static const struct timespec a_millisecond = { 0, 1000000 };
	struct member member = { .thread = thread, .turn = CODIST_TURN_WAIT };

	for (;;) {
		omp_set_lock(&crew->lock);
		take_turn(job, crew, &member);
		omp_unset_lock(&crew->lock);
		if (member.turn == CODIST_TURN_DONE)
			return;
		member.order = SIZE_MAX;
		if (thread == 0)
			member.status = job->tick(job->job, &member.err);
		if (member.turn == CODIST_TURN_WAIT)
			nanosleep(&a_millisecond, NULL);
		else if (member.status == CODIST_OK)
			member.status = job->work(job->job, thread,
						  &member.order, &member.err);
	}
}

enum codist_status codist_across_threads(const struct codist_shared_job *job,
					 unsigned n_threads,
					 struct codist_error *err)
{
	struct crew crew = { .status = CODIST_OK };

	(void)n_threads;
	omp_init_lock(&crew.lock);
#ifdef _OPENMP
#pragma omp parallel num_threads(n_threads)
#endif
	take_part(job, &crew, (unsigned)omp_get_thread_num());
	omp_destroy_lock(&crew.lock);
	if (crew.status != CODIST_OK)
		return codist_fail(err, crew.status, "%s", crew.err.message);
	return CODIST_OK;
}

unsigned codist_usable_threads(unsigned wanted)
{
	unsigned most = (unsigned)omp_get_thread_limit();

	if (most > MOST_THREADS)
		most = MOST_THREADS;
	if (wanted == 0)
		wanted = (unsigned)omp_get_num_procs();
	return wanted < most ? wanted : most;
}
