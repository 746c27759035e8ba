/*
 * runs.h - where one byte is repeated in a text
 *
 * Of all that begins in one run of a byte, a query that begins with a run of
 * the same byte needs to see one string only (hunt.c).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DEFLATE_RUNS_H
#define CODIST_DEFLATE_RUNS_H

#include "params.h"

#define SIZER_NO_RUN UINT16_MAX

struct sizer_run {
	uint16_t begin, end;
	uint16_t longer; /* the next older one of this byte that is longer */
};

/* Runs of SIZER_MIN_MATCH bytes or more, by byte, then by age. */
struct sizer_runs {
	uint16_t starts[257]; /* by byte, into runs; one more at the end */
	struct sizer_run *runs;
};

/* A zeroed struct becomes empty; 0 when out of memory. */
int codist_sizer_runs_init(struct sizer_runs *runs);
void codist_sizer_runs_release(struct sizer_runs *runs);

/* The runs of text[n], n <= SIZER_TEXT_MOST. */
void codist_sizer_runs_find(struct sizer_runs *runs, const unsigned char *text,
			    size_t n);

#endif
