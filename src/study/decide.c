/*
 * decide.c - the class that class scores are in favour of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/decide.h"

#include <math.h>
#include <stdlib.h>

enum codist_status codist_decide(double *scores, const unsigned *truth,
				 size_t n, size_t n_classes,
				 unsigned *predicted, struct codist_ties *ties,
				 struct codist_error *err)
{
	unsigned char *may_win = calloc(n_classes + 1, 1);

	if (!may_win)
		return codist_no_memory(err, "class scores");
	for (size_t i = 0; i < n; i++) {
		double *row = scores + i * n_classes;
		size_t best = 0;

		for (size_t c = 0; c < n_classes; c++) {
			if (isnan(row[c]))
				row[c] = INFINITY;
			if (row[c] < row[best])
				best = c;
		}
		for (size_t c = 0; c < n_classes; c++)
			may_win[c] = row[c] == row[best];
		predicted[i] = (unsigned)best;
		codist_ties_count(ties, may_win, n_classes, truth[i]);
	}
	free(may_win);
	return CODIST_OK;
}
