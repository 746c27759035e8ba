/*
 * progress.h - a line on a terminal that says how far the work is
 *
 * Nothing is drawn where the standard error is no terminal, or while the work
 * seems to take no longer than two seconds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_CLI_PROGRESS_H
#define CODIST_CLI_PROGRESS_H

#include <codist.h>

struct progress {
	const char *title; /* of the work */
	const char *unit;  /* what is counted, in the plural; "B" for bytes */
	int is_wanted;
	int is_drawn;
	double began, drew; /* seconds, of a clock that never goes back */
};

void progress_begin(struct progress *progress, const char *title,
		    const char *unit);

/*
 * progress_update() may draw. `total` is 0 where it is not known. Nonzero: an
 * interrupt came, and the work should stop.
 */
int progress_update(struct progress *progress, size_t done, size_t total);

/* progress_end() wipes the line; so it must, before anything is printed. */
void progress_end(struct progress *progress);

/* progress_hook() is for struct codist_how, with a struct progress as user. */
int progress_hook(void *user, const struct codist_progress *progress);

#define DURATION_SIZE 32
/* format_duration() writes, as in "0.25 s", "12 s", "3 min 05 s". */
void format_duration(char text[DURATION_SIZE], double seconds);

#define QUANTITY_SIZE 48
/* format_quantity() writes three digits, as in "12.3 k deltas". */
void format_quantity(char text[QUANTITY_SIZE], double value, const char *unit);

#endif
