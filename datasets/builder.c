/*
 * builder.c - a set that grows by a sample at a time
 *
 * Arrays double when they are full. Classes are looked up in a balanced tree,
 * the C library's, which no choice of names can make slow as it could a hash.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "class_order.h"

#include <codist/dataset.h>

#include <limits.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

/* A leaf of the tree, which stays where it is while others come. */
struct codist_builder_class {
	char *name;
	unsigned label; /* the number of classes that came before */
};

static int by_bytes(const void *a, const void *b)
{
	const struct codist_builder_class *x = a, *y = b;

	return strcmp(x->name, y->name);
}

void codist_builder_init(struct codist_builder *builder, const char *name)
{
	*builder = (struct codist_builder){ .name = name };
}

/* Empty the tree; `names` receives what classes were called, unless NULL. */
static void drop_classes(struct codist_builder *builder, char **names)
{
	for (size_t c = 0; c < builder->set.n_classes; c++) {
		struct codist_builder_class *class = builder->classes[c];

		tdelete(class, &builder->tree, by_bytes);
		if (names)
			names[c] = class->name;
		else
			free(class->name);
		free(class);
	}
	builder->set.n_classes = 0;
}

void codist_builder_release(struct codist_builder *builder)
{
	drop_classes(builder, NULL);
	free(builder->classes);
	codist_dataset_release(&builder->set);
	*builder = (struct codist_builder){ 0 };
}

static enum codist_status no_memory(const struct codist_builder *builder,
				    struct codist_error *err)
{
	return codist_fail(err, CODIST_ENOMEM,
			   "%s: out of memory after %zu samples of %zu "
			   "bytes in all",
			   builder->name, builder->set.n_samples,
			   builder->set.n_samples ?
				   builder->set.starts[builder->set.n_samples] :
				   0);
}

/*
 * The array with room for `n` items in all, or NULL: no memory, and the old one
 * is what it was.
 */
static void *grown(void *array, size_t *capacity, size_t n, size_t size)
{
	size_t more = *capacity < SIZE_MAX / 2 ? 2 * *capacity : SIZE_MAX;
	void *items;

	if (array && n <= *capacity)
		return array;
	if (more < n)
		more = n;
	if (more < 16)
		more = 16;
	if (more > SIZE_MAX / size)
		return NULL;
	items = realloc(array, more * size);
	if (items)
		*capacity = more;
	return items;
}

/* The class of that name, made if it is new; NULL: no memory for it. */
static struct codist_builder_class *find_class(struct codist_builder *builder,
					       const char *name)
{
	struct codist_builder_class key = { (char *)(uintptr_t)name, 0 };
	struct codist_builder_class *const *found, *class;
	size_t n = builder->set.n_classes;
	void *classes;

	found = tfind(&key, &builder->tree, by_bytes);
	if (found)
		return *found;
	classes = grown(builder->classes, &builder->classes_capacity, n + 1,
			sizeof(class));
	if (!classes || n == UINT_MAX)
		return NULL;
	builder->classes = classes;
	class = malloc(sizeof(*class));
	if (!class)
		return NULL;
	*class = (struct codist_builder_class){ strdup(name), (unsigned)n };
	if (!class->name || !tsearch(class, &builder->tree, by_bytes)) {
		free(class->name);
		free(class);
		return NULL;
	}
	builder->classes[builder->set.n_classes++] = class;
	return class;
}

enum codist_status codist_builder_add_class(struct codist_builder *builder,
					    const char *class_name,
					    struct codist_error *err)
{
	if (find_class(builder, class_name))
		return CODIST_OK;
	return no_memory(builder, err);
}

/* Room for one more sample, of `nbytes`; 1 if there is. */
static int reserve(struct codist_builder *builder, size_t nbytes)
{
	struct codist_dataset *set = &builder->set;
	size_t n = set->n_samples, used = n ? set->starts[n] : 0;
	void *items;

	if (nbytes > SIZE_MAX - used)
		return 0;
	items = grown(set->bytes, &builder->bytes_capacity, used + nbytes, 1);
	if (!items)
		return 0;
	set->bytes = items;
	items = grown(set->labels, &builder->labels_capacity, n + 1,
		      sizeof(*set->labels));
	if (!items)
		return 0;
	set->labels = items;
	items = grown(set->starts, &builder->starts_capacity, n + 2,
		      sizeof(*set->starts));
	if (!items)
		return 0;
	set->starts = items;
	return 1;
}

