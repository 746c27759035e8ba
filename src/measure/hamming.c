/*
 * hamming.c - at how many places two items differ
 *
 * R. W. Hamming, Error detecting and error correcting codes, Bell System
 * Technical J. 29 (1950), by bytes in place of bits, and for any two lengths.
 * Where one item is longer, each of the bytes that the other lacks differs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/measure.h>

#include <stdlib.h>

static enum codist_status score(const void *config, struct codist_coder *coder,
				double base,
				const struct codist_item *reference,
				const struct codist_item *query, double *score,
				struct codist_error *err)
{
	struct codist_bytes a = reference->bytes, b = query->bytes;
	size_t both = a.nbytes < b.nbytes ? a.nbytes : b.nbytes;
	size_t n = a.nbytes + b.nbytes - 2 * both;

	(void)config;
	(void)coder;
	(void)base;
	(void)err;
	for (size_t i = 0; i < both; i++)
		n += a.data[i] != b.data[i];
	*score = (double)n;
	return CODIST_OK;
}

const struct codist_measure codist_measure_hamming = {
	.plugin = {
		.name = "hamming",
		.summary = "number of bytes that differ, as a control "
			   "(Hamming 1950): of all i with x[i] != y[i], and "
			   "of those that one lacks",
	},
	.score = score,
};
