/*
 * neighbours.h - the references nearest to a query
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_AGGREGATE_NEIGHBOURS_H
#define CODIST_AGGREGATE_NEIGHBOURS_H

#include <codist/aggregator.h>

struct codist_neighbour {
	double score; /* INFINITY where the row has a NaN */
	size_t reference;
};

/*
 * codist_neighbours_find() fills neighbours[k] with the k <= n_references
 * nearest, the nearest first, of equally near ones the first in the row.
 */
void codist_neighbours_find(const struct codist_row *row, size_t k,
			    struct codist_neighbour *neighbours);

/*
 * codist_neighbours_spread() gives the seats[n_seats] of references that are
 * equally near, and not infinitely far, to such as are evenly spaced in the
 * row among all that are just as near.
 */
void codist_neighbours_spread(const struct codist_row *row, size_t n_seats,
			      struct codist_neighbour *seats);

#endif
