/*
 * random.h - numbers that look random and are the same everywhere
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BASE_RANDOM_H
#define CODIST_BASE_RANDOM_H

#include <stdint.h>

struct codist_random {
	uint64_t state;
};

/* Numbers of their own for each seed, stream and index within the stream. */
void codist_random_init(struct codist_random *random, uint64_t seed,
			uint64_t stream, uint64_t index);

uint64_t codist_random_next(struct codist_random *random);

/* A number below n, each just as probable; n > 0. */
uint32_t codist_random_below(struct codist_random *random, uint32_t n);

/* A number within low..high, both included; low <= high. */
int codist_random_within(struct codist_random *random, int low, int high);

#endif
