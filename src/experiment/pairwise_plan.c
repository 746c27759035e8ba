/*
 * pairwise_plan.c - distances of all pairs: how many threads, and rows at hand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/system.h"
#include "experiment/across_threads.h"
#include "experiment/memory.h"
#include "experiment/pairwise_run.h"

#include <math.h>

/*
 * Rows at hand: so many that what is computed once for them (columns are taken
 * in, or prepared) hardly counts; so few that not much is lost when a run is
 * killed.
 */
#define MOST_ROWS 256
#define SECONDS_IN_BLOCK 60
#define BYTES_IN_BLOCK ((double)(64 << 20))

size_t codist_pairs_first(const struct codist_pairs *pairs, size_t i)
{
	return pairs->is_half ? i + 1 : 0;
}

size_t codist_pairs_count(const struct codist_pairs *pairs,
			  const struct codist_unit *unit, size_t first,
			  size_t n)
{
	size_t n_passes = (size_t)unit->needs.xy + (size_t)unit->needs.yx;
	size_t n_pairs = 0;

	for (size_t i = first; i < first + n; i++)
		if (codist_pairs_first(pairs, i) < pairs->n_columns)
			n_pairs += pairs->n_columns -
				   codist_pairs_first(pairs, i);
	return unit->separator ? n_pairs * n_passes : n_pairs;
}

static size_t longest(const struct codist_bytes *items, size_t n, double *sum)
{
	size_t most = 0;

	for (size_t i = 0; i < n; i++) {
		*sum += (double)items[i].nbytes;
		if (items[i].nbytes > most)
			most = items[i].nbytes;
	}
	return most;
}

void codist_pairs_plan(struct codist_pairs *pairs)
{
	const struct codist_unit *unit = pairs->unit;
	const struct codist_pairwise *asked = pairs->asked;
	size_t memory = pairs->how->memory ? pairs->how->memory :
					     codist_machine_memory() / 2;
	double in_rows = 0, in_columns = 0, mean, rows;
	size_t row = longest(asked->rows, pairs->n_rows, &in_rows);
	size_t column = longest(pairs->columns, pairs->n_columns, &in_columns);
	size_t most = row > column ? row : column;

	pairs->coder_memory = unit->backend ?
		codist_backend_memory(unit->backend, most, most) : 0;
	pairs->n_threads_wanted = codist_usable_threads(pairs->how->n_threads);
	pairs->n_threads = codist_threads_within(pairs->n_threads_wanted,
						 pairs->coder_memory, memory);
	pairs->prepared_memory = memory / 8;
	mean = in_rows / (double)pairs->n_rows +
	       in_columns / (double)pairs->n_columns + 1;
	rows = BYTES_IN_BLOCK / mean / (double)pairs->n_columns;
	/* Two lengths of each pair at hand. */
	rows = fmin(rows, (double)memory / 8 / sizeof(double) / 2 /
				  (double)pairs->n_columns);
	rows = fmin(fmax(rows, 1), MOST_ROWS);
	pairs->most = (size_t)rows < pairs->n_rows ? (size_t)rows :
						     pairs->n_rows;
	pairs->seconds_a_pair = -1;
}

size_t codist_pairs_block(const struct codist_pairs *pairs, size_t first)
{
	double seconds = 0;
	size_t n = 0;

	if (pairs->seconds_a_pair < 0)
		return 1;
	while (n < pairs->most && first + n < pairs->n_rows) {
		size_t n_pairs = codist_pairs_count(pairs, pairs->unit,
						    first + n, 1);

		seconds += pairs->seconds_a_pair * (double)n_pairs;
		if (n > 0 && seconds > SECONDS_IN_BLOCK)
			break;
		n++;
	}
	return n;
}
