/*
 * report_samples.h - the samples that runs classified, loaded again to be shown
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_STUDY_REPORT_SAMPLES_H
#define CODIST_STUDY_REPORT_SAMPLES_H

#include "experiment/picture.h"
#include "study/report_runs.h"
#include "study/sets.h"

struct codist_report_samples {
	struct codist_sets sets;
	const struct codist_dataset *set; /* NULL: they cannot be shown */
	struct codist_picture picture;
	int are_pictures;
	char *why; /* they cannot be shown; NULL: they can */
};

/*
 * codist_report_samples_init() loads what one of `runs[n]` classified, by the
 * spec that the store has of it, and holds it against the checksum that was
 * noted then. Of runs that transform the samples, they are shown as they were
 * before. For codist_report_samples_release(), whatever is returned. Fails only
 * where the store cannot be read, or memory runs out.
 */
enum codist_status
codist_report_samples_init(struct codist_report_samples *samples, sqlite3 *db,
			   const int64_t *runs, size_t n,
			   struct codist_error *err);
/* Harmless on {0}. */
void codist_report_samples_release(struct codist_report_samples *samples);

/* codist_report_samples_put() shows a sample: the page is HTML. */
void codist_report_samples_put(const struct codist_report_samples *samples,
			       struct codist_page *page, size_t number,
			       const char *description);

#endif
