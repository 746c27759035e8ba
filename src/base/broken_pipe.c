/*
 * broken_pipe.c - write to what may have stopped reading, without a signal
 *
 * Ignoring the signal would be for the whole process, and not ours to decide.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/broken_pipe.h"

#include <errno.h>
#include <time.h>

void codist_broken_pipe_hold(struct codist_broken_pipe *held)
{
	sigset_t broken_pipe, pending;

	sigemptyset(&broken_pipe);
	sigaddset(&broken_pipe, SIGPIPE);
	pthread_sigmask(SIG_BLOCK, &broken_pipe, &held->mask);
	sigpending(&pending);
	held->was_pending = sigismember(&pending, SIGPIPE);
}

void codist_broken_pipe_release(struct codist_broken_pipe *held)
{
	const struct timespec at_once = { 0, 0 };
	sigset_t broken_pipe;

	sigemptyset(&broken_pipe);
	sigaddset(&broken_pipe, SIGPIPE);
	if (!held->was_pending)
		while (sigtimedwait(&broken_pipe, NULL, &at_once) < 0 &&
		       errno == EINTR)
			;
	pthread_sigmask(SIG_SETMASK, &held->mask, NULL);
}
