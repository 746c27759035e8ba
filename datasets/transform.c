/*
 * transform.c - every sample replaced by what a transform makes of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/dataset.h>

#include <stdlib.h>
#include <string.h>

static const struct codist_transform *
transform_of(const struct codist_spec *spec)
{
	return (const struct codist_transform *)spec->plugin;
}

/* The bytes that a sample of `nbytes` becomes, or the most of them. */
static size_t size_after(const struct codist_dataset *set,
			 const struct codist_spec *spec, size_t nbytes)
{
	const struct codist_transform *transform = transform_of(spec);

	if (transform->image_size)
		return transform->image_size(spec->config, set->dimensions[0],
					     set->dimensions[1]);
	if (transform->apply_image)
		return nbytes;
	return transform->size ? transform->size(spec->config, nbytes) : nbytes;
}

/* The shape stays where every size does; else all sizes may differ. */
static void reshape(struct codist_dataset *set, const struct codist_spec *spec)
{
	const struct codist_transform *transform = transform_of(spec);
	size_t before = 1, after;

	if (transform->varies)
		set->rank = 0;
	if (set->rank == 0)
		return;
	if (transform->makes == CODIST_MAKES_TRANSPOSED) {
		size_t height = set->dimensions[0];

		set->dimensions[0] = set->dimensions[1];
		set->dimensions[1] = height;
	}
	if (transform->makes == CODIST_MAKES_HIGHER && set->dimensions[1] > 0)
		set->dimensions[0] = size_after(set, spec, 0) /
				     set->dimensions[1];
	if (transform->makes != CODIST_MAKES_BYTES)
		return;
	for (size_t d = 0; d < set->rank; d++)
		before *= set->dimensions[d];
	after = size_after(set, spec, before);
	if (after == before && !transform->apply_image)
		return;
	set->rank = 1;
	set->dimensions[0] = after;
}

static enum codist_status check_shape(const struct codist_dataset *set,
				      const struct codist_spec *spec,
				      struct codist_error *err)
{
	if (!transform_of(spec)->apply_image || set->rank == 2)
		return CODIST_OK;
	if (set->rank == 0)
		return codist_fail(err, CODIST_EFORMAT,
				   "%s: transform %s: samples of any length, "
				   "expected images, all of one height and "
				   "width", set->name, spec->plugin->name);
	return codist_fail(err, CODIST_EFORMAT,
			   "%s: transform %s: samples of %zu dimension%s, "
			   "expected 2, height and width", set->name,
			   spec->plugin->name, set->rank,
			   set->rank == 1 ? "" : "s");
}

/* One from a shared object may not keep what it promises. */
static enum codist_status check_size(const struct codist_spec *spec,
				     size_t nbytes, size_t size,
				     size_t n_written, struct codist_error *err)
{
	int varies = transform_of(spec)->varies;

	if (n_written == size || (varies && n_written < size))
		return CODIST_OK;
	return codist_fail(err, CODIST_ELIBRARY,
			   "transform %s: made %zu bytes of %zu, expected %s"
			   "%zu",
			   spec->plugin->name, n_written, nbytes,
			   varies ? "at most " : "", size);
}

static enum codist_status room_for(const struct codist_dataset *set,
				   const struct codist_spec *spec,
				   unsigned char **bytes,
				   struct codist_error *err)
{
	size_t nbytes = 0;

	for (size_t i = 0; i < set->n_samples; i++) {
		size_t size = size_after(
			set, spec, codist_dataset_sample(set, i).nbytes);

		if (nbytes + size < nbytes)
			return codist_no_memory(err, "a transformed set");
		nbytes += size;
	}
	*bytes = malloc(nbytes ? nbytes : 1);
	return *bytes ? CODIST_OK : codist_no_memory(err, "a transformed set");
}

static enum codist_status apply_image(const struct codist_dataset *set,
				      const struct codist_spec *spec, size_t i,
				      unsigned char *out, size_t *n_out,
				      struct codist_error *err)
{
	const struct codist_image image = {
		.pixels = codist_dataset_sample(set, i).data,
		.height = set->dimensions[0], .width = set->dimensions[1],
	};
	struct codist_error why = { 0 };
	char sample[64];
	enum codist_status status = transform_of(spec)->apply_image(
		spec->config, &image, out, n_out, &why);

	if (status == CODIST_OK)
		return CODIST_OK;
	codist_dataset_sample_name(set, i, sample, sizeof(sample));
	return codist_fail(err, status, "sample %s of %s: transform %s: %s",
			   sample, set->name, spec->plugin->name, why.message);
}

/* Every sample, into `bytes`; starts[n_samples + 1] are of those. */
static enum codist_status apply_to_all(const struct codist_dataset *set,
				       const struct codist_spec *spec,
				       unsigned char *bytes, size_t *starts,
				       struct codist_error *err)
{
	const struct codist_transform *transform = transform_of(spec);

	for (size_t i = 0; i < set->n_samples; i++) {
		struct codist_bytes x = codist_dataset_sample(set, i);
		unsigned char *out = bytes + starts[i];
		size_t n = 0;

		if (transform->apply_image)
			CODIST_TRY(apply_image(set, spec, i, out, &n, err));
		else
			n = transform->apply(spec->config, x, out);
		CODIST_TRY(check_size(spec, x.nbytes,
				      size_after(set, spec, x.nbytes), n, err));
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

	CODIST_TRY(check_shape(set, spec, err));
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

int codist_transform_makes_copies(const struct codist_spec *transform)
{
	return transform_of(transform)->n_copies != NULL;
}

/* Each sample, n_copies times side by side. */
static enum codist_status repeat(struct codist_dataset *set, size_t n_copies,
				 struct codist_error *err)
{
	struct codist_dataset repeated;
	size_t n = set->n_samples, *samples = NULL;
	enum codist_status status;

	if (n <= SIZE_MAX / n_copies)
		samples = calloc(n * n_copies + 1, sizeof(*samples));
	if (!samples)
		return codist_no_memory(err, "copies of samples");
	for (size_t i = 0; i < n * n_copies; i++)
		samples[i] = i / n_copies;
	status = codist_dataset_subset(&repeated, set, samples, n * n_copies,
				       err);
	free(samples);
	CODIST_TRY(status);
	codist_dataset_release(set);
	*set = repeated;
	return CODIST_OK;
}

enum codist_status codist_dataset_augment(struct codist_dataset *set,
					  const struct codist_spec *spec,
					  struct codist_error *err)
{
	const struct codist_transform *transform = transform_of(spec);
	size_t n_copies, nbytes;
	unsigned char *out;
	enum codist_status status;

	if (!transform->n_copies)
		return codist_dataset_transform(set, spec, err);
	CODIST_TRY(check_shape(set, spec, err));
	n_copies = transform->n_copies(spec->config);
	nbytes = set->dimensions[0] * set->dimensions[1];
	out = malloc(nbytes + 1);
	if (!out)
		return codist_no_memory(err, "an image");
	status = repeat(set, n_copies, err);
	for (size_t i = 0; status == CODIST_OK && i < set->n_samples; i++) {
		unsigned char *pixels = set->bytes + set->starts[i];
		const struct codist_image image = {
			pixels, set->dimensions[0], set->dimensions[1],
		};

		transform->apply_copy(spec->config, &image, i % n_copies, out);
		memcpy(pixels, out, nbytes);
	}
	free(out);
	return status;
}
