/*
 * sums.c - runs whose class scores are sums of those of others
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/fits.h"

#include "base/text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* All on a line: the doors of a member. */
static void add_member(struct codist_text *text,
		       const struct codist_study_run *run)
{
	const char *line = run->text + codist_study_data_lines(run);
	const char *separator = "member: ";

	for (const char *end; (end = strchr(line, '\n')); line = end + 1) {
		codist_text_add(text, "%s%.*s", separator, (int)(end - line),
				line);
		separator = "; ";
	}
	codist_text_add_char(text, '\n');
}

static void add_weights(struct codist_text *text,
			const struct codist_study_sum *sum)
{
	int are_equal = 1;

	codist_text_add(text, "%s: sum:weights=",
			codist_keys[CODIST_KEY_AGGREGATE].name);
	for (size_t m = 0; m < sum->n && !sum->is_fitted; m++)
		are_equal &= sum->weights[m] == 1;
	if (sum->is_fitted || are_equal)
		codist_text_add(text, "%s", sum->is_fitted ? "fit" : "equal");
	for (size_t m = 0; m < sum->n && !sum->is_fitted && !are_equal; m++) {
		char number[CODIST_REAL_SIZE];

		codist_format_real(sum->weights[m], number);
		codist_text_add(text, "%s%s", m ? "|" : "", number);
	}
	codist_text_add_char(text, '\n');
}

/* As that of any run, with a line for each member in place of the doors. */
static char *write_sum(const struct codist_study *study,
		       const struct codist_study_sum *sum)
{
	const struct codist_study_run *first = &study->runs[sum->members[0]];
	size_t length = codist_study_data_lines(first);
	char fraction[CODIST_REAL_SIZE];
	struct codist_text text = { 0 };

	codist_text_add(&text, "%.*s", (int)length, first->text);
	/* What is left out depends on it. */
	if (first->drops_duplicates)
		codist_text_add(&text, "%.*s\n",
				(int)strcspn(first->text + length, "\n"),
				first->text + length);
	for (size_t m = 0; m < sum->n; m++)
		add_member(&text, &study->runs[sum->members[m]]);
	add_weights(&text, sum);
	if (sum->is_fitted) {
		codist_format_real(first->fit, fraction);
		codist_text_add(&text, "%s: %s\n",
				codist_keys[CODIST_KEY_FIT].name, fraction);
		if (!first->n_folds && !(first->validate > 0) &&
		    !first->train_limit)
			codist_text_add(&text, "%s: %" PRIu64 "\n",
					codist_keys[CODIST_KEY_SEED].name,
					first->seed);
	}
	if (!text.failed)
		return text.chars;
	free(text.chars);
	return NULL;
}

static struct codist_study_combination *
copy_sum(const struct codist_study_sum *sum)
{
	struct codist_study_combination *copy = calloc(1, sizeof(*copy));
	size_t *members = calloc(sum->n, sizeof(*members));
	double *weights = sum->is_fitted ? NULL :
					   calloc(sum->n, sizeof(*weights));

	if (!copy || !members || (!sum->is_fitted && !weights)) {
		free(copy);
		free(members);
		free(weights);
		return NULL;
	}
	memcpy(members, sum->members, sum->n * sizeof(*members));
	if (weights)
		memcpy(weights, sum->weights, sum->n * sizeof(*weights));
	copy->n = sum->n;
	copy->members = members;
	copy->weights = weights;
	return copy;
}

void codist_study_release_sum(struct codist_study_run *run)
{
	const struct codist_study_combination *sum = run->combination;

	if (!sum)
		return;
	free((size_t *)(uintptr_t)sum->members);
	free((size_t *)(uintptr_t)sum->held);
	free((double *)(uintptr_t)sum->weights);
	free((void *)(uintptr_t)sum);
	run->combination = NULL;
}

enum codist_status codist_study_add_sum(struct codist_study *study,
					const struct codist_study_sum *sum,
					int *is_new, struct codist_error *err)
{
	struct codist_study_run run = study->runs[sum->members[0]];
	char *text = write_sum(study, sum), *name;
	enum codist_status status;

	*is_new = 0;
	for (size_t i = 0; text && i < study->n_runs; i++)
		if (strcmp(study->runs[i].text, text) == 0) {
			free(text);
			return CODIST_OK;
		}
	name = strdup(sum->name);
	run.name = name;
	run.text = text;
	run.line = sum->line;
	if (!run.drops_duplicates) {
		run.transforms = NULL;
		run.n_transforms = 0;
	}
	run.reference = run.measure = run.backend = run.aggregate =
		(struct codist_spec){ 0 };
	run.is_fitted = sum->is_fitted;
	run.twin = 0;
	run.combination = copy_sum(sum);
	status = name && text && run.combination ?
			 codist_study_append(study, &run, err) :
			 codist_no_memory(err, study->path);
	*is_new = status == CODIST_OK;
	if (status != CODIST_OK) {
		free(name);
		free(text);
		codist_study_release_sum(&run);
	}
	return status;
}
