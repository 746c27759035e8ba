/*
 * parts.c - the folds of a run's samples, and what is held back of their training
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/sets.h"

#include <stdlib.h>

size_t codist_sets_parts(const struct codist_sets *sets,
			 const struct codist_study_run *run)
{
	return sets->fold_of ? run->n_folds : 1;
}

static size_t count_held(const struct codist_study_run *run, size_t n_train)
{
	return (size_t)(run->held * (double)n_train + 0.5);
}

size_t codist_sets_classified(const struct codist_sets *sets,
			      const struct codist_study_run *run)
{
	size_t n = sets->train.n_samples / sets->n_copies, n_classified = 0;

	if (!(run->held > 0))
		return sets->fold_of ? n : sets->test.n_samples;
	for (size_t fold = 0; fold < codist_sets_parts(sets, run); fold++) {
		size_t n_train = 0;

		for (size_t i = 0; i < n; i++)
			n_train += !sets->fold_of || sets->fold_of[i] != fold;
		n_classified += count_held(run, n_train);
	}
	return n_classified;
}

/* The samples of a fold, or all others, without copies; *n of them. */
static size_t *list_fold(const struct codist_sets *sets, size_t fold,
			 int is_fold, size_t *n)
{
	size_t n_samples = sets->train.n_samples / sets->n_copies;
	size_t *samples = calloc(n_samples + 1, sizeof(*samples));

	*n = 0;
	for (size_t i = 0; samples && i < n_samples; i++)
		if ((sets->fold_of && sets->fold_of[i] == fold) == is_fold)
			samples[(*n)++] = i;
	return samples;
}

static enum codist_status init_fold(struct codist_part *part,
				    const struct codist_sets *sets,
				    size_t fold, struct codist_error *err)
{
	size_t n_test, n_train;
	size_t *others = list_fold(sets, fold, 0, &n_train);
	enum codist_status status;

	part->numbers = list_fold(sets, fold, 1, &n_test);
	if (!part->numbers || !others) {
		free(others);
		return codist_no_memory(err, "a fold");
	}
	status = codist_dataset_subset(&part->own_train, &sets->train, others,
				       n_train, err);
	if (status == CODIST_OK)
		status = codist_dataset_subset(&part->own_test, &sets->train,
					       part->numbers, n_test, err);
	free(others);
	part->train = &part->own_train;
	part->test = &part->own_test;
	return status;
}

static int compare_sizes(const void *a, const void *b)
{
	size_t p = *(const size_t *)a, q = *(const size_t *)b;

	return (p > q) - (p < q);
}

/*
 * Copies of a sample lie side by side, and go with it. Of those held back the
 * middle one, which is the sample itself, is classified.
 */
static enum codist_status take_held(struct codist_part *part,
				    const struct codist_sets *sets,
				    const size_t *order, size_t n_held,
				    size_t n, struct codist_error *err)
{
	size_t c = sets->n_copies, n_train = (n - n_held) * c;
	size_t *all = calloc(n * c + 1, sizeof(*all));
	enum codist_status status;

	if (!all)
		return codist_no_memory(err, "samples held back");
	for (size_t i = 0; i < n_held; i++)
		all[i] = order[i] * c + (c - 1) / 2;
	status = codist_dataset_subset(&part->own_test, &sets->train, all,
				       n_held, err);
	for (size_t i = 0; i < n_train; i++)
		all[i] = order[n_held + i / c] * c + i % c;
	if (status == CODIST_OK)
		status = codist_dataset_subset(&part->own_train, &sets->train,
					       all, n_train, err);
	free(all);
	return status;
}

/*
 * `samples` are those that the fold trains on, without copies. Their order keeps
 * the shares of classes, in its beginning as well.
 */
static enum codist_status cut_held(struct codist_part *part,
				   const struct codist_sets *sets,
				   const struct codist_study_run *run,
				   size_t *samples, size_t n,
				   struct codist_error *err)
{
	size_t n_held = count_held(run, n);
	size_t *order = part->numbers;
	/* An order depends on nothing else of a set. */
	struct codist_dataset all = {
		.name = sets->train.name, .n_samples = n,
		.n_classes = sets->train.n_classes,
		.labels = calloc(n + 1, sizeof(*all.labels)),
	};
	enum codist_status status;

	if (!all.labels)
		return codist_no_memory(err, "samples held back");
	for (size_t i = 0; i < n; i++)
		all.labels[i] =
			sets->train.labels[samples[i] * sets->n_copies];
	status = codist_dataset_order(&all, run->seed, order, err);
	free(all.labels);
	CODIST_TRY(status);
	if (n_held == 0 || n_held >= n)
		return codist_fail(err, CODIST_EUSAGE,
				   "%s: of %zu training samples %g are to be "
				   "held back to fit, which leaves %s",
				   sets->train.name, n, run->held,
				   n_held ? "none to train on" : "none to fit");
	for (size_t i = 0; i < n; i++)
		order[i] = samples[order[i]];
	qsort(order, n_held, sizeof(*order), compare_sizes);
	qsort(order + n_held, n - n_held, sizeof(*order), compare_sizes);
	return take_held(part, sets, order, n_held, n, err);
}

static enum codist_status init_held(struct codist_part *part,
				    const struct codist_sets *sets,
				    const struct codist_study_run *run,
				    size_t fold, struct codist_error *err)
{
	size_t n;
	size_t *samples = list_fold(sets, fold, 0, &n);
	enum codist_status status;

	part->numbers = calloc(sets->train.n_samples + 1,
			       sizeof(*part->numbers));
	status = samples && part->numbers ?
			 cut_held(part, sets, run, samples, n, err) :
			 codist_no_memory(err, "samples held back");
	free(samples);
	CODIST_TRY(status);
	for (size_t i = 0; i < part->own_test.n_samples; i++)
		part->numbers[i] += fold * sets->train.n_samples;
	part->train = &part->own_train;
	part->test = &part->own_test;
	return CODIST_OK;
}

enum codist_status codist_part_init(struct codist_part *part,
				    const struct codist_sets *sets,
				    const struct codist_study_run *run,
				    size_t fold, struct codist_error *err)
{
	size_t n = sets->test.n_samples;

	if (run->held > 0)
		return init_held(part, sets, run, fold, err);
	if (sets->fold_of)
		return init_fold(part, sets, fold, err);
	part->train = &sets->train;
	part->test = &sets->test;
	part->numbers = calloc(n + 1, sizeof(*part->numbers));
	if (!part->numbers)
		return codist_no_memory(err, "a part");
	for (size_t i = 0; i < n; i++)
		part->numbers[i] = sets->numbers ? sets->numbers[i] : i;
	return CODIST_OK;
}

void codist_part_release(struct codist_part *part)
{
	codist_dataset_release(&part->own_train);
	codist_dataset_release(&part->own_test);
	free(part->numbers);
	*part = (struct codist_part){ 0 };
}
