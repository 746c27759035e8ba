/*
 * pixels.c - how far the counts of pixels are apart
 *
 * The baseline that knows nothing of shapes. After binarize the count of
 * bytes other than zero is that of the pixels from the threshold on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/measure.h>

#include <math.h>

struct config {
	int count;
};

enum { COUNT_NONZERO, COUNT_SUM };

static enum codist_status value(const void *config, struct codist_coder *coder,
				struct codist_bytes item, double *value,
				struct codist_error *err)
{
	const struct config *c = config;
	uint64_t sum = 0;

	(void)coder;
	(void)err;
	if (c->count == COUNT_SUM)
		for (size_t i = 0; i < item.nbytes; i++)
			sum += item.data[i];
	else
		for (size_t i = 0; i < item.nbytes; i++)
			sum += item.data[i] != 0;
	*value = (double)sum;
	return CODIST_OK;
}

static enum codist_status score(const void *config, struct codist_coder *coder,
				double base,
				const struct codist_item *reference,
				const struct codist_item *query, double *score,
				struct codist_error *err)
{
	(void)config;
	(void)coder;
	(void)base;
	(void)err;
	*score = fabs(reference->value - query->value);
	return CODIST_OK;
}

static const char *const counts[] = { "nonzero", "sum", NULL };

static const struct codist_option options[] = {
	{ .name = "count", .type = CODIST_CHOICE,
	  .offset = offsetof(struct config, count),
	  .choices = counts, .fallback = "nonzero",
	  .help = "count the bytes that are not zero, or add up all bytes" },
	{ .name = NULL },
};

const struct codist_measure codist_measure_pixels = {
	.plugin = {
		.name = "pixels",
		.summary = "difference of the counts of pixels, |n(x) - n(y)|, "
			   "of a reference's mean sample where it joins "
			   "several",
		.options = options,
		.config_size = sizeof(struct config),
	},
	.value = value,
	.values_add = 1,
	.score = score,
};
