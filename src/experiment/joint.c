/*
 * joint.c - lengths of items, alone and joined in pairs, on many threads
 *
 * A coder that has a state behind a prefix keeps it for all that follows; the
 * others compress both joined each time, which codist_coder_length_primed()
 * sees to.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/items.h"
#include "experiment/joint.h"
#include "experiment/tiles.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define NOTHING SIZE_MAX

struct codist_joint_worker {
	struct codist_coder *coder; /* NULL: not made yet */
	unsigned char *prefix;      /* an item and the separator */
	size_t capacity;
};

enum codist_status codist_joint_init(struct codist_joint *joint,
				     const struct codist_spec *backend,
				     const char *separator, unsigned n_threads,
				     struct codist_error *err)
{
	joint->backend = backend;
	joint->n_threads = n_threads;
	joint->separator = malloc(strlen(separator) + 1);
	joint->workers = calloc(n_threads, sizeof(*joint->workers));
	if (!joint->separator || !joint->workers)
		return codist_no_memory(err, "threads");
	joint->n_separator = codist_separator(separator, joint->separator);
	assert(joint->n_separator != SIZE_MAX);
	return CODIST_OK;
}

void codist_joint_release(struct codist_joint *joint)
{
	for (unsigned i = 0; joint->workers && i < joint->n_threads; i++) {
		codist_coder_free(joint->workers[i].coder);
		free(joint->workers[i].prefix);
	}
	free(joint->workers);
	free(joint->separator);
	*joint = (struct codist_joint){ 0 };
}

static enum codist_status ready_coder(struct codist_joint *joint,
				      struct codist_joint_worker *worker,
				      struct codist_error *err)
{
	if (worker->coder)
		return CODIST_OK;
	return codist_coder_new(&worker->coder, joint->backend, err);
}

/* Have the worker's coder take in an item and the separator. */
static enum codist_status take_in(struct codist_joint *joint,
				  struct codist_joint_worker *worker,
				  struct codist_bytes item,
				  struct codist_error *err)
{
	size_t nbytes = item.nbytes + joint->n_separator;

	CODIST_TRY(ready_coder(joint, worker, err));
	if (joint->n_separator == 0)
		return codist_coder_prime(worker->coder, item, err);
	if (nbytes > worker->capacity) {
		free(worker->prefix);
		worker->capacity = 0;
		worker->prefix = malloc(nbytes);
		if (!worker->prefix)
			return codist_no_memory(err, "an item");
		worker->capacity = nbytes;
	}
	if (item.nbytes)
		memcpy(worker->prefix, item.data, item.nbytes);
	memcpy(worker->prefix + item.nbytes, joint->separator,
	       joint->n_separator);
	return codist_coder_prime(worker->coder,
				  (struct codist_bytes){ worker->prefix,
							 nbytes },
				  err);
}

/* A job at work: lengths of items, or pairs of which a part is at hand. */
struct work {
	struct codist_joint *joint;
	const struct codist_bytes *items;
	double *lengths;
	const struct codist_joint_pairs *pairs;
	size_t first, n; /* the inner items at hand */
	unsigned char *prepared;
	size_t *prepared_at; /* [n]; NULL: nothing is prepared */
};

static enum codist_status tick(void *user, struct codist_error *err)
{
	struct work *work = user;

	return work->joint->tick(work->joint->user, err);
}

static enum codist_status alone(void *user, unsigned thread, size_t i,
				struct codist_error *err)
{
	struct work *work = user;
	struct codist_joint_worker *worker = &work->joint->workers[thread];
	enum codist_status status;

	CODIST_TRY(ready_coder(work->joint, worker, err));
	status = codist_coder_length(worker->coder, work->items[i],
				     &work->lengths[i], err);
	return status == CODIST_OK ?
		       CODIST_OK :
		       work->joint->blame(work->joint->user, work->items, i,
					  status, err);
}

static enum codist_status twice(void *user, unsigned thread, size_t i,
				struct codist_error *err)
{
	struct work *work = user;
	struct codist_joint_worker *worker = &work->joint->workers[thread];

	CODIST_TRY(take_in(work->joint, worker, work->items[i], err));
	return codist_coder_length_primed(worker->coder, work->items[i], NULL,
					  &work->lengths[i], err);
}

static enum codist_status
each_length(struct codist_joint *joint, const struct codist_bytes *list,
	    size_t n, double *lengths,
	    enum codist_status (*item)(void *user, unsigned thread, size_t i,
				       struct codist_error *err),
	    struct codist_error *err)
{
	struct work work = { .joint = joint, .items = list,
			     .lengths = lengths };
	struct codist_items items = { n, &work, item, tick };

	return codist_items_run(&items, joint->n_threads, err);
}

enum codist_status codist_joint_alone(struct codist_joint *joint,
				      const struct codist_bytes *items,
				      size_t n, double *lengths,
				      struct codist_error *err)
{
	return each_length(joint, items, n, lengths, alone, err);
}

