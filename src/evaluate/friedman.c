/*
 * friedman.c - methods by their ranks on the same data sets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "evaluate/distributions.h"

#include <codist/statistics.h>

#include <assert.h>
#include <math.h>
#include <stdlib.h>

/* This near to 0, beside what it was taken from, is 0 but for rounding. */
#define ROUNDING 1e-12

static enum codist_status check(const double *values, size_t n_sets,
				size_t n_methods, struct codist_error *err)
{
	for (size_t i = 0; i < n_sets; i++)
		for (size_t j = 0; j < n_methods; j++)
			if (isnan(values[i * n_methods + j]))
				return codist_fail(err, CODIST_EFORMAT,
						   "the value of method %zu on "
						   "data set %zu is not a "
						   "number",
						   j + 1, i + 1);
	return CODIST_OK;
}

/*
 * Add the ranks of a row, and return the sum of t^3 - t over its groups of t
 * equal values, as t^2 - 1 for each member. Quadratic in n, which is a handful.
 */
static double add_ranks(const double *row, size_t n, double *ranks)
{
	double ties = 0;

	for (size_t j = 0; j < n; j++) {
		size_t n_better = 0, n_equal = 0;

		for (size_t other = 0; other < n; other++) {
			n_better += row[other] > row[j];
			n_equal += row[other] == row[j];
		}
		ranks[j] += (double)n_better + ((double)n_equal + 1) / 2;
		ties += (double)n_equal * (double)n_equal - 1;
	}
	return ties;
}

/* Where a method stands in the order, equal ones as they come. */
static size_t place_of(const double *ranks, size_t n, size_t j)
{
	size_t place = 0;

	for (size_t other = 0; other < n; other++)
		place += ranks[other] < ranks[j] ||
			 (ranks[other] == ranks[j] && other < j);
	return place;
}

/* With `ties` as the sum of t^3 - t over all groups of all sets. */
static struct codist_test chi_square(const struct codist_friedman *friedman,
				     double ties)
{
	double n = (double)friedman->n_sets, k = (double)friedman->n_methods;
	double most = n * k * (k * k - 1); /* ties, if all are equal */
	double spread = 0;
	struct codist_test test = { .freedom = { friedman->n_methods - 1 },
				    .p = 1 };

	if (ties >= most)
		return test;
	for (size_t j = 0; j < friedman->n_methods; j++) {
		double off = friedman->ranks[j] - (k + 1) / 2;

		spread += off * off;
	}
	test.statistic = 12 * n / (k * (k + 1)) * spread / (1 - ties / most);
	test.p = codist_chi_square_above(test.statistic, test.freedom[0]);
	return test;
}

static struct codist_test f_test(const struct codist_friedman *friedman)
{
	size_t between = friedman->n_methods - 1;
	double n = (double)friedman->n_sets, most = n * (double)between;
	double rest = most - friedman->chi_square.statistic;
	struct codist_test test = { .freedom = { between }, .p = 1 };

	if (friedman->n_sets < 2 || between == 0)
		return test;
	test.freedom[1] = between * (friedman->n_sets - 1);
	if (rest <= ROUNDING * most) {
		test.statistic = INFINITY;
		test.p = 0;
		return test;
	}
	test.statistic = (n - 1) * friedman->chi_square.statistic / rest;
	test.p = codist_f_above(test.statistic, test.freedom[0],
				test.freedom[1]);
	return test;
}

static enum codist_status rank(struct codist_friedman *friedman,
			       const double *values, struct codist_error *err)
{
	size_t n = friedman->n_sets, k = friedman->n_methods;
	double ties = 0;

	CODIST_TRY(check(values, n, k, err));
	friedman->ranks = calloc(k, sizeof(*friedman->ranks));
	friedman->order = calloc(k, sizeof(*friedman->order));
	if (!friedman->ranks || !friedman->order)
		return codist_no_memory(err, "average ranks");
	for (size_t i = 0; i < n; i++)
		ties += add_ranks(values + i * k, k, friedman->ranks);
	for (size_t j = 0; j < k; j++)
		friedman->ranks[j] = n ? friedman->ranks[j] / (double)n :
					 ((double)k + 1) / 2;
	for (size_t j = 0; j < k; j++)
		friedman->order[place_of(friedman->ranks, k, j)] = j;
	friedman->chi_square = chi_square(friedman, ties);
	friedman->f = f_test(friedman);
	return CODIST_OK;
}

enum codist_status codist_friedman_init(struct codist_friedman *friedman,
					const double *values, size_t n_sets,
					size_t n_methods,
					struct codist_error *err)
{
	enum codist_status status;

	assert(n_methods > 0);
	*friedman = (struct codist_friedman){ .n_sets = n_sets,
					      .n_methods = n_methods };
	status = rank(friedman, values, err);
	if (status != CODIST_OK)
		codist_friedman_release(friedman);
	return status;
}

void codist_friedman_release(struct codist_friedman *friedman)
{
	free(friedman->ranks);
	free(friedman->order);
	*friedman = (struct codist_friedman){ 0 };
}
