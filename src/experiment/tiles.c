/*
 * tiles.c - the scores of a block of test samples against all references
 *
 * Making ready for a reference can take a second (a whole class goes through
 * the compressor), and is then used for every sample of the block. So a thread
 * keeps to one reference, and takes its samples batch by batch. When no
 * reference is left to begin with, it helps with one that another thread is
 * at, if that pays. Times decide only who computes a score, never the score.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/run.h"

#include <math.h>
#include <stdlib.h>

/*
 * References that are gone through together: one where a coder is made ready
 * for it, else many, as scores of neighbours lie in the same cache line, which
 * threads would quarrel over where a score takes but nanoseconds.
 */
struct codist_lane {
	size_t first, n;    /* references */
	size_t next;        /* the first sample of the block not taken */
	unsigned n_workers;
	double seconds_per_sample; /* negative: not known */
	double ready_seconds;
};

/*
 * The seconds by which the end comes sooner with one worker more. With n
 * workers, and W seconds of work left, it is W/n away. A further worker needs
 * P to make ready, in which the others do nP, and then n + 1 share the rest:
 * P + (W - nP)/(n + 1).
 */
static double gain(const struct codist_lane *lane, size_t n_samples)
{
	double n = lane->n_workers;
	double w = (double)(n_samples - lane->next) * lane->seconds_per_sample;

	if (lane->seconds_per_sample < 0)
		return 0;
	return (w - n * lane->ready_seconds) / (n * (n + 1));
}

/*
 * A lane for another worker: a new one while there are any, else one to help
 * with. CODIST_TURN_WAIT if none is worth it, or not yet known to be.
 */
static enum codist_turn find_lane(struct codist_run *run,
				  struct codist_lane **found)
{
	struct codist_block *block = &run->block;
	enum codist_turn turn = CODIST_TURN_DONE;
	double most = 0;

	if (block->next_lane < block->n_lanes) {
		*found = &block->lanes[block->next_lane++];
		return CODIST_TURN_WORK;
	}
	for (unsigned i = 0; i < run->n_threads; i++) {
		struct codist_lane *lane = run->workers[i].lane;

		if (!lane || lane->next == block->n)
			continue;
		if (turn == CODIST_TURN_DONE)
			turn = CODIST_TURN_WAIT;
		if (gain(lane, block->n) > most) {
			most = gain(lane, block->n);
			*found = lane;
			turn = CODIST_TURN_WORK;
		}
	}
	return turn;
}

static void hand_in(struct codist_run *run, struct codist_worker *worker)
{
	struct codist_lane *lane = worker->lane;

	if (!lane)
		return;
	run->n_scored += worker->n * lane->n;
	lane->seconds_per_sample = worker->seconds_per_item;
	lane->ready_seconds = worker->ready_seconds;
	if (lane->next < run->block.n)
		return;
	lane->n_workers--;
	worker->lane = NULL;
}

static enum codist_turn next(void *job, unsigned thread)
{
	struct codist_run *run = job;
	struct codist_block *block = &run->block;
	struct codist_worker *worker = &run->workers[thread];

	hand_in(run, worker);
	if (thread == 0)
		run->n_shown = run->n_scored;
	if (!worker->lane) {
		struct codist_lane *lane = NULL;
		enum codist_turn turn = find_lane(run, &lane);

		if (turn != CODIST_TURN_WORK)
			return turn;
		if (lane->seconds_per_sample >= 0)
			worker->seconds_per_item = lane->seconds_per_sample;
		lane->n_workers++;
		worker->lane = lane;
	}
	worker->first = worker->lane->next;
	worker->n = codist_worker_batch(worker,
					block->n - worker->lane->next);
	worker->lane->next += worker->n;
	return CODIST_TURN_WORK;
}

static enum codist_status make_ready(const struct codist_run *run,
				     struct codist_worker *worker,
				     struct codist_error *err)
{
	const struct codist_measure *measure = run->measure;
	const struct codist_reference_set *references = &run->references;
	double began = codist_seconds();

