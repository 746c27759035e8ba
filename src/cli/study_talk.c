/*
 * study_talk.c - what commands that carry out studies say meanwhile
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study_talk.h"

#include <stdio.h>
#include <string.h>

void study_talk_init(struct study_talk *talk, const char *command)
{
	*talk = (struct study_talk){ .command = command,
				     .when = CODIST_STOP_SOON };
}

void study_talk_end(struct study_talk *talk)
{
	progress_end(&talk->progress);
}

/* A run begins: the line starts anew. */
static void begin(struct study_talk *talk,
		  const struct codist_study_progress *now)
{
	progress_end(&talk->progress);
	talk->run = now->run;
	snprintf(talk->title, sizeof(talk->title), "%zu/%zu %.40s",
		 now->n_done + 1, now->n_runs, now->run);
	progress_begin(&talk->progress, talk->title, "deltas");
}

enum codist_study_stop
study_talk_progress(void *user, const struct codist_study_progress *now)
{
	struct study_talk *talk = user;

	if (now->run != talk->run)
		begin(talk, now);
	return progress_update(&talk->progress, now->scores, now->all_scores) ?
		       talk->when : CODIST_STOP_NOT;
}

void study_talk_tell(void *user, const char *message)
{
	struct study_talk *talk = user;

	progress_end(&talk->progress);
	fprintf(stderr, "codist %s: %s\n", talk->command, message);
}

void study_talk_problem(void *user, const char *message)
{
	(void)user;
	fprintf(stderr, "%s\n", message);
}

char *study_store(const struct codist_study *study, const char *output)
{
	char *path = NULL;

	if (output)
		return strdup(output);
	return asprintf(&path, "%s.db", study->name) < 0 ? NULL : path;
}
