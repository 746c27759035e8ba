/*
 * random.c - numbers that look random and are the same everywhere
 *
 * SplitMix64: a counter whose steps are mixed (Steele, Lea and Flood, Fast
 * splittable pseudorandom number generators, 2014, with the constants of its
 * variant 13 by Stafford).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/random.h"

#include <assert.h>

static uint64_t mix(uint64_t z)
{
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

uint64_t codist_random_next(struct codist_random *random)
{
	random->state += UINT64_C(0x9e3779b97f4a7c15);
	return mix(random->state);
}

void codist_random_init(struct codist_random *random, uint64_t seed,
			uint64_t stream, uint64_t index)
{
	random->state = seed;
	random->state = codist_random_next(random) + stream;
	random->state = codist_random_next(random) + index;
	random->state = codist_random_next(random);
}

/*
 * Without bias, and mostly without a division: D. Lemire, Fast random integer
 * generation in an interval, ACM Trans. Model. Comput. Simul. 29 (2019) 3.
 * Of the products x n the 2^32 mod n least remainders are drawn again.
 */
uint32_t codist_random_below(struct codist_random *random, uint32_t n)
{
	uint64_t product;
	uint32_t least;

	assert(n > 0);
	do {
		product = (codist_random_next(random) >> 32) * n;
		least = (uint32_t)product;
	} while (least < n && least < (UINT32_MAX - n + 1) % n);
	return (uint32_t)(product >> 32);
}

int codist_random_within(struct codist_random *random, int low, int high)
{
	/* 32 bits times the range, of which the upper half is taken: the bias
	 * is below 2^-20 for the small ranges wanted here. */
	uint64_t range = (uint64_t)((int64_t)high - low + 1);

	assert(low <= high);
	return low + (int)((codist_random_next(random) >> 32) * range >> 32);
}
