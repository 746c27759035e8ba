/*
 * sets.h - the samples that a run of a study trains on, and those it classifies
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_STUDY_SETS_H
#define CODIST_STUDY_SETS_H

#include <codist/study.h>

/* Start with {0}; codist_sets_release() is harmless on that. */
struct codist_sets {
	char *lines; /* of the run's text that tell of data; they are a key */
	struct codist_dataset train, test; /* test is empty if there are folds */
	size_t *numbers; /* [test.n_samples], of held-back samples what they
			    were among the training samples; NULL: 0, 1, ... */
	size_t *fold_of; /* [train.n_samples]; NULL: no folds */
	size_t n_copies; /* that train has of each sample, by transforms */
	size_t n_dropped, n_repeated;
	char train_checksum[65], test_checksum[65];
	/* Of all of each part as it was loaded; "" of one that was not. On the
	 * root of a team only. */
	struct codist_source {
		size_t n_samples;
		char checksum[65];
	} train_source, test_source;
};

/* The lines of a run's text that tell of data, for free(), or NULL. */
char *codist_sets_lines(const struct codist_study_run *run);

/* Load, transform and cut the sets of a run. */
enum codist_status codist_sets_load(struct codist_sets *sets,
				    const struct codist_study_run *run,
				    struct codist_error *err);
void codist_sets_release(struct codist_sets *sets);

/*
 * A fold of the training samples, or the only part; of a run that serves to fit,
 * what is held back of the training samples of that. The sets are copies where
 * either is so. Start with {0}.
 */
struct codist_part {
	struct codist_dataset own_train, own_test;
	const struct codist_dataset *train, *test;
	/*
	 * [test->n_samples], ascending, as in the whole set. What is held back
	 * can be so in several folds: those of fold k are counted from k times
	 * the number of training samples on.
	 */
	size_t *numbers;
};
size_t codist_sets_parts(const struct codist_sets *sets,
			 const struct codist_study_run *run);
/* The samples that all parts classify. */
size_t codist_sets_classified(const struct codist_sets *sets,
			      const struct codist_study_run *run);
enum codist_status codist_part_init(struct codist_part *part,
				    const struct codist_sets *sets,
				    const struct codist_study_run *run,
				    size_t fold, struct codist_error *err);
void codist_part_release(struct codist_part *part);

#endif
