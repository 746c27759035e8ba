/*
 * standard.h - the standard files of the program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_CLI_STANDARD_H
#define CODIST_CLI_STANDARD_H

#include <codist.h>

/* standard_open() makes sure that descriptors 0, 1 and 2 are taken. */
void standard_open(void);

/*
 * standard_flush() sends on what was printed so far. CODIST_EIO if that, or
 * printing before it, failed.
 */
enum codist_status standard_flush(struct codist_error *err);

/* 1 once a flush failed since nobody reads the other end of the pipe. */
int standard_pipe_is_closed(void);

/*
 * print_spec() prints a line with a spec's canonical text beside the label,
 * or below it where the line would be too long.
 */
enum codist_status print_spec(const char *label,
			      const struct codist_spec *spec,
			      struct codist_error *err);

/*
 * print_wrapped() prints `text` broken at blanks, so that lines are at most
 * 79 columns wide. The first one begins at column `column`, where the cursor
 * is, the others at column `indent`.
 */
void print_wrapped(const char *text, int column, int indent);

#endif
