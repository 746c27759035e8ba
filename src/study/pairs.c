/*
 * pairs.c - pairs of runs on the same samples
 *
 * Which samples a run has right is a set of bits, so that 64 of them are
 * compared at a time.
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

/* Of each run, from the first on, the samples that it has right. */
struct sets {
	uint64_t **bits; /* [n_runs], [n_words(samples)] */
	size_t n_runs;
};

static size_t n_words(size_t n_samples)
{
	return (n_samples + 63) / 64;
}

static void sets_release(struct sets *sets)
{
	for (size_t r = 0; sets->bits && r < sets->n_runs; r++)
		free(sets->bits[r]);
	free(sets->bits);
}

static enum codist_status sets_init(struct sets *sets,
				    const struct codist_comparison *c,
				    struct codist_error *err)
{
	*sets = (struct sets){
		.bits = calloc(c->n_runs + 1, sizeof(*sets->bits)),
		.n_runs = c->n_runs,
	};
	for (size_t r = 0; sets->bits && r < c->n_runs; r++) {
		const struct codist_compared_run *run = &c->runs[r];
		size_t n = c->groups[run->group].n_samples;
		uint64_t *bits = calloc(n_words(n) + 1, sizeof(*bits));

		if (!bits)
			return codist_no_memory(err, "pairs of runs");
		for (size_t i = 0; i < n; i++)
			bits[i / 64] |= (uint64_t)run->correct[i] << (i % 64);
		sets->bits[r] = bits;
	}
	return sets->bits ? CODIST_OK : codist_no_memory(err, "pairs of runs");
}

/* Those of the one that are not of the other. */
static size_t count_only(const uint64_t *one, const uint64_t *other, size_t n)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += (size_t)__builtin_popcountll(one[i] & ~other[i]);
	return count;
}

static enum codist_status compare(const struct codist_comparison *c,
				  const struct sets *sets,
				  const struct codist_pairs_how *how,
				  struct codist_pair *pair,
				  struct codist_error *err)
{
	const uint64_t *first = sets->bits[pair->first];
	const uint64_t *second = sets->bits[pair->second];
	size_t n = c->groups[c->runs[pair->first].group].n_samples;
	struct codist_discordant counts = {
		.n_samples = n,
		.n_first_only = count_only(first, second, n_words(n)),
		.n_second_only = count_only(second, first, n_words(n)),
	};

	pair->n_first_only = counts.n_first_only;
	pair->n_second_only = counts.n_second_only;
	pair->p = codist_mcnemar(pair->n_first_only, pair->n_second_only);
	return codist_difference_resample(&pair->difference, &counts,
					  how->n_resamples, how->confidence,
					  how->seed, err);
}

static enum codist_status compare_all(const struct codist_comparison *c,
				      const struct codist_pairs_how *how,
				      struct codist_pair *pairs, size_t n,
				      struct codist_error *err)
{
	struct codist_progress progress = { .total = n };
	struct sets sets;
	enum codist_status status = sets_init(&sets, c, err);

	for (size_t i = 0; i < n && status == CODIST_OK; i++) {
		status = compare(c, &sets, how, &pairs[i], err);
		progress.done = i + 1;
		if (status == CODIST_OK && how->watch.progress &&
		    how->watch.progress(how->watch.user, &progress))
			status = codist_fail(err, CODIST_ECANCELLED,
					     "stopped when asked to");
	}
	sets_release(&sets);
	return status;
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
	enum codist_status status;

	if (!p)
		return codist_no_memory(err, "pairs of runs");
	for (size_t i = 0; i < n; i++)
		p[i] = pairs[i].p;
	status = codist_holm(p, n, p + n, err);
	for (size_t i = 0; i < n; i++)
		pairs[i].p_holm = p[n + i];
	free(p);
	return status;
}

enum codist_status
codist_comparison_pairs(const struct codist_comparison *comparison,
			const struct codist_pairs_how *how,
			struct codist_pair **pairs, struct codist_error *err)
{
	size_t n_pairs = codist_comparison_n_pairs(comparison, how), n = 0;
	enum codist_status status;

	*pairs = calloc(n_pairs + 1, sizeof(**pairs));
	if (!*pairs)
		return codist_no_memory(err, "pairs of runs");
	for (size_t g = 0; g < comparison->n_groups; g++)
		if (!is_left_out(comparison, g, how))
			n += list_group(comparison, g, how, *pairs + n);
	status = compare_all(comparison, how, *pairs, n, err);
	if (status == CODIST_OK)
		status = adjust(*pairs, n, err);
	if (status == CODIST_OK)
		return CODIST_OK;
	free(*pairs);
	*pairs = NULL;
	return status;
}
