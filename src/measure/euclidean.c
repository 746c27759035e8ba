/*
 * euclidean.c - bytes as numbers, and how far they are apart
 *
 * The square root of the sum of squared differences, byte by byte. Where one
 * item is longer, the other's missing bytes count as 0. The sum is one of whole
 * numbers, so that it is exact.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/measure.h>

#include <math.h>

static enum codist_status score(const void *config, struct codist_coder *coder,
				double base,
				const struct codist_item *reference,
				const struct codist_item *query, double *score,
				struct codist_error *err)
{
	struct codist_bytes a = reference->bytes, b = query->bytes;
	uint64_t sum = 0;
	size_t i = 0;

	(void)config;
	(void)coder;
	(void)base;
	(void)err;
	/* 2^16 squares of at most 255^2 fit 32 bits, which is quicker. */
	while (i < a.nbytes && i < b.nbytes) {
		size_t end = a.nbytes < b.nbytes ? a.nbytes : b.nbytes;
		uint32_t part = 0;

		if (end - i > 65536)
			end = i + 65536;
		for (; i < end; i++) {
			int difference = a.data[i] - b.data[i];

			part += (uint32_t)(difference * difference);
		}
		sum += part;
	}
	for (size_t k = i; k < a.nbytes; k++)
		sum += (uint32_t)a.data[k] * a.data[k];
	for (size_t k = i; k < b.nbytes; k++)
		sum += (uint32_t)b.data[k] * b.data[k];
	*score = sqrt((double)sum);
	return CODIST_OK;
}

const struct codist_measure codist_measure_euclidean = {
	.plugin = {
		.name = "euclidean",
		.summary = "distance of bytes as numbers, as a control: the "
			   "square root of the sum of (x[i] - y[i])^2, where "
			   "a byte that one lacks is 0",
	},
	.score = score,
};
