/*
 * codist/published.h - the published "MNIST by zip" experiments
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_PUBLISHED_H
#define CODIST_PUBLISHED_H

#include <codist/base.h>

#ifdef __cplusplus
extern "C" {
#endif

#define CODIST_PUBLISHED_CLASSES 10

/*
 * One experiment over all of MNIST, as specs for the doors, and what was
 * published of it. Counts are correct predictions of 10,000.
 */
struct codist_published {
	const char *name;       /* for --only */
	const char *title;
	const char *transform;  /* NULL: none */
	const char *reference;
	const char *measure;
	const char *backend;    /* NULL: none */
	const char *aggregator;
	size_t n_correct;
	/* Where ties make the count depend on the order of the neighbours,
	 * the range within which a faithful run falls; else both n_correct. */
	size_t lowest, highest;
	const char *note;        /* what is to be said of that; or NULL */
	const size_t *confusion; /* [10][10], rows are true; NULL: not known */
};

/* The experiments, in the order in which they are reported. */
extern CODIST_API const struct codist_published codist_published[];
extern CODIST_API const size_t codist_n_published;

/*
 * What the published cells belong to: codist_dataset_checksum() of MNIST's
 * training and test samples, and the version of zlib.
 */
extern CODIST_API const char codist_published_train[];
extern CODIST_API const char codist_published_test[];
extern CODIST_API const char codist_published_zlib[];

/*
 * codist_published_share_scores() is 1 if two experiments differ in nothing
 * but the aggregator, so that one run with both aggregators does for both.
 */
CODIST_API int
codist_published_share_scores(const struct codist_published *a,
			      const struct codist_published *b);

#ifdef __cplusplus
}
#endif

#endif
