/*
 * codist/aggregator.h - a row of scores becomes class scores
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_AGGREGATOR_H
#define CODIST_AGGREGATOR_H

#include <codist/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * One query's scores, and what is known of the references. All borrowed. A
 * score that is NaN counts as INFINITY.
 */
struct codist_row {
	size_t n_references;
	size_t n_classes;           /* > 0 */
	const double *scores;       /* [n_references], lower is nearer */
	const unsigned *class_of;   /* [n_references], each < n_classes */
	const size_t *samples_in;   /* [n_references] */
	/*
	 * The step in which scores are counted, in bits, where they are
	 * differences of lengths: 8 or 1. Otherwise 0.
	 */
	double granularity;
	/* Values that add up, see codist/measure.h; else NULL and 0. */
	const double *reference_values; /* [n_references] */
	double query_value;
};

/* What the author of an aggregator writes. */
struct codist_aggregator {
	struct codist_plugin plugin;

	int needs_values;  /* 1: reference_values must not be NULL */
	int needs_lengths; /* 1: granularity must not be 0 */

	/*
	 * What a bit of code length comes to in class scores of bits; 0: a bit,
	 * as where they are scores, or means of them.
	 */
	double per_bit;

	/*
	 * Bytes of scratch that fold() and ties() want for such a row, which
	 * the core allocates once for each thread. NULL: none.
	 */
	size_t (*scratch_size)(const void *config,
			       const struct codist_row *row);

	/*
	 * Fill class_scores[n_classes], lower is nearer. A class without
	 * references gets INFINITY, and so is predicted only when all have it.
	 * One that goes by scores gives it to all where all scores are it.
	 * The core turns a NaN into INFINITY.
	 */
	void (*fold)(const void *config, const struct codist_row *row,
		     void *scratch, double *class_scores);

	/*
	 * Optional: set may_win[c] to 1 for each class that some way to break
	 * ties would predict, and to 0 for the others. Called after fold() of
	 * the same row, whose scratch it finds. NULL: the classes whose score
	 * equals the smallest.
	 */
	void (*ties)(const void *config, const struct codist_row *row,
		     void *scratch, const double *class_scores,
		     unsigned char *may_win);
};

/*
 * codist_fold() folds one row by a spec of codist_aggregators.
 *
 *   scratch        codist_fold_scratch() bytes, aligned as by malloc
 *   class_scores   receives [n_classes]
 *   may_win        receives [n_classes]; NULL: not wanted
 *
 * Returns the predicted class: the smallest score, and of equals the smallest
 * label. Thread-safe as long as each thread has its own scratch.
 */
CODIST_API unsigned
codist_fold(const struct codist_spec *aggregator, const struct codist_row *row,
	    void *scratch, double *class_scores, unsigned char *may_win);

/* codist_fold_scratch() is the bytes of scratch for such a row; may be 0. */
CODIST_API size_t codist_fold_scratch(const struct codist_spec *aggregator,
				      const struct codist_row *row);

/* What stands at the front of a row whose references are single samples. */
struct codist_front {
	size_t n_nearest; /* references that are equally near, and none nearer */
	/* Classes of the nearest and the next reference, of equals the first in
	 * the row; the second is that of the first where there is only one. */
	unsigned first, second;
};

/* codist_row_front() looks; n_references must not be 0. */
CODIST_API struct codist_front codist_row_front(const struct codist_row *row);

#ifdef __cplusplus
}
#endif

#endif
