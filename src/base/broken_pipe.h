/*
 * broken_pipe.h - write to what may have stopped reading, without a signal
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BASE_BROKEN_PIPE_H
#define CODIST_BASE_BROKEN_PIPE_H

#include <signal.h>

struct codist_broken_pipe {
	sigset_t mask; /* of this thread, before */
	int was_pending;
};

/*
 * Between the two calls SIGPIPE is held back in this thread, and the second
 * takes it off the queue, so that the rest of the process never sees it.
 */
void codist_broken_pipe_hold(struct codist_broken_pipe *held);
void codist_broken_pipe_release(struct codist_broken_pipe *held);

#endif
