/*
 * transform.c - every sample replaced by what a transform makes of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/dataset.h>

#include <stdlib.h>

static size_t size_after(const struct codist_spec *spec, size_t nbytes)
{
	const struct codist_transform *transform =
		(const struct codist_transform *)spec->plugin;

	return transform->size ? transform->size(spec->config, nbytes) : nbytes;
}

/* The shape stays where every size does; else all sizes may differ. */
static void reshape(struct codist_dataset *set, const struct codist_spec *spec)
{
	size_t before = 1, after;

	if (set->rank == 0)
		return;
	for (size_t d = 0; d < set->rank; d++)
		before *= set->dimensions[d];
	after = size_after(spec, before);
	if (after == before)
		return;
	set->rank = 1;
	set->dimensions[0] = after;
}

enum codist_status codist_dataset_transform(struct codist_dataset *set,
					    const struct codist_spec *spec,
					    struct codist_error *err)
{
	const struct codist_transform *transform =
		(const struct codist_transform *)spec->plugin;
	size_t nbytes = 0, at = 0;
	unsigned char *bytes;

	for (size_t i = 0; i < set->n_samples; i++) {
		size_t size = size_after(spec, set->starts[i + 1] -
						       set->starts[i]);

		if (nbytes + size < nbytes)
			return codist_no_memory(err, "a transformed set");
		nbytes += size;
	}
	bytes = malloc(nbytes ? nbytes : 1);
	if (!bytes)
		return codist_no_memory(err, "a transformed set");
	reshape(set, spec);
	for (size_t i = 0; i < set->n_samples; i++) {
		struct codist_bytes x = codist_dataset_sample(set, i);

		transform->apply(spec->config, x, bytes + at);
		set->starts[i] = at;
		at += size_after(spec, x.nbytes);
	}
	set->starts[set->n_samples] = at;
	free(set->bytes);
	set->bytes = bytes;
	return CODIST_OK;
}
