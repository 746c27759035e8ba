/*
 * codist/embed.h - places for items, from the distances between them
 *
 * Classical scaling, or principal coordinates: W. S. Torgerson, Multidimensional
 * scaling: I. Theory and method, Psychometrika 17 (1952) 401-419; J. C. Gower,
 * Some distance properties of latent root and vector methods used in
 * multivariate analysis, Biometrika 53 (1966) 325-338. With D the distances
 * and J = I - 1/n, the axes are the eigenvectors of B = -1/2 J D^2 J, D^2
 * being squared value by value, times the square roots of their eigenvalues.
 *
 * Distances between points in a space have no negative eigenvalues, and as
 * many positive ones as that space needs dimensions. Compression distances are
 * not of that kind: how much of them is negative, no dimension shows.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_EMBED_H
#define CODIST_EMBED_H

#include <codist/base.h>

#ifdef __cplusplus
extern "C" {
#endif

struct codist_embedding {
	size_t n, n_dimensions;
	double *coordinates; /* [n][n_dimensions], row-major; the mean of each
	                        dimension is 0 */
	double *eigenvalues; /* [n], falling; what is within 1e-12 of the
	                        largest is 0 */
	double explained;    /* the share of the dimensions in the sum of the
	                        positive eigenvalues; 1 if all are 0 */
	size_t n_negative;   /* eigenvalues */
	double negative;     /* their share in the sum of all magnitudes */
};

/*
 * codist_embed() computes an embedding, to be released with
 * codist_embedding_release(). It needs two matrices of n times n doubles, and
 * time that grows as the cube of n.
 *
 *   distances      [n][n], n > 0; of a pair, the one in the lower triangle
 *                  counts, and the diagonal does not
 *   n_dimensions   > 0; those beyond the positive eigenvalues are 0
 *
 * Each axis points to where the coordinate of greatest magnitude is positive,
 * the first such if there are several. Where eigenvalues are equal, any axes
 * at right angles would do, and which they are is up to rounding.
 *
 * CODIST_EFORMAT if a distance is not finite or beyond 1e150.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_embed(struct codist_embedding *embedding, const double *distances,
	     size_t n, size_t n_dimensions, struct codist_error *err);

/* codist_embedding_release() frees what it holds. Harmless on {0}. */
CODIST_API void codist_embedding_release(struct codist_embedding *embedding);

#ifdef __cplusplus
}
#endif

#endif
