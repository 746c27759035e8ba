/*
 * published_matrices.h - the published confusion matrices
 *
 * Their definitions are generated from experiments/published/NAME.csv; see
 * published_matrices.awk.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_PUBLISHED_MATRICES_H
#define CODIST_PUBLISHED_MATRICES_H

#include <codist/published.h>

#define CODIST_PUBLISHED_CELLS \
	(CODIST_PUBLISHED_CLASSES * CODIST_PUBLISHED_CLASSES)

/* Rows are true classes. */
extern const size_t codist_binarized_chunk64_logsumexp[CODIST_PUBLISHED_CELLS];
extern const size_t codist_binarized_chunk64_mean[CODIST_PUBLISHED_CELLS];
extern const size_t codist_binarized_deflate_level9[CODIST_PUBLISHED_CELLS];
extern const size_t codist_deflate_default[CODIST_PUBLISHED_CELLS];
extern const size_t codist_deflate_level9_wbits_10[CODIST_PUBLISHED_CELLS];
extern const size_t codist_knn20_pixel_count[CODIST_PUBLISHED_CELLS];

#endif
