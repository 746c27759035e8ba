/*
 * tiles.c - all pairs of outer and inner items, dealt out to threads
 *
 * Making ready for an outer item can take a second (a whole class goes through
 * the compressor), and is then used for every inner item. So a thread keeps to
 * one outer item, and takes the inner ones batch by batch. When no outer item
 * is left to begin with, it helps with one that another thread is at, if that
 * pays. Times decide only who computes a pair, never what comes out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/system.h"
#include "experiment/across_threads.h"
#include "experiment/items.h"
#include "experiment/tiles.h"

#include <stdlib.h>

/* Outer items that are gone through together, once one was begun. */
struct lane {
	size_t first, n;  /* outer items */
	size_t next, end; /* the inner items not taken yet */
	unsigned n_workers;
	double seconds_per_inner; /* negative: not known */
	double ready_seconds;
};

/* What a thread is at: n inner items from `first`, of a lane. */
struct worker {
	struct lane *lane; /* NULL: none */
	struct lane *ready_for;
	size_t first, n;
	/* What the last batch took; negative: not known */
	double seconds_per_inner, ready_seconds;
};

struct work {
	const struct codist_tiles *tiles;
	struct lane *lanes; /* [n_lanes] */
	size_t n_lanes, next_lane;
	struct worker *workers; /* [n_threads] */
	unsigned n_threads;
};

/*
 * The seconds by which the end comes sooner with one worker more. With n
 * workers, and W seconds of work left, it is W/n away. A further worker needs
 * P to make ready, in which the others do nP, and then n + 1 share the rest:
 * P + (W - nP)/(n + 1).
 */
static double gain(const struct lane *lane)
{
	double n = lane->n_workers;
	double w = (double)(lane->end - lane->next) * lane->seconds_per_inner;

	if (lane->seconds_per_inner < 0)
		return 0;
	return (w - n * lane->ready_seconds) / (n * (n + 1));
}

/*
 * A lane for another worker: a new one while there are any, else one to help
 * with. CODIST_TURN_WAIT if none is worth it, or not yet known to be.
 */
static enum codist_turn find_lane(struct work *work, struct lane **found)
{
	enum codist_turn turn = CODIST_TURN_DONE;
	double most = 0;

	while (work->next_lane < work->n_lanes) {
		*found = &work->lanes[work->next_lane++];
		if ((*found)->next < (*found)->end)
			return CODIST_TURN_WORK;
	}
	for (unsigned i = 0; i < work->n_threads; i++) {
		struct lane *lane = work->workers[i].lane;

		if (!lane || lane->next == lane->end)
			continue;
		if (turn == CODIST_TURN_DONE)
			turn = CODIST_TURN_WAIT;
		if (gain(lane) > most) {
			most = gain(lane);
			*found = lane;
			turn = CODIST_TURN_WORK;
		}
	}
	return turn;
}

static void hand_in(struct work *work, unsigned thread)
{
	struct worker *worker = &work->workers[thread];
	struct lane *lane = worker->lane;

	if (!lane)
		return;
	work->tiles->done(work->tiles->user, thread, worker->n * lane->n);
	lane->seconds_per_inner = worker->seconds_per_inner;
	lane->ready_seconds = worker->ready_seconds;
	if (lane->next < lane->end)
		return;
	lane->n_workers--;
	worker->lane = NULL;
}

static enum codist_turn next(void *job, unsigned thread)
{
	struct work *work = job;
	struct worker *worker = &work->workers[thread];

	hand_in(work, thread);
	if (!worker->lane) {
		struct lane *lane = NULL;
		enum codist_turn turn = find_lane(work, &lane);

		if (turn != CODIST_TURN_WORK)
			return turn;
		if (lane->seconds_per_inner >= 0)
			worker->seconds_per_inner = lane->seconds_per_inner;
		lane->n_workers++;
		worker->lane = lane;
	}
	worker->first = worker->lane->next;
	worker->n = codist_batch(worker->seconds_per_inner,
				 worker->lane->end - worker->lane->next);
	worker->lane->next += worker->n;
	return CODIST_TURN_WORK;
}

static enum codist_status carry_out(void *job, unsigned thread, size_t *order,
				    struct codist_error *err)
{
	struct work *work = job;
	const struct codist_tiles *tiles = work->tiles;
	struct worker *worker = &work->workers[thread];
	const struct lane *lane = worker->lane;
	double began = codist_seconds();

	*order = lane->first * tiles->n_inner + worker->first;
	if (worker->ready_for != lane) {
		worker->ready_for = NULL;
		CODIST_TRY(tiles->ready(tiles->user, thread, lane->first,
					lane->n, err));
		worker->ready_for = worker->lane;
		worker->ready_seconds = codist_seconds() - began;
		began = codist_seconds();
	}
	for (size_t i = 0; i < worker->n; i++, ++*order)
		CODIST_TRY(tiles->pair(tiles->user, thread, lane->first,
				       lane->n, worker->first + i, err));
	worker->seconds_per_inner = (codist_seconds() - began) /
				    (double)worker->n;
	return CODIST_OK;
}

static enum codist_status tick(void *job, struct codist_error *err)
{
	const struct work *work = job;

	return work->tiles->tick(work->tiles->user, err);
}

static void lay_out(struct work *work)
{
	const struct codist_tiles *tiles = work->tiles;

	for (size_t i = 0; i < work->n_lanes; i++) {
		struct lane *lane = &work->lanes[i];
		size_t first = i * tiles->width, n = tiles->n_outer - first;

		*lane = (struct lane){
			.first = first, .n = n < tiles->width ? n : tiles->width,
			.end = tiles->n_inner, .seconds_per_inner = -1,
		};
		if (tiles->range)
			tiles->range(tiles->user, first, &lane->next,
				     &lane->end);
	}
}

enum codist_status codist_tiles_run(const struct codist_tiles *tiles,
				    unsigned n_threads,
				    struct codist_error *err)
{
	struct work work = { .tiles = tiles, .n_threads = n_threads };
	struct codist_shared_job job = { &work, next, carry_out, tick };
	enum codist_status status;

	if (tiles->n_outer == 0)
		return CODIST_OK;
	work.n_lanes = (tiles->n_outer - 1) / tiles->width + 1;
	work.lanes = calloc(work.n_lanes, sizeof(*work.lanes));
	work.workers = calloc(n_threads, sizeof(*work.workers));
	if (work.lanes && work.workers) {
		lay_out(&work);
		for (unsigned i = 0; i < n_threads; i++)
			work.workers[i].seconds_per_inner = -1;
		status = codist_across_threads(&job, n_threads, err);
	} else {
		status = codist_no_memory(err, "shares of the work");
	}
	free(work.lanes);
	free(work.workers);
	return status;
}
