/*
 * own.h - the best matches of a short query among its own earlier bytes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DEFLATE_OWN_H
#define CODIST_DEFLATE_OWN_H

#include "query.h"

/* Up to here comparing all runs is quicker than chains, or nearly. */
#define SIZER_OWN_MOST 2048

/* Signed, because the oldest vector units compare 16 bits only so. */
struct sizer_own {
	const struct sizer_query_run *runs;
	/* of each run */
	int16_t byte[SIZER_OWN_MOST + 1];
	int16_t length[SIZER_OWN_MOST + 1];
	/* in how many bytes what follows it agrees with what follows the run
	 * that is at hand */
	int16_t behind[SIZER_OWN_MOST + 1];
};

/* Begin, with the last run at hand. */
void codist_sizer_own_start(struct sizer_own *own,
			    const struct sizer_query_run *runs, unsigned n_runs,
			    const unsigned char *bytes);

/* Go on from a run to the one before. */
void codist_sizer_own_next(struct sizer_own *own, unsigned run);

/*
 * The best match at a place of the run at hand, among strings from `oldest` on,
 * `oldest` < at.
 */
struct sizer_match codist_sizer_own_best(const struct sizer_own *own,
					 unsigned run, unsigned at,
					 unsigned oldest, unsigned nice);

/*
 * The same for each place of the run at hand, if all strings are in reach: of
 * long runs that is quicker. best[n - 1] receives it for the place from which n
 * bytes of the run are left; places count from the query's start. 0: some match
 * may be as long as `nice`, and it matters which; ask for each place.
 */
int codist_sizer_own_run(const struct sizer_own *own, unsigned run,
			 unsigned nice, struct sizer_match *best);

#endif
