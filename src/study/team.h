/*
 * team.h - processes that carry out a study together
 *
 * The root, process 0, alone has the store; it carries out the study as it would
 * alone, and tells the others what is at hand, whom it hands columns of scores
 * to compute. Alone, it is a team of one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_STUDY_TEAM_H
#define CODIST_STUDY_TEAM_H

#include "study/engine.h"

/* How many there are, and which one this is, 0 being the root. */
unsigned codist_team_size(void);
unsigned codist_team_rank(void);

/* What the root tells the others is at hand. They do what it does then. */
void codist_team_tell_job(size_t job);
void codist_team_tell_part(size_t part);
void codist_team_tell_block(size_t first, size_t n);
void codist_team_tell_close(void);
void codist_team_tell_end(void);

/*
 * What all do at the same time. sets: they are loaded once on each machine, and
 * are the same on all; least: the smallest of all values, 0 standing for a
 * failure.
 */
enum codist_status codist_team_sets(struct codist_sets *sets,
				    const struct codist_study_run *run,
				    struct codist_error *err);
size_t codist_team_least(size_t value);

/*
 * The root's codist_columns_fill() of what is not done. `save` is called for
 * stretches of columns whose scores are there.
 */
typedef enum codist_status
codist_save_columns(struct codist_columns *columns, size_t first,
		    size_t n_columns, struct codist_error *err);
enum codist_status codist_team_columns(struct codist_columns *columns,
				       codist_save_columns *save,
				       struct codist_error *err);

/* What all but the root do, until there is no more to be done. */
enum codist_status codist_team_serve(struct codist_engine *engine,
				     struct codist_error *err);

#endif
