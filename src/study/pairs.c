/*
 * pairs.c - pairs of runs on the same samples
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/comparison.h>

#include <stdlib.h>

/* What is compared with all others of the group; n_runs: each with each. */
static size_t center(const struct codist_comparison *c, size_t group,
		     const struct codist_pairs_how *how)
{
	switch (how->which) {
	case CODIST_PAIRS_WITH_BEST:
		return c->groups[group].best;
	case CODIST_PAIRS_WITH_RUN:
		return how->run;
	case CODIST_PAIRS_ALL:
		break;
	}
	return c->n_runs;
}

static int is_left_out(const struct codist_comparison *c, size_t group,
		       const struct codist_pairs_how *how)
{
	return how->which == CODIST_PAIRS_WITH_RUN &&
	       c->runs[how->run].group != group;
}

size_t codist_comparison_n_pairs(const struct codist_comparison *comparison,
				 const struct codist_pairs_how *how)
{
	size_t n_pairs = 0;

	for (size_t g = 0; g < comparison->n_groups; g++) {
		size_t n = comparison->groups[g].n_runs;

		if (!is_left_out(comparison, g, how))
			n_pairs += how->which == CODIST_PAIRS_ALL ?
					   n * (n - 1) / 2 : n - 1;
	}
	return n_pairs;
}

static enum codist_status compare(const struct codist_comparison *c,
				  const struct codist_pairs_how *how,
				  struct codist_pair *pair,
				  struct codist_error *err)
{
	const struct codist_compared_run *first = &c->runs[pair->first];
	const struct codist_compared_run *second = &c->runs[pair->second];
	size_t n = c->groups[first->group].n_samples;

	for (size_t i = 0; i < n; i++) {
		pair->n_first_only += first->correct[i] & ~second->correct[i];
		pair->n_second_only += second->correct[i] & ~first->correct[i];
	}
	pair->p = codist_mcnemar(pair->n_first_only, pair->n_second_only);
	return codist_difference_bootstrap(&pair->difference, first->correct,
					   second->correct, n,
					   how->n_resamples, how->confidence,
					   how->seed, err);
}

static size_t list_group(const struct codist_comparison *c, size_t g,
			 const struct codist_pairs_how *how,
			 struct codist_pair *pairs)
{
	const struct codist_compared_group *group = &c->groups[g];
	size_t middle = center(c, g, how), n = 0;

	for (size_t i = 0; i < group->n_runs; i++) {
		if (middle == c->n_runs)
			for (size_t k = i + 1; k < group->n_runs; k++)
				pairs[n++] = (struct codist_pair){
					.first = group->runs[i],
					.second = group->runs[k],
				};
		else if (group->runs[i] != middle)
			pairs[n++] = (struct codist_pair){
				.first = middle, .second = group->runs[i],
			};
	}
	return n;
}

static enum codist_status adjust(struct codist_pair *pairs, size_t n,
				 struct codist_error *err)
{
	double *p = calloc(2 * n + 1, sizeof(*p));

	if (!p)
		return codist_no_memory(err, "pairs of runs");
	for (size_t i = 0; i < n; i++)
		p[i] = pairs[i].p;
	if (n > 0)
		codist_holm(p, n, p + n);
	for (size_t i = 0; i < n; i++)
		pairs[i].p_holm = p[n + i];
	free(p);
	return CODIST_OK;
}

enum codist_status
codist_comparison_pairs(const struct codist_comparison *comparison,
			const struct codist_pairs_how *how,
			struct codist_pair **pairs, struct codist_error *err)
{
	size_t n_pairs = codist_comparison_n_pairs(comparison, how), n = 0;
	enum codist_status status = CODIST_OK;

	*pairs = calloc(n_pairs + 1, sizeof(**pairs));
	if (!*pairs)
		return codist_no_memory(err, "pairs of runs");
	for (size_t g = 0; g < comparison->n_groups; g++)
		if (!is_left_out(comparison, g, how))
			n += list_group(comparison, g, how, *pairs + n);
	for (size_t i = 0; i < n && status == CODIST_OK; i++)
		status = compare(comparison, how, &(*pairs)[i], err);
	if (status == CODIST_OK)
		status = adjust(*pairs, n, err);
	if (status == CODIST_OK)
		return CODIST_OK;
	free(*pairs);
	*pairs = NULL;
	return status;
}
