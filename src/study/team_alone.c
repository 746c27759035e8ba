/*
 * team_alone.c - a team of one, in a build without MPI
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/team.h"

enum codist_status codist_processes_begin(unsigned *rank, unsigned *size,
					  struct codist_error *err)
{
	(void)err;
	*rank = 0;
	*size = 1;
	return CODIST_OK;
}

void codist_processes_end(void)
{
}

unsigned codist_team_size(void)
{
	return 1;
}

unsigned codist_team_rank(void)
{
	return 0;
}

void codist_team_tell_job(size_t job)
{
	(void)job;
}

void codist_team_tell_part(size_t part)
{
	(void)part;
}

void codist_team_tell_block(size_t first, size_t n)
{
	(void)first;
	(void)n;
}

void codist_team_tell_close(void)
{
}

void codist_team_tell_end(void)
{
}

enum codist_status codist_team_sets(struct codist_sets *sets,
				    const struct codist_study_run *run,
				    struct codist_error *err)
{
	return codist_sets_load(sets, run, err);
}

size_t codist_team_least(size_t value)
{
	return value;
}

/* Not called, as there are no others. */
enum codist_status codist_team_columns(struct codist_columns *columns,
				       codist_save_columns *save,
				       struct codist_error *err)
{
	(void)columns;
	(void)save;
	return codist_fail(err, CODIST_EMISSING, "this build has no MPI");
}

enum codist_status codist_team_serve(struct codist_engine *engine,
				     struct codist_error *err)
{
	(void)engine;
	return codist_fail(err, CODIST_EMISSING, "this build has no MPI");
}
