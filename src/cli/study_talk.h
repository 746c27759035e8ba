/*
 * study_talk.h - what commands that carry out studies say meanwhile
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_CLI_STUDY_TALK_H
#define CODIST_CLI_STUDY_TALK_H

#include "progress.h"

struct study_talk {
	const char *command;
	struct progress progress;
	char title[64];
	const char *run; /* the first of those at hand */
	enum codist_study_stop when; /* an interrupt stops the work */
};

void study_talk_init(struct study_talk *talk, const char *command);
void study_talk_end(struct study_talk *talk);

/* Hooks of struct codist_study_how, with a struct study_talk as user. */
enum codist_study_stop
study_talk_progress(void *talk, const struct codist_study_progress *now);
void study_talk_tell(void *talk, const char *message);

/* A hook of codist_study_read(). */
void study_talk_problem(void *user, const char *message);

/* The store that was named, or the study's own; for free(), or NULL. */
char *study_store(const struct codist_study *study, const char *output);

#endif
