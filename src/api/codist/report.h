/*
 * codist/report.h - the results of a study, to be read by people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_REPORT_H
#define CODIST_REPORT_H

#include <codist/comparison.h>

#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

enum codist_report_format {
	CODIST_REPORT_TEXT,     /* for terminals */
	CODIST_REPORT_MARKDOWN, /* with tables as GitHub has them */
	CODIST_REPORT_HTML      /* one page that needs no other file, nor net */
};

struct codist_report_how {
	enum codist_report_format format;
	/* 1: nothing but the store is read; so in formats other than HTML. */
	int is_store_only;
	/*
	 * A folder, made if it is not there, in which each figure is written
	 * as SVG, PNG and PDF, and as data and a script for gnuplot; NULL: no.
	 * Files of these names are replaced, and no others touched.
	 */
	const char *figures;
	/* Called with predictions that were gone through; all are so twice. */
	struct codist_watch watch;
	/* Called with what is worth to be known, a line each. NULL: no. */
	void (*tell)(void *user, const char *message);
	void *user;
};

/*
 * codist_store_report() tells of all runs of a store that are done: what they
 * were, their accuracies, confusion matrices, learning curves, costs, whether
 * they differ, ranks, calibration, the samples that are hardest, and where all
 * of it comes from. Statistics are those of codist/comparison.h. Figures stand
 * in the page, and in files; what they show is in tables, too. The same store
 * is the same bytes, but for the samples:
 *
 * A page shows the samples that all runs of a group get wrong, or only one of
 * them. They are loaded again, by the spec that the store has of the run, with
 * paths as they were given then, and held against the checksum that it has.
 * Where they are not there or not what they were, the page says so, and `tell`
 * is told.
 *
 *   path   of a store as codist_study_run_all() makes it
 *   file   written, not closed; `name` is for messages
 *
 * Each prediction in the store is read twice. Memory is as of
 * codist_comparison_init(), and the scores of one run, or the data of one.
 *
 * CODIST_EUSAGE: no run is done. CODIST_EIO: it cannot be read, or the report
 * or a figure cannot be written. CODIST_EMISSING: figures are wanted as files,
 * and there is no cairo. CODIST_EFORMAT: it is damaged, no store, or of another
 * version.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_store_report(const char *path, const struct codist_report_how *how,
		    FILE *file, const char *name, struct codist_error *err);

#ifdef __cplusplus
}
#endif

#endif
