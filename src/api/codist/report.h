/*
 * codist/report.h - the results of a study, to be read by people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_REPORT_H
#define CODIST_REPORT_H

#include <codist/base.h>

#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

enum codist_report_format {
	CODIST_REPORT_TEXT,     /* for terminals */
	CODIST_REPORT_MARKDOWN, /* with tables as GitHub has them */
	CODIST_REPORT_HTML      /* one page that needs no other file, nor net */
};

/*
 * codist_store_report() tells of all runs of a store that are done: what they
 * were, their accuracies, confusion matrices, learning curves, costs, ranks,
 * calibration, the samples that are hardest, and where all of it comes from.
 * Nothing but the store is read: the same store is the same bytes. Figures
 * stand in the page alone; what they show is in tables, too.
 *
 *   path   of a store as codist_study_run_all() makes it
 *   file   written, not closed; `name` is for messages
 *
 * Time grows with the predictions in the store, of which each is read once;
 * memory with runs and samples.
 *
 * CODIST_EUSAGE: no run is done. CODIST_EIO: it cannot be read, or the report
 * cannot be written. CODIST_EFORMAT: it is damaged, no store, or of a later
 * version.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_store_report(const char *path, enum codist_report_format format,
		    FILE *file, const char *name, struct codist_error *err);

#ifdef __cplusplus
}
#endif

#endif
