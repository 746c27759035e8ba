/*
 * mpi_team.h - a team of processes by MPI: what its parts share
 *
 * Columns are not handed out by anybody: each process takes the next few from a
 * counter in the root's memory, until none are left, so that a slow one takes
 * fewer. All of them send their scores to the root, which also computes.
 *
 * A process that fails says so when the block ends. When the root fails or is to
 * stop, it sets the counter to the end, and the others are soon done.
 *
 * mpi_team.c begins and ends it, mpi_sets.c shares the data, mpi_columns.c the
 * columns; mpi_deal.c is the root, and mpi_serve.c all others.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_STUDY_MPI_TEAM_H
#define CODIST_STUDY_MPI_TEAM_H

#include "study/team.h"

#include <mpi.h>

struct codist_mpi {
	int is_on, rank, size;
	MPI_Comm node; /* those on this machine, and the first of them */
	MPI_Win window;
	uint64_t *counter; /* the root's; of columns that are taken */
};

extern struct codist_mpi codist_mpi;

/* What the root tells, in three numbers, of which this is the first. */
enum codist_told {
	CODIST_TOLD_JOB, CODIST_TOLD_PART, CODIST_TOLD_BLOCK, CODIST_TOLD_CLOSE,
	CODIST_TOLD_END,
};

/*
 * What is sent to the root: columns, as the number of the first among those to
 * be done, how many there are, and their scores; and an error, or none, when
 * there are no more.
 */
enum codist_sent { CODIST_SENT_COLUMNS = 1, CODIST_SENT_DONE = 2 };

/* The columns of a block that are to be done, numbered side by side. */
struct codist_to_do {
	struct codist_run *run;
	size_t *columns; /* [n], which references they are */
	size_t n, at_once;
};

/* codist_to_do_init() returns 0 when out of memory. */
int codist_to_do_init(struct codist_to_do *to_do, struct codist_run *run,
		      const unsigned char *is_done);
void codist_to_do_release(struct codist_to_do *to_do);

/* codist_to_do_message() is the most bytes that columns are sent in. */
size_t codist_to_do_message(const struct codist_to_do *to_do);

/* codist_to_do_take() takes the next few; 0: there are none. */
size_t codist_to_do_take(const struct codist_to_do *to_do, size_t *first);

/* codist_to_do_end() leaves none to anybody; codist_to_do_begin() all. */
void codist_to_do_begin(void);
void codist_to_do_end(const struct codist_to_do *to_do);

/* codist_to_do_compute() fills the scores of those that were taken. */
enum codist_status codist_to_do_compute(const struct codist_to_do *to_do,
					size_t first, size_t n,
					struct codist_error *err);

#endif
