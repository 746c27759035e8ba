/*
 * window.c - how far back a compressor sees
 *
 * 64 bytes of noise, more noise, then the same 64 bytes: these cost next to
 * nothing if the compressor still knows the first ones, and all of their bits
 * if not, as other noise does.
 *
 * The noise is of 7 bits a byte. What nothing can be saved on, compressors store
 * as it is, and then save nothing on the repetition either.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/random.h"
#include "measure/window.h"

#include <stdlib.h>

#define BLOCK ((size_t)64)
#define NOISE_BITS 7
#define DEFAULT_LIMIT ((size_t)2 << 20)

struct search {
	struct codist_coder *coder;
	const struct codist_normality_how *how;
	unsigned char *noise; /* [limit + BLOCK] */
	size_t limit, done;
};

/* 1 in *is_seen if the block is known `distance` bytes later. */
static enum codist_status look(struct search *search, size_t distance,
			       int *is_seen, struct codist_error *err)
{
	struct codist_bytes prefix = { search->noise, distance };
	struct codist_bytes again = { search->noise, BLOCK };
	struct codist_bytes other = { search->noise + search->limit, BLOCK };
	double bits[2];

	CODIST_TRY(codist_coder_prime(search->coder, prefix, err));
	CODIST_TRY(codist_coder_length_primed(search->coder, again, NULL,
					      &bits[0], err));
	CODIST_TRY(codist_coder_length_primed(search->coder, other, NULL,
					      &bits[1], err));
	*is_seen = bits[1] - bits[0] >= NOISE_BITS * (double)BLOCK / 2;
	search->done++;
	if (search->how->progress &&
	    search->how->progress(search->how->user, search->done, 0))
		return codist_fail(err, CODIST_ECANCELLED, "cancelled");
	return CODIST_OK;
}

/* The greatest distance that is seen, 0 for none below 2 blocks. */
static enum codist_status find(struct search *search, size_t *window,
			       struct codist_error *err)
{
	size_t seen = 0, unseen = 2 * BLOCK;
	int is_seen;

	for (;;) {
		CODIST_TRY(look(search, unseen, &is_seen, err));
		if (!is_seen)
			break;
		seen = unseen;
		if (seen == search->limit) {
			*window = seen;
			return CODIST_OK;
		}
		unseen = unseen > search->limit / 2 ? search->limit :
						      2 * unseen;
	}
	while (seen > 0 && unseen - seen > 1) {
		size_t middle = seen + (unseen - seen) / 2;

		CODIST_TRY(look(search, middle, &is_seen, err));
		*(is_seen ? &seen : &unseen) = middle;
	}
	*window = seen;
	return CODIST_OK;
}

enum codist_status codist_find_window(struct codist_normality *normality,
				      struct codist_coder *coder,
				      const struct codist_normality_how *how,
				      struct codist_error *err)
{
	size_t limit = how->window_limit ? how->window_limit : DEFAULT_LIMIT;
	struct search search = { .coder = coder, .how = how };
	struct codist_random random;
	enum codist_status status;

	search.limit = limit < 2 * BLOCK ? 2 * BLOCK : limit;
	search.noise = malloc(search.limit + BLOCK);
	if (!search.noise)
		return codist_no_memory(err, "noise");
	codist_random_init(&random, 1, 0, 0);
	for (size_t i = 0; i < search.limit + BLOCK; i++)
		search.noise[i] = (unsigned char)(
			codist_random_next(&random) >> (64 - NOISE_BITS));
	status = find(&search, &normality->window, err);
	normality->window_is_limit = normality->window == search.limit;
	free(search.noise);
	return status;
}
