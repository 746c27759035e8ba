/*
 * agree.c - does the linked zlib write what the sizer says?
 *
 * The sample has what parses differ in: words, runs of two values, noise, and
 * copies from near and from beyond the distance at which short matches are
 * refused.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "agree.h"

#include <stdlib.h>

#define PREFIX_SIZE 12000
#define QUERY_SIZE 1500
#define SAMPLE_SIZE (PREFIX_SIZE + QUERY_SIZE)

/* Numerical Recipes' linear congruential generator, its upper half. */
static unsigned draw(uint32_t *state, unsigned below)
{
	*state = *state * 1664525u + 1013904223u;
	return (*state >> 16) % below;
}

static void fill(unsigned char *bytes)
{
	uint32_t state = 1;
	size_t at = 0;

	while (at < SAMPLE_SIZE) {
		unsigned kind = at < 64 ? 0 : draw(&state, 4);
		size_t length = 1 + draw(&state, kind == 0 ? 6 : 90);
		size_t back = 1 + draw(&state, at < 64 ? 1 :
						       (unsigned)at - 1);
		unsigned char value = (unsigned char)draw(&state, 2);

		for (; length > 0 && at < SAMPLE_SIZE; length--, at++) {
			if (kind == 0)
				bytes[at] = (unsigned char)(
					'a' + draw(&state, 26));
			else if (kind == 1)
				bytes[at] = value;
			else
				bytes[at] = bytes[at - back];
		}
	}
}

static double in_bytes(uint64_t bits)
{
	return (double)((bits + 7) / 8 * 8);
}

static enum codist_status compare(struct codist_deflate_library *library,
				  struct sizer *sizer,
				  const unsigned char *bytes, int *agrees,
				  struct codist_error *err)
{
	static const size_t sizes[] = { 0, 2, 200, QUERY_SIZE };
	struct codist_bytes x = { bytes, PREFIX_SIZE };

	*agrees = 1;
	CODIST_TRY(codist_deflate_library_prime(library, x, err));
	codist_sizer_prime(sizer, x);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		double bits;

		x.data = bytes + PREFIX_SIZE;
		x.nbytes = sizes[i];
		CODIST_TRY(codist_deflate_library_length_primed(library, x, 0,
								&bits, err));
		if (bits !=
		    in_bytes(codist_sizer_length_primed(sizer, x, NULL)))
			*agrees = 0;
		x.data = bytes;
		x.nbytes = PREFIX_SIZE - sizes[i];
		CODIST_TRY(codist_deflate_library_length(library, x, 0, &bits,
							 err));
		if (bits != in_bytes(codist_sizer_length(sizer, x)))
			*agrees = 0;
	}
	return CODIST_OK;
}

enum codist_status
codist_deflate_agree(const struct codist_deflate_params *params, int *agrees,
		     struct codist_error *err)
{
	struct codist_deflate_library *library = NULL;
	unsigned char *bytes;
	struct sizer *sizer;
	enum codist_status status;

	*agrees = 0;
	if (!codist_sizer_knows(params->level, params->wbits,
				params->memlevel, params->strategy))
		return CODIST_OK;
	bytes = malloc(SAMPLE_SIZE);
	sizer = codist_sizer_new(params->level, params->wbits,
				 params->memlevel);
	status = codist_deflate_library_new(&library, params, err);
	if (status == CODIST_OK && (!bytes || !sizer))
		status = codist_no_memory(err, "deflate's self-test");
	if (status == CODIST_OK) {
		fill(bytes);
		status = compare(library, sizer, bytes, agrees, err);
	}
	codist_deflate_library_free(library);
	codist_sizer_free(sizer);
	free(bytes);
	return status;
}