	CODIST_TRY(codist_worker_coder(worker, run, err));
	worker->ready_for = NULL;
	for (size_t i = 0; i < worker->lane->n; i++) {
		size_t r = worker->lane->first + i;

		if (measure->value)
			worker->values[i] = run->reference_values[r];
		if (measure->values_add)
			worker->values[i] /= (double)references->samples_in[r];
		if (measure->reference)
			CODIST_TRY(measure->reference(
				run->pipeline->measure->config, worker->coder,
				references->bytes_of[r], &worker->bases[i],
				err));
	}
	worker->ready_for = worker->lane;
	worker->ready_seconds = codist_seconds() - began;
	return CODIST_OK;
}

/* One sample of the block against the references of the lane. */
static enum codist_status score(const struct codist_run *run,
				const struct codist_worker *worker,
				size_t in_block, struct codist_error *err)
{
	const struct codist_measure *measure = run->measure;
	const struct codist_reference_set *references = &run->references;
	size_t sample = run->block.first + in_block;
	struct codist_item query = {
		.bytes = codist_dataset_sample(run->test, sample),
		.value = measure->value ? run->query_values[sample] : 0,
		.prepared = codist_run_prepared_of(run, in_block),
	};
	double *row = run->block.scores + in_block * references->n_references;

	for (size_t i = 0; i < worker->lane->n; i++) {
		size_t r = worker->lane->first + i;

		CODIST_TRY(measure->score(run->pipeline->measure->config,
					  worker->coder, worker->bases[i],
					  worker->values[i], &query, &row[r],
					  err));
		if (isnan(row[r]))
			return codist_fail(
				err, CODIST_EFORMAT,
				"%s: measure %s: the score of sample %zu "
				"against reference %zu, of class '%s', is not "
				"a number",
				run->test->name, measure->plugin.name, sample,
				r,
				run->test->class_names[references->class_of[r]]);
	}
	return CODIST_OK;
}

static enum codist_status work(void *job, unsigned thread, size_t *order,
			       struct codist_error *err)
{
	struct codist_run *run = job;
	struct codist_worker *worker = &run->workers[thread];
	double began, seconds;

	*order = worker->lane->first * run->n_samples + run->block.first +
		 worker->first;
	if (worker->ready_for != worker->lane)
		CODIST_TRY(make_ready(run, worker, err));
	began = codist_seconds();
	for (size_t i = 0; i < worker->n; i++, ++*order)
		CODIST_TRY(score(run, worker, worker->first + i, err));
	seconds = codist_seconds() - began;
	worker->seconds_per_item = seconds / (double)worker->n;
	return CODIST_OK;
}

enum codist_status codist_run_tiles_init(struct codist_run *run,
					 struct codist_error *err)
{
	struct codist_block *block = &run->block;
	size_t n_references = run->references.n_references;
	size_t width = run->measure->needs_backend ? 1 : CODIST_LANE_WIDTH;

	block->n_lanes = (n_references - 1) / width + 1;
	block->lanes = calloc(block->n_lanes, sizeof(*block->lanes));
	block->scores = malloc(run->block_capacity * n_references *
			       sizeof(*block->scores));
	if (!block->lanes || !block->scores)
		return codist_fail(err, CODIST_ENOMEM,
				   "out of memory for scores of %zu samples "
				   "against %zu references at a time",
				   run->block_capacity, n_references);
	for (size_t i = 0; i < block->n_lanes; i++) {
		size_t first = i * width;

		block->lanes[i].first = first;
		block->lanes[i].n = n_references - first < width ?
					    n_references - first : width;
	}
	return CODIST_OK;
}

enum codist_status codist_run_tiles(struct codist_run *run,
				    struct codist_error *err)
{
	struct codist_shared_job job = { run, next, work, codist_run_tick };
	struct codist_block *block = &run->block;

	block->next_lane = 0;
	for (size_t i = 0; i < block->n_lanes; i++) {
		block->lanes[i].next = 0;
		block->lanes[i].n_workers = 0;
		block->lanes[i].seconds_per_sample = -1;
	}
	for (unsigned i = 0; i < run->n_threads; i++) {
		run->workers[i].lane = NULL;
		run->workers[i].seconds_per_item = -1;
	}
	CODIST_TRY(codist_across_threads(&job, run->n_threads, err));
	run->n_shown = run->n_scored;
	return CODIST_OK;
}

void codist_run_tiles_release(struct codist_run *run)
{
	free(run->block.lanes);
	free(run->block.scores);
}