/* Append a name, before its sample is counted; 1 if that went well. */
static int add_name(struct codist_builder *builder, const char *name)
{
	struct codist_dataset *set = &builder->set;
	size_t n = set->n_samples, before = builder->names_capacity;
	char *copy = name ? strdup(name) : NULL;
	void *names;

	if (!name && !set->sample_names)
		return 1;
	if (name && !copy)
		return 0;
	names = grown(set->sample_names, &builder->names_capacity, n + 1,
		      sizeof(*set->sample_names));
	if (!names) {
		free(copy);
		return 0;
	}
	/* The first name may come after samples that have none. */
	set->sample_names = names;
	for (size_t i = before; i < builder->names_capacity; i++)
		set->sample_names[i] = NULL;
	set->sample_names[n] = copy;
	return 1;
}

enum codist_status codist_builder_add(struct codist_builder *builder,
				      struct codist_bytes sample,
				      const char *class_name,
				      const char *sample_name,
				      struct codist_error *err)
{
	struct codist_dataset *set = &builder->set;
	struct codist_builder_class *class = find_class(builder, class_name);
	size_t n = set->n_samples;

	if (!class || !reserve(builder, sample.nbytes) ||
	    !add_name(builder, sample_name))
		return no_memory(builder, err);
	if (n == 0)
		set->starts[0] = 0;
	if (sample.nbytes)
		memcpy(set->bytes + set->starts[n], sample.data, sample.nbytes);
	set->starts[n + 1] = set->starts[n] + sample.nbytes;
	set->labels[n] = class->label;
	set->n_samples++;
	return CODIST_OK;
}

static int order_by_bytes(const void *a, const void *b)
{
	struct codist_builder_class *const *x = a, *const *y = b;

	return strcmp((*x)->name, (*y)->name);
}

static int order_by_value(const void *a, const void *b)
{
	struct codist_builder_class *const *x = a, *const *y = b;

	return codist_class_compare_numbers((*x)->name, (*y)->name);
}

static void sort_classes(struct codist_builder *builder)
{
	int are_numbers = 1;

	for (size_t c = 0; are_numbers && c < builder->set.n_classes; c++) {
		const char *name = builder->classes[c]->name;

		are_numbers = codist_class_is_number(name, strlen(name));
	}
	if (builder->set.n_classes)
		qsort(builder->classes, builder->set.n_classes,
		      sizeof(*builder->classes),
		      are_numbers ? order_by_value : order_by_bytes);
}

/* Give back what was taken for samples that did not come. */
static void trim(struct codist_dataset *set)
{
	size_t nbytes = set->starts[set->n_samples];
	void *bytes = realloc(set->bytes, nbytes ? nbytes : 1);

	if (bytes)
		set->bytes = bytes;
}

enum codist_status codist_builder_finish(struct codist_builder *builder,
					 struct codist_dataset *set,
					 struct codist_error *err)
{
	struct codist_dataset *all = &builder->set;
	size_t n_classes = all->n_classes;
	unsigned *label_of = calloc(n_classes + 1, sizeof(*label_of));
	char **names = calloc(n_classes + 1, sizeof(*names));

	all->name = strdup(builder->name);
	if (!label_of || !names || !all->name || !reserve(builder, 0)) {
		free(label_of);
		free(names);
		return no_memory(builder, err);
	}
	if (all->n_samples == 0)
		all->starts[0] = 0;
	sort_classes(builder);
	for (unsigned c = 0; c < n_classes; c++)
		label_of[builder->classes[c]->label] = c;
	for (size_t i = 0; i < all->n_samples; i++)
		all->labels[i] = label_of[all->labels[i]];
	drop_classes(builder, names);
	*set = *all;
	free(builder->classes);
	codist_builder_init(builder, builder->name);
	set->n_classes = n_classes;
	set->class_names = names;
	trim(set);
	free(label_of);
	return CODIST_OK;
}
