/*
 * neighbours.c - the references nearest to a query
 *
 * A heap of the k nearest so far, the farthest at its root, so that nearly
 * every reference costs one comparison.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "aggregate/neighbours.h"
#include "aggregate/row.h"

#include <assert.h>

static int is_farther(const struct codist_neighbour *a,
		      const struct codist_neighbour *b)
{
	return a->score > b->score ||
	       (a->score == b->score && a->reference > b->reference);
}

/* Let heap[at] sink to where nothing below it is farther. */
static void sink(struct codist_neighbour *heap, size_t n, size_t at)
{
	struct codist_neighbour sinking = heap[at];

	for (size_t child; (child = 2 * at + 1) < n; at = child) {
		if (child + 1 < n && is_farther(&heap[child + 1], &heap[child]))
			child++;
		if (!is_farther(&heap[child], &sinking))
			break;
		heap[at] = heap[child];
	}
	heap[at] = sinking;
}

void codist_neighbours_find(const struct codist_row *row, size_t k,
			    struct codist_neighbour *heap)
{
	assert(k > 0 && k <= row->n_references);
	for (size_t i = 0; i < k; i++)
		heap[i] = (struct codist_neighbour){ codist_row_score(row, i),
						     i };
	for (size_t at = k / 2; at-- > 0;)
		sink(heap, k, at);
	for (size_t i = k; i < row->n_references; i++) {
		/* No later one displaces an equal; a NaN compares false. */
		if (!(row->scores[i] < heap[0].score))
			continue;
		heap[0] = (struct codist_neighbour){ row->scores[i], i };
		sink(heap, k, 0);
	}
	for (size_t n = k; n-- > 1;) {
		struct codist_neighbour farthest = heap[0];

		heap[0] = heap[n];
		heap[n] = farthest;
		sink(heap, n, 0);
	}
}

/* Seat s goes to the middle one of the s-th of n_seats equal parts. */
void codist_neighbours_spread(const struct codist_row *row, size_t n_seats,
			      struct codist_neighbour *seats)
{
	double score = seats[0].score;
	size_t n_equal = 0, nth = 0, seat = 0;

	assert(score < INFINITY);
	for (size_t i = 0; i < row->n_references; i++)
		n_equal += row->scores[i] == score;
	for (size_t i = 0; seat < n_seats; i++) {
		if (row->scores[i] != score)
			continue;
		if (nth == (2 * seat + 1) * n_equal / (2 * n_seats))
			seats[seat++].reference = i;
		nth++;
	}
}
