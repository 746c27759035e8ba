/*
 * distributions.c - probability distributions, by GSL
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "evaluate/distributions.h"

#include <codist/evaluate.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_version.h>

double codist_normal_above(double probability)
{
	return gsl_cdf_ugaussian_Qinv(probability);
}

double codist_normal_below(double z)
{
	return gsl_cdf_ugaussian_P(z);
}

double codist_chi_square_above(double x, size_t freedom)
{
	return gsl_cdf_chisq_Q(x, (double)freedom);
}

double codist_f_above(double x, size_t freedom_1, size_t freedom_2)
{
	return gsl_cdf_fdist_Q(x, (double)freedom_1, (double)freedom_2);
}

double codist_coins_at_most(unsigned k, unsigned n)
{
	return gsl_cdf_binomial_P(k, 0.5, n);
}

const char *codist_gsl_version(void)
{
	return gsl_version;
}
