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

/* C(p) is C(px) with an empty x: the coder is primed for the queries anyway. */
static enum codist_status reference(const void *config,
				    struct codist_coder *coder,
				    struct codist_bytes reference, double *base,
				    struct codist_error *err)
{
	const struct codist_bytes empty = { NULL, 0 };

	(void)config;
	CODIST_TRY(codist_coder_prime(coder, reference, err));
	return codist_coder_length_primed(coder, empty, NULL, base, err);
}

static enum codist_status score(const void *config, struct codist_coder *coder,
				double base,
				const struct codist_item *reference,
				const struct codist_item *query, double *score,
				struct codist_error *err)
{
	double bits;

	(void)config;
	(void)reference;
	CODIST_TRY(codist_coder_length_primed(coder, query->bytes,
					      query->prepared, &bits, err));
	*score = bits - base;
	return CODIST_OK;
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
