/*
 * wilson.c - the score interval of a proportion
 *
 * E. B. Wilson, Probable inference, the law of succession, and statistical
 * inference, J. Am. Stat. Assoc. 22 (1927) 209-212. The limits are the two
 * proportions q for which the p observed is just z standard errors off:
 *
 *     (p - q)^2 = z^2 q (1 - q) / n
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "evaluate/distributions.h"

#include <codist/evaluate.h>

#include <assert.h>
#include <math.h>

/*
 * The lower root, as a quotient by the sum of two positive terms: as a
 * difference it would lose digits near 0, and could fall below.
 */
static double lower(double p, double n, double z)
{
	double a = z * z / n;

	if (p == 0)
		return 0;
	return 2 * p * p / (2 * p + a + sqrt(a * (a + 4 * p * (1 - p))));
}

struct codist_interval codist_wilson(size_t n_correct, size_t n,
				     double confidence)
{
	double z, p, q;

	assert(n_correct <= n);
	assert(confidence > 0 && confidence < 1);
	if (n == 0)
		return (struct codist_interval){ 0, 1 };
	z = codist_normal_above((1 - confidence) / 2);
	p = (double)n_correct / (double)n;
	q = (double)(n - n_correct) / (double)n;
	return (struct codist_interval){ lower(p, (double)n, z),
					 1 - lower(q, (double)n, z) };
}
