/*
 * front.h - a study made of a command's options, carried out for its table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_CLI_FRONT_H
#define CODIST_CLI_FRONT_H

#include "options.h"
#include "study_talk.h"

#include <stdio.h>

#define OPTION_ROW_STORE(config)                                             \
	{ .name = "store", .argument = "STORE", .kind = OPTION_TEXT,          \
	  .offset = offsetof(config, store),                                  \
	  .help = "keep the results in that file, as codist run does: the "   \
		  "same command goes on with what is there, and codist "      \
		  "stats, report and export read it" }

struct front {
	const char *command; /* for messages */
	const char *kept;    /* the store that was named, or NULL */
	int is_silent;       /* nothing is told but progress and failures */
	size_t threads, memory;
	const unsigned char *chosen; /* as of struct codist_study_how */
	/* Called as that of struct codist_study_how; printing is fine. */
	enum codist_status (*done)(void *user,
				   const struct codist_study_run *const *runs,
				   size_t n, struct codist_error *err);
	void *user;

	struct study_talk talk;
	struct codist_study study;
	char *folder; /* of a store that is not kept, or NULL */
	char *store;  /* where results are */
};

/*
 * front_write() writes a line of a study, whatever is in the value; without key
 * it is an item of a list.
 */
void front_write(FILE *study, const char *key, const char *value);

/*
 * front_open() parses a study, and finds a place for its store: in $TMPDIR, if
 * none is kept. front_release() in any case, which removes that one.
 */
enum codist_status front_open(struct front *front, const char *study,
			      struct codist_error *err);
void front_release(struct front *front);

/* front_run() carries the study out. */
enum codist_status front_run(struct front *front, struct codist_error *err);

#endif
