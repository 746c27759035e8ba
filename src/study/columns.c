/*
 * columns.c - the scores of a block, some references at a time
 *
 * As many that it takes some seconds, so that not more is lost when the process
 * ends, and stopping does not take longer. How many there are at a time decides
 * nothing else.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/team.h"

#include <stdlib.h>

#define SECONDS 5.0

static void take(void *user, size_t reference, size_t n_columns,
		 const double *columns)
{
	struct codist_columns *c = user;
	const struct codist_block *block = &c->run->block;
	size_t n_references = c->run->references.n_references;

	if (reference >= n_references || n_columns > n_references - reference)
		return;
	for (size_t k = 0; k < n_columns; k++) {
		size_t r = reference + k;

		for (size_t i = 0; i < block->n; i++)
			block->scores[i * n_references + r] =
				columns[k * block->n + i];
		c->is_done[r] = 1;
	}
}

static enum codist_status save(struct codist_columns *c, size_t first,
			       size_t n_columns, struct codist_error *err)
{
	const struct codist_block *block = &c->run->block;
	size_t n_references = c->run->references.n_references;
	struct codist_store *store = &c->engine->store;
	enum codist_status status;

	if (n_columns * block->n > c->capacity) {
		free(c->buffer);
		c->capacity = n_columns * block->n;
		c->buffer = malloc(c->capacity * sizeof(*c->buffer));
		if (!c->buffer) {
			c->capacity = 0;
			return codist_no_memory(err, "scores to be saved");
		}
	}
	for (size_t k = 0; k < n_columns; k++)
		for (size_t i = 0; i < block->n; i++)
			c->buffer[k * block->n + i] =
				block->scores[i * n_references + first + k];
	CODIST_TRY(codist_store_begin(store, err));
	status = codist_store_add_partial(store, c->engine->job->ids[0],
					  c->part, block->first, block->n,
					  first, n_columns, c->buffer, err);
	if (status == CODIST_OK)
		status = codist_store_commit(store, err);
	codist_store_roll_back(store);
	c->saved = codist_seconds();
	return status;
}

/* References side by side that are not done, from one on. */
static size_t stretch(const struct codist_columns *c, size_t first)
{
	size_t n = 0, n_references = c->run->references.n_references;

	while (first + n < n_references && !c->is_done[first + n])
		n++;
	return n;
}

/*
 * How many next: a few first, to see how long they take; all, if that is soon
 * over; and else as many as take some seconds, for each thread the same.
 */
static size_t choose(const struct codist_columns *c, size_t left, double rate)
{
	unsigned n_threads = c->run->n_threads;
	size_t n = left / 16 + 1;

	if (rate > 0) {
		if ((double)left / rate < SECONDS)
			return left;
		n = (size_t)(rate * SECONDS) + 1;
	}
	n = (n + n_threads - 1) / n_threads * n_threads;
	return n < left ? n : left;
}

enum codist_status codist_columns_fill(struct codist_columns *columns,
				       struct codist_error *err)
{
	struct codist_run *run = columns->run;
	struct codist_engine *engine = columns->engine;
	size_t n_references = run->references.n_references, unsaved = 0;
	double rate = 0;

	CODIST_TRY(codist_store_partials(&engine->store, engine->job->ids[0],
					 columns->part, run->block.first,
					 run->block.n, take, columns, err));
	columns->saved = codist_seconds();
	if (codist_team_size() > 1) {
		codist_team_tell_block(run->block.first, run->block.n);
		return codist_team_columns(columns, save, err);
	}
	for (size_t first = 0; first < n_references;) {
		size_t left = stretch(columns, first), n;
		double began = codist_seconds(), now;

		if (left == 0) {
			first++;
			continue;
		}
		n = choose(columns, left, rate);
		CODIST_TRY(codist_run_columns(run, first, n, err));
		first += n;
		unsaved += n;
		now = codist_seconds();
		if (now > began)
			rate = (double)n / (now - began);
		/* Saved are those side by side; a stretch's end is one. */
		if (first < n_references &&
		    (engine->stop || n == left ||
		     now - columns->saved > SECONDS / 2)) {
			CODIST_TRY(save(columns, first - unsaved, unsaved,
					err));
			unsaved = 0;
		}
		if (engine->stop && first < n_references)
			return codist_fail(err, CODIST_ECANCELLED,
					   "stopped when asked to");
	}
	return CODIST_OK;
}
