/*
 * agree.c - does the linked zlib write what the sizer says?
 *
 * The sample has what parses differ in: words, runs of two values, noise, and
 * copies from near and from beyond the distance at which short matches are
 * refused; and by themselves, bytes that fixed codes make longer and dynamic
 * ones shorter, of which zlib 1.2.12 and 1.2.13 make different blocks where only
 * fixed ones are allowed. Stored blocks end after 65,535 bytes. In one stream the
 * buffer of two windows slides.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "agree.h"

#include <stdlib.h>

#define PREFIX_SIZE 12000
#define STORED_PREFIX_SIZE 65600
#define QUERY_SIZE 1500
#define HIGH_SIZE 600

/* Numerical Recipes' linear congruential generator, its upper half. */
static unsigned draw(uint32_t *state, unsigned below)
{
	*state = *state * 1664525u + 1013904223u;
	return (*state >> 16) % below;
}

/* `runs` 0: without those of two values, for which zlib takes long. */
static void fill(unsigned char *bytes, size_t n, int runs)
{
	uint32_t state = 1;
	size_t at = 0;

	while (at < n) {
		unsigned kind = at < 64 ? 0 : draw(&state, 4);
		size_t length = 1 + draw(&state, kind == 0 ? 6 : 90);
		size_t back = 1 + draw(&state, at < 64 ? 1 :
						       (unsigned)at - 1);
		unsigned char value = (unsigned char)draw(&state, 2);

		for (; length > 0 && at < n; length--, at++) {
			if (kind == 0)
				bytes[at] = (unsigned char)(
					'a' + draw(&state, 26));
			else if (kind == 1 && runs)
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

static void fill_high(unsigned char *bytes, size_t n)
{
	uint32_t state = 1;

	for (size_t i = 0; i < n; i++)
		bytes[i] = (unsigned char)(144 + draw(&state, 60));
}

/* Behind what both are primed with; `room` is for x as it is prepared. */
static enum codist_status compare_primed(struct codist_deflate_library *library,
					 struct sizer *sizer,
					 struct codist_bytes x, void *room,
					 int *agrees, struct codist_error *err)
{
	double bits;

	CODIST_TRY(codist_deflate_library_length_primed(library, x, 0, &bits,
							err));
	if (bits != in_bytes(codist_sizer_length_primed(sizer, x, NULL)))
		*agrees = 0;
	if (!room)
		return CODIST_OK;
	codist_sizer_prepare(sizer, x, room);
	if (bits != in_bytes(codist_sizer_length_primed(sizer, x, room)))
		*agrees = 0;
	return CODIST_OK;
}

static enum codist_status compare_alone(struct codist_deflate_library *library,
					struct sizer *sizer,
					struct codist_bytes x, int *agrees,
					struct codist_error *err)
{
	double bits;

	CODIST_TRY(codist_deflate_library_length(library, x, 0, &bits, err));
	if (bits != in_bytes(codist_sizer_length(sizer, x)))
		*agrees = 0;
	return CODIST_OK;
}

/* bytes[n_prefix + QUERY_SIZE] */
static enum codist_status compare(struct codist_deflate_library *library,
				  struct sizer *sizer,
				  const unsigned char *bytes, size_t n_prefix,
				  void *room, int *agrees,
				  struct codist_error *err)
{
	static const size_t sizes[] = { 0, 2, 200, QUERY_SIZE };
	struct codist_bytes x = { bytes, n_prefix };

	CODIST_TRY(codist_deflate_library_prime(library, x, err));
	codist_sizer_prime(sizer, x);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		x.data = bytes + n_prefix;
		x.nbytes = sizes[i];
		CODIST_TRY(compare_primed(library, sizer, x, room, agrees,
					  err));
		x.data = bytes;
		x.nbytes = n_prefix - sizes[i];
		CODIST_TRY(compare_alone(library, sizer, x, agrees, err));
	}
	return CODIST_OK;
}

static enum codist_status compare_high(struct codist_deflate_library *library,
				       struct sizer *sizer, int *agrees,
				       struct codist_error *err)
{
	unsigned char bytes[HIGH_SIZE];
	struct codist_bytes x = { bytes, HIGH_SIZE };

	fill_high(bytes, HIGH_SIZE);
	return compare_alone(library, sizer, x, agrees, err);
}

static enum codist_status compare_slid(struct codist_deflate_library *library,
				       struct sizer *sizer, int *agrees,
				       struct codist_error *err)
{
	size_t n = 2 * codist_sizer_window(sizer) + QUERY_SIZE;
	unsigned char *bytes = malloc(n);
	enum codist_status status;

	if (!bytes)
		return codist_no_memory(err, "deflate's self-test");
	fill(bytes, n, 0);
	status = compare_alone(library, sizer,
			       (struct codist_bytes){ bytes, n }, agrees, err);
	free(bytes);
	return status;
}

enum codist_status
codist_deflate_agree(const struct codist_deflate_params *params, int *agrees,
		     struct codist_error *err)
{
	size_t n_prefix = params->level == 0 ? STORED_PREFIX_SIZE :
					       PREFIX_SIZE;
	struct codist_deflate_library *library = NULL;
	size_t n_room = codist_sizer_prepared_size(
		params->level, params->strategy, QUERY_SIZE);
	unsigned char *bytes = malloc(n_prefix + QUERY_SIZE);
	void *room = n_room ? malloc(n_room) : NULL;
	struct sizer *sizer = codist_sizer_new(params->level, params->wbits,
					       params->memlevel,
					       params->strategy);
	enum codist_status status =
		codist_deflate_library_new(&library, params, err);

	*agrees = 1;
	if (status == CODIST_OK && (!bytes || !sizer || (n_room && !room)))
		status = codist_no_memory(err, "deflate's self-test");
	if (status == CODIST_OK) {
		fill(bytes, n_prefix + QUERY_SIZE, 1);
		status = compare(library, sizer, bytes, n_prefix, room, agrees,
				 err);
	}
	if (status == CODIST_OK)
		status = compare_high(library, sizer, agrees, err);
	if (status == CODIST_OK && params->level > 0)
		status = compare_slid(library, sizer, agrees, err);
	codist_deflate_library_free(library);
	codist_sizer_free(sizer);
	free(room);
	free(bytes);
	return status;
}
