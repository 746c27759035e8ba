/*
 * sets.c - the samples that a run of a study trains on, and those it classifies
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/keys.h"
#include "study/sets.h"

#include "base/digest.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

char *codist_sets_lines(const struct codist_study_run *run)
{
	struct codist_text lines = { 0 };
	const char *line = run->text;

	for (const char *end; (end = strchr(line, '\n')); line = end + 1) {
		size_t length = (size_t)(end - line);
		const char *colon = memchr(line, ':', length);
		char *key = colon ? strndup(line, (size_t)(colon - line)) :
				    NULL;

		if (!key) {
			lines.failed = 1;
			break;
		}
		/* A seed behind it is that of what is fitted. */
		if (strcmp(key, codist_keys[CODIST_KEY_AGGREGATE].name) == 0) {
			free(key);
			break;
		}
		if (codist_key_find(key) <= CODIST_KEY_TRANSFORM)
			codist_text_add(&lines, "%.*s\n", (int)length, line);
		free(key);
	}
	if (!lines.failed)
		return lines.chars;
	free(lines.chars);
	return NULL;
}

void codist_sets_release(struct codist_sets *sets)
{
	codist_dataset_release(&sets->train);
	codist_dataset_release(&sets->test);
	free(sets->lines);
	free(sets->numbers);
	free(sets->fold_of);
	*sets = (struct codist_sets){ 0 };
}

/* Keep some samples of a set. */
static enum codist_status cut(struct codist_dataset *set, const size_t *samples,
			      size_t n, struct codist_error *err)
{
	struct codist_dataset kept;

	CODIST_TRY(codist_dataset_subset(&kept, set, samples, n, err));
	codist_dataset_release(set);
	*set = kept;
	return CODIST_OK;
}

static enum codist_status cut_beginning(struct codist_dataset *set, size_t n,
					struct codist_error *err)
{
	size_t *samples;
	enum codist_status status;

	if (n == 0 || n >= set->n_samples)
		return CODIST_OK;
	samples = calloc(n, sizeof(*samples));
	if (!samples)
		return codist_no_memory(err, set->name);
	for (size_t i = 0; i < n; i++)
		samples[i] = i;
	status = cut(set, samples, n, err);
	free(samples);
	return status;
}

/* A part of a set by name: the one asked for, or the only one there is. */
static enum codist_status load_part(struct codist_dataset *set,
				    const char *name, int is_test, int is_data,
				    struct codist_error *err)
{
	struct codist_spec loader = { 0 };
	char *texts[2], *wanted;
	enum codist_status status;

	CODIST_TRY(codist_data_find(name, &texts[0], &texts[1], err));
	wanted = texts[is_test];
	if (!wanted && !is_data)
		wanted = texts[!is_test];
	status = wanted ? codist_spec_init(&loader, &codist_loaders, wanted,
					   err) :
			  codist_fail(err, CODIST_EMISSING,
				      "%s: has no samples to %s", name,
				      is_test ? "test" : "train on");
	free(texts[0]);
	free(texts[1]);
	if (status == CODIST_OK)
		status = codist_dataset_load(set, &loader, err);
	codist_spec_release(&loader);
	return status;
}

/* Of all that results depend on: bytes, where samples end, and labels. */
static void digest(const struct codist_dataset *set, char text[65])
{
	struct codist_digest sum;
	unsigned char number[16];

	codist_digest_init(&sum);
	for (size_t c = 0; c < set->n_classes; c++)
		codist_digest_add(&sum, (struct codist_bytes){
				(const unsigned char *)set->class_names[c],
				strlen(set->class_names[c]) + 1 });
	for (size_t i = 0; i < set->n_samples; i++) {
		struct codist_bytes x = codist_dataset_sample(set, i);

		for (size_t k = 0; k < 8; k++) {
			number[k] = (unsigned char)((uint64_t)x.nbytes >>
						    (8 * k));
			number[8 + k] = (unsigned char)(
				(uint64_t)set->labels[i] >> (8 * k));
		}
		codist_digest_add(&sum, (struct codist_bytes){ number, 16 });
		codist_digest_add(&sum, x);
	}
	codist_digest_text(&sum, text);
}

static void note_source(struct codist_source *source,
			const struct codist_dataset *set)
{
	source->n_samples = set->n_samples;
	digest(set, source->checksum);
}

static int compare_sizes(const void *a, const void *b)
{
	size_t p = *(const size_t *)a, q = *(const size_t *)b;

	return (p > q) - (p < q);
}

