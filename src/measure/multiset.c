/*
 * multiset.c - how much the items of a list have in common
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/measure.h>
#include <codist/multiset.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The items that are left, and room to join them in. */
struct rest {
	struct codist_coder *coder;
	const struct codist_bytes *items; /* [n_all] */
	size_t *left;                     /* [n], indices of items, ascending */
	size_t n;
	double *alone;                    /* [n_all], C(x) */
	unsigned char *joined;

	int (*progress)(void *user, size_t done, size_t total);
	void *user;
	size_t n_done, n_lengths;
};

/* The length of what is left, joined, without left[without]. */
static enum codist_status joint(struct rest *rest, size_t without,
				double *bits, struct codist_error *err)
{
	size_t nbytes = 0;

	if (rest->progress && rest->progress(rest->user, rest->n_done,
					     rest->n_lengths))
		return codist_fail(err, CODIST_ECANCELLED,
				   "stopped when asked to, after %zu of %zu "
				   "lengths", rest->n_done, rest->n_lengths);
	for (size_t i = 0; i < rest->n; i++) {
		struct codist_bytes item = rest->items[rest->left[i]];

		if (i == without)
			continue;
		if (item.nbytes)
			memcpy(rest->joined + nbytes, item.data, item.nbytes);
		nbytes += item.nbytes;
	}
	rest->n_done++;
	return codist_coder_length(rest->coder,
				   (struct codist_bytes){ rest->joined,
							  nbytes },
				   bits, err);
}

/*
 * ncd1 of what is left, of which the length is *whole. Then the item goes
 * without which the rest is longest, the first of such, and *whole is the
 * rest's.
 */
static enum codist_status leave_out(struct rest *rest, double *whole,
				    double *ncd1, struct codist_error *err)
{
	double least = INFINITY, most = -INFINITY;
	size_t out = 0;

	for (size_t i = 0; i < rest->n; i++) {
		double bits;

		least = fmin(least, rest->alone[rest->left[i]]);
		CODIST_TRY(joint(rest, i, &bits, err));
		if (bits > most) {
			most = bits;
			out = i;
		}
	}
	*ncd1 = codist_quotient(*whole - least, most);
	*whole = most;
	rest->n--;
	memmove(rest->left + out, rest->left + out + 1,
		(rest->n - out) * sizeof(*rest->left));
	return CODIST_OK;
}

static enum codist_status measure(struct codist_multiset *multiset,
				  struct rest *rest, struct codist_error *err)
{
	size_t n = rest->n;
	double whole;

	for (size_t i = 0; i < n; i++) {
		rest->left[i] = i;
		CODIST_TRY(codist_coder_length(rest->coder, rest->items[i],
					       &rest->alone[i], err));
	}
	CODIST_TRY(joint(rest, SIZE_MAX, &whole, err));
	while (rest->n >= 2) {
		size_t n_left = rest->n;
		double ncd1;

		CODIST_TRY(leave_out(rest, &whole, &ncd1, err));
		if (n_left == n)
			*multiset = (struct codist_multiset){ ncd1, ncd1, n };
		if (ncd1 > multiset->ncd) {
			multiset->ncd = ncd1;
			multiset->n_left = n_left;
		}
	}
	return CODIST_OK;
}

enum codist_status
codist_multiset_measure(struct codist_multiset *multiset,
			struct codist_coder *coder,
			const struct codist_bytes *items, size_t n,
			int (*progress)(void *user, size_t done, size_t total),
			void *user, struct codist_error *err)
{
	struct rest rest = { .coder = coder, .items = items, .n = n,
			     .progress = progress, .user = user };
	enum codist_status status;
	size_t nbytes = 0;

	if (n < 2)
		return codist_fail(err, CODIST_EUSAGE,
				   "%zu items, expected at least 2 for the NCD "
				   "of a multiset", n);
	for (size_t i = 0; i < n; i++) {
		if (items[i].nbytes > SIZE_MAX - 1 - nbytes)
			return codist_no_memory(err, "items joined");
		nbytes += items[i].nbytes;
		rest.n_lengths += i + 1;
	}
	rest.left = calloc(n, sizeof(*rest.left));
	rest.alone = calloc(n, sizeof(*rest.alone));
	rest.joined = malloc(nbytes + 1);
	if (rest.left && rest.alone && rest.joined)
		status = measure(multiset, &rest, err);
	else
		status = codist_no_memory(err, "items joined");
	free(rest.left);
	free(rest.alone);
	free(rest.joined);
	return status;
}
