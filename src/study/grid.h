/*
 * grid.h - the runs that a mapping of keys to lists of values comes to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_STUDY_GRID_H
#define CODIST_STUDY_GRID_H

#include "study/keys.h"

#include <codist/study.h>

/* What one entry of `runs` says, with what stands outside of them. */
struct codist_mapping {
	const char *name; /* borrowed; NULL: none */
	size_t line;
	struct codist_value *values[CODIST_N_KEYS];
	size_t n_values[CODIST_N_KEYS]; /* 0: the key is not given */
	int is_zipped[CODIST_N_KEYS];   /* goes together with the others of
					   these, of the same n_values */
};

void codist_mapping_release(struct codist_mapping *mapping);

/*
 * Where problems go. `tell` receives each message once; the first is kept in
 * err.
 */
struct codist_problems {
	const char *path;
	void (*tell)(void *user, const char *message);
	void *user;
	struct codist_error *err;
	size_t n;
	char **told; /* [n], for free() */
};

void codist_problem(struct codist_problems *problems, size_t line,
		    const char *format, ...) CODIST_PRINTF(3, 4);
void codist_problems_release(struct codist_problems *problems);

/*
 * codist_study_append() appends a run, whose name and text the study takes over
 * unless that fails. CODIST_ENOMEM.
 */
enum codist_status codist_study_append(struct codist_study *study,
				       const struct codist_study_run *run,
				       struct codist_error *err);

/* codist_study_is_taken() is 1 if one of the first n runs has that name. */
int codist_study_is_taken(const struct codist_study *study, size_t n,
			  const char *name);

/*
 * codist_grid_expand() appends the runs of a mapping to a study, which then
 * points into the mapping. Runs that come to the same, as by a measure that
 * uses no backend, are taken once. Fails only when out of memory, or with
 * CODIST_EFORMAT after too many runs; all else is a problem.
 */
enum codist_status codist_grid_expand(struct codist_study *study,
				      const struct codist_mapping *mapping,
				      struct codist_problems *problems,
				      struct codist_error *err);

#endif
