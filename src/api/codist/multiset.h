/*
 * codist/multiset.h - how much the items of a list have in common
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_MULTISET_H
#define CODIST_MULTISET_H

#include <codist/backend.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The NCD of a multiset X (A. R. Cohen and P. Vitanyi, Normalized compression
 * distance of multisets with applications, IEEE Trans. Pattern Analysis and
 * Machine Intelligence 37, 2015), C(X) being the length of all items joined in
 * the order of the list:
 *
 *     ncd1 = (C(X) - min C(x)) / max C(X without x), over all x of X
 *
 * and the NCD is the largest ncd1 of X and of its subsets of two or more; of
 * these only such are tried, as in the paper, that are left when again and
 * again the item is left out without which the rest is longest. Of two items it
 * is the NCD.
 */
struct codist_multiset {
	double ncd, ncd1;
	size_t n_left; /* the items in the subset that gave ncd */
};

/*
 * codist_multiset_measure() computes it, by about n^2 / 2 lengths of up to n
 * items joined.
 *
 *   items      [n], n at least 2 (CODIST_EUSAGE)
 *   progress   called between lengths with how many are done of how many;
 *              nonzero stops with CODIST_ECANCELLED; NULL: not wanted
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_multiset_measure(struct codist_multiset *multiset,
			struct codist_coder *coder,
			const struct codist_bytes *items, size_t n,
			int (*progress)(void *user, size_t done, size_t total),
			void *user, struct codist_error *err);

#ifdef __cplusplus
}
#endif

#endif
