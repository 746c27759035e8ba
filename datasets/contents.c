/*
 * contents.c - what the bytes of a set say: its checksum, its duplicates
 *
 * Duplicates are found by sorting, which no choice of bytes can make slow as
 * it could a hash, and which compares little of samples that differ early.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/digest.h"

#include <codist/dataset.h>

#include <stdlib.h>
#include <string.h>

void codist_dataset_checksum(const struct codist_dataset *set,
			     char text[CODIST_CHECKSUM_SIZE])
{
	struct codist_bytes all = { set->bytes, set->starts[set->n_samples] };
	struct codist_digest digest;

	codist_digest_init(&digest);
	codist_digest_add(&digest, all);
	codist_digest_text(&digest, text);
}

/* A sample, and its place in the set. */
struct item {
	struct codist_bytes bytes;
	size_t index;
};

/* Any total order in which only equal bytes are equal. */
static int compare_bytes(struct codist_bytes x, struct codist_bytes y)
{
	if (x.nbytes != y.nbytes)
		return x.nbytes < y.nbytes ? -1 : 1;
	return x.nbytes ? memcmp(x.data, y.data, x.nbytes) : 0;
}

static int compare(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	int order = compare_bytes(x->bytes, y->bytes);

	return order ? order : (x->index > y->index) - (x->index < y->index);
}

static struct item *sorted_items(const struct codist_dataset *set)
{
	struct item *items = calloc(set->n_samples + 1, sizeof(*items));

	for (size_t i = 0; items && i < set->n_samples; i++)
		items[i] = (struct item){ codist_dataset_sample(set, i), i };
	if (items)
		qsort(items, set->n_samples, sizeof(*items), compare);
	return items;
}

/* The first of the sorted items that has these bytes; SIZE_MAX: none. */
static size_t find_first(const struct item *items, size_t n,
			 struct codist_bytes bytes)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare_bytes(items[middle].bytes, bytes) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < n && compare_bytes(items[low].bytes, bytes) == 0 ?
		       items[low].index : SIZE_MAX;
}

enum codist_status codist_dataset_match(const struct codist_dataset *set,
					const struct codist_dataset *other,
					size_t *match,
					struct codist_error *err)
{
	const struct codist_dataset *among = other ? other : set;
	struct item *items = sorted_items(among);

	if (!items)
		return codist_no_memory(err, "a list of samples");
	for (size_t i = 0; other && i < set->n_samples; i++)
		match[i] = find_first(items, other->n_samples,
				      codist_dataset_sample(set, i));
	for (size_t k = 0; !other && k < set->n_samples; k++) {
		int repeats = k > 0 && compare_bytes(items[k - 1].bytes,
						     items[k].bytes) == 0;

		match[items[k].index] = repeats ? match[items[k - 1].index] :
						  items[k].index;
	}
	free(items);
	return CODIST_OK;
}

/* What codist_dataset_match() says of sample i makes it one of too many. */
static int is_duplicate(const size_t *match, size_t i, int of_other)
{
	return of_other ? match[i] != SIZE_MAX : match[i] != i;
}

enum codist_status
codist_dataset_duplicates(const struct codist_dataset *set,
			  const struct codist_dataset *other,
			  size_t *n_samples, struct codist_error *err)
{
	size_t *match = calloc(set->n_samples + 1, sizeof(*match));
	enum codist_status status;

	*n_samples = 0;
	if (!match)
		return codist_no_memory(err, "a list of samples");
	status = codist_dataset_match(set, other, match, err);
	for (size_t i = 0; status == CODIST_OK && i < set->n_samples; i++)
		*n_samples += (size_t)is_duplicate(match, i, other != NULL);
	free(match);
	return status;
}

static void keep(struct codist_dataset *set, size_t from, size_t to)
{
	struct codist_bytes x = codist_dataset_sample(set, from);

	if (x.nbytes)
		memmove(set->bytes + set->starts[to], x.data, x.nbytes);
	set->starts[to + 1] = set->starts[to] + x.nbytes;
	set->labels[to] = set->labels[from];
	if (set->sample_names)
		set->sample_names[to] = set->sample_names[from];
}

enum codist_status
codist_dataset_drop_duplicates(struct codist_dataset *set,
			       const struct codist_dataset *other,
			       size_t *n_dropped, struct codist_error *err)
{
	size_t *match = calloc(set->n_samples + 1, sizeof(*match));
	size_t n = 0, n_before = set->n_samples;
	enum codist_status status;

	*n_dropped = 0;
	if (!match)
		return codist_no_memory(err, "a list of samples");
	status = codist_dataset_match(set, other, match, err);
	for (size_t i = 0; status == CODIST_OK && i < n_before; i++) {
		if (!is_duplicate(match, i, other != NULL))
			keep(set, i, n++);
		else if (set->sample_names)
			free(set->sample_names[i]);
	}
	if (status == CODIST_OK) {
		set->n_samples = n;
		*n_dropped = n_before - n;
	}
	free(match);
	return status;
}
