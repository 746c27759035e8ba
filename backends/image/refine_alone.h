/*
 * refine_alone.h - a picture without any other: each pixel by ten that came before
 *
 * The template is JBIG's with three lines (ITU-T T.82), and what it saw is counted
 * over all pictures. The probability of a pixel is that of Krichevsky and
 * Trofimov, (n1 + 1/2) / (n0 + n1 + 1).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BACKENDS_IMAGE_REFINE_ALONE_H
#define CODIST_BACKENDS_IMAGE_REFINE_ALONE_H

#include "refine_raster.h"

#include "coding.h"

#define ALONE_CONTEXTS 1024

/* Begin with zeros. */
struct codist_alone {
	uint32_t n[ALONE_CONTEXTS][2];
};

/*
 * codist_alone_cost() is what the first `n_pixels` cost, in parts of a bit,
 * CODIST_COST_ONE to one, and counts them.
 */
uint64_t codist_alone_cost(struct codist_alone *alone,
			   const struct codist_costs *costs,
			   const struct codist_raster *x, size_t n_pixels);

#endif
