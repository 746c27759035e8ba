/*
 * source.c - a part of a data set, named on the command line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interrupt.h"
#include "source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void source_release(struct source *source)
{
	codist_spec_release(&source->loader);
	codist_dataset_release(&source->set);
}

/* `text` may be NULL: no such part. */
static enum codist_status understand(struct source *source, const char *text,
				     struct codist_error *err)
{
	return text ? codist_spec_init(&source->loader, &codist_loaders, text,
				       err) : CODIST_OK;
}

enum codist_status source_find_both(struct source *train, struct source *test,
				    const char *name,
				    struct codist_error *err)
{
	char *train_text, *test_text;
	enum codist_status status;

	CODIST_TRY(codist_data_find(name, &train_text, &test_text, err));
	status = understand(train, train_text, err);
	if (status == CODIST_OK)
		status = understand(test, test_text, err);
	free(train_text);
	free(test_text);
	return status;
}

static int names_a_loader(const char *name)
{
	char *word = strndup(name, strcspn(name, ":"));
	int is_one = word && codist_registry_find(&codist_loaders, word);

	free(word);
	return is_one;
}

/* It is a folder in which there is that part. */
static int has_part(const char *name, const char *part)
{
	char *path = NULL, *train, *test;
	int found;

	if (names_a_loader(name))
		return 0;
	if (asprintf(&path, "%s/%s", name, part) < 0)
		return 0;
	found = codist_data_find(path, &train, &test, NULL) == CODIST_OK;
	free(path);
	if (!found)
		return 0;
	free(train);
	free(test);
	return 1;
}

/*
 * Where there is one part only, it may be all of the set that was named, or
 * the one that was not asked for.
 */
enum codist_status source_find(struct source *source, const char *name,
			       const char *part, struct codist_error *err)
{
	int is_train = strcmp(part, "train") == 0;
	const char *other = is_train ? "test" : "train";
	char *texts[2], *wanted;
	enum codist_status status;

	CODIST_TRY(codist_data_find(name, &texts[0], &texts[1], err));
	wanted = texts[is_train ? 0 : 1];
	if (!wanted && !has_part(name, other))
		wanted = texts[is_train ? 1 : 0];
	if (wanted)
		status = understand(source, wanted, err);
	else
		status = codist_fail(err, CODIST_EMISSING,
				     "%s: has a part '%s', but none '%s'",
				     name, other, part);
	free(texts[0]);
	free(texts[1]);
	return status;
}

static enum codist_status
load(struct source *source, size_t limit, const struct specs *transforms,
     enum codist_status (*transform)(struct codist_dataset *set,
				     const struct codist_spec *spec,
				     struct codist_error *err),
     struct codist_error *err)
{
	CODIST_TRY(codist_dataset_load(&source->set, &source->loader, err));
	source->n_loaded = source->set.n_samples;
	if (limit && limit < source->set.n_samples)
		source->set.n_samples = limit;
	source->n_samples = source->set.n_samples;
	source->n_classes = source->set.n_classes;
	codist_dataset_checksum(&source->set, source->checksum);
	for (size_t i = 0; i < transforms->n; i++) {
		CODIST_TRY(interrupt_check(err));
		CODIST_TRY(transform(&source->set, &transforms->items[i], err));
	}
	return CODIST_OK;
}

enum codist_status source_load(struct source *source, size_t limit,
			       const struct specs *transforms,
			       struct codist_error *err)
{
	return load(source, limit, transforms, codist_dataset_transform, err);
}

enum codist_status source_train(struct source *source, size_t limit,
				const struct specs *transforms,
				struct codist_error *err)
{
	return load(source, limit, transforms, codist_dataset_augment, err);
}

enum codist_status source_look(struct source *source, size_t limit,
			       struct codist_error *err)
{
	const struct specs none = { NULL, 0 };

	CODIST_TRY(source_load(source, limit, &none, err));
	codist_dataset_release(&source->set);
	return CODIST_OK;
}

void source_shape(const struct codist_dataset *set, char text[SHAPE_SIZE])
{
	size_t length = 0;

	if (set->rank == 0)
		snprintf(text, SHAPE_SIZE, "varies");
	/* 8 numbers of up to 20 digits, and what stands between them, fit. */
	for (size_t d = 0; d < set->rank; d++)
		length += (size_t)snprintf(text + length, SHAPE_SIZE - length,
					   "%s%zu", d ? "x" : "",
					   set->dimensions[d]);
}
