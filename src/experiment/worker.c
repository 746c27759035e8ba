/*
 * worker.c - what one thread keeps through a run, and what all do alike
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/items.h"
#include "experiment/run.h"

enum codist_status codist_worker_coder(struct codist_worker *worker,
				       const struct codist_run *run,
				       struct codist_error *err)
{
	if (worker->coder || !run->measure->needs_backend)
		return CODIST_OK;
	return codist_coder_new(&worker->coder, run->pipeline->backend, err);
}

enum codist_status codist_run_blame_reference(const struct codist_run *run,
					      size_t reference,
					      enum codist_status status,
					      struct codist_error *err)
{
	unsigned class = run->references.class_of[reference];

	return codist_blame(err, status, "reference %zu, of class '%s'",
			    reference, run->test->class_names[class]);
}

enum codist_status codist_run_blame_sample(const struct codist_run *run,
					   size_t sample,
					   enum codist_status status,
					   struct codist_error *err)
{
	char name[64];

	codist_dataset_sample_name(run->test, sample, name, sizeof(name));
	return codist_blame(err, status, "sample %s of %s", name,
			    run->test->name);
}

enum codist_status codist_run_blame_pair(const struct codist_run *run,
					 size_t sample, size_t reference,
					 enum codist_status status,
					 struct codist_error *err)
{
	unsigned class = run->references.class_of[reference];
	char name[64];

	codist_dataset_sample_name(run->test, sample, name, sizeof(name));
	return codist_blame(err, status,
			    "sample %s of %s against reference %zu, of class "
			    "'%s'", name, run->test->name, reference,
			    run->test->class_names[class]);
}

void codist_run_done(void *user, unsigned thread, size_t n_pairs)
{
	struct codist_run *run = user;

	run->n_scored += n_pairs;
	if (thread == 0)
		run->n_shown = run->n_scored;
}

enum codist_status codist_run_items(
	struct codist_run *run, size_t n_items,
	enum codist_status (*item)(void *run, unsigned thread, size_t i,
				   struct codist_error *err),
	struct codist_error *err)
{
	struct codist_items items = { n_items, run, item, codist_run_tick };

	return codist_items_run(&items, run->n_threads, err);
}
