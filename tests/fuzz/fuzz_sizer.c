/*
 * fuzz_sizer.c - the sizer against zlib, over any prefix, query and parameters
 *
 * Three bytes choose level, window, framing and memory level, a fourth where
 * the rest is cut into prefix and query, and how often the prefix is repeated.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "fuzz.h"

#include "../../backends/deflate/agree.h"

#include <string.h>

static struct codist_deflate_params read_head(const uint8_t *head)
{
	int wbits = 9 + head[1] % 7, framing = head[1] / 7 % 3;

	return (struct codist_deflate_params){
		.level = 4 + head[0] % 6,
		.wbits = framing == 0 ? -wbits :
			 framing == 1 ? wbits :
					wbits + 16,
		.memlevel = 1 + head[2] % 9,
	};
}

/* A zlib that parses in its own way leaves nothing to compare. */
static void need_agreement(const struct codist_deflate_params *params)
{
	static int agrees;

	if (agrees)
		return;
	FUZZ_PROMISE(!codist_deflate_agree(params, &agrees, NULL));
	if (agrees)
		return;
	fprintf(stderr, "zlib %s is not what the sizer reproduces\n",
		codist_deflate_library_version());
	exit(0);
}

static double by_library(const struct codist_deflate_params *params,
			 struct codist_bytes p, struct codist_bytes x)
{
	struct codist_deflate_library *library;
	double bits;

	FUZZ_PROMISE(!codist_deflate_library_new(&library, params, NULL));
	FUZZ_PROMISE(!codist_deflate_library_prime(library, p, NULL));
	FUZZ_PROMISE(!codist_deflate_library_length_primed(library, x, 1,
							   &bits, NULL));
	codist_deflate_library_free(library);
	return bits;
}

static double by_sizer(const struct codist_deflate_params *params,
		       struct codist_bytes p, struct codist_bytes x)
{
	struct sizer *sizer = codist_sizer_new(params->level, params->wbits,
					       params->memlevel);
	uint64_t bits;

	FUZZ_PROMISE(sizer);
	codist_sizer_prime(sizer, p);
	bits = codist_sizer_length_primed(sizer, x, NULL);
	codist_sizer_free(sizer);
	return (double)bits;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct codist_deflate_params params;
	size_t n_repeats, cut, n_prefix;
	unsigned char *prefix;
	struct codist_bytes p, x;

	if (size < 4)
		return 0;
	params = read_head(data);
	need_agreement(&params);
	n_repeats = 1 + (size_t)(data[3] >> 4) * 16;
	cut = 4 + (size - 4) * (data[3] & 15) / 15;
	n_prefix = cut - 4;
	prefix = malloc(n_prefix * n_repeats + 1);
	FUZZ_PROMISE(prefix);
	for (size_t i = 0; n_prefix && i < n_repeats; i++)
		memcpy(prefix + i * n_prefix, data + 4, n_prefix);
	p = (struct codist_bytes){ prefix, n_prefix * n_repeats };
	x = (struct codist_bytes){ data + cut, size - cut };
	FUZZ_PROMISE(by_sizer(&params, p, x) == by_library(&params, p, x));
	free(prefix);
	return 0;
}
