/*
 * parts.c - sets that are parts of one: their classes, subsets, folds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/random.h"

#include <codist/dataset.h>

#include <stdlib.h>
#include <string.h>

/* The streams of random numbers that folds and orders are drawn from. */
#define STREAM_FOLDS 77
#define STREAM_ORDER 78

static int same_names(const struct codist_dataset *a,
		      const struct codist_dataset *b)
{
	if (a->n_classes != b->n_classes)
		return 0;
	for (size_t c = 0; c < a->n_classes; c++)
		if (strcmp(a->class_names[c], b->class_names[c]) != 0)
			return 0;
	return 1;
}

static size_t find_class(const struct codist_dataset *set, const char *name)
{
	size_t c = 0;

	while (strcmp(set->class_names[c], name) != 0)
		c++;
	return c;
}

/* Copies of names[n], each for free(), or NULL. */
static char **copy_names(char *const *names, size_t n)
{
	char **copies = calloc(n, sizeof(*copies));
	size_t i = 0;

	while (copies && i < n && (copies[i] = strdup(names[i])))
		i++;
	if (!copies || i == n)
		return copies;
	while (i-- > 0)
		free(copies[i]);
	free(copies);
	return NULL;
}

/* Let the set have the classes of `all`, among which are its own. */
static enum codist_status adopt(struct codist_dataset *set,
				const struct codist_dataset *all,
				struct codist_error *err)
{
	char **names = copy_names(all->class_names, all->n_classes);
	unsigned *becomes = calloc(set->n_classes, sizeof(*becomes));

	if (!names || !becomes) {
		for (size_t c = 0; names && c < all->n_classes; c++)
			free(names[c]);
		free(names);
		free(becomes);
		return codist_no_memory(err, "class names");
	}
	for (size_t c = 0; c < set->n_classes; c++)
		becomes[c] = (unsigned)find_class(all, set->class_names[c]);
	for (size_t i = 0; i < set->n_samples; i++)
		set->labels[i] = becomes[set->labels[i]];
	for (size_t c = 0; c < set->n_classes; c++)
		free(set->class_names[c]);
	free(set->class_names);
	free(becomes);
	set->class_names = names;
	set->n_classes = all->n_classes;
	return CODIST_OK;
}

enum codist_status codist_datasets_unify(struct codist_dataset *a,
					 struct codist_dataset *b,
					 struct codist_error *err)
{
	const struct codist_dataset *both[2] = { a, b };
	struct codist_builder builder;
	struct codist_dataset all = { 0 };
	enum codist_status status = CODIST_OK;

	if (same_names(a, b))
		return CODIST_OK;
	codist_builder_init(&builder, "classes");
	for (size_t i = 0; i < 2; i++)
		for (size_t c = 0; c < both[i]->n_classes; c++)
			if (status == CODIST_OK)
				status = codist_builder_add_class(
					&builder, both[i]->class_names[c], err);
	if (status == CODIST_OK)
		status = codist_builder_finish(&builder, &all, err);
	codist_builder_release(&builder);
	if (status == CODIST_OK)
		status = adopt(a, &all, err);
	if (status == CODIST_OK)
		status = adopt(b, &all, err);
	codist_dataset_release(&all);
	return status;
}

static enum codist_status copy_sample_names(struct codist_dataset *subset,
					    const struct codist_dataset *set,
					    const size_t *samples,
					    struct codist_error *err)
{
	if (!set->sample_names)
		return CODIST_OK;
	subset->sample_names = calloc(subset->n_samples + 1,
				      sizeof(*subset->sample_names));
	if (!subset->sample_names)
		return codist_no_memory(err, "names of samples");
	for (size_t i = 0; i < subset->n_samples; i++) {
		const char *name = set->sample_names[samples[i]];

		if (!name)
			continue;
		subset->sample_names[i] = strdup(name);
		if (!subset->sample_names[i])
			return codist_no_memory(err, "names of samples");
	}
	return CODIST_OK;
}

static enum codist_status fill(struct codist_dataset *subset,
			       const struct codist_dataset *set,
			       const size_t *samples, struct codist_error *err)
{
	size_t at = 0;

	for (size_t i = 0; i < subset->n_samples; i++) {
		struct codist_bytes x = codist_dataset_sample(set, samples[i]);

		if (x.nbytes)
			memcpy(subset->bytes + at, x.data, x.nbytes);
		at += x.nbytes;
		subset->starts[i + 1] = at;
		subset->labels[i] = set->labels[samples[i]];
	}
	subset->rank = set->rank;
	memcpy(subset->dimensions, set->dimensions, sizeof(set->dimensions));
	for (size_t c = 0; c < set->n_classes; c++) {
		subset->class_names[c] = strdup(set->class_names[c]);
		if (!subset->class_names[c])
			return codist_no_memory(err, "class names");
	}
	return copy_sample_names(subset, set, samples, err);
}

