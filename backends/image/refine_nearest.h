/*
 * refine_nearest.h - which pictures differ from one by the fewest pixels
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BACKENDS_IMAGE_REFINE_NEAREST_H
#define CODIST_BACKENDS_IMAGE_REFINE_NEAREST_H

#include "refine_raster.h"

#include <stdint.h>

/* Pictures of one size, a bit a pixel. Begin with zeros but for n_pixels. */
struct codist_near {
	size_t n_pixels;
	uint64_t *bits; /* [capacity][words of n_pixels] */
	size_t capacity;
	/* scratch */
	uint64_t *asked;      /* [words] */
	uint32_t *histogram;  /* [n_pixels + 1], by distance */
};

/* codist_near_put() makes a picture the i-th; i is at most one behind the last. */
enum codist_status codist_near_put(struct codist_near *near, size_t i,
				   const struct codist_raster *picture,
				   struct codist_error *err);

void codist_near_release(struct codist_near *near);

/* Who is nearer than a distance, and so many, the first, that are just as far. */
struct codist_near_choice {
	uint32_t distance;
	size_t n_equal;
};

/*
 * codist_near_choose() finds those of the first `n` pictures that are nearest to x
 * by the count of different pixels (R. W. Hamming 1950), of which only the first
 * `n_known` in lines from the top are known; of equals the earlier ones.
 *
 *   distances   receives the count of each, [n]
 *
 * Returns the choice of min(n, n_wanted) of them, for codist_near_takes().
 */
struct codist_near_choice codist_near_choose(struct codist_near *near,
					     const struct codist_raster *x,
					     size_t n_known, size_t n,
					     size_t n_wanted,
					     uint32_t *distances);

/* codist_near_takes() is asked for one picture after the other. */
static inline int codist_near_takes(struct codist_near_choice *choice,
				    uint32_t distance)
{
	if (distance == choice->distance && choice->n_equal > 0) {
		choice->n_equal--;
		return 1;
	}
	return distance < choice->distance;
}

#endif
