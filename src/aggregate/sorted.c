/*
 * sorted.c - the scores of each class in order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "aggregate/sorted.h"
#include "aggregate/row.h"

#include <assert.h>
#include <stdlib.h>

size_t codist_sorted_size(const void *config, const struct codist_row *row)
{
	(void)config;
	return row->n_references * sizeof(double) +
	       (row->n_classes + 1) * sizeof(size_t);
}

static int compare(const void *one, const void *other)
{
	double a = *(const double *)one, b = *(const double *)other;

	return (a > b) - (a < b);
}

struct codist_sorted codist_sorted_init(void *scratch,
					const struct codist_row *row)
{
	double *scores = scratch;
	size_t *starts = (size_t *)(scores + row->n_references);
	size_t n = 0;

	for (size_t c = 0; c <= row->n_classes; c++)
		starts[c] = 0;
	for (size_t i = 0; i < row->n_references; i++)
		starts[row->class_of[i] + 1]++;
	/* starts[c + 1] goes from where class c begins to where it ends. */
	for (size_t c = 1; c <= row->n_classes; c++) {
		size_t in_class = starts[c];

		starts[c] = n;
		n += in_class;
	}
	/* Adding 0 makes -0 one: the order of equals must not show. */
	for (size_t i = 0; i < row->n_references; i++)
		scores[starts[row->class_of[i] + 1]++] =
			codist_row_score(row, i) + 0.0;
	for (size_t c = 0; c < row->n_classes; c++)
		qsort(scores + starts[c], starts[c + 1] - starts[c],
		      sizeof(*scores), compare);
	return (struct codist_sorted){ scores, starts };
}

double codist_sorted_mean(const struct codist_sorted *sorted, size_t class,
			  size_t first, size_t n)
{
	const double *scores = sorted->scores + sorted->starts[class] + first;
	double sum = 0;

	assert(n > 0 && first + n <= codist_sorted_count(sorted, class));
	for (size_t i = 0; i < n; i++)
		sum += scores[i];
	return sum / (double)n;
}
