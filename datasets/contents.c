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

/* Any total order in which only equal bytes are equal. */
static int compare(const void *a, const void *b)
{
	const struct codist_bytes *x = a, *y = b;

	if (x->nbytes != y->nbytes)
		return x->nbytes < y->nbytes ? -1 : 1;
	return x->nbytes ? memcmp(x->data, y->data, x->nbytes) : 0;
}

static struct codist_bytes *sorted_samples(const struct codist_dataset *set)
{
	struct codist_bytes *samples = calloc(set->n_samples + 1,
					      sizeof(*samples));

	if (!samples)
		return NULL;
	for (size_t i = 0; i < set->n_samples; i++)
		samples[i] = codist_dataset_sample(set, i);
	qsort(samples, set->n_samples, sizeof(*samples), compare);
	return samples;
}

/*
 * Equal samples of one set stand in its bytes one behind the other, so that the
 * first of them has the lowest address; but empty ones may share theirs.
 */
static int compare_places(const void *a, const void *b)
{
	const struct codist_bytes *x = a, *y = b;
	int order = compare(a, b);

	if (order)
		return order;
	return (x->data > y->data) - (x->data < y->data);
}

/* Flags[n_samples]: 1 for each sample that is a duplicate. */
static enum codist_status flag_duplicates(const struct codist_dataset *set,
					  const struct codist_dataset *other,
					  unsigned char *flags,
					  struct codist_error *err)
{
	struct codist_bytes *samples = sorted_samples(other ? other : set);
	size_t n = other ? other->n_samples : set->n_samples;
	int empty_was_seen = 0;

	if (!samples)
		return codist_no_memory(err, "a list of samples");
	if (!other)
		qsort(samples, n, sizeof(*samples), compare_places);
	for (size_t i = 0; i < set->n_samples; i++) {
		struct codist_bytes x = codist_dataset_sample(set, i), *found;

		found = bsearch(&x, samples, n, sizeof(x), compare);
		flags[i] = found != NULL;
		if (other)
			continue;
		while (found > samples && compare(found - 1, found) == 0)
			found--;
		flags[i] = x.nbytes ? found->data != x.data : empty_was_seen;
		empty_was_seen |= x.nbytes == 0;
	}
	free(samples);
	return CODIST_OK;
}

enum codist_status
codist_dataset_drop_duplicates(struct codist_dataset *set,
			       const struct codist_dataset *other,
			       size_t *n_dropped, struct codist_error *err)
{
	unsigned char *flags = calloc(set->n_samples + 1, 1);
	enum codist_status status;
	size_t n = 0, at = 0;

	*n_dropped = 0;
	if (!flags)
		return codist_no_memory(err, "a list of samples");
	status = flag_duplicates(set, other, flags, err);
	for (size_t i = 0; i < set->n_samples && status == CODIST_OK; i++) {
		struct codist_bytes x = codist_dataset_sample(set, i);

		if (flags[i]) {
			if (set->sample_names)
				free(set->sample_names[i]);
			continue;
		}
		if (x.nbytes)
			memmove(set->bytes + at, x.data, x.nbytes);
		set->starts[n] = at;
		set->labels[n] = set->labels[i];
		if (set->sample_names)
			set->sample_names[n] = set->sample_names[i];
		at += x.nbytes;
		n++;
	}
	free(flags);
	if (status != CODIST_OK)
		return status;
	set->starts[n] = at;
	*n_dropped = set->n_samples - n;
	set->n_samples = n;
	return CODIST_OK;
}

enum codist_status
codist_dataset_duplicates(const struct codist_dataset *set,
			  const struct codist_dataset *other,
			  size_t *n_samples, struct codist_error *err)
{
	struct codist_bytes *samples = sorted_samples(other ? other : set);

	*n_samples = 0;
	if (!samples)
		return codist_no_memory(err, "a list of samples");
	/* Of n equal samples, n - 1 repeat an earlier one. */
	for (size_t i = 1; !other && i < set->n_samples; i++)
		*n_samples += compare(&samples[i - 1], &samples[i]) == 0;
	for (size_t i = 0; other && i < set->n_samples; i++) {
		struct codist_bytes x = codist_dataset_sample(set, i);

		*n_samples += bsearch(&x, samples, other->n_samples,
				      sizeof(x), compare) != NULL;
	}
	free(samples);
	return CODIST_OK;
}
