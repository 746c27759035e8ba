/*
 * draw.h - numbers for made-up cases, the same in every run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_TESTS_DRAW_H
#define CODIST_TESTS_DRAW_H

#include <stdint.h>

/* A number below `below`. D. Knuth's MMIX generator, its upper half. */
static inline unsigned draw(unsigned below)
{
	static uint64_t state = 1;

	state = state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(state >> 33) % below;
}

#endif
