/*
 * dataset.c - samples of bytes, each of one class
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/dataset.h>

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void codist_dataset_release(struct codist_dataset *set)
{
	if (set->class_names)
		for (size_t c = 0; c < set->n_classes; c++)
			free(set->class_names[c]);
	free(set->class_names);
	if (set->sample_names)
		for (size_t i = 0; i < set->n_samples; i++)
			free(set->sample_names[i]);
	free(set->sample_names);
	free(set->labels);
	free(set->starts);
	free(set->bytes);
	free(set->name);
	*set = (struct codist_dataset){ 0 };
}

struct codist_bytes codist_dataset_sample(const struct codist_dataset *set,
					  size_t i)
{
	struct codist_bytes sample;

	assert(i < set->n_samples);
	sample.data = set->bytes + set->starts[i];
	sample.nbytes = set->starts[i + 1] - set->starts[i];
	return sample;
}

void codist_dataset_sample_name(const struct codist_dataset *set, size_t i,
				char *text, size_t size)
{
	assert(i < set->n_samples);
	if (set->sample_names && set->sample_names[i])
		snprintf(text, size, "%s", set->sample_names[i]);
	else
		snprintf(text, size, "%zu", i);
}

enum codist_status codist_dataset_allocate(struct codist_dataset *set,
					   const char *name, size_t n_samples,
					   size_t n_classes, size_t nbytes,
					   struct codist_error *err)
{
	*set = (struct codist_dataset){ .n_samples = n_samples,
					.n_classes = n_classes };
	set->name = strdup(name);
	set->bytes = malloc(nbytes ? nbytes : 1);
	if (n_samples < SIZE_MAX / sizeof(*set->starts))
		set->starts = calloc(n_samples + 1, sizeof(*set->starts));
	set->labels = calloc(n_samples ? n_samples : 1, sizeof(*set->labels));
	set->class_names = calloc(n_classes ? n_classes : 1,
				  sizeof(*set->class_names));
	if (set->name && set->bytes && set->starts && set->labels &&
	    set->class_names)
		return CODIST_OK;
	codist_dataset_release(set);
	return codist_fail(err, CODIST_ENOMEM,
			   "%s: out of memory for %zu samples of %zu bytes "
			   "in all",
			   name, n_samples, nbytes);
}

enum codist_status codist_dataset_load(struct codist_dataset *set,
				       const struct codist_spec *spec,
				       struct codist_error *err)
{
	const struct codist_loader *loader =
		(const struct codist_loader *)spec->plugin;
	enum codist_status status;

	*set = (struct codist_dataset){ 0 };
	status = loader->load(spec->config, set, err);
	if (status == CODIST_OK && set->n_samples == 0)
		status = codist_fail(err, CODIST_EFORMAT,
				     "%s: no samples, expected at least one",
				     set->name);
	if (status == CODIST_OK && set->n_classes == 0)
		status = codist_fail(err, CODIST_EFORMAT,
				     "%s: no classes, expected at least one",
				     set->name);
	if (status != CODIST_OK)
		codist_dataset_release(set);
	return status;
}

static int has_class(const struct codist_dataset *set, const char *name)
{
	for (size_t c = 0; c < set->n_classes; c++)
		if (strcmp(set->class_names[c], name) == 0)
			return 1;
	return 0;
}

/* `a` has a class that `b` does not know. */
static enum codist_status same_classes(const struct codist_dataset *a,
				       const struct codist_dataset *b,
				       struct codist_error *err)
{
	for (size_t c = 0; c < a->n_classes; c++)
		if (!has_class(b, a->class_names[c]))
			return codist_fail(err, CODIST_EFORMAT,
					   "%s: has class '%s', which is not "
					   "among the %zu classes of %s; "
					   "expected the same classes in "
					   "train and test",
					   a->name, a->class_names[c],
					   b->n_classes, b->name);
	return CODIST_OK;
}

/* Labels are indices, so the same classes must stand in the same places. */
static enum codist_status same_order(const struct codist_dataset *train,
				     const struct codist_dataset *test,
				     struct codist_error *err)
{
	assert(train->n_classes == test->n_classes); /* no name stands twice */
	for (size_t c = 0; c < train->n_classes; c++)
		if (strcmp(train->class_names[c], test->class_names[c]) != 0)
			return codist_fail(err, CODIST_EFORMAT,
					   "%s: has class '%s' where %s has "
					   "'%s'; expected the same order in "
					   "train and test",
					   test->name, test->class_names[c],
					   train->name, train->class_names[c]);
	return CODIST_OK;
}

static void describe_shape(const struct codist_dataset *set, char *text,
			   size_t size)
{
	size_t used = 0;

	text[0] = '\0';
	if (set->rank == 0)
		snprintf(text, size, "of varying length");
	for (size_t d = 0; d < set->rank && used < size; d++)
		used += (size_t)snprintf(text + used, size - used, "%s%zu",
					 d ? "x" : "", set->dimensions[d]);
}

static enum codist_status same_shape(const struct codist_dataset *train,
				     const struct codist_dataset *test,
				     struct codist_error *err)
{
	char found[128], expected[128];

	if (train->rank == test->rank &&
	    (train->rank == 0 ||
	     memcmp(train->dimensions, test->dimensions,
		    train->rank * sizeof(train->dimensions[0])) == 0))
		return CODIST_OK;
	describe_shape(test, found, sizeof(found));
	describe_shape(train, expected, sizeof(expected));
	return codist_fail(err, CODIST_EFORMAT,
			   "%s: samples %s, expected %s as in %s", test->name,
			   found, expected, train->name);
}

static size_t count_of_class(const struct codist_dataset *set, unsigned class)
{
	size_t n = 0;

	for (size_t i = 0; i < set->n_samples; i++)
		n += set->labels[i] == class;
	return n;
}

enum codist_status codist_dataset_compatible(const struct codist_dataset *train,
					     const struct codist_dataset *test,
					     int allows_unseen,
					     struct codist_error *err)
{
	CODIST_TRY(same_classes(test, train, err));
	CODIST_TRY(same_classes(train, test, err));
	CODIST_TRY(same_order(train, test, err));
	CODIST_TRY(same_shape(train, test, err));
	for (unsigned c = 0; c < train->n_classes && !allows_unseen; c++) {
		size_t n = count_of_class(test, c);

		if (n > 0 && count_of_class(train, c) == 0)
			return codist_fail(err, CODIST_EFORMAT,
					   "%s: class '%s' has no sample, "
					   "expected at least one to train on, "
					   "as %s has %zu",
					   train->name, train->class_names[c],
					   test->name, n);
	}
	return CODIST_OK;
}
