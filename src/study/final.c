/*
 * final.c - what was chosen on samples held back, on the test samples
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/fits.h"

#include "base/text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static int is_line(const char *line, enum codist_key key)
{
	const char *name = codist_keys[key].name;
	size_t length = strlen(name);

	return strncmp(line, name, length) == 0 && line[length] == ':';
}

/* The text of the run, without what held samples back. */
static char *text_of_test(const struct codist_study_run *run)
{
	struct codist_text text = { 0 };
	const char *line = run->text, *end;
	int draws = run->train_limit > 0;

	for (; (end = strchr(line, '\n')); line = end + 1) {
		if (is_line(line, CODIST_KEY_VALIDATE) ||
		    (!draws && is_line(line, CODIST_KEY_SEED)))
			continue;
		codist_text_add(&text, "%.*s\n", (int)(end - line), line);
		if (is_line(line, CODIST_KEY_TRAIN))
			codist_text_add(&text, "test: %s\n", run->final_test);
		if (run->test_limit && (is_line(line, CODIST_KEY_DATA) ||
					is_line(line, CODIST_KEY_TRAIN)))
			codist_text_add(&text, "test.limit: %zu\n",
					run->test_limit);
		/* Then it is that of what is fitted. */
		if (!draws && is_line(line, CODIST_KEY_FIT))
			codist_text_add(&text, "seed: %" PRIu64 "\n",
					run->seed);
	}
	if (!text.failed)
		return text.chars;
	free(text.chars);
	return NULL;
}

/* The run of that text; n_runs: there is none. */
static size_t find(const struct codist_study *study, const char *text)
{
	size_t i = 0;

	while (i < study->n_runs && strcmp(study->runs[i].text, text) != 0)
		i++;
	return i;
}

/* Appends it where it is not there yet, under a name that it takes over. */
static enum codist_status test_run(struct codist_study *study, size_t i,
				   char *name, size_t *tested,
				   struct codist_error *err)
{
	struct codist_study_run run = study->runs[i];
	char *text = text_of_test(&run);
	enum codist_status status = CODIST_OK;

	if (name && text)
		*tested = find(study, text);
	else
		status = codist_no_memory(err, study->path);
	if (status == CODIST_OK && *tested == study->n_runs) {
		run.name = name;
		run.text = text;
		run.test = run.final_test;
		run.final_test = NULL;
		run.validate = 0;
		status = codist_study_append(study, &run, err);
		if (status == CODIST_OK)
			return CODIST_OK;
	}
	free(name);
	free(text);
	return status;
}

/* Its members are tested for it, which is no look at them. */
static enum codist_status test_members(struct codist_study *study, size_t i,
				       size_t *tested, struct codist_error *err)
{
	const struct codist_study_combination *sum =
		study->runs[i].combination;

	for (size_t m = 0; m < sum->n; m++) {
		char *name = codist_text_format(
			"for the test of %s: %s", study->runs[i].name,
			study->runs[sum->members[m]].name);

		CODIST_TRY(test_run(study, sum->members[m], name, &tested[m],
				    err));
	}
	return CODIST_OK;
}

static enum codist_status test_sum(struct codist_study *study, size_t i,
				   const char *name, struct codist_error *err)
{
	const struct codist_study_combination *sum =
		study->runs[i].combination;
	size_t *tested = calloc(sum->n, sizeof(*tested));
	struct codist_study_sum wanted = {
		.name = name, .line = study->runs[i].line, .members = tested,
		.n = sum->n, .is_fitted = study->runs[i].is_fitted,
		.weights = sum->weights,
	};
	int is_new;
	enum codist_status status;

	if (!tested)
		return codist_no_memory(err, study->path);
	status = test_members(study, i, tested, err);
	if (status == CODIST_OK)
		status = codist_study_add_sum(study, &wanted, &is_new, err);
	free(tested);
	return status;
}

enum codist_status codist_study_test(struct codist_study *study, size_t i,
				     struct codist_error *err)
{
	const struct codist_study_run *run = &study->runs[i];
	size_t first = study->n_runs, tested;
	char *name;
	enum codist_status status;

	if (!(run->validate > 0) || run->held > 0)
		return codist_fail(err, CODIST_EUSAGE,
				   "%s: run '%s' is not validated, expected the "
				   "key validate", study->path, run->name);
	if (!run->final_test)
		return codist_fail(err, CODIST_EUSAGE,
				   "%s: run '%s' has nothing to be tested on, "
				   "expected data or test", study->path,
				   run->name);
	name = codist_text_format("tested: %s", run->name);
	if (!name)
		return codist_no_memory(err, study->path);
	if (run->combination) {
		status = test_sum(study, i, name, err);
		free(name);
	} else {
		status = test_run(study, i, name, &tested, err);
	}
	return status == CODIST_OK ? codist_study_fit(study, first, err) :
				     status;
}
