/*
 * comparison.c - the runs of a study that are done, grouped by their samples
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/comparison.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct reading {
	struct codist_comparison *comparison;
	sqlite3 *db;
	struct codist_watching *watching;
};

/* What each class of the one is in the other; UINT_MAX: not there. */
static unsigned *translate(char *const *from, size_t n_from, char *const *to,
			   size_t n_to)
{
	unsigned *becomes = calloc(n_from + 1, sizeof(*becomes));

	for (size_t c = 0; becomes && c < n_from; c++) {
		/* Mostly they are the same. */
		size_t k = c < n_to && strcmp(from[c], to[c]) == 0 ? c : 0;

		while (k < n_to && strcmp(from[c], to[k]) != 0)
			k++;
		becomes[c] = k < n_to ? (unsigned)k : UINT_MAX;
	}
	return becomes;
}

/* Whether a run's samples are those of a group, with its first run's classes. */
static enum codist_status are_same(int *same,
				   const struct codist_classified *run,
				   const struct codist_compared_group *group,
				   const struct codist_compared_run *first,
				   struct codist_error *err)
{
	unsigned *becomes = translate(run->class_names, run->n_classes,
				      first->class_names,
				      first->report.n_classes);

	if (!becomes)
		return codist_no_memory(err, "classes");
	*same = memcmp(run->samples, group->samples,
		       run->n * sizeof(*run->samples)) == 0;
	for (size_t i = 0; *same && i < run->n; i++)
		*same = becomes[run->truth[i]] == group->truth[i];
	free(becomes);
	return CODIST_OK;
}

static int are_of_one_set(const struct codist_comparison_own *a,
			  const struct codist_comparison_own *b)
{
	return (*a->checksum && strcmp(a->checksum, b->checksum) == 0) ||
	       strcmp(a->classified, b->classified) == 0;
}

/* The group that the last run belongs to; n_groups: it needs one of its own. */
static enum codist_status find_group(struct reading *reading,
				     const struct codist_classified *run,
				     size_t *found, struct codist_error *err)
{
	struct codist_comparison *c = reading->comparison;

	for (*found = 0; *found < c->n_groups; ++*found) {
		const struct codist_compared_group *group = &c->groups[*found];
		int same = 0;

		for (size_t i = 0; i < group->n_runs && !same; i++)
			same = group->n_samples == run->n &&
			       are_of_one_set(&c->own[group->runs[i]],
					      &c->own[c->n_runs]);
		if (same)
			CODIST_TRY(are_same(&same, run, group,
					    &c->runs[group->runs[0]], err));
		if (same)
			return CODIST_OK;
	}
	return CODIST_OK;
}

/* A new group takes over the samples of the run, and leaves it none. */
static enum codist_status add_group(struct reading *reading,
				    struct codist_classified *run,
				    struct codist_error *err)
{
	struct codist_comparison *c = reading->comparison;
	struct codist_compared_group *groups =
		realloc(c->groups, (c->n_groups + 1) * sizeof(*groups));

	if (!groups)
		return codist_no_memory(err, "groups of runs");
	c->groups = groups;
	groups[c->n_groups++] = (struct codist_compared_group){
		.n_samples = run->n, .samples = run->samples,
		.truth = run->truth,
	};
	run->samples = NULL;
	run->truth = NULL;
	return CODIST_OK;
}

static enum codist_status join(struct codist_comparison *c, size_t run,
			       struct codist_error *err)
{
	struct codist_compared_group *group = &c->groups[c->runs[run].group];
	size_t *runs = realloc(group->runs,
			       (group->n_runs + 1) * sizeof(*runs));

	if (!runs)
		return codist_no_memory(err, "a group of runs");
	group->runs = runs;
	runs[group->n_runs++] = run;
	if (c->runs[run].result->n_correct >
	    c->runs[group->best].result->n_correct)
		group->best = run;
	return CODIST_OK;
}

static enum codist_status count_folds(struct codist_compared_run *run,
				      const struct codist_classified *samples,
				      struct codist_error *err)
{
	size_t n_folds = run->result->n_folds;
	size_t *sizes;
	int is_whole = 1;

	if (n_folds > samples->n)
		return codist_fail(err, CODIST_EFORMAT,
				   "run '%s' has %zu folds of %zu samples",
				   run->result->name, n_folds, samples->n);
	sizes = calloc(n_folds + 1, sizeof(*sizes));
	run->fold_accuracies = calloc(n_folds + 1, sizeof(double));
	if (!sizes || !run->fold_accuracies) {
		free(sizes);
		return codist_no_memory(err, "folds");
	}
	for (size_t i = 0; i < samples->n; i++) {
		/* What has no fold is counted behind the last. */
		size_t fold = samples->parts[i] < n_folds ?
				      samples->parts[i] : n_folds;

		sizes[fold]++;
		run->fold_accuracies[fold] += run->correct[i];
	}
	for (size_t f = 0; f < n_folds; f++) {
		is_whole &= sizes[f] > 0;
		run->fold_accuracies[f] /= (double)(sizes[f] ? sizes[f] : 1);
	}
	is_whole &= sizes[n_folds] == 0;
	free(sizes);
	return is_whole ? CODIST_OK :
			  codist_fail(err, CODIST_EFORMAT,
				      "run '%s' has predictions in other folds "
				      "than its %zu", run->result->name,
				      n_folds);
}

static enum codist_status count(struct codist_compared_run *run,
				const struct codist_classified *samples,
				struct codist_error *err)
{
	struct codist_confusion confusion;
	enum codist_status status;

