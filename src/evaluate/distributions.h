/*
 * distributions.h - what GSL knows of probability distributions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_EVALUATE_DISTRIBUTIONS_H
#define CODIST_EVALUATE_DISTRIBUTIONS_H

#include <stddef.h>

/* The z that a standard normal variable is above with that probability. */
double codist_normal_above(double probability);

/* The probability that a standard normal variable is at most z. */
double codist_normal_below(double z);

/* The probability that a chi-square variable is above x; freedom > 0. */
double codist_chi_square_above(double x, size_t freedom);

/* Likewise an F variable; both degrees of freedom > 0. */
double codist_f_above(double x, size_t freedom_1, size_t freedom_2);

/* The probability of at most k heads of n coins. */
double codist_coins_at_most(unsigned k, unsigned n);

#endif
