/*
 * report_runs.h - what a report tells of: the runs of a store that are done
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_STUDY_REPORT_RUNS_H
#define CODIST_STUDY_REPORT_RUNS_H

#include "study/comparison.h"
#include "study/report_page.h"

/* The keys by which runs may differ. */
enum codist_axis {
	CODIST_AXIS_DATA,
	CODIST_AXIS_TEST,
	CODIST_AXIS_TRAIN_LIMIT,
	CODIST_AXIS_TEST_LIMIT,
	CODIST_AXIS_FOLDS,
	CODIST_AXIS_VALIDATE,
	CODIST_AXIS_SEED,
	CODIST_AXIS_TRANSFORM,
	CODIST_AXIS_REFERENCE,
	CODIST_AXIS_MEASURE,
	CODIST_AXIS_BACKEND,
	CODIST_AXIS_AGGREGATE,
	CODIST_AXES
};
extern const char *const codist_axis_names[CODIST_AXES];

struct codist_report_run {
	int64_t id;
	char *name;
	char *axes[CODIST_AXES]; /* never NULL */
	size_t n_train, n_samples, n_classes, n_references;
	size_t n_correct, n_tied, correct_low, correct_high;
	size_t n_nearest, n_nearest_tied, n_top2;
	double seconds; /* 0: not known */
	size_t memory;  /* peak in bytes; 0: not known */
	double accuracy;
	char **classes; /* [n_classes], names */
};

struct codist_report_runs {
	sqlite3 *db; /* borrowed, as are these */
	const struct codist_report_how *how;
	const struct codist_comparison *comparison; /* its runs are these */
	char *study, *title, *source, *codist;
	size_t shard, n_shards;
	struct codist_report_run *items; /* [n], done, as in the grid */
	size_t n, n_all;
	int varies[CODIST_AXES]; /* 1 if runs that are done differ by it */
	size_t *best;            /* [n], indices, the most accurate first */
};

/* Fills the rest of {0}; for codist_report_runs_release(), in any case. */
enum codist_status codist_report_runs_read(struct codist_report_runs *runs,
					   sqlite3 *db,
					   struct codist_error *err);
void codist_report_runs_release(struct codist_report_runs *runs);

/* codist_report_tell() tells whoever carries out the report. */
void codist_report_tell(const struct codist_report_runs *runs,
			const char *format, ...) CODIST_PRINTF(2, 3);

/* Runs that agree in all axes but some. */
struct codist_report_groups {
	char **labels;    /* [n], what they agree in of what varies */
	size_t *group_of; /* [runs->n] */
	size_t n;
};

/*
 *   but   [CODIST_AXES], 1 for axes that do not matter
 *
 * For codist_report_groups_release(), whatever is returned.
 */
enum codist_status
codist_report_groups_init(struct codist_report_groups *groups,
			  const struct codist_report_runs *runs,
			  const int *but, struct codist_error *err);
void codist_report_groups_release(struct codist_report_groups *groups);

#endif
