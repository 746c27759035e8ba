/*
 * transform.c - every sample replaced by what a transform makes of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/dataset.h>

#include <stdlib.h>

/* The bytes of a sample of `nbytes`, or the most of them. */
static size_t size_after(const struct codist_spec *spec, size_t nbytes)
{
	const struct codist_transform *transform =
		(const struct codist_transform *)spec->plugin;

	return transform->size ? transform->size(spec->config, nbytes) : nbytes;
}

/* The shape stays where every size does; else all sizes may differ. */
static void reshape(struct codist_dataset *set, const struct codist_spec *spec)
{
	const struct codist_transform *transform =
		(const struct codist_transform *)spec->plugin;
	size_t before = 1, after;

	if (transform->varies)
		set->rank = 0;
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

/* One from a shared object may not keep what it promises. */
static enum codist_status check_size(const struct codist_spec *spec,
				     size_t nbytes, size_t n_written,
				     struct codist_error *err)
{
	const struct codist_transform *transform =
		(const struct codist_transform *)spec->plugin;
	size_t size = size_after(spec, nbytes);

	if (n_written == size || (transform->varies && n_written < size))
		return CODIST_OK;
	return codist_fail(err, CODIST_ELIBRARY,
			   "transform %s: made %zu bytes of %zu, expected %s"
			   "%zu",
			   spec->plugin->name, n_written, nbytes,
			   transform->varies ? "at most " : "", size);
}

static enum codist_status room_for(const struct codist_dataset *set,
				   const struct codist_spec *spec,
				   unsigned char **bytes,
				   struct codist_error *err)
{
	size_t nbytes = 0;

	for (size_t i = 0; i < set->n_samples; i++) {
		size_t size = size_after(
			spec, codist_dataset_sample(set, i).nbytes);

		if (nbytes + size < nbytes)
			return codist_no_memory(err, "a transformed set");
		nbytes += size;
	}
	*bytes = malloc(nbytes ? nbytes : 1);
	return *bytes ? CODIST_OK : codist_no_memory(err, "a transformed set");
}

/* Every sample, into `bytes`; starts[n_samples + 1] are of those. */
static enum codist_status apply_to_all(const struct codist_dataset *set,
				       const struct codist_spec *spec,
				       unsigned char *bytes, size_t *starts,
				       struct codist_error *err)
{
	const struct codist_transform *transform =
		(const struct codist_transform *)spec->plugin;

	for (size_t i = 0; i < set->n_samples; i++) {
		struct codist_bytes x = codist_dataset_sample(set, i);
		size_t n = transform->apply(spec->config, x,
					    bytes + starts[i]);

		CODIST_TRY(check_size(spec, x.nbytes, n, err));
		starts[i + 1] = starts[i] + n;
	}
	return CODIST_OK;
}

enum codist_status codist_dataset_transform(struct codist_dataset *set,
					    const struct codist_spec *spec,
					    struct codist_error *err)
{
	size_t *starts;
	unsigned char *bytes, *shrunk;
	enum codist_status status;

	CODIST_TRY(room_for(set, spec, &bytes, err));
	starts = calloc(set->n_samples + 1, sizeof(*starts));
	status = starts ? apply_to_all(set, spec, bytes, starts, err) :
			  codist_no_memory(err, "a transformed set");
	if (status != CODIST_OK) {
		free(starts);
		free(bytes);
		return status;
	}
	reshape(set, spec);
	free(set->starts);
	free(set->bytes);
	set->starts = starts;
	shrunk = realloc(bytes, starts[set->n_samples] + 1);
	set->bytes = shrunk ? shrunk : bytes;
	return CODIST_OK;
}
