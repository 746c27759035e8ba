/*
 * codist/pipeline.h - test samples through all doors, on many threads
 *
 * A sample is scored against references; the row of scores is folded into
 * class scores; the smallest wins.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_PIPELINE_H
#define CODIST_PIPELINE_H

#include <codist/aggregator.h>
#include <codist/dataset.h>
#include <codist/evaluate.h>
#include <codist/measure.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * What is done to data that is loaded and transformed. All borrowed, none
 * changed. Several aggregators fold the same scores, which cost most. None at
 * all is fine where only the scores are wanted.
 */
struct codist_pipeline {
	const struct codist_spec *reference;
	const struct codist_spec *measure;
	const struct codist_spec *backend;     /* NULL if none is needed */
	const struct codist_spec *aggregators; /* [n_aggregators] */
	size_t n_aggregators;
	/*
	 * 1: test samples of a class without training samples are fine, and
	 * are classified wrongly; 0: they are CODIST_EFORMAT.
	 */
	int allows_unseen;
};

/* How far a run is. */
struct codist_progress {
	size_t done, total; /* scores, that is pairs of sample and reference */
	double seconds;     /* since the run began */
};

/* How it is done. None of it changes a result. {0} takes the defaults. */
struct codist_how {
	unsigned n_threads;  /* 0: as many as there are processors; at most
				1024 are used, and 1 without OpenMP */
	/*
	 * Bytes for coders, where their backend can tell what one takes, and
	 * for the scores that are kept at a time; 0: half of the machine's
	 * memory, and of that at most 256 MiB for scores. Where it is short,
	 * fewer threads are at work; but there is always one, and the scores
	 * of one sample are always kept. Not included are the items, and their
	 * sketches (sketch() of codist/measure.h), of which that of
	 * bag-of-words takes 24 bytes for each different word of an item, and
	 * a few times as much while it is made.
	 */
	size_t memory;
	/*
	 * Called a few times a second by the calling thread, and at the end,
	 * but not while that thread compresses a single item. Nonzero stops
	 * the run with CODIST_ECANCELLED. NULL: not wanted.
	 */
	int (*progress)(void *user, const struct codist_progress *progress);
	/*
	 * Called with the scores of samples first..first + n - 1, in order of
	 * the samples, from the calling thread; [n][n_references]. A failure
	 * ends the run with that status. NULL: not wanted.
	 */
	enum codist_status (*scores)(void *user, size_t first, size_t n,
				     size_t n_references, const double *scores,
				     struct codist_error *err);
	void *user;          /* handed to the hooks */
};

/*
 * How things are at the front of each row, where references are single samples;
 * else all zeros.
 */
struct codist_nearest {
	size_t n_samples;
	size_t n_tied; /* two or more references were equally near, whatever
			  their classes, and none nearer */
	/*
	 * One of the two nearest references was of the right class. This is
	 * what the code to Jiang et al. 2023 ("Low-resource" text
	 * classification) counted as the accuracy of 2 nearest neighbours. It
	 * is none: it asks which of the two is right.
	 */
	size_t n_top2;
};

/* What one aggregator made of the test samples. */
struct codist_predictions {
	size_t n_samples;
	size_t n_classes;
	unsigned *predicted;         /* [n_samples] */
	double *class_scores;        /* [n_samples][n_classes] */
	struct codist_confusion confusion;
	struct codist_ties ties;
	struct codist_nearest nearest;
};

/* What a run cost. */
struct codist_cost {
	size_t n_references;
	size_t n_scores;   /* samples x references */
	unsigned n_threads; /* at work */
	unsigned n_threads_wanted; /* would have been, with more memory */
	size_t coder_memory; /* bytes of one coder; 0: not known */
	double seconds;    /* wall clock */
};

/*
 * codist_pipeline_run() classifies `test` by `train`.
 *
 *   predictions   receives [n_aggregators], each for
 *                 codist_predictions_release(); nothing after a failure
 *   cost          receives the cost; NULL: not wanted
 *
 * The predictions are the same bytes for any `how`. Data must be compatible,
 * which is checked, as is that every door fits the next, and that no score is
 * NaN (CODIST_EFORMAT). A failure in one thread soon ends the work of all.
 * Not to be called from within an OpenMP parallel region.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_pipeline_run(const struct codist_pipeline *pipeline,
		    const struct codist_dataset *train,
		    const struct codist_dataset *test,
		    const struct codist_how *how,
		    struct codist_predictions *predictions,
		    struct codist_cost *cost, struct codist_error *err);

/*
 * codist_cross_validate() classifies each sample of a set by those of the other
 * folds.
 *
 *   fold_of      [n_samples], each < n_folds, as by codist_dataset_folds()
 *   predictions  as of codist_pipeline_run(), in the order of the set
 *
 * By the reference `each`, scores are computed once for all folds, and
 * `how->scores` is called, with those that do not count as well; else each fold
 * is a run of its own, `how->scores` must be NULL, and cost->n_references is
 * that of the last fold. A class that only one fold has is never predicted
 * there.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_cross_validate(const struct codist_pipeline *pipeline,
		      const struct codist_dataset *set, const size_t *fold_of,
		      size_t n_folds, const struct codist_how *how,
		      struct codist_predictions *predictions,
		      struct codist_cost *cost, struct codist_error *err);

/* codist_predictions_release() frees them; harmless on zeroed ones. */
CODIST_API void
codist_predictions_release(struct codist_predictions *predictions);

/*
 * codist_pipeline_check() checks that the doors fit each other, before any
 * data is loaded: that a measure that needs a backend has one, and another
 * none, since it would not be used; and that the aggregators can fold what
 * the measure gives. CODIST_EUSAGE if not.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_pipeline_check(const struct codist_pipeline *pipeline,
		      struct codist_error *err);

#ifdef __cplusplus
}
#endif

#endif
