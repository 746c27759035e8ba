/*
 * progress.c - how far a run is, told a few times a second
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/run.h"

#define SECONDS_BETWEEN 0.2

enum codist_status codist_run_report(struct codist_run *run,
				     struct codist_error *err)
{
	struct codist_progress progress = {
		.done = run->n_shown / run->n_passes,
		.total = run->n_scores,
		.seconds = codist_seconds() - run->began,
	};

	if (!run->how->progress ||
	    run->how->progress(run->how->user, &progress) == 0)
		return CODIST_OK;
	return codist_fail(err, CODIST_ECANCELLED,
			   "stopped when asked to, after %zu of %zu scores",
			   progress.done, progress.total);
}

enum codist_status codist_run_tick(void *job, struct codist_error *err)
{
	struct codist_run *run = job;
	double now;

	if (run->poll)
		run->poll(run->poll_user);
	if (!run->how->progress)
		return CODIST_OK;
	now = codist_seconds();
	if (now - run->reported < SECONDS_BETWEEN)
		return CODIST_OK;
	run->reported = now;
	return codist_run_report(run, err);
}
