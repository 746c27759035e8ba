/*
 * binomial.h - binomial numbers, drawn by inversion
 *
 * Tables are made by sums, products and quotients only, which are the same on
 * every machine.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_EVALUATE_BINOMIAL_H
#define CODIST_EVALUATE_BINOMIAL_H

#include "base/random.h"

#include <stddef.h>

/* How many of so many trials come out as yes. Start with {0}. */
struct codist_binomial {
	uint32_t n_trials;
	double yes, no; /* the odds */
	uint32_t least; /* fewer are too improbable to be drawn */
	size_t n;
	double *weights; /* [n], of least..least + n - 1 */
	double *spare;   /* likewise, to work in */
	double *below;   /* [n], the sum of weights[0..i] */
	size_t capacity;
};

/*
 * codist_binomial_set() is for so many trials with the odds yes : no, of which
 * the sum is above 0; 0 if out of memory. It is quick where the odds are those
 * of before, and the trials a few more.
 */
int codist_binomial_set(struct codist_binomial *binomial, uint32_t n_trials,
			uint32_t yes, uint32_t no);

/* codist_binomial_draw() is within least..least + n - 1. */
uint32_t codist_binomial_draw(const struct codist_binomial *binomial,
			      struct codist_random *random);

/* Harmless on {0}. */
void codist_binomial_release(struct codist_binomial *binomial);

#endif
