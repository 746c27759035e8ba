/*
 * fits.h - runs that are implied: by what is fitted, and by what is combined
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_STUDY_FITS_H
#define CODIST_STUDY_FITS_H

#include "study/grid.h"
#include "study/yaml.h"

/*
 * codist_study_hold_back() is the run that is like run i, on a part of the
 * training samples of each of its parts, by the others. It is appended where it
 * is not there yet.
 */
enum codist_status codist_study_hold_back(struct codist_study *study, size_t i,
					  size_t *held,
					  struct codist_error *err);

/*
 * codist_study_fit() appends what runs from `first` on are fitted by.
 * codist_study_check_fits() tells of keys `fit` by which nothing is.
 */
enum codist_status codist_study_fit(struct codist_study *study, size_t first,
				    struct codist_error *err);
enum codist_status codist_study_check_fits(const struct codist_study *study,
					   struct codist_problems *problems,
					   struct codist_error *err);

/* A run that is the sum of others. */
struct codist_study_sum {
	const char *name;
	size_t line;
	const size_t *members; /* [n], indices of runs on the same samples */
	size_t n;
	int is_fitted;
	const double *weights; /* [n], where it is not fitted */
};

/*
 * codist_study_add_sum() appends it, or finds that there is one already and
 * leaves *is_new 0. That members are on the same samples was checked.
 */
enum codist_status codist_study_add_sum(struct codist_study *study,
					const struct codist_study_sum *sum,
					int *is_new, struct codist_error *err);
/* Harmless on a run that is none. */
void codist_study_release_sum(struct codist_study_run *run);

/*
 * codist_study_combine() appends the runs that the key `combine` asks for; what
 * is wrong with it is a problem.
 */
enum codist_status codist_study_combine(struct codist_study *study,
					const struct codist_yaml *combine,
					struct codist_problems *problems,
					struct codist_error *err);

/* The lines of a run's text that say which samples there are: their length. */
size_t codist_study_data_lines(const struct codist_study_run *run);

#endif
