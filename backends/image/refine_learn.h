/*
 * refine_learn.h - what a picture teaches about refinement, once it is known
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BACKENDS_IMAGE_REFINE_LEARN_H
#define CODIST_BACKENDS_IMAGE_REFINE_LEARN_H

#include "refine_scan.h"

/*
 * codist_refine_learn() counts what is seen where a picture is made of those of the
 * gallery by which it is cheapest.
 *
 * One picture is counted once: each of the cheapest 16 as much as it has of the
 * cube root of the probability, and each displacement of a block as it is likely.
 * Of the probability itself nearly all is that of one picture, and tables
 * that know the nearest only are too sure of themselves.
 *
 *   parts   of codist_refine_scan(), [gallery->n]
 */
void codist_refine_learn(struct codist_refine_counts *counts,
			 const struct codist_refine_query *query,
			 const struct codist_gallery *gallery,
			 const struct codist_refine_tables *tables,
			 const uint32_t *parts);

#endif
