/*
 * fuzz_study.c - any bytes as a study: refused, or a grid as is promised
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "fuzz.h"

#include <codist.h>

#include <string.h>

static const char path[] = "any.yaml";

static void count_problem(void *n, const char *message)
{
	FUZZ_PROMISE(strncmp(message, path, strlen(path)) == 0);
	++*(size_t *)n;
}

static void check(const struct codist_study *study)
{
	FUZZ_PROMISE(study->n_runs >= 1 && study->n_runs <= CODIST_STUDY_RUNS);
	for (size_t i = 0; i < study->n_runs; i++) {
		const struct codist_study_run *run = &study->runs[i];

		FUZZ_PROMISE(*run->name && run->train && run->measure.plugin &&
			     run->reference.plugin && run->aggregate.plugin);
		FUZZ_PROMISE(strstr(run->text, "\naggregate: "));
		FUZZ_PROMISE(run->test || run->n_folds || run->validate > 0);
		for (size_t k = 0; k < i && i < 100; k++) {
			FUZZ_PROMISE(strcmp(study->runs[k].name, run->name));
			FUZZ_PROMISE(strcmp(study->runs[k].text, run->text));
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct codist_study study;
	struct codist_error err = { 0 };
	size_t n_problems = 0;
	enum codist_status status;

	status = codist_study_parse(&study, path,
				    (struct codist_bytes){ data, size },
				    count_problem, &n_problems, &err);
	if (status == CODIST_OK)
		check(&study);
	else
		FUZZ_PROMISE(status == CODIST_EFORMAT ||
			     status == CODIST_EMISSING);
	FUZZ_PROMISE(status != CODIST_OK || n_problems == 0);
	codist_study_release(&study);
	return 0;
}
