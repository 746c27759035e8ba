/*
 * fuzz_sizer.c - the sizer against zlib, over any prefix, query and parameters
 *
 * Three bytes choose level, window, framing, memory level and strategy, a fourth
 * where the rest is cut into prefix and query, and how often the prefix is
 * repeated.
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
		.level = head[0] % 10,
		.wbits = framing == 0 ? -wbits :
			 framing == 1 ? wbits :
					wbits + 16,
		.memlevel = 1 + head[2] % 9,
		.strategy = head[2] / 9 % 5,
	};
}

/* A zlib that parses in its own way leaves nothing to compare. */
static int agrees(const struct codist_deflate_params *params)
{
	static int known[10][5]; /* 0: not tried, 1: no, 2: yes */
	int *verdict = &known[params->level][params->strategy], is_so;

	if (*verdict == 0) {
		FUZZ_PROMISE(!codist_deflate_agree(params, &is_so, NULL));
		*verdict = 1 + is_so;
	}
	if (*verdict == 1)
		fprintf(stderr,
			"zlib %s is not what the sizer reproduces at level "
			"%d, strategy %d\n",
			codist_deflate_library_version(), params->level,
			params->strategy);
	return *verdict == 2;
}

/* Of x behind p, then of x alone, and of p's end behind p. */
enum { BEHIND, ALONE, TWICE, N_LENGTHS };

#define END_MOST 20000

static struct codist_bytes end_of(struct codist_bytes p)
{
	if (p.nbytes > END_MOST) {
		p.data += p.nbytes - END_MOST;
		p.nbytes = END_MOST;
	}
	return p;
}

static void by_library(const struct codist_deflate_params *params,
		       struct codist_bytes p, struct codist_bytes x,
		       double lengths[N_LENGTHS])
{
	struct codist_deflate_library *library;

	FUZZ_PROMISE(!codist_deflate_library_new(&library, params, NULL));
	FUZZ_PROMISE(!codist_deflate_library_prime(library, p, NULL));
	FUZZ_PROMISE(!codist_deflate_library_length_primed(
		library, x, 1, &lengths[BEHIND], NULL));
	FUZZ_PROMISE(!codist_deflate_library_length(library, x, 1,
						    &lengths[ALONE], NULL));
	FUZZ_PROMISE(!codist_deflate_library_length_primed(
		library, end_of(p), 1, &lengths[TWICE], NULL));
	codist_deflate_library_free(library);
}

static void by_sizer(const struct codist_deflate_params *params,
		     struct codist_bytes p, struct codist_bytes x,
		     double lengths[N_LENGTHS])
{
	struct sizer *sizer = codist_sizer_new(params->level, params->wbits,
					       params->memlevel,
					       params->strategy);
	size_t size = codist_sizer_prepared_size(params->level,
						 params->strategy, x.nbytes);
	void *prepared = size ? malloc(size) : NULL;

	FUZZ_PROMISE(sizer && (prepared || !size));
	codist_sizer_prime(sizer, p);
	lengths[TWICE] =
		(double)codist_sizer_length_primed(sizer, end_of(p), NULL);
	lengths[ALONE] = (double)codist_sizer_length(sizer, x);
	lengths[BEHIND] = (double)codist_sizer_length_primed(sizer, x, NULL);
	/* No query leaves a trace. */
	FUZZ_PROMISE(codist_sizer_length_primed(sizer, end_of(p), NULL) ==
		     (uint64_t)lengths[TWICE]);
	if (prepared) {
		codist_sizer_prepare(sizer, x, prepared);
		FUZZ_PROMISE(codist_sizer_length_primed(sizer, x, prepared) ==
			     (uint64_t)lengths[BEHIND]);
	}
	free(prepared);
	codist_sizer_free(sizer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct codist_deflate_params params;
	double found[N_LENGTHS], expected[N_LENGTHS];
	size_t n_repeats, cut, n_prefix;
	unsigned char *prefix;
	struct codist_bytes p, x;

	if (size < 4)
		return 0;
	params = read_head(data);
	if (!agrees(&params))
		return 0;
	n_repeats = (size_t)1 << (data[3] >> 5);
	cut = 4 + (size - 4) * (data[3] & 15) / 15;
	n_prefix = cut - 4;
	prefix = malloc(n_prefix * n_repeats + 1);
	FUZZ_PROMISE(prefix);
	for (size_t i = 0; n_prefix && i < n_repeats; i++)
		memcpy(prefix + i * n_prefix, data + 4, n_prefix);
	p = (struct codist_bytes){ prefix, n_prefix * n_repeats };
	x = (struct codist_bytes){ data + cut, size - cut };
	by_library(&params, p, x, expected);
	by_sizer(&params, p, x, found);
	for (int i = 0; i < N_LENGTHS; i++)
		FUZZ_PROMISE(found[i] == expected[i]);
	free(prefix);
	return 0;
}
