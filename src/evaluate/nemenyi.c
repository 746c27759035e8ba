/*
 * nemenyi.c - which methods differ, by the distance of their average ranks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/statistics.h>

#include <assert.h>
#include <math.h>
#include <stdlib.h>

/*
 * Of methods in order, a group is a stretch of which the ends do not differ.
 * From each first it goes as far as it can, and is not part of the group before
 * if it goes farther than that.
 */
static void find_groups(struct codist_nemenyi *nemenyi,
			const struct codist_friedman *friedman)
{
	const size_t *order = friedman->order;
	size_t last = 0;

	for (size_t first = 0; first < friedman->n_methods; first++) {
		double least = friedman->ranks[order[first]];
		size_t far = first;

		while (far + 1 < friedman->n_methods &&
		       friedman->ranks[order[far + 1]] - least <
			       nemenyi->critical_difference)
			far++;
		if (far > first && far > last) {
			nemenyi->groups[nemenyi->n_groups++] =
				(struct codist_places){ first, far };
			last = far;
		}
	}
}

enum codist_status codist_nemenyi_init(struct codist_nemenyi *nemenyi,
				       const struct codist_friedman *friedman,
				       double significance,
				       struct codist_error *err)
{
	double k = (double)friedman->n_methods, n = (double)friedman->n_sets;
	double q = codist_studentized_range_above(significance,
						  friedman->n_methods);

	*nemenyi = (struct codist_nemenyi){ 0 };
	nemenyi->groups = calloc(friedman->n_methods,
				 sizeof(*nemenyi->groups));
	if (!nemenyi->groups)
		return codist_no_memory(err, "groups of methods");
	nemenyi->critical_difference =
		friedman->n_sets ? q / sqrt(2) * sqrt(k * (k + 1) / (6 * n)) :
				   INFINITY;
	find_groups(nemenyi, friedman);
	return CODIST_OK;
}

void codist_nemenyi_release(struct codist_nemenyi *nemenyi)
{
	free(nemenyi->groups);
	*nemenyi = (struct codist_nemenyi){ 0 };
}
