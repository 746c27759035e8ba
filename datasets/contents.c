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