enum codist_status codist_joint_twice(struct codist_joint *joint,
				      const struct codist_bytes *items,
				      size_t n, double *lengths,
				      struct codist_error *err)
{
	return each_length(joint, items, n, lengths, twice, err);
}

static enum codist_status ready(void *user, unsigned thread, size_t first,
				size_t n, struct codist_error *err)
{
	struct work *work = user;

	(void)n;
	return take_in(work->joint, &work->joint->workers[thread],
		       work->pairs->outer[first], err);
}

static enum codist_status pair(void *user, unsigned thread, size_t first,
			       size_t n, size_t inner,
			       struct codist_error *err)
{
	struct work *work = user;
	const struct codist_joint_pairs *pairs = work->pairs;
	size_t i = work->first + inner;
	const void *prepared = NULL;

	(void)n;
	if (work->prepared_at && work->prepared_at[inner] != NOTHING)
		prepared = work->prepared + work->prepared_at[inner];
	return codist_coder_length_primed(
		work->joint->workers[thread].coder, pairs->inner[i], prepared,
		&pairs->lengths[first * pairs->outer_step +
				i * pairs->inner_step],
		err);
}

/* The range of an outer item, cut to the inner items at hand. */
static void range(void *user, size_t outer, size_t *first, size_t *end)
{
	const struct work *work = user;
	size_t last = work->first + work->n;

	*first = 0;
	*end = work->pairs->n_inner;
	if (work->pairs->range)
		work->pairs->range(work->pairs->range_user, outer, first, end);
	*first = *first < work->first ? work->first : *first;
	*end = *end > last ? last : *end;
	if (*end < *first)
		*end = *first;
	*first -= work->first;
	*end -= work->first;
}

static void done(void *user, unsigned thread, size_t n_pairs)
{
	struct work *work = user;

	work->joint->done(work->joint->user, thread, n_pairs);
}

/* As malloc() aligns, whatever types a backend has in it. */
static size_t prepared_size(const struct work *work, size_t inner)
{
	const size_t alignment = _Alignof(max_align_t);
	size_t nbytes = codist_backend_prepared_size(
		work->joint->backend, work->pairs->inner[inner].nbytes);

	return (nbytes + alignment - 1) / alignment * alignment;
}

static enum codist_status prepare(void *user, unsigned thread, size_t i,
				  struct codist_error *err)
{
	struct work *work = user;
	struct codist_joint_worker *worker = &work->joint->workers[thread];

	if (work->prepared_at[i] == NOTHING)
		return CODIST_OK;
	CODIST_TRY(ready_coder(work->joint, worker, err));
	return codist_coder_prepare(worker->coder,
				    work->pairs->inner[work->first + i],
				    work->prepared + work->prepared_at[i], err);
}

/*
 * Take as many inner items at hand as what is prepared of them fits the memory,
 * at least one, and prepare them.
 */
static enum codist_status take_part(struct work *work, struct codist_error *err)
{
	struct codist_items items = { 0, work, prepare, tick };
	size_t left = work->pairs->n_inner - work->first, total = 0;

	for (work->n = 0; work->n < left; work->n++) {
		size_t size = prepared_size(work, work->first + work->n);

		if (work->n > 0 && total + size > work->joint->prepared_memory)
			break;
		total += size;
	}
	if (total == 0)
		return CODIST_OK;
	work->prepared = malloc(total);
	work->prepared_at = calloc(work->n, sizeof(*work->prepared_at));
	if (!work->prepared || !work->prepared_at)
		return codist_no_memory(err, "prepared items");
	total = 0;
	for (size_t i = 0; i < work->n; i++) {
		size_t size = prepared_size(work, work->first + i);

		work->prepared_at[i] = size ? total : NOTHING;
		total += size;
	}
	items.n = work->n;
	return codist_items_run(&items, work->joint->n_threads, err);
}

static enum codist_status pair_part(struct work *work, struct codist_error *err)
{
	struct codist_tiles tiles = {
		.n_outer = work->pairs->n_outer, .n_inner = work->n, .width = 1,
		.user = work, .range = range, .ready = ready, .pair = pair,
		.done = done, .tick = tick,
	};

	return codist_tiles_run(&tiles, work->joint->n_threads, err);
}

enum codist_status codist_joint_lengths(struct codist_joint *joint,
					const struct codist_joint_pairs *pairs,
					struct codist_error *err)
{
	struct work work = { .joint = joint, .pairs = pairs };
	enum codist_status status = CODIST_OK;

	while (status == CODIST_OK && work.first < pairs->n_inner) {
		status = take_part(&work, err);
		if (status == CODIST_OK)
			status = pair_part(&work, err);
		work.first += work.n;
		free(work.prepared);
		free(work.prepared_at);
		work.prepared = NULL;
		work.prepared_at = NULL;
	}
	return status;
}
