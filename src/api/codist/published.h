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
 * The experiments as a study of codist/study.h but for its data: a line such as
 * "data: mnist" is to stand before it.
 */
extern CODIST_API const char codist_published_study[];

/*
 * What was published of one of them, which is over all of MNIST. Counts are
 * correct predictions of 10,000.
 */
struct codist_published {
	const char *name;       /* of the study's run */
	const char *title;
	size_t n_correct;
	/* Where ties make the count depend on the order of the neighbours,
	 * the range within which a faithful run falls; else both n_correct. */
	size_t lowest, highest;
	const char *note;        /* what is to be said of that; or NULL */
	const size_t *confusion; /* [10][10], rows are true; NULL: not known */
};

/* In the order of the study. */
extern CODIST_API const struct codist_published codist_published[];
extern CODIST_API const size_t codist_n_published;

/*
 * What the published cells belong to: codist_dataset_checksum() of MNIST's
 * training and test samples, and the version of zlib.
 */
extern CODIST_API const char codist_published_train[];
extern CODIST_API const char codist_published_test[];
extern CODIST_API const char codist_published_zlib[];

#ifdef __cplusplus
}
#endif

#endif