	run->correct = calloc(samples->n + 1, 1);
	if (!run->correct)
		return codist_no_memory(err, "predictions");
	CODIST_TRY(codist_confusion_init(&confusion, samples->n_classes, err));
	for (size_t i = 0; i < samples->n; i++) {
		run->correct[i] = samples->truth[i] == samples->predicted[i];
		codist_confusion_count(&confusion, samples->truth[i],
				       samples->predicted[i]);
	}
	status = codist_report_init(&run->report, &confusion, err);
	codist_confusion_release(&confusion);
	return status;
}

static enum codist_status add_run(struct reading *reading,
				  const struct codist_result *result,
				  struct codist_classified *samples,
				  struct codist_error *err)
{
	struct codist_comparison *c = reading->comparison;
	size_t at = c->n_runs;
	struct codist_compared_run *run = &c->runs[at];
	struct codist_done done;

	run->result = result;
	CODIST_TRY(codist_own_read(&c->own[at], reading->db, result->id, err));
	CODIST_TRY(codist_done_find(&done, reading->db, result->name, err));
	CODIST_TRY(codist_classified_from(samples, reading->db, &done, 0,
					  reading->watching, err));
	CODIST_TRY(count(run, samples, err));
	if (result->n_folds > 0 && samples->n == c->own[at].n_train)
		CODIST_TRY(count_folds(run, samples, err));
	CODIST_TRY(find_group(reading, samples, &run->group, err));
	run->class_names = samples->class_names;
	samples->class_names = NULL;
	if (run->group == c->n_groups) {
		CODIST_TRY(add_group(reading, samples, err));
		c->groups[run->group].best = at;
	}
	CODIST_TRY(join(c, at, err));
	c->n_runs++;
	return CODIST_OK;
}

static enum codist_status test(struct codist_comparison *c,
			       struct codist_error *err)
{
	const unsigned char **correct = calloc(c->n_runs + 1,
					       sizeof(*correct));

	if (!correct)
		return codist_no_memory(err, "a test");
	for (size_t g = 0; g < c->n_groups; g++) {
		struct codist_compared_group *group = &c->groups[g];

		for (size_t i = 0; i < group->n_runs; i++)
			correct[i] = c->runs[group->runs[i]].correct;
		group->cochran = codist_cochran(correct, group->n_runs,
						group->n_samples);
	}
	free(correct);
	return CODIST_OK;
}

enum codist_status
codist_comparison_from(struct codist_comparison *comparison, sqlite3 *db,
		       struct codist_watching *watching,
		       struct codist_error *err)
{
	struct reading whole = { comparison, db, watching }, *reading = &whole;
	struct codist_comparison *c = comparison;
	struct codist_results *results = &c->results;

	*c = (struct codist_comparison){ 0 };
	CODIST_TRY(codist_results_from(results, db, err));
	c->runs = calloc(results->n + 1, sizeof(*c->runs));
	c->own = calloc(results->n + 1, sizeof(*c->own));
	if (!c->runs || !c->own)
		return codist_no_memory(err, "runs");
	for (size_t i = 0; i < results->n; i++) {
		struct codist_classified samples = { 0 };
		enum codist_status status;

		if (strcmp(results->items[i].state, "done") != 0 ||
		    results->items[i].is_held)
			continue;
		status = add_run(reading, &results->items[i], &samples, err);
		codist_classified_release(&samples);
		CODIST_TRY(status);
	}
	return test(c, err);
}

enum codist_status codist_comparison_init(struct codist_comparison *comparison,
					  const char *path,
					  const struct codist_watch *watch,
					  struct codist_error *err)
{
	struct codist_watching watching = { .watch = watch };
	int64_t total = 0;
	sqlite3 *db;
	enum codist_status status;

	*comparison = (struct codist_comparison){ 0 };
	CODIST_TRY(codist_results_open_whole(&db, path, err));
	/* All of one moment, whoever writes meanwhile. */
	status = codist_database_do(db, "BEGIN", err);
	if (status == CODIST_OK)
		status = codist_database_number(db, codist_count_predictions,
						&total, err);
	watching.progress.total = (size_t)total;
	if (status == CODIST_OK)
		status = codist_comparison_from(comparison, db, &watching,
						err);
	sqlite3_close(db);
	return status;
}

/* A run that could not be read to its end is behind the last. */
void codist_comparison_release(struct codist_comparison *comparison)
{
	size_t n = comparison->runs ? comparison->results.n : 0;

	for (size_t i = 0; i < n; i++) {
		struct codist_compared_run *run = &comparison->runs[i];

		for (size_t c = 0; run->class_names &&
				   c < run->report.n_classes; c++)
			free(run->class_names[c]);
		free(run->class_names);
		free(run->correct);
		free(run->fold_accuracies);
		codist_report_release(&run->report);
		if (comparison->own)
			codist_own_release(&comparison->own[i]);
	}
	for (size_t g = 0; g < comparison->n_groups; g++) {
		free(comparison->groups[g].samples);
		free(comparison->groups[g].truth);
		free(comparison->groups[g].runs);
	}
	free(comparison->groups);
	free(comparison->runs);
	free(comparison->own);
	codist_results_release(&comparison->results);
	*comparison = (struct codist_comparison){ 0 };
}

size_t codist_comparison_find(const struct codist_comparison *comparison,
			      const char *name)
{
	size_t i = 0;

	while (i < comparison->n_runs &&
	       strcmp(comparison->runs[i].result->name, name) != 0)
		i++;
	return i;
}
