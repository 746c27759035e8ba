/*
 * mpi_columns.c - the columns of a block, shared out among processes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/mpi_team.h"

#include <stdlib.h>

#define TURNS 16 /* of each process, so that none waits long for the last */
#define MOST_BYTES ((size_t)64 << 20) /* in a message, if it is one column's */

int codist_to_do_init(struct codist_to_do *to_do, struct codist_run *run,
		      const unsigned char *is_done)
{
	size_t n_references = run->references.n_references;
	size_t most = MOST_BYTES / (run->block.n * sizeof(double) + 1) + 1;

	*to_do = (struct codist_to_do){ .run = run };
	to_do->columns = calloc(n_references, sizeof(*to_do->columns));
	for (size_t r = 0; to_do->columns && r < n_references; r++)
		if (!is_done[r])
			to_do->columns[to_do->n++] = r;
	to_do->at_once = to_do->n / ((size_t)codist_mpi.size * TURNS) + 1;
	if (to_do->at_once > most)
		to_do->at_once = most;
	return to_do->columns != NULL;
}

void codist_to_do_release(struct codist_to_do *to_do)
{
	free(to_do->columns);
	to_do->columns = NULL;
}

size_t codist_to_do_message(const struct codist_to_do *to_do)
{
	return (2 + to_do->at_once * to_do->run->block.n) * sizeof(double);
}

static size_t add_to_counter(uint64_t add)
{
	uint64_t before = 0;

	MPI_Fetch_and_op(&add, &before, MPI_UINT64_T, 0, 0, MPI_SUM,
			 codist_mpi.window);
	MPI_Win_flush(0, codist_mpi.window);
	return (size_t)before;
}

size_t codist_to_do_take(const struct codist_to_do *to_do, size_t *first)
{
	*first = add_to_counter(to_do->at_once);
	if (*first >= to_do->n)
		return 0;
	return to_do->n - *first < to_do->at_once ? to_do->n - *first :
						    to_do->at_once;
}

void codist_to_do_end(const struct codist_to_do *to_do)
{
	add_to_counter(to_do->n);
}

void codist_to_do_begin(void)
{
	uint64_t zero = 0, before;

	MPI_Fetch_and_op(&zero, &before, MPI_UINT64_T, 0, 0, MPI_REPLACE,
			 codist_mpi.window);
	MPI_Win_flush(0, codist_mpi.window);
}

enum codist_status codist_to_do_compute(const struct codist_to_do *to_do,
					size_t first, size_t n,
					struct codist_error *err)
{
	for (size_t i = 0, side; i < n; i += side) {
		size_t reference = to_do->columns[first + i];

		for (side = 1; i + side < n &&
			       to_do->columns[first + i + side] ==
				       reference + side;)
			side++;
		CODIST_TRY(codist_run_columns(to_do->run, reference, side,
					      err));
	}
	return CODIST_OK;
}
