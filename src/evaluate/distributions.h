/*
 * distributions.h - what GSL knows of probability distributions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_EVALUATE_DISTRIBUTIONS_H
#define CODIST_EVALUATE_DISTRIBUTIONS_H

/* The z that a standard normal variable is above with that probability. */
double codist_normal_above(double probability);

/* The probability of at most k heads of n coins. */
double codist_coins_at_most(unsigned k, unsigned n);

#endif
