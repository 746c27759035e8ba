/*
 * across_threads.h - one job, shared out among threads
 *
 * Threads ask for pieces of the job until there are none. The job says which;
 * here is only the asking, and what happens when a piece fails.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_ACROSS_THREADS_H
#define CODIST_ACROSS_THREADS_H

#include <codist/base.h>

/* What a thread that asks is told. */
enum codist_turn {
	CODIST_TURN_WORK, /* a piece was set aside for it */
	CODIST_TURN_WAIT, /* nothing now; ask again a little later */
	CODIST_TURN_DONE, /* nothing any more */
};

struct codist_shared_job {
	void *job; /* handed to the hooks */

	/*
	 * Set the thread's next piece aside, and account for its last one.
	 * Called by one thread at a time.
	 */
	enum codist_turn (*next)(void *job, unsigned thread);

	/*
	 * Carry out that piece, while other threads are at theirs. A failure
	 * sets *order, and of several failures the one of the least order is
	 * reported.
	 */
	enum codist_status (*work)(void *job, unsigned thread, size_t *order,
				   struct codist_error *err);

	/*
	 * Called by the calling thread between its pieces, and every
	 * millisecond while it has none. A failure stops the job.
	 */
	enum codist_status (*tick)(void *job, struct codist_error *err);
};

/*
 * codist_across_threads() carries a job out on n_threads > 0 threads numbered
 * from 0, the calling one. After a failure pieces at work are finished and no
 * more are handed out.
 */
enum codist_status codist_across_threads(const struct codist_shared_job *job,
					 unsigned n_threads,
					 struct codist_error *err);

/*
 * codist_usable_threads() is the number of threads that a job can have when
 * `wanted` are asked for; 0: as many as there are processors. It is 1 where
 * codist was built without OpenMP.
 */
unsigned codist_usable_threads(unsigned wanted);

#endif
