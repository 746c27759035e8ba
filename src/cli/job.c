/*
 * job.c - what commands that classify do alike
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "job.h"
#include "progress.h"

#include <stdio.h>

struct codist_pipeline job_pipeline(const struct job *job,
				    const struct codist_spec *backend)
{
	return (struct codist_pipeline){
		.reference = &job->reference, .measure = &job->measure,
		.backend = backend, .aggregators = &job->aggregate,
		.n_aggregators = 1,
	};
}

enum codist_status job_check(const struct job *job, struct codist_error *err)
{
	if (!job->data == (!job->train || !job->test) ||
	    (job->data && (job->train || job->test)))
		return codist_fail(err, CODIST_EUSAGE,
				   "expected --data NAME, or else both --train "
				   "and --test");
	return CODIST_OK;
}

enum codist_status job_load(const struct job *job, struct source *train,
			    struct source *test, struct codist_error *err)
{
	CODIST_TRY(source_find(train, job->data ? job->data : job->train,
			       "train", err));
	CODIST_TRY(source_find(test, job->data ? job->data : job->test, "test",
			       err));
	CODIST_TRY(source_load(train, 0, &job->transforms, err));
	return source_load(test, job->limit, &job->transforms, err);
}

void job_say_threads(const char *command, const struct codist_cost *cost)
{
	char size[QUANTITY_SIZE];

	if (cost->n_threads >= cost->n_threads_wanted)
		return;
	format_quantity(size, (double)cost->coder_memory, "B");
	fprintf(stderr,
		"codist %s: %u of %u threads at work, as each coder takes up "
		"to %s; --memory may allow for more\n",
		command, cost->n_threads, cost->n_threads_wanted, size);
}
