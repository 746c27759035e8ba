/*
 * final.c - what was chosen on samples held back, on the test samples
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/keys.h"

#include "base/text.h"

#include <codist/study.h>

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
	}
	if (!text.failed)
		return text.chars;
	free(text.chars);
	return NULL;
}

enum codist_status codist_study_test(struct codist_study *study, size_t i,
				     struct codist_error *err)
{
	struct codist_study_run *runs, run = study->runs[i];
	char *name, *text;

	if (!(run.validate > 0))
		return codist_fail(err, CODIST_EUSAGE,
				   "%s: run '%s' is not validated, expected the "
				   "key validate", study->path, run.name);
	if (!run.final_test)
		return codist_fail(err, CODIST_EUSAGE,
				   "%s: run '%s' has nothing to be tested on, "
				   "expected data or test", study->path,
				   run.name);
	name = codist_text_format("tested: %s", run.name);
	text = text_of_test(&run);
	runs = realloc(study->runs, (study->n_runs + 1) * sizeof(*runs));
	if (runs)
		study->runs = runs;
	if (!name || !text || !runs) {
		free(name);
		free(text);
		return codist_no_memory(err, study->path);
	}
	run.name = name;
	run.text = text;
	run.test = run.final_test;
	run.validate = 0;
	runs[study->n_runs++] = run;
	return CODIST_OK;
}
