/*
 * conditional.c - how many bits a sample adds to a reference
 *
 * C(px) - C(p), both lengths of complete streams; or, of a backend that takes p
 * as its dictionary, that of x less that of nothing, both with the dictionary.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/measure.h>

static enum codist_status reference(const void *config,
				    struct codist_coder *coder,
				    struct codist_bytes reference, double *base,
				    struct codist_error *err)
{
	(void)config;
	*base = 0;
	return codist_coder_prime(coder, reference, err);
}

static enum codist_status score(const void *config, struct codist_coder *coder,
				double base,
				const struct codist_item *reference,
				const struct codist_item *query, double *score,
				struct codist_error *err)
{
	(void)config;
	(void)base;
	(void)reference;
	return codist_coder_length_added(coder, query->bytes, query->prepared,
					 score, err);
}

static int is_directed(const void *config)
{
	(void)config;
	return 1;
}

const struct codist_measure codist_measure_conditional = {
	.plugin = {
		.name = "conditional",
		.summary = "bits that a sample adds to a reference: "
			   "C(px) - C(p)",
	},
	.needs_backend = 1,
	.counts_lengths = 1,
	.is_directed = is_directed,
	.reference = reference,
	.score = score,
	.follows_prefix = 1,
};
