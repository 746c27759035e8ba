/*
 * refine_nearest.c - which pictures differ from one by the fewest pixels
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "refine_nearest.h"

#include <stdlib.h>
#include <string.h>

static size_t words_of(size_t n_pixels)
{
	return (n_pixels + 63) / 64;
}

static void pack(uint64_t *out, const struct codist_raster *x, size_t n_pixels)
{
	memset(out, 0, words_of(n_pixels) * sizeof(*out));
	for (size_t i = 0; i < n_pixels; i++)
		out[i / 64] |= (uint64_t)codist_raster_at(
			x, (ptrdiff_t)(i / x->width),
			(ptrdiff_t)(i % x->width)) << i % 64;
}

static enum codist_status begin(struct codist_near *near,
				struct codist_error *err)
{
	if (near->asked)
		return CODIST_OK;
	near->asked = malloc(words_of(near->n_pixels) * sizeof(*near->asked));
	near->histogram = malloc((near->n_pixels + 1) *
				 sizeof(*near->histogram));
	if (near->asked && near->histogram)
		return CODIST_OK;
	free(near->asked);
	free(near->histogram);
	near->asked = NULL;
	near->histogram = NULL;
	return codist_no_memory(err, "the pixels of a picture");
}

enum codist_status codist_near_put(struct codist_near *near, size_t i,
				   const struct codist_raster *picture,
				   struct codist_error *err)
{
	size_t n_words = words_of(near->n_pixels);

	CODIST_TRY(begin(near, err));
	if (i == near->capacity) {
		size_t more = near->capacity + near->capacity / 2 + 1;
		uint64_t *bits = realloc(near->bits,
					 more * n_words * sizeof(*bits));

		if (!bits)
			return codist_no_memory(err, "pictures to compare with");
		near->bits = bits;
		near->capacity = more;
	}
	pack(near->bits + i * n_words, picture, near->n_pixels);
	return CODIST_OK;
}

void codist_near_release(struct codist_near *near)
{
	free(near->bits);
	free(near->asked);
	free(near->histogram);
}

/* Of those pixels only that `mask` has of the last word. */
static inline __attribute__((always_inline)) void
measure(const struct codist_near *near, size_t n, size_t n_words, uint64_t mask,
	uint32_t *distances)
{
	size_t stride = words_of(near->n_pixels);

	for (size_t i = 0; i < n; i++) {
		const uint64_t *bits = near->bits + i * stride;
		unsigned distance = 0;

		for (size_t k = 0; k + 1 < n_words; k++)
			distance += (unsigned)__builtin_popcountll(
				bits[k] ^ near->asked[k]);
		if (n_words > 0)
			distance += (unsigned)__builtin_popcountll(
				(bits[n_words - 1] ^ near->asked[n_words - 1]) &
				mask);
		distances[i] = distance;
	}
}

typedef void measure_fn(const struct codist_near *near, size_t n,
			size_t n_words, uint64_t mask, uint32_t *distances);

static void measure_anywhere(const struct codist_near *near, size_t n,
			     size_t n_words, uint64_t mask, uint32_t *distances)
{
	measure(near, n, n_words, mask, distances);
}

/* The same, where a processor counts the ones of a word by itself. */
#if defined(__x86_64__)
__attribute__((target("popcnt"))) static void
measure_counting(const struct codist_near *near, size_t n, size_t n_words,
		 uint64_t mask, uint32_t *distances)
{
	measure(near, n, n_words, mask, distances);
}
#endif

static measure_fn *fastest(void)
{
#if defined(__x86_64__)
	if (__builtin_cpu_supports("popcnt"))
		return measure_counting;
#endif
	return measure_anywhere;
}

struct codist_near_choice codist_near_choose(struct codist_near *near,
					     const struct codist_raster *x,
					     size_t n_known, size_t n,
					     size_t n_wanted,
					     uint32_t *distances)
{
	uint64_t mask = n_known % 64 ? ((uint64_t)1 << n_known % 64) - 1 :
				       UINT64_MAX;
	struct codist_near_choice choice = { .n_equal = n_wanted };

	pack(near->asked, x, near->n_pixels);
	fastest()(near, n, words_of(n_known), mask, distances);
	memset(near->histogram, 0,
	       (near->n_pixels + 1) * sizeof(*near->histogram));
	for (size_t i = 0; i < n; i++)
		near->histogram[distances[i]]++;
	while (choice.distance < near->n_pixels &&
	       choice.n_equal > near->histogram[choice.distance])
		choice.n_equal -= near->histogram[choice.distance++];
	return choice;
}