/*
 * Hold back a part of the training samples to be classified, and limit the
 * others. Both are drawn in one order, and stand in the set's.
 */
static enum codist_status draw(struct codist_sets *sets,
			       const struct codist_study_run *run,
			       struct codist_error *err)
{
	size_t n = sets->train.n_samples, n_held, n_train;
	size_t *order = calloc(n + 1, sizeof(*order));
	enum codist_status status;

	if (!order)
		return codist_no_memory(err, sets->train.name);
	status = codist_dataset_order(&sets->train, run->seed, order, err);
	n_held = (size_t)(run->validate * (double)n + 0.5);
	n_train = n - n_held;
	if (run->train_limit && run->train_limit < n_train)
		n_train = run->train_limit;
	qsort(order, n_held, sizeof(*order), compare_sizes);
	qsort(order + n_held, n_train, sizeof(*order), compare_sizes);
	if (status == CODIST_OK && run->validate > 0)
		status = codist_dataset_subset(&sets->test, &sets->train,
					       order, n_held, err);
	if (status == CODIST_OK && n_train < n)
		status = cut(&sets->train, order + n_held, n_train, err);
	if (status == CODIST_OK && run->validate > 0)
		sets->numbers = order;
	else
		free(order);
	return status;
}

/* Repeats are dropped of what is classified, as by codist classify. */
static enum codist_status drop(struct codist_sets *sets,
			       const struct codist_study_run *run,
			       struct codist_error *err)
{
	struct codist_dataset *set = run->n_folds ? &sets->train : &sets->test;
	const struct codist_dataset *other = run->n_folds ? NULL :
							    &sets->train;

	CODIST_TRY(codist_dataset_duplicates(set, other, &sets->n_repeated,
					     err));
	if (!run->drops_duplicates || sets->n_repeated == 0)
		return CODIST_OK;
	if (sets->numbers)
		return codist_fail(err, CODIST_EUSAGE,
				   "%s: %zu samples that are held back repeat "
				   "others, and drop-duplicates does not go "
				   "with validate", set->name,
				   sets->n_repeated);
	return codist_dataset_drop_duplicates(set, other, &sets->n_dropped,
					      err);
}

static enum codist_status load(struct codist_sets *sets,
			       const struct codist_study_run *run,
			       struct codist_error *err)
{
	CODIST_TRY(load_part(&sets->train, run->train, 0, run->is_data, err));
	note_source(&sets->train_source, &sets->train);
	if (run->test) {
		CODIST_TRY(load_part(&sets->test, run->test, 1, run->is_data,
				     err));
		note_source(&sets->test_source, &sets->test);
		CODIST_TRY(cut_beginning(&sets->test, run->test_limit, err));
	}
	if (run->validate > 0 || run->train_limit)
		CODIST_TRY(draw(sets, run, err));
	sets->n_copies = 1;
	for (size_t i = 0; i < run->n_transforms; i++) {
		size_t n = sets->train.n_samples;

		CODIST_TRY(codist_dataset_augment(&sets->train,
						  &run->transforms[i], err));
		if (n > 0)
			sets->n_copies *= sets->train.n_samples / n;
		if (sets->test.n_samples > 0)
			CODIST_TRY(codist_dataset_transform(
				&sets->test, &run->transforms[i], err));
	}
	if (!run->n_folds)
		CODIST_TRY(codist_datasets_unify(&sets->train, &sets->test,
						 err));
	CODIST_TRY(drop(sets, run, err));
	if (run->n_folds) {
		sets->fold_of = calloc(sets->train.n_samples + 1,
				       sizeof(*sets->fold_of));
		if (!sets->fold_of)
			return codist_no_memory(err, "folds");
		CODIST_TRY(codist_dataset_folds(&sets->train, run->n_folds,
						run->seed, sets->fold_of,
						err));
	}
	digest(&sets->train, sets->train_checksum);
	digest(&sets->test, sets->test_checksum);
	return CODIST_OK;
}

enum codist_status codist_sets_load(struct codist_sets *sets,
				    const struct codist_study_run *run,
				    struct codist_error *err)
{
	enum codist_status status;

	sets->lines = codist_sets_lines(run);
	status = sets->lines ? load(sets, run, err) :
			       codist_no_memory(err, "data");
	if (status != CODIST_OK)
		codist_sets_release(sets);
	return status;
}
