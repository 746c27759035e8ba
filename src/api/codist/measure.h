/*
 * codist/measure.h - one score for a sample and a reference
 *
 * Scores are always "lower is nearer".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_MEASURE_H
#define CODIST_MEASURE_H

#include <codist/backend.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One side of a pair, and what was computed of it alone. All borrowed. */
struct codist_item {
	struct codist_bytes bytes;
	double value;         /* by value(); 0 without it */
	const void *prepared; /* by codist_coder_prepare(), see backend.h; or
	                         NULL */
};

/*
 * What the author of a measure writes. References are outside, queries
 * inside: reference() once, then score() for every query of the block.
 */
struct codist_measure {
	struct codist_plugin plugin;

	int needs_backend;   /* 1: `coder` is never NULL; 0: always NULL */
	int counts_lengths;  /* 1: scores are differences of lengths, in bits */

	/*
	 * Optional: a number that belongs to one item and that score() wants,
	 * computed once per item, such as C(x) or a count of pixels.
	 */
	enum codist_status (*value)(const void *config,
				    struct codist_coder *coder,
				    struct codist_bytes item, double *value,
				    struct codist_error *err);
	/*
	 * 1: values of joined items add up, so that a class has a mean value;
	 * aggregators such as nearest-mean read them.
	 */
	int values_add;

	/*
	 * Optional: ready `coder` for one reference, and keep in *base what
	 * score() is to be handed as its base.
	 */
	enum codist_status (*reference)(const void *config,
					struct codist_coder *coder,
					struct codist_bytes reference,
					double *base,
					struct codist_error *err);

	/*
	 * The score of one query against the reference made ready last.
	 *
	 *   base              what reference() kept; 0 without it
	 *   reference_value   value() of the reference, divided by the number
	 *                     of samples that it joins where values_add is 1,
	 *                     so that it compares to a query; 0 without value()
	 */
	enum codist_status (*score)(const void *config,
				    struct codist_coder *coder, double base,
				    double reference_value,
				    const struct codist_item *query,
				    double *score, struct codist_error *err);
	/*
	 * 1: score() asks the coder for the length of the query behind a
	 * prefix, so that preparing queries once is worth it.
	 */
	int follows_prefix;
};

#ifdef __cplusplus
}
#endif

#endif