enum codist_status codist_dataset_subset(struct codist_dataset *subset,
					 const struct codist_dataset *set,
					 const size_t *samples, size_t n,
					 struct codist_error *err)
{
	enum codist_status status;
	size_t nbytes = 0;

	for (size_t i = 0; i < n; i++)
		nbytes += codist_dataset_sample(set, samples[i]).nbytes;
	CODIST_TRY(codist_dataset_allocate(subset, set->name, n, set->n_classes,
					   nbytes, err));
	status = fill(subset, set, samples, err);
	if (status != CODIST_OK)
		codist_dataset_release(subset);
	return status;
}

/* An index within 0..n - 1, all alike: what would favour some is redrawn. */
static size_t draw(struct codist_random *random, size_t n)
{
	uint64_t most = UINT64_MAX - UINT64_MAX % n, number;

	do
		number = codist_random_next(random);
	while (number >= most);
	return (size_t)(number % n);
}

/* The samples of a class, shuffled; their number. */
static size_t shuffle_class(const struct codist_dataset *set, unsigned class,
			    uint64_t seed, uint64_t stream, size_t *samples)
{
	struct codist_random random;
	size_t n = 0;

	codist_random_init(&random, seed, stream, class);
	for (size_t i = 0; i < set->n_samples; i++)
		if (set->labels[i] == class)
			samples[n++] = i;
	for (size_t left = n; left > 1; left--) {
		size_t k = draw(&random, left);
		size_t sample = samples[k];

		samples[k] = samples[left - 1];
		samples[left - 1] = sample;
	}
	return n;
}

/*
 * The samples in the order of their classes, those of a class shuffled, are
 * dealt out like cards.
 */
static void deal(const struct codist_dataset *set, size_t n_folds,
		 uint64_t seed, size_t *samples, size_t *fold_of)
{
	size_t next = 0;

	for (unsigned c = 0; c < set->n_classes; c++) {
		size_t n = shuffle_class(set, c, seed, STREAM_FOLDS, samples);

		for (size_t i = 0; i < n; i++)
			fold_of[samples[i]] = next++ % n_folds;
	}
}

enum codist_status codist_dataset_folds(const struct codist_dataset *set,
					size_t n_folds, uint64_t seed,
					size_t *fold_of,
					struct codist_error *err)
{
	size_t *samples;

	if (n_folds < 2 || n_folds > set->n_samples)
		return codist_fail(err, CODIST_EUSAGE,
				   "%s: %zu folds of %zu samples, expected from "
				   "2 to as many as samples", set->name,
				   n_folds, set->n_samples);
	if (n_folds == set->n_samples) {
		for (size_t i = 0; i < set->n_samples; i++)
			fold_of[i] = i;
		return CODIST_OK;
	}
	samples = calloc(set->n_samples, sizeof(*samples));
	if (!samples)
		return codist_no_memory(err, "folds");
	deal(set, n_folds, seed, samples, fold_of);
	free(samples);
	return CODIST_OK;
}

/* Where a sample comes: (2 nth + 1) / 2 n of its class, as a fraction. */
struct place {
	size_t nth, n;
	unsigned class;
	size_t sample;
};

/* Fractions are compared exactly: numbers of samples fit half the bits. */
static int compare_places(const void *a, const void *b)
{
	const struct place *p = a, *q = b;
	uint64_t left = (2 * (uint64_t)p->nth + 1) * q->n;
	uint64_t right = (2 * (uint64_t)q->nth + 1) * p->n;

	if (left != right)
		return left < right ? -1 : 1;
	return (p->class > q->class) - (p->class < q->class);
}

enum codist_status codist_dataset_order(const struct codist_dataset *set,
					uint64_t seed, size_t *order,
					struct codist_error *err)
{
	struct place *places = calloc(set->n_samples + 1, sizeof(*places));
	size_t done = 0;

	if (!places)
		return codist_no_memory(err, "an order of samples");
	for (unsigned c = 0; c < set->n_classes; c++) {
		size_t n = shuffle_class(set, c, seed, STREAM_ORDER, order);

		for (size_t i = 0; i < n; i++)
			places[done++] = (struct place){ i, n, c, order[i] };
	}
	qsort(places, done, sizeof(*places), compare_places);
	for (size_t i = 0; i < done; i++)
		order[i] = places[i].sample;
	free(places);
	return CODIST_OK;
}
