/*
 * begun.c - what is known of runs before their first score
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/engine.h"

#include <stdlib.h>

/* What it is made of, and what was found for it on samples held back. */
static enum codist_status note_members(struct codist_engine *engine,
				       const struct codist_study_run *run,
				       int64_t id, struct codist_error *err)
{
	const struct codist_study_combination *sum = run->combination;
	const int64_t *ids = engine->ids;

	for (size_t m = 0; sum && m < sum->n; m++)
		CODIST_TRY(codist_store_add_member(
			&engine->store, id, m + 1, ids[sum->members[m]],
			sum->held ? ids[sum->held[m]] : 0, err));
	if (sum || !run->is_fitted)
		return CODIST_OK;
	CODIST_TRY(codist_store_copy_fits(&engine->store, ids[run->twin], id,
					  err));
	return codist_store_add_member(&engine->store, id, 1, id,
				       ids[run->twin], err);
}

static enum codist_status begin_runs(struct codist_engine *engine,
				     const struct codist_store_begun *begun,
				     struct codist_error *err)
{
	for (size_t i = 0; i < engine->n_pending; i++) {
		size_t run = engine->pending[i];

		CODIST_TRY(codist_store_begin_run(
			&engine->store, engine->job->ids[run], begun, err));
		CODIST_TRY(note_members(engine, engine->job->runs[run],
					engine->job->ids[run], err));
	}
	return codist_store_commit(&engine->store, err);
}

enum codist_status codist_engine_begin_runs(struct codist_engine *engine,
					    const struct codist_sets *sets,
					    size_t n_references,
					    struct codist_error *err)
{
	const struct codist_study_run *any = engine->job->runs[0];
	char *backend = any->backend.plugin ? codist_spec_text(&any->backend) :
					      NULL;
	struct codist_store_begun begun = {
		.sets = sets->lines, .backend = backend,
		.n_train = sets->train.n_samples / sets->n_copies,
		.n_samples = codist_sets_classified(sets, any),
		.n_references = n_references,
		.n_classes = sets->train.n_classes,
		.class_names = sets->train.class_names,
	};
	enum codist_status status;

	if (any->backend.plugin && !backend)
		return codist_no_memory(err, "a spec");
	if (any->held > 0 && !sets->fold_of)
		begun.n_train -= begun.n_samples;
	status = codist_store_begin(&engine->store, err);
	if (status == CODIST_OK)
		status = begin_runs(engine, &begun, err);
	codist_store_roll_back(&engine->store);
	free(backend);
	return status;
}
