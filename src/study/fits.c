/*
 * fits.c - runs on training samples held back, by which others are fitted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/fits.h"

#include "base/text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

size_t codist_study_data_lines(const struct codist_study_run *run)
{
	const char *line = run->text;

	for (const char *end; (end = strchr(line, '\n')); line = end + 1) {
		size_t length = strcspn(line, ":");
		enum codist_key key = CODIST_KEY_DATA;

		while (key < CODIST_KEY_TRANSFORM &&
		       (strlen(codist_keys[key].name) != length ||
			strncmp(line, codist_keys[key].name, length) != 0))
			key++;
		if (key == CODIST_KEY_TRANSFORM)
			break;
	}
	return (size_t)(line - run->text);
}

static int is_line(const char *line, enum codist_key key)
{
	size_t length = strlen(codist_keys[key].name);

	return strncmp(line, codist_keys[key].name, length) == 0 &&
	       line[length] == ':';
}

/* No test set is looked at, and the seed always draws. */
static char *write_held(const struct codist_study_run *run)
{
	const char *doors = run->text + codist_study_data_lines(run);
	const char *line = run->text, *aggregate = strstr(doors, "aggregate: ");
	char fraction[CODIST_REAL_SIZE];
	struct codist_text text = { 0 };

	for (const char *end; line < doors; line = end + 1) {
		end = strchr(line, '\n');
		if (!is_line(line, CODIST_KEY_TEST) &&
		    !is_line(line, CODIST_KEY_TEST_LIMIT) &&
		    !is_line(line, CODIST_KEY_SEED))
			codist_text_add(&text, "%.*s\n", (int)(end - line),
					line);
	}
	codist_format_real(run->fit, fraction);
	codist_text_add(&text, "%s: %s\n%s: %" PRIu64 "\n%.*s\n",
			codist_keys[CODIST_KEY_FIT].name, fraction,
			codist_keys[CODIST_KEY_SEED].name, run->seed,
			(int)(strchr(aggregate, '\n') - doors), doors);
	if (!text.failed)
		return text.chars;
	free(text.chars);
	return NULL;
}

static char *name_held(const struct codist_study *study, const char *name)
{
	char *held = codist_text_format("held back: %s", name);

	for (size_t n = 2; held && codist_study_is_taken(study, study->n_runs,
							 held); n++) {
		free(held);
		held = codist_text_format("held back: %s#%zu", name, n);
	}
	return held;
}

enum codist_status codist_study_hold_back(struct codist_study *study, size_t i,
					  size_t *held,
					  struct codist_error *err)
{
	struct codist_study_run run = study->runs[i];
	char *text = write_held(&run), *name;
	enum codist_status status;

	for (*held = 0; text && *held < study->n_runs; ++*held)
		if (strcmp(study->runs[*held].text, text) == 0) {
			free(text);
			return CODIST_OK;
		}
	name = name_held(study, run.name);
	run.name = name;
	run.text = text;
	run.held = run.fit;
	run.fit = 0;
	run.is_fitted = 0;
	run.test = run.final_test = NULL;
	run.test_limit = 0;
	status = name && text ? codist_study_append(study, &run, err) :
				codist_no_memory(err, study->path);
	if (status != CODIST_OK) {
		free(name);
		free(text);
		return status;
	}
	if (study->n_runs <= CODIST_STUDY_RUNS)
		return CODIST_OK;
	return codist_fail(err, CODIST_EFORMAT,
			   "%s: more than %d runs, with those that serve to fit",
			   study->path, CODIST_STUDY_RUNS);
}

static enum codist_status fit_members(struct codist_study *study, size_t i,
				      struct codist_error *err)
{
	const struct codist_study_combination *sum =
		study->runs[i].combination;
	size_t *held = calloc(sum->n, sizeof(*held));

	if (!held)
		return codist_no_memory(err, study->path);
	/* The run's own from here on. */
	((struct codist_study_combination *)(uintptr_t)sum)->held = held;
	for (size_t m = 0; m < sum->n; m++)
		CODIST_TRY(codist_study_hold_back(study, sum->members[m],
						  &held[m], err));
	return CODIST_OK;
}

enum codist_status codist_study_fit(struct codist_study *study, size_t first,
				    struct codist_error *err)
{
	size_t n = study->n_runs;

	for (size_t i = first; i < n; i++) {
		size_t held;

		if (!study->runs[i].is_fitted)
			continue;
		if (study->runs[i].combination) {
			CODIST_TRY(fit_members(study, i, err));
			continue;
		}
		CODIST_TRY(codist_study_hold_back(study, i, &held, err));
		study->runs[i].twin = held;
	}
	return CODIST_OK;
}

/* Of a mapping, whose runs stand side by side, some must make use of it. */
static void check_fit(const struct codist_study *study,
		      const unsigned char *is_used,
		      struct codist_problems *problems)
{
	for (size_t i = 0, n; i < study->n_runs; i += n) {
		const struct codist_study_run *run = &study->runs[i];
		int is_any = 0;

		for (n = 0; i + n < study->n_runs &&
			    run[n].line == run->line; n++)
			is_any |= is_used[i + n];
		if (is_any || run->combination || !(run->fit > 0))
			continue;
		codist_problem(problems, run->line,
			       "fit: %g, but nothing is fitted: expected an "
			       "aggregator such as logsumexp:temperature=fit, "
			       "or a combination with weights: fit", run->fit);
	}
}

enum codist_status codist_study_check_fits(const struct codist_study *study,
					   struct codist_problems *problems,
					   struct codist_error *err)
{
	unsigned char *is_used = calloc(study->n_runs + 1, 1);

	if (!is_used)
		return codist_no_memory(err, study->path);
	for (size_t i = 0; i < study->n_runs; i++) {
		const struct codist_study_run *run = &study->runs[i];
		const struct codist_study_combination *sum = run->combination;

		if (run->is_fitted)
			is_used[i] = 1;
		for (size_t m = 0; sum && run->is_fitted && m < sum->n; m++)
			is_used[sum->members[m]] = 1;
	}
	check_fit(study, is_used, problems);
	free(is_used);
	return CODIST_OK;
}
