/*
 * codist/normality.h - how far a compressor is from a normal one
 *
 * R. Cilibrasi and P. M. B. Vitanyi, Clustering by compression, IEEE Trans.
 * Inf. Theory 51 (2005) 1523-1545, definition 3.1: the distances that are made
 * of lengths are metrics, nearly, if up to O(log n) bits, n being the length of
 * what is compressed,
 *
 *     C(xx) = C(x), and C of nothing is 0      idempotence
 *     C(xy) >= C(x)                            monotonicity
 *     C(xy) = C(yx)                            symmetry
 *     C(xy) + C(z) <= C(xz) + C(yz)            distributivity
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_NORMALITY_H
#define CODIST_NORMALITY_H

#include <codist/backend.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * By how many bits one of the conditions is missed, over all cases: the
 * difference of the two sides where they should be equal, and else what one
 * side is too great by, or 0.
 */
struct codist_miss {
	size_t n;      /* cases; where it is 0, so are the others */
	double mean;   /* bits; of idempotence the sign is kept */
	double most;   /* bits, the greatest */
	size_t n_over; /* cases that miss by more than log2 n bits, n being the
			  bits of the greatest input of the case */
};

struct codist_normality {
	double empty; /* C of nothing, bits */
	struct codist_miss idempotence;    /* every x */
	struct codist_miss monotonicity;   /* ordered pairs of x and y */
	struct codist_miss symmetry;       /* pairs */
	struct codist_miss distributivity; /* pairs x, y with every other z */
	/*
	 * Of the pairs of two x for the same y, the share with equal
	 * C(xy) - C(x), between which a nearest neighbour could not choose;
	 * 0..1, and 0 for less than three items.
	 */
	double tie_rate;
	/*
	 * The effective window in bytes: how far back 64 bytes of noise can lie
	 * for a repetition of them behind more noise to save half of their
	 * bits, which are 7 a byte. Found by doubling, then halving, so that it is meant for
	 * compressors that forget what is far away. 0: not even 128 bytes,
	 * or a coder of pictures, to which noise is none.
	 */
	size_t window;
	int window_is_limit; /* 1: it is the limit, and may be greater */
};

/* {0}, or what is wanted. */
struct codist_normality_how {
	size_t window_limit; /* bytes, for the window; 0: 2 MiB */
	/*
	 * Called after every length or so. Nonzero stops with
	 * CODIST_ECANCELLED. NULL: not wanted.
	 */
	int (*progress)(void *user, size_t done, size_t total);
	void *user;
};

/*
 * codist_normality_measure() measures the normality of a backend on items.
 *
 *   backend   a spec of codist_backends
 *   items     [n], n >= 1; any may be empty. n (n + 1) lengths are computed,
 *             beside those for the window, and n^2 doubles kept
 *
 * CODIST_EUSAGE: the backend is one of dictionaries, of which C(xy) is not
 * known (codist_backend_is_dictionary()).
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_normality_measure(struct codist_normality *normality,
			 const struct codist_spec *backend,
			 const struct codist_bytes *items, size_t n,
			 const struct codist_normality_how *how,
			 struct codist_error *err);

#ifdef __cplusplus
}
#endif

#endif
