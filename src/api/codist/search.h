/*
 * codist/search.h - the quartet method: the best of many searches
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_SEARCH_H
#define CODIST_SEARCH_H

#include <codist/tree.h>

#ifdef __cplusplus
extern "C" {
#endif

/* {0} takes the defaults. */
struct codist_search_how {
	uint64_t seed;
	size_t patience;   /* of each search, see codist_quartets_how */
	size_t n_restarts; /* searches; 0: 10 */
	unsigned n_threads; /* 0: as many as there are processors; does not
	                       change the result */
	/*
	 * Called a few times a second by the calling thread, with how many
	 * searches came to an end. Nonzero stops with CODIST_ECANCELLED. NULL:
	 * not wanted.
	 */
	int (*progress)(void *user, size_t done, size_t total);
	void *user;
};

struct codist_search_found {
	struct codist_quartets_found best; /* of equal ones, the first */
	size_t restart; /* that found it, from 0 */
	size_t n_done;  /* restarts; fewer than asked for once S = 1 */
	size_t n_equal; /* of these, with that score, up to 1e-12 */
};

/*
 * codist_quartets_search() runs codist_quartets_climb() for restarts 0, 1 and
 * so on, and keeps the tree of the greatest score. After one of S = 1 no
 * further ones are counted.
 *
 *   names   [n]; NULL: "0", "1" and so on
 *   found   receives the result; its tree is for codist_tree_release()
 *
 * Not to be called from within an OpenMP parallel region.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_quartets_search(const struct codist_quartets *quartets,
		       const char *const *names,
		       const struct codist_search_how *how,
		       struct codist_search_found *found,
		       struct codist_error *err);

#ifdef __cplusplus
}
#endif

#endif
