/*
 * mpi_team.c - a team of processes, by MPI
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/mpi_team.h"

#include <stdlib.h>

struct codist_mpi codist_mpi = { .size = 1 };

unsigned codist_team_size(void)
{
	return (unsigned)codist_mpi.size;
}

unsigned codist_team_rank(void)
{
	return (unsigned)codist_mpi.rank;
}

/* MPI takes long to begin where nobody began it for several processes. */
static int is_started_by_mpi(void)
{
	static const char *const names[] = { "OMPI_COMM_WORLD_SIZE", "PMI_SIZE",
					     "PMI_RANK", "PMIX_RANK",
					     "MPI_LOCALNRANKS" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (getenv(names[i]))
			return 1;
	return 0;
}

enum codist_status codist_processes_begin(unsigned *rank, unsigned *size,
					  struct codist_error *err)
{
	int provided;
	MPI_Aint nbytes = sizeof(*codist_mpi.counter);

	*rank = 0;
	*size = 1;
	if (!is_started_by_mpi())
		return CODIST_OK;
	if (MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &provided) !=
	    MPI_SUCCESS)
		return codist_fail(err, CODIST_ELIBRARY,
				   "MPI cannot be started");
	MPI_Comm_rank(MPI_COMM_WORLD, &codist_mpi.rank);
	MPI_Comm_size(MPI_COMM_WORLD, &codist_mpi.size);
	codist_mpi.is_on = 1;
	MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, codist_mpi.rank,
			    MPI_INFO_NULL, &codist_mpi.node);
	MPI_Win_allocate(codist_mpi.rank ? 0 : nbytes, sizeof(*codist_mpi.counter),
			 MPI_INFO_NULL, MPI_COMM_WORLD, &codist_mpi.counter,
			 &codist_mpi.window);
	MPI_Win_lock_all(0, codist_mpi.window);
	*rank = (unsigned)codist_mpi.rank;
	*size = (unsigned)codist_mpi.size;
	return CODIST_OK;
}

void codist_processes_end(void)
{
	if (!codist_mpi.is_on)
		return;
	MPI_Win_unlock_all(codist_mpi.window);
	MPI_Win_free(&codist_mpi.window);
	MPI_Comm_free(&codist_mpi.node);
	MPI_Finalize();
	codist_mpi.is_on = 0;
}

static void tell(uint64_t what, size_t first, size_t second)
{
	uint64_t told[3] = { what, first, second };

	if (codist_mpi.size > 1)
		MPI_Bcast(told, 3, MPI_UINT64_T, 0, MPI_COMM_WORLD);
}

void codist_team_tell_job(size_t job)
{
	tell(CODIST_TOLD_JOB, job, 0);
}

void codist_team_tell_part(size_t part)
{
	tell(CODIST_TOLD_PART, part, 0);
}

void codist_team_tell_block(size_t first, size_t n)
{
	tell(CODIST_TOLD_BLOCK, first, n);
}

void codist_team_tell_close(void)
{
	tell(CODIST_TOLD_CLOSE, 0, 0);
}

void codist_team_tell_end(void)
{
	tell(CODIST_TOLD_END, 0, 0);
}

size_t codist_team_least(size_t value)
{
	uint64_t mine = value, least = value;

	if (codist_mpi.size > 1)
		MPI_Allreduce(&mine, &least, 1, MPI_UINT64_T, MPI_MIN,
			      MPI_COMM_WORLD);
	return (size_t)least;
}

