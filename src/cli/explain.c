/*
 * explain.c - codist explain: a study in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "command.h"
#include "study_talk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A door, and how a run's choice at it is told. */
struct door {
	const char *what;
	char *(*tell)(const struct codist_study_run *run);
};

static char *format_limit(const char *what, size_t limit)
{
	char *text = NULL;

	if (limit == 0)
		return strdup("");
	return asprintf(&text, what, limit) < 0 ? NULL : text;
}

static char *tell_data(const struct codist_study_run *run)
{
	char *train = format_limit(", %zu of them", run->train_limit);
	char *test = format_limit(", the first %zu", run->test_limit);
	char *text = NULL;
	int length = -1;

	if (!train || !test)
		length = -1;
	else if (run->held > 0)
		length = asprintf(&text, "of the training samples of %s%s%s, "
				  "%g are held back (seed %llu) and classified "
				  "by the others, to fit by", run->train, train,
				  run->n_folds ? ", in each fold" : "",
				  run->held, (unsigned long long)run->seed);
	else if (run->n_folds)
		length = asprintf(&text, "the training samples of %s%s, each "
				  "classified by those of the other %zu of %zu "
				  "folds, dealt by seed %llu", run->train,
				  train, run->n_folds - 1, run->n_folds,
				  (unsigned long long)run->seed);
	else if (run->validate > 0)
		length = asprintf(&text, "of the training samples of %s, %g "
				  "are held back (seed %llu) and classified by "
				  "the others%s; no test sample is looked at",
				  run->train, run->validate,
				  (unsigned long long)run->seed, train);
	else
		length = asprintf(&text, "the test samples of %s%s, classified "
				  "by the training samples of %s%s", run->test,
				  test, run->train, train);
	free(train);
	free(test);
	return length < 0 ? NULL : text;
}

static char *tell_spec(const struct codist_spec *spec)
{
	char *brief, *text = NULL;

	if (!spec->plugin)
		return strdup("none is needed");
	brief = codist_spec_brief(spec);
	if (!brief || asprintf(&text, "%s - %s", brief,
			       spec->plugin->summary) < 0)
		text = NULL;
	free(brief);
	return text;
}

static char *tell_transform(const struct codist_study_run *run)
{
	char *all = strdup(run->n_transforms ? "" : "as they are");

	for (size_t i = 0; i < run->n_transforms && all; i++) {
		char *one = tell_spec(&run->transforms[i]), *more = NULL;

		if (!one || asprintf(&more, "%s%s%s", all, i ? "; then " : "",
				     one) < 0)
			more = NULL;
		free(one);
		free(all);
		all = more;
	}
	return all;
}

static char *tell_reference(const struct codist_study_run *run)
{
	return tell_spec(&run->reference);
}

static char *tell_measure(const struct codist_study_run *run)
{
	return tell_spec(&run->measure);
}

static char *tell_backend(const struct codist_study_run *run)
{
	return tell_spec(&run->backend);
}

static char *tell_aggregate(const struct codist_study_run *run)
{
	return tell_spec(&run->aggregate);
}

static const struct door doors[] = {
	{ "Data", tell_data },
	{ "Samples are first made", tell_transform },
	{ "What they are scored against", tell_reference },
	{ "The score", tell_measure },
	{ "The compressor", tell_backend },
	{ "Scores become those of classes by", tell_aggregate },
};

/* Each choice at the door once, in the order of the runs. */
static enum codist_status explain_door(const struct codist_study *study,
				       const struct door *door,
				       struct codist_error *err)
{
	char **told = calloc(study->n_runs + 1, sizeof(*told));
	size_t n = 0;
	enum codist_status status = told ? CODIST_OK :
					   codist_no_memory(err, "words");

	for (size_t i = 0; i < study->n_runs && status == CODIST_OK; i++) {
		char *text;
		size_t k = 0;

		if (study->runs[i].combination)
			continue;
		text = door->tell(&study->runs[i]);
		if (!text) {
			status = codist_no_memory(err, "words");
			break;
		}
		while (k < n && strcmp(told[k], text) != 0)
			k++;
		if (k < n)
			free(text);
		else
			told[n++] = text;
	}
	if (status == CODIST_OK && n == 1)
		printf("%s: %s.\n", door->what, told[0]);
	else if (status == CODIST_OK)
		printf("%s, of %zu:\n", door->what, n);
	for (size_t k = 0; k < n; k++) {
		if (status == CODIST_OK && n > 1)
			printf("  * %s\n", told[k]);
		free(told[k]);
	}
	free(told);
	return status;
}

static void explain_sum(const struct codist_study *study,
			const struct codist_study_run *run)
{
	const struct codist_study_combination *sum = run->combination;

	printf("  * %s: ", run->name);
	for (size_t m = 0; m < sum->n; m++) {
		if (sum->weights)
			printf("%s%g times %s", m ? " + " : "",
			       sum->weights[m],
			       study->runs[sum->members[m]].name);
		else
			printf("%s%s", m ? " + " : "",
			       study->runs[sum->members[m]].name);
	}
	printf("%s\n", sum->weights ? "" : ", each by a fitted weight");
}

/* What is not a choice at a door. */
static void explain_fits(const struct codist_study *study)
{
	size_t n_held = 0, n_sums = 0, n_ladder = 0;

	for (size_t i = 0; i < study->n_runs; i++) {
		const struct codist_study_run *run = &study->runs[i];

		n_held += run->held > 0;
		n_sums += run->combination != NULL;
		n_ladder += run->is_fitted && !run->combination;
	}
	if (n_held > 0)
		printf("Runs that serve to fit others, on training samples held "
		       "back: %zu.\n", n_held);
	if (n_ladder > 0)
		printf("Temperatures that are fitted: %zu, each of %d from %g to "
		       "%g that with the least log-loss.\n", n_ladder,
		       CODIST_LADDER, codist_ladder(0),
		       codist_ladder(CODIST_LADDER - 1));
	if (n_sums > 0)
		printf("Class scores that are added up, with no further "
		       "compressing:\n");
	for (size_t i = 0; i < study->n_runs; i++)
		if (study->runs[i].combination)
			explain_sum(study, &study->runs[i]);
}

static enum codist_status explain(const struct codist_study *study,
				  struct codist_error *err)
{
	printf("%s\n\n%zu run%s in all. The smallest score of a class wins.\n",
	       study->title, study->n_runs, study->n_runs == 1 ? "" : "s");
	for (size_t i = 0; i < sizeof(doors) / sizeof(doors[0]); i++)
		CODIST_TRY(explain_door(study, &doors[i], err));
	explain_fits(study);
	for (size_t i = 0; i < study->n_runs; i++)
		printf("\n# %s\n%s", study->runs[i].name, study->runs[i].text);
	return CODIST_OK;
}

static enum codist_status run(const void *config, size_t n_operands,
			      char *const *operands, struct codist_error *err)
{
	struct codist_study study;
	enum codist_status status;

	(void)config;
	if (n_operands != 1)
		return codist_fail(err, CODIST_EUSAGE,
				   "%zu operands, expected one STUDY",
				   n_operands);
	status = codist_study_read(&study, operands[0], study_talk_problem,
				   NULL, err);
	if (status == CODIST_OK)
		status = explain(&study, err);
	codist_study_release(&study);
	return status;
}

const struct command command_explain = {
	.name = "explain",
	.summary = "say in words what a study will do",
	.operands = "STUDY",
	.description =
		"Say what the choices of a study mean, each with its plug-in's "
		"summary, and list its runs in full. No data is loaded.",
	.examples = "codist explain window.yaml",
	.run = run,
};
