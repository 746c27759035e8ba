/*
 * mpi_sets.c - data, read once on each machine
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/mpi_team.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_AT_ONCE ((size_t)1 << 30)

/* The first process of a machine has them, the others get them. */
static void share(void *bytes, size_t nbytes)
{
	for (size_t at = 0; at < nbytes; at += MOST_AT_ONCE) {
		size_t n = nbytes - at < MOST_AT_ONCE ? nbytes - at :
							MOST_AT_ONCE;

		MPI_Bcast((char *)bytes + at, (int)n, MPI_BYTE, 0, codist_mpi.node);
	}
}

/* Likewise an array, which the others have to make room for. */
static int share_array(void **array, size_t nbytes, int is_first)
{
	int is_there = *array != NULL;

	share(&is_there, sizeof(is_there));
	if (!is_there)
		return 1;
	if (!is_first)
		*array = malloc(nbytes ? nbytes : 1);
	if (!*array)
		return 0;
	share(*array, nbytes);
	return 1;
}

static int share_text(char **text, int is_first)
{
	size_t length = *text ? strlen(*text) + 1 : 0;

	share(&length, sizeof(length));
	return share_array((void **)text, length, is_first);
}

/* Names of samples are for messages of the root's, and stay there. */
static int share_set(struct codist_dataset *set, int is_first)
{
	struct codist_dataset head = *set;
	size_t nbytes = is_first && set->starts ?
				set->starts[set->n_samples] : 0;
	int good = 1;

	share(&head, sizeof(head));
	share(&nbytes, sizeof(nbytes));
	if (!is_first) {
		*set = head;
		set->name = NULL;
		set->bytes = NULL;
		set->starts = NULL;
		set->labels = NULL;
		set->class_names = NULL;
		set->sample_names = NULL;
		set->class_names = calloc(set->n_classes + 1, sizeof(char *));
		good = set->class_names != NULL;
	}
	good &= share_text(&set->name, is_first);
	good &= share_array((void **)&set->bytes, nbytes, is_first);
	good &= share_array((void **)&set->starts,
			    (set->n_samples + 1) * sizeof(*set->starts),
			    is_first);
	good &= share_array((void **)&set->labels,
			    set->n_samples * sizeof(*set->labels), is_first);
	for (size_t c = 0; c < set->n_classes && good; c++)
		good &= share_text(&set->class_names[c], is_first);
	return good;
}

static enum codist_status share_sets(struct codist_sets *sets, int is_first,
				     struct codist_error *err)
{
	int good;

	good = share_text(&sets->lines, is_first);
	good = good && share_set(&sets->train, is_first);
	good = good && share_set(&sets->test, is_first);
	good = good && share_array((void **)&sets->numbers,
				   sets->test.n_samples * sizeof(size_t),
				   is_first);
	good = good && share_array((void **)&sets->fold_of,
				   sets->train.n_samples * sizeof(size_t),
				   is_first);
	share(&sets->n_copies, sizeof(sets->n_copies));
	share(sets->train_checksum, sizeof(sets->train_checksum));
	share(sets->test_checksum, sizeof(sets->test_checksum));
	/* Others of this machine wait for what this one cannot take. */
	if (!good) {
		fprintf(stderr, "codist: process %d: out of memory for data\n",
			codist_mpi.rank);
		MPI_Abort(MPI_COMM_WORLD, 1);
	}
	return good ? CODIST_OK : codist_no_memory(err, "data");
}

/* The root's sets are what counts; those of other machines are compared. */
static enum codist_status compare(const struct codist_sets *sets,
				  struct codist_error *err)
{
	char roots[2][65];
	int differs;

	memcpy(roots[0], sets->train_checksum, sizeof(roots[0]));
	memcpy(roots[1], sets->test_checksum, sizeof(roots[1]));
	MPI_Bcast(roots, sizeof(roots), MPI_BYTE, 0, MPI_COMM_WORLD);
	differs = strcmp(roots[0], sets->train_checksum) != 0 ||
		  strcmp(roots[1], sets->test_checksum) != 0;
	if (codist_team_least(differs ? 0 : 1))
		return CODIST_OK;
	return codist_fail(err, CODIST_EFORMAT,
			   "the data is not the same on all machines");
}

enum codist_status codist_team_sets(struct codist_sets *sets,
				    const struct codist_study_run *run,
				    struct codist_error *err)
{
	enum codist_status status = CODIST_OK;
	int node_rank;

	if (codist_mpi.size == 1)
		return codist_sets_load(sets, run, err);
	MPI_Comm_rank(codist_mpi.node, &node_rank);
	if (node_rank == 0)
		status = codist_sets_load(sets, run, err);
	if (!codist_team_least(status == CODIST_OK))
		return status != CODIST_OK ? status :
		       codist_fail(err, CODIST_EIO, "another process could not "
				   "load the data");
	CODIST_TRY(share_sets(sets, node_rank == 0, err));
	return compare(sets, err);
}

