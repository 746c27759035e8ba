/*
 * cochran.c - are classifiers equally often right on the same samples?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "evaluate/distributions.h"

#include <codist/statistics.h>

#include <assert.h>

struct codist_test codist_cochran(const unsigned char *const *correct,
				  size_t n_classifiers, size_t n_samples)
{
	double k = (double)n_classifiers, total = 0, mean;
	double between = 0; /* sum of (G_j - G)^2 */
	double within = 0;  /* sum of L_i (k - L_i), 0 just if all agree */
	struct codist_test test = { .freedom = { n_classifiers - 1 }, .p = 1 };

	assert(n_classifiers > 0);
	for (size_t i = 0; i < n_samples; i++) {
		size_t n_right = 0;

		for (size_t j = 0; j < n_classifiers; j++)
			n_right += correct[j][i] != 0;
		total += (double)n_right;
		within += (double)n_right * (double)(n_classifiers - n_right);
	}
	if (within == 0)
		return test;
	mean = total / k;
	for (size_t j = 0; j < n_classifiers; j++) {
		size_t n_right = 0;

		for (size_t i = 0; i < n_samples; i++)
			n_right += correct[j][i] != 0;
		between += ((double)n_right - mean) * ((double)n_right - mean);
	}
	test.statistic = k * (k - 1) * between / within;
	test.p = codist_chi_square_above(test.statistic, test.freedom[0]);
	return test;
}
