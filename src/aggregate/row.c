/*
 * row.c - a row of scores, read class by class
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "aggregate/row.h"

size_t codist_tallies_size(const void *config, const struct codist_row *row)
{
	(void)config;
	return row->n_classes * sizeof(struct codist_tally);
}

struct codist_tally *codist_tallies_init(void *scratch,
					 const struct codist_row *row)
{
	struct codist_tally *tallies = scratch;

	for (size_t c = 0; c < row->n_classes; c++)
		tallies[c] = (struct codist_tally){ 0 };
	return tallies;
}

void codist_row_smallest(const struct codist_row *row, double *class_scores)
{
	for (size_t c = 0; c < row->n_classes; c++)
		class_scores[c] = INFINITY;
	for (size_t i = 0; i < row->n_references; i++) {
		double *smallest = &class_scores[row->class_of[i]];

		if (row->scores[i] < *smallest) /* false for NaN */
			*smallest = row->scores[i];
	}
}

void codist_row_ties(const struct codist_row *row, const double *class_scores,
		     unsigned char *may_win)
{
	double smallest = INFINITY;

	for (size_t c = 0; c < row->n_classes; c++)
		if (class_scores[c] < smallest)
			smallest = class_scores[c];
	for (size_t c = 0; c < row->n_classes; c++)
		may_win[c] = class_scores[c] == smallest;
}

struct codist_front codist_row_front(const struct codist_row *row)
{
	struct codist_front front = { 0 };
	size_t first = 0, second = SIZE_MAX;

	for (size_t i = 0; i < row->n_references; i++) {
		double score = codist_row_score(row, i);

		if (i > 0 && score < codist_row_score(row, first)) {
			second = first;
			first = i;
			front.n_nearest = 0;
		} else if (i > 0 && (second == SIZE_MAX ||
				     score < codist_row_score(row, second))) {
			second = i;
		}
		front.n_nearest += score == codist_row_score(row, first);
	}
	front.first = row->class_of[first];
	front.second = row->class_of[second == SIZE_MAX ? first : second];
	return front;
}
