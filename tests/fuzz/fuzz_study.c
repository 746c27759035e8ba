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

/* Members come before, and are on the same samples; and so are their twins. */
static void check_sum(const struct codist_study *study, size_t i)
{
	const struct codist_study_run *run = &study->runs[i];
	const struct codist_study_combination *sum = run->combination;

	FUZZ_PROMISE(sum->n >= 2 && !run->measure.plugin);
	FUZZ_PROMISE((sum->weights == NULL) == run->is_fitted);
	FUZZ_PROMISE((sum->held != NULL) == run->is_fitted);
	for (size_t m = 0; m < sum->n; m++) {
		const struct codist_study_run *member =
			&study->runs[sum->members[m]];

		FUZZ_PROMISE(sum->members[m] < i && !member->combination);
		FUZZ_PROMISE(strcmp(member->train, run->train) == 0 &&
			     member->n_folds == run->n_folds);
		FUZZ_PROMISE(sum->weights || member->fit > 0);
		FUZZ_PROMISE(!sum->weights || sum->weights[m] >= 0);
		FUZZ_PROMISE(!sum->held || (sum->held[m] < study->n_runs &&
			     study->runs[sum->held[m]].held == member->fit &&
			     study->runs[sum->held[m]].seed == run->seed));
	}
}

static void check(const struct codist_study *study)
{
	FUZZ_PROMISE(study->n_runs >= 1 && study->n_runs <= CODIST_STUDY_RUNS);
	for (size_t i = 0; i < study->n_runs; i++) {
		const struct codist_study_run *run = &study->runs[i];

		FUZZ_PROMISE(*run->name && run->train);
		FUZZ_PROMISE(strstr(run->text, "\naggregate: "));
		FUZZ_PROMISE(run->test || run->n_folds || run->validate > 0 ||
			     run->held > 0);
		if (run->combination)
			check_sum(study, i);
		else
			FUZZ_PROMISE(run->measure.plugin &&
				     run->reference.plugin &&
				     run->aggregate.plugin);
		if (run->is_fitted && !run->combination)
			FUZZ_PROMISE(study->runs[run->twin].held == run->fit);
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
