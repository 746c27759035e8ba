/*
 * values.c - the number that belongs to one item, once for each
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/run.h"

#include <math.h>
#include <stdlib.h>

/* References come first, and the test samples after them. */
static enum codist_status value_of(void *user, unsigned thread, size_t i,
				   struct codist_error *err)
{
	struct codist_run *run = user;
	struct codist_worker *worker = &run->workers[thread];
	size_t n_references = run->references.n_references;
	int is_reference = i < n_references;
	size_t k = is_reference ? i : i - n_references;
	struct codist_bytes item = is_reference ?
		run->references.bytes_of[k] :
		codist_dataset_sample(run->test, k);
	enum codist_status status;
	double *value = is_reference ? &run->reference_values[k] :
				       &run->query_values[k];

	CODIST_TRY(codist_worker_coder(worker, run, err));
	status = run->measure->value(run->pipeline->measure->config,
				     worker->coder, item, value, err);
	if (status != CODIST_OK)
		return is_reference ?
			       codist_run_blame_reference(run, k, status, err) :
			       codist_run_blame_sample(run, k, status, err);
	if (!isnan(*value))
		return CODIST_OK;
	return codist_fail(err, CODIST_EFORMAT,
			   "%s: measure %s: the value of %s %zu (%zu bytes) "
			   "is not a number",
			   run->test->name, run->measure->plugin.name,
			   is_reference ? "reference" : "test sample", k,
			   item.nbytes);
}

enum codist_status codist_run_values(struct codist_run *run,
				     struct codist_error *err)
{
	if (!run->measure->value)
		return CODIST_OK;
	return codist_run_items(run,
				run->references.n_references + run->n_samples,
				value_of, err);
}

enum codist_status codist_run_values_init(struct codist_run *run,
					  struct codist_error *err)
{
	if (!run->measure->value && !run->measure->formula)
		return CODIST_OK;
	run->reference_values = calloc(run->references.n_references,
				       sizeof(*run->reference_values));
	run->query_values = calloc(run->n_samples, sizeof(*run->query_values));
	if (!run->reference_values || !run->query_values)
		return codist_no_memory(err, "a value of each item");
	return CODIST_OK;
}

void codist_run_values_release(struct codist_run *run)
{
	free(run->reference_values);
	free(run->query_values);
}
