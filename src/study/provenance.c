/*
 * provenance.c - that results are of the data and the library of those before
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/engine.h"

#include "base/text.h"

#include <codist/golden.h>

#include <stdlib.h>
#include <string.h>

static enum codist_status refuse(const struct codist_engine *engine,
				 const char *differs, struct codist_error *err)
{
	return codist_fail(err, CODIST_EUSAGE,
			   "%s: run '%s': %s; to compute anew what was made "
			   "otherwise, ask to renew it (--changed renew), or "
			   "name another store", engine->how->store,
			   engine->job->runs[0]->name, differs);
}

/* Takes what a comparison found: NULL, or what differs, for free(). */
static enum codist_status decide(struct codist_engine *engine, char *differs,
				 int *renews, struct codist_error *err)
{
	enum codist_status status = CODIST_OK;
	char *message;

	*renews = differs && engine->how->changed == CODIST_CHANGED_RENEW;
	if (*renews) {
		message = codist_text_format("run '%s': %s; results of it are "
					     "made anew",
					     engine->job->runs[0]->name,
					     differs);
		engine->is_renewed = 1;
		if (message && engine->how->tell)
			engine->how->tell(engine->how->user, message);
		free(message);
	} else if (differs) {
		status = refuse(engine, differs, err);
	}
	free(differs);
	return status;
}

static enum codist_status check_sets(struct codist_engine *engine,
				     const struct codist_sets *sets,
				     struct codist_error *err)
{
	struct codist_store_sets now = {
		.sets = sets->lines, .n_train = sets->train.n_samples,
		.n_test = sets->test.n_samples,
	};
	char *differs;
	int renews;

	memcpy(now.train_checksum, sets->train_checksum,
	       sizeof(now.train_checksum));
	memcpy(now.test_checksum, sets->test_checksum,
	       sizeof(now.test_checksum));
	CODIST_TRY(codist_store_sets(&engine->store, &now, &differs, err));
	CODIST_TRY(decide(engine, differs, &renews, err));
	if (!renews)
		return CODIST_OK;
	CODIST_TRY(codist_store_forget_sets(&engine->store, sets->lines, err));
	/* Noted now, as there is nothing to compare with. */
	CODIST_TRY(codist_store_sets(&engine->store, &now, &differs, err));
	free(differs);
	return CODIST_OK;
}

static enum codist_status check_source(struct codist_engine *engine,
				       const struct codist_store_source *now,
				       struct codist_error *err)
{
	char *differs;
	int renews;

	if (!*now->checksum)
		return CODIST_OK;
	CODIST_TRY(codist_store_source(&engine->store, now, &differs, err));
	CODIST_TRY(decide(engine, differs, &renews, err));
	if (!renews)
		return CODIST_OK;
	CODIST_TRY(codist_store_forget_source(&engine->store, now->name, err));
	/* Noted now, as there is nothing to compare with. */
	CODIST_TRY(codist_store_source(&engine->store, now, &differs, err));
	free(differs);
	return CODIST_OK;
}

static enum codist_status check_sources(struct codist_engine *engine,
					const struct codist_sets *sets,
					struct codist_error *err)
{
	const struct codist_study_run *run = engine->job->runs[0];
	const struct codist_store_source train = {
		run->train, "training", sets->train_source.n_samples,
		sets->train_source.checksum,
	};
	const struct codist_store_source test = {
		run->test, "test", sets->test_source.n_samples,
		sets->test_source.checksum,
	};

	CODIST_TRY(check_source(engine, &train, err));
	return check_source(engine, &test, err);
}

static enum codist_status check_backend(struct codist_engine *engine,
					const struct codist_spec *spec,
					const char *text,
					struct codist_error *err)
{
	struct codist_golden golden;
	struct codist_store_backend now = {
		.spec = text, .library = codist_backend_library(spec),
		.version = codist_backend_version(spec),
		.digest = golden.digest,
	};
	char *differs;
	int renews;

	CODIST_TRY(codist_golden_measure(&golden, spec, err));
	CODIST_TRY(codist_store_backend(&engine->store, &now, &differs, err));
	CODIST_TRY(decide(engine, differs, &renews, err));
	if (!renews)
		return CODIST_OK;
	CODIST_TRY(codist_store_forget_library(&engine->store, now.library, err));
	/* Noted now, as there is nothing to compare with. */
	CODIST_TRY(codist_store_backend(&engine->store, &now, &differs, err));
	free(differs);
	return CODIST_OK;
}

enum codist_status codist_provenance_check(struct codist_engine *engine,
					   const struct codist_sets *sets,
					   struct codist_error *err)
{
	const struct codist_spec *backend = &engine->job->runs[0]->backend;
	char *text;
	enum codist_status status;

	CODIST_TRY(codist_store_begin(&engine->store, err));
	status = check_sources(engine, sets, err);
	if (status == CODIST_OK)
		status = check_sets(engine, sets, err);
	if (status == CODIST_OK && backend->plugin) {
		text = codist_spec_text(backend);
		status = text ? check_backend(engine, backend, text, err) :
				codist_no_memory(err, "a spec");
		free(text);
	}
	if (status == CODIST_OK)
		status = codist_store_commit(&engine->store, err);
	codist_store_roll_back(&engine->store);
	return status;
}
