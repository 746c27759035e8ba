/*
 * holm.c - p-values of several tests, so that they can be read as one
 *
 * S. Holm, A simple sequentially rejective multiple test procedure, Scand. J.
 * Statist. 6 (1979) 65-70: with p(1) <= p(2) <= ... <= p(n), the adjusted
 * p(i) is the greatest of (n - k + 1) p(k) for k <= i, and at most 1.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/evaluate.h>

#include <stdlib.h>

struct tested {
	double p;
	size_t at;
};

static int compare(const void *one, const void *other)
{
	const struct tested *a = one, *b = other;

	if (a->p != b->p)
		return a->p < b->p ? -1 : 1;
	return (a->at > b->at) - (a->at < b->at);
}

enum codist_status codist_holm(const double *p, size_t n, double *adjusted,
			       struct codist_error *err)
{
	struct tested *sorted = calloc(n + 1, sizeof(*sorted));
	double least = 0;

	if (!sorted)
		return codist_no_memory(err, "tests");
	for (size_t i = 0; i < n; i++)
		sorted[i] = (struct tested){ p[i], i };
	qsort(sorted, n, sizeof(*sorted), compare);
	for (size_t i = 0; i < n; i++) {
		double scaled = (double)(n - i) * sorted[i].p;

		if (scaled > least)
			least = scaled;
		adjusted[sorted[i].at] = least < 1 ? least : 1;
	}
	free(sorted);
	return CODIST_OK;
}
