/*
 * report_pass.h - all predictions of a store, gone through once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_STUDY_REPORT_PASS_H
#define CODIST_STUDY_REPORT_PASS_H

#include "study/report_runs.h"

#include <codist/statistics.h>

#define CODIST_PASS_BINS 10

/* How runs fared on a sample. */
struct codist_pass_sample {
	uint32_t n_runs, n_wrong;
	uint32_t truth; /* by the first run that has it */
	uint32_t first, last_wrong; /* runs, as in the report */
};

/* Samples whose numbers mean the same, and the runs that classified them. */
struct codist_pass_set {
	const char *classified;
	struct codist_pass_sample *samples; /* [n], by number */
	size_t n;
};

/* How a run's scores agree with the truth. */
struct codist_pass_calibration {
	double temperature; /* by one half of the samples that were taken */
	struct codist_calibration found; /* of the other half */
};

struct codist_report_pass {
	struct codist_pass_set *sets; /* [n_sets], as runs come */
	size_t n_sets;
	struct codist_pass_calibration *calibrations; /* [runs->n] */
	size_t n_calibrations;
};

/* For codist_report_pass_release(), whatever is returned. */
enum codist_status codist_report_pass_init(struct codist_report_pass *pass,
					   const struct codist_report_runs *runs,
					   struct codist_error *err);
void codist_report_pass_release(struct codist_report_pass *pass);

#endif
