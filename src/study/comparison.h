/*
 * comparison.h - what runs are made of, to tell which of them go together
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_STUDY_COMPARISON_H
#define CODIST_STUDY_COMPARISON_H

#include "study/predictions.h"

/* Of a run that is done. Texts are never NULL once it is read. */
struct codist_comparison_own {
	char *spec;       /* lines of "key: value" */
	char *checksum;   /* of the set that was classified; "" is unknown */
	char *classified; /* the same set, by what the study says of it */
	size_t n_train;   /* samples; with folds, all */
};

enum codist_status codist_own_read(struct codist_comparison_own *own,
				   sqlite3 *db, int64_t run,
				   struct codist_error *err);
void codist_own_release(struct codist_comparison_own *own);

/*
 * codist_lines_of() copies the lines of a spec whose key is among `keys`, or
 * those whose key is not; for free(), or NULL.
 *
 *   keys   a bit 1 << key each
 */
char *codist_lines_of(const char *spec, unsigned keys, int are_kept);

/* As codist_comparison_init(), of an open store. */
enum codist_status
codist_comparison_from(struct codist_comparison *comparison, sqlite3 *db,
		       struct codist_watching *watching,
		       struct codist_error *err);

/* As codist_run_calibration_init(), likewise. */
enum codist_status
codist_run_calibration_from(struct codist_run_calibration *calibration,
			    sqlite3 *db, const char *run, size_t n_bins,
			    struct codist_watching *watching,
			    struct codist_error *err);

#endif
