/*
 * fcd.c - the fast compression distance
 *
 * (|D(x)| - |D(x) and D(y)|) / |D(x)|, D being the phrases of two bytes or more
 * that LZW puts into its dictionary: D. Cerra and M. Datcu, A fast compression-
 * based similarity measure with applications to content-based image retrieval,
 * J. Visual Communication and Image Representation 23 (2012). From 0 to 1.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "measure/phrases.h"

#include <codist/measure.h>

static size_t sketch_size(const void *config, struct codist_bytes item)
{
	(void)config;
	return codist_phrases_size(item);
}

static enum codist_status sketch(const void *config, struct codist_bytes item,
				 void *sketch, size_t *nbytes,
				 struct codist_error *err)
{
	(void)config;
	return codist_phrases_find(item, CODIST_PARSE_LZW, sketch, nbytes, err);
}

static enum codist_status score(const void *config, struct codist_coder *coder,
				double base,
				const struct codist_item *reference,
				const struct codist_item *query, double *score,
				struct codist_error *err)
{
	const struct codist_phrases *x = query->sketch, *y = reference->sketch;
	size_t n_common = codist_phrases_common(x, y);

	(void)config;
	(void)coder;
	(void)base;
	(void)err;
	*score = x->n_in_set ? (double)(x->n_in_set - n_common) /
				       (double)x->n_in_set : 0;
	return CODIST_OK;
}

static int is_directed(const void *config)
{
	(void)config;
	return 1;
}

const struct codist_measure codist_measure_fcd = {
	.plugin = {
		.name = "fcd",
		.summary = "fast compression distance (Cerra and Datcu 2012): "
			   "(|D(x)| - |D(x) and D(y)|) / |D(x)|, D being "
			   "the phrases of two bytes or more that LZW finds",
	},
	.is_directed = is_directed,
	.sketch_size = sketch_size,
	.sketch = sketch,
	.score = score,
};
