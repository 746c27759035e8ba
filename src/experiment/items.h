/*
 * items.h - the same done for each of n items, on many threads
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_EXPERIMENT_ITEMS_H
#define CODIST_EXPERIMENT_ITEMS_H

#include <codist/base.h>

struct codist_items {
	size_t n;
	void *user; /* handed to the hooks */

	/* Of several failures, that of the smallest i is reported. */
	enum codist_status (*item)(void *user, unsigned thread, size_t i,
				   struct codist_error *err);
	/* As of struct codist_shared_job. */
	enum codist_status (*tick)(void *user, struct codist_error *err);
};

/* codist_items_run() carries item() out for each i < n. */
enum codist_status codist_items_run(const struct codist_items *items,
				    unsigned n_threads,
				    struct codist_error *err);

/*
 * codist_batch() is how many of `most` items to take at once, by the seconds
 * that one takes (negative: not known): long enough for the asking not to show,
 * short enough for a run to stop soon and for threads to end together.
 */
size_t codist_batch(double seconds_per_item, size_t most);

#endif
