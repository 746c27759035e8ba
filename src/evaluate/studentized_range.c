/*
 * studentized_range.c - how far apart are the ends of k normal variables?
 *
 * One of the k is the least, at z, and the others lie between it and z + w:
 *
 *     P(range <= w) = k integral of phi(z) (Phi(z + w) - Phi(z))^(k - 1) dz
 *
 * GSL's rule of 61 points integrates that to the last digits over panels as
 * short as these. It needs no workspace, and does not end the process.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "evaluate/distributions.h"

#include <codist/statistics.h>

#include <assert.h>
#include <gsl/gsl_integration.h>
#include <math.h>

/* Of a normal variable 1e-32 lies beyond these ends. */
#define END 12
#define PANEL 2

struct range {
	double k, w;
};

/* But for the constant factors. */
static double integrand(double z, void *data)
{
	const struct range *range = data;
	double between = codist_normal_below(z + range->w) -
			 codist_normal_below(z);

	return exp(-z * z / 2) * pow(between, range->k - 1);
}

static double range_below(double k, double w)
{
	struct range range = { k, w };
	gsl_function function = { integrand, &range };
	double sum = 0;

	for (int from = -END; from < END; from += PANEL) {
		double part, error, absolute, spread;

		gsl_integration_qk61(&function, from, from + PANEL, &part,
				     &error, &absolute, &spread);
		sum += part;
	}
	return k * sum / sqrt(2 * acos(-1));
}

/* By halving, until there is no double between the ends. */
double codist_studentized_range_above(double probability, size_t k)
{
	double low = 0, high = 2 * END;

	assert(probability > 0 && probability < 1);
	assert(k > 0);
	if (k == 1)
		return 0;
	for (;;) {
		double middle = low + (high - low) / 2;

		if (middle <= low || middle >= high)
			return middle;
		if (range_below((double)k, middle) < 1 - probability)
			low = middle;
		else
			high = middle;
	}
}
