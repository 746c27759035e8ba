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
 * References that are gone through together. Scores of neighbouring references
 * share a cache line, over which threads would quarrel where a score takes but
 * nanoseconds; there, nothing is lost by taking many at once.
 */
struct codist_lane {
	size_t first, n;    /* references */
	size_t next;        /* the first sample of the block not taken */
	unsigned n_workers;
	double seconds_per_sample; /* negative: not known */
	double ready_seconds;
};

#define WIDTH_WITHOUT_BACKEND 64

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
				     size_t reference, double *seconds,
				     struct codist_error *err)
{
	const struct codist_measure *measure = run->measure;
	double began;

	if (!measure->reference || worker->ready_for == reference)
		return CODIST_OK;
	began = codist_seconds();
	worker->ready_for = CODIST_NO_REFERENCE;
	CODIST_TRY(measure->reference(run->pipeline->measure->config,
				      worker->coder,
				      run->references.bytes_of[reference],
				      &worker->base, err));
	worker->ready_for = reference;
	*seconds += codist_seconds() - began;
	return CODIST_OK;
}

static enum codist_status score(const struct codist_run *run,
				const struct codist_worker *worker,
				size_t reference, size_t in_block,
				struct codist_error *err)
{
	const struct codist_measure *measure = run->measure;
	size_t sample = run->block.first + in_block;
	double *at = run->block.scores +
		     in_block * run->references.n_references + reference;
	double reference_value = 0, query_value = 0;

	if (measure->value) {
		reference_value = run->reference_values[reference];
		query_value = run->query_values[sample];
	}
	CODIST_TRY(measure->score(run->pipeline->measure->config,
				  worker->coder, worker->base, reference_value,
				  codist_dataset_sample(run->test, sample),
				  query_value, at, err));
	if (!isnan(*at))
		return CODIST_OK;
	return codist_fail(err, CODIST_EFORMAT,
			   "%s: measure %s: the score of sample %zu against "
			   "reference %zu, of class '%s', is not a number",
			   run->test->name, measure->plugin.name, sample,
			   reference,
			   run->test->class_names[run->references
						  .class_of[reference]]);
}

static enum codist_status work(void *job, unsigned thread, size_t *order,
			       struct codist_error *err)
{
	struct codist_run *run = job;
	struct codist_worker *worker = &run->workers[thread];
	const struct codist_lane *lane = worker->lane;
	double began = codist_seconds(), ready_seconds = 0, seconds;

	for (size_t r = lane->first; r < lane->first + lane->n; r++) {
		*order = r * run->n_samples + run->block.first + worker->first;
		CODIST_TRY(codist_worker_coder(worker, run, err));
		CODIST_TRY(make_ready(run, worker, r, &ready_seconds, err));
		for (size_t i = 0; i < worker->n; i++, ++*order)
			CODIST_TRY(score(run, worker, r, worker->first + i,
					 err));
	}
	seconds = codist_seconds() - began - ready_seconds;
	worker->seconds_per_item = seconds > 0 ? seconds / (double)worker->n :
						 0;
	if (ready_seconds > 0)
		worker->ready_seconds = ready_seconds;
	return CODIST_OK;
}

enum codist_status codist_run_tiles_init(struct codist_run *run,
					 struct codist_error *err)
{
	struct codist_block *block = &run->block;
	size_t n_references = run->references.n_references;
	size_t width = run->measure->needs_backend ? 1 : WIDTH_WITHOUT_BACKEND;

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
