/*
 * tiles.h - all pairs of outer and inner items, dealt out to threads
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_EXPERIMENT_TILES_H
#define CODIST_EXPERIMENT_TILES_H

#include <codist/base.h>

struct codist_tiles {
	size_t n_outer, n_inner;
	/*
	 * Outer items that are gone through together: one where making ready
	 * for it takes long, else up to CODIST_LANE_WIDTH, as results of
	 * neighbours lie in the same cache line, which threads would quarrel
	 * over where a pair takes but nanoseconds.
	 */
	size_t width;
	void *user; /* handed to the hooks */

	/*
	 * Optional, where width is 1: the inner items that pair with that outer
	 * one are those from *first to before *end. NULL: all.
	 */
	void (*range)(void *user, size_t outer, size_t *first, size_t *end);

	/*
	 * Make a thread ready for outer items first..first + n - 1, and then
	 * pair them with one inner item. Of several failures, that of the
	 * smallest outer item is reported.
	 */
	enum codist_status (*ready)(void *user, unsigned thread, size_t first,
				    size_t n, struct codist_error *err);
	enum codist_status (*pair)(void *user, unsigned thread, size_t first,
				   size_t n, size_t inner,
				   struct codist_error *err);

	/* Called by one thread at a time: so many pairs more are done. */
	void (*done)(void *user, unsigned thread, size_t n_pairs);
	/* As of struct codist_shared_job. */
	enum codist_status (*tick)(void *user, struct codist_error *err);
};

#define CODIST_LANE_WIDTH 64

/* codist_tiles_run() goes through all pairs. */
enum codist_status codist_tiles_run(const struct codist_tiles *tiles,
				    unsigned n_threads,
				    struct codist_error *err);

#endif
