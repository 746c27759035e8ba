/*
 * pairwise_scores.c - distances that are no formula, of a block of rows
 *
 * As in a run of the pipeline, references are outside; they are the columns.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/items.h"
#include "experiment/pairwise_run.h"
#include "experiment/tiles.h"
#include "measure/sketch.h"

#include <stdlib.h>

/* What belongs to one thread. */
struct worker {
	struct codist_coder *coder; /* NULL: not made yet, or not needed */
	double base;
};

struct codist_pairs_scores {
	struct codist_pairs *pairs;
	const struct codist_spec *spec;
	const struct codist_measure *measure;
	struct worker *workers; /* [n_threads] */
	/* Rows first, then columns if they are others; NULL: there are none. */
	double *values;
	void **sketches;
	size_t n_items;
};

static struct codist_bytes bytes_of(const struct codist_pairs_scores *scores,
				    size_t item)
{
	const struct codist_pairs *pairs = scores->pairs;

	return item < pairs->n_rows ? pairs->asked->rows[item] :
				      pairs->columns[item - pairs->n_rows];
}

/* The item that is column k. */
static size_t item_of(const struct codist_pairs_scores *scores, size_t k)
{
	return scores->pairs->asked->columns ? scores->pairs->n_rows + k : k;
}

static enum codist_status ready_coder(struct codist_pairs_scores *scores,
				      unsigned thread, struct codist_error *err)
{
	struct worker *worker = &scores->workers[thread];

	if (worker->coder || !scores->measure->needs_backend)
		return CODIST_OK;
	return codist_coder_new(&worker->coder, scores->pairs->unit->backend,
				err);
}

/* What can be told of an item alone. */
static enum codist_status look_at(void *user, unsigned thread, size_t item,
				  struct codist_error *err)
{
	struct codist_pairs_scores *scores = user;

	if (scores->values) {
		CODIST_TRY(ready_coder(scores, thread, err));
		CODIST_TRY(scores->measure->value(
			scores->spec->config, scores->workers[thread].coder,
			bytes_of(scores, item), &scores->values[item], err));
	}
	if (!scores->sketches)
		return CODIST_OK;
	return codist_sketch_new(scores->spec, bytes_of(scores, item),
				 &scores->sketches[item], err);
}

static struct codist_item describe(const struct codist_pairs_scores *scores,
				   size_t item)
{
	return (struct codist_item){
		.bytes = bytes_of(scores, item),
		.value = scores->values ? scores->values[item] : 0,
		.sketch = scores->sketches ? scores->sketches[item] : NULL,
	};
}

static enum codist_status ready(void *user, unsigned thread, size_t first,
				size_t n, struct codist_error *err)
{
	struct codist_pairs_scores *scores = user;
	struct worker *worker = &scores->workers[thread];
	enum codist_status status;

	(void)n;
	CODIST_TRY(ready_coder(scores, thread, err));
	if (!scores->measure->reference)
		return CODIST_OK;
	status = scores->measure->reference(
		scores->spec->config, worker->coder,
		bytes_of(scores, item_of(scores, first)), &worker->base, err);
	return status == CODIST_OK ?
		       CODIST_OK :
		       codist_pairs_blame(scores->pairs, 0, first, status, err);
}

static enum codist_status pair(void *user, unsigned thread, size_t first,
			       size_t n, size_t at_hand,
			       struct codist_error *err)
{
	struct codist_pairs_scores *scores = user;
	struct codist_pairs *pairs = scores->pairs;
	const struct worker *worker = &scores->workers[thread];
	size_t i = pairs->first + at_hand;
	struct codist_item query = describe(scores, i);
	struct codist_item reference = describe(scores, item_of(scores, first));
	enum codist_status status;
	double score;

	(void)n;
	status = scores->measure->score(scores->spec->config, worker->coder,
					worker->base, &reference, &query,
					&score, err);
	if (status != CODIST_OK)
		return codist_pairs_blame_pair(pairs, i, first, status, err);
	return codist_pairs_put(pairs, pairs->unit->results[0], i, first, score,
				err);
}

static void rows_of(void *user, size_t column, size_t *first, size_t *end)
{
	const struct codist_pairs_scores *scores = user;
	const struct codist_pairs *pairs = scores->pairs;

	*first = 0;
	*end = pairs->n;
	while (*end > 0 &&
	       codist_pairs_first(pairs, pairs->first + *end - 1) > column)
		--*end;
}

static void done(void *user, unsigned thread, size_t n_pairs)
{
	struct codist_pairs_scores *scores = user;

	codist_pairs_done(scores->pairs, thread, n_pairs);
}

static enum codist_status tick(void *user, struct codist_error *err)
{
	struct codist_pairs_scores *scores = user;

	return codist_pairs_tick(scores->pairs, err);
}

static enum codist_status init(struct codist_pairs_scores *scores,
			       struct codist_error *err)
{
	const struct codist_pairs *pairs = scores->pairs;
	struct codist_items items = { 0, scores, look_at, tick };

	scores->spec = codist_pairwise_result(pairs->asked,
					      pairs->unit->results[0]).measure;
	scores->measure = (const struct codist_measure *)scores->spec->plugin;
	scores->n_items = pairs->n_rows;
	if (pairs->asked->columns)
		scores->n_items += pairs->n_columns;
	scores->workers = calloc(pairs->n_threads, sizeof(*scores->workers));
	if (!scores->workers)
		return codist_no_memory(err, "threads");
	if (scores->measure->value) {
		scores->values = calloc(scores->n_items, sizeof(double));
		if (!scores->values)
			return codist_no_memory(err, "a value of each item");
	}
	if (scores->measure->sketch) {
		scores->sketches = calloc(scores->n_items, sizeof(void *));
		if (!scores->sketches)
			return codist_no_memory(err, "sketches of items");
	}
	items.n = scores->values || scores->sketches ? scores->n_items : 0;
	return codist_items_run(&items, pairs->n_threads, err);
}

enum codist_status codist_pairs_scores_new(struct codist_pairs_scores **scores,
					   struct codist_pairs *pairs,
					   struct codist_error *err)
{
	enum codist_status status;

	*scores = calloc(1, sizeof(**scores));
	if (!*scores)
		return codist_no_memory(err, "distances");
	(*scores)->pairs = pairs;
	status = init(*scores, err);
	if (status != CODIST_OK) {
		codist_pairs_scores_free(*scores);
		*scores = NULL;
	}
	return status;
}

enum codist_status codist_pairs_scores_block(struct codist_pairs_scores *scores,
					     struct codist_error *err)
{
	const struct codist_pairs *pairs = scores->pairs;
	struct codist_tiles tiles = {
		.n_outer = pairs->n_columns, .n_inner = pairs->n, .width = 1,
		.user = scores, .range = rows_of, .ready = ready, .pair = pair,
		.done = done, .tick = tick,
	};

	return codist_tiles_run(&tiles, pairs->n_threads, err);
}

void codist_pairs_scores_free(struct codist_pairs_scores *scores)
{
	if (!scores)
		return;
	for (unsigned i = 0; scores->workers && i < scores->pairs->n_threads;
	     i++)
		codist_coder_free(scores->workers[i].coder);
	for (size_t i = 0; scores->sketches && i < scores->n_items; i++)
		free(scores->sketches[i]);
	free(scores->workers);
	free(scores->sketches);
	free(scores->values);
	free(scores);
}
