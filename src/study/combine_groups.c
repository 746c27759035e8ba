/*
 * combine_groups.c - members that classify the same samples, each a sum
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/combine.h"
#include "study/comparison.h"

#include "base/text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Whether runs classify the same samples by the same ones, held back or not. */
static int are_alike(const struct codist_combining *r,
		     const struct codist_study_run *a,
		     const struct codist_study_run *b)
{
	size_t length = codist_study_data_lines(a);

	return length == codist_study_data_lines(b) &&
	       memcmp(a->text, b->text, length) == 0 &&
	       (!(r->is_fitted || a->is_fitted || b->is_fitted) ||
		a->seed == b->seed);
}

/* A run without its data, for free(). */
static char *method_of(const struct codist_study_run *run)
{
	return codist_lines_of(run->text,
			       (1u << CODIST_KEY_TRANSFORM) - 1, 0);
}

/* The first thing about data in which two runs differ. */
static void tell_differ(struct codist_combining *r,
			const struct codist_study_run *a,
			const struct codist_study_run *b)
{
	for (size_t at = 0; at < CODIST_KEY_TRANSFORM; at++) {
		enum codist_key key = (enum codist_key)at;
		size_t length_a = 4, length_b = 4;
		const char *of_a = codist_combining_value(a, key, &length_a);
		const char *of_b = codist_combining_value(b, key, &length_b);

		if (!of_a && !of_b)
			continue;
		if (of_a && of_b && length_a == length_b &&
		    memcmp(of_a, of_b, length_a) == 0)
			continue;
		codist_problem(r->problems, r->line,
			       "combine '%.60s': runs '%.60s' and '%.60s' are "
			       "not on the same samples: %s is %.*s and %.*s",
			       r->name, a->name, b->name, codist_keys[key].name,
			       (int)(length_a < 60 ? length_a : 60),
			       of_a ? of_a : "none",
			       (int)(length_b < 60 ? length_b : 60),
			       of_b ? of_b : "none");
		return;
	}
	/* Of what is held back, which the runs themselves do not depend on; or
	 * what is combined with the one has no counterpart with the other. */
	codist_problem(r->problems, r->line,
		       "combine '%.60s': runs '%.60s' and '%.60s' are of the "
		       "seeds %" PRIu64 " and %" PRIu64 ", and not all of the "
		       "others are of both", r->name, a->name, b->name,
		       a->seed, b->seed);
}

/* Members on the same samples, of all that were asked for. */
struct group {
	size_t *members; /* [n] */
	size_t n;
};

/* Each group has what the first one has, in its order. */
static enum codist_status check_groups(struct codist_combining *r,
				       const struct group *groups, size_t n)
{
	const struct codist_study_run *runs = r->study->runs;

	for (size_t g = 1; g < n; g++)
		for (size_t m = 0; m < groups[0].n || m < groups[g].n; m++) {
			char *a, *b;
			int are_same;

			if (m >= groups[0].n || m >= groups[g].n) {
				tell_differ(r, &runs[groups[0].members[0]],
					    &runs[groups[g].members[0]]);
				return CODIST_OK;
			}
			a = method_of(&runs[groups[0].members[m]]);
			b = method_of(&runs[groups[g].members[m]]);
			are_same = a && b && strcmp(a, b) == 0;
			free(a);
			free(b);
			if (are_same)
				continue;
			tell_differ(r, &runs[groups[0].members[m]],
				    &runs[groups[g].members[m]]);
			return CODIST_OK;
		}
	return CODIST_OK;
}

static void check_fit(struct codist_combining *r)
{
	const struct codist_study_run *first =
		&r->study->runs[r->members[0]];

	for (size_t m = 0; m < r->n_members && r->is_fitted; m++) {
		const struct codist_study_run *run =
			&r->study->runs[r->members[m]];

		if (!(run->fit > 0))
			codist_problem(r->problems, r->line,
				       "combine '%.60s': weights: fit, but run "
				       "'%.60s' has no key fit, the fraction of "
				       "the training samples that is held back "
				       "for it", r->name, run->name);
		else if (run->fit != first->fit)
			codist_problem(r->problems, r->line,
				       "combine '%.60s': run '%.60s' has fit: "
				       "%g, and '%.60s' %g: expected the same",
				       r->name, first->name, first->fit,
				       run->name, run->fit);
	}
}

/* Repeats are found in what samples have become. */
static void check_duplicates(struct codist_combining *r,
			     const struct group *group)
{
	const struct codist_study_run *first =
		&r->study->runs[group->members[0]];
	size_t length = 0, length_of_other = 0;
	const char *chain = codist_combining_value(first, CODIST_KEY_TRANSFORM,
						   &length);

	for (size_t m = 1; m < group->n && first->drops_duplicates; m++) {
		const struct codist_study_run *run =
			&r->study->runs[group->members[m]];
		const char *other = codist_combining_value(
			run, CODIST_KEY_TRANSFORM, &length_of_other);

		if (length == length_of_other &&
		    memcmp(chain, other, length) == 0)
			continue;
		codist_problem(r->problems, r->line,
			       "combine '%.60s': runs '%.60s' and '%.60s' "
			       "transform samples differently, of which "
			       "drop-duplicates may leave out others", r->name,
			       first->name, run->name);
		return;
	}
}

/* The name, and what tells a group's data from that of others. */
static char *name_group(const struct codist_combining *r,
			const struct group *groups, size_t n, size_t at)
{
	const struct codist_study_run *runs = r->study->runs;
	const struct codist_study_run *own = &runs[groups[at].members[0]];
	struct codist_text text = { 0 };

	codist_text_add(&text, "%s", r->name);
	for (size_t k = 0; k < CODIST_KEY_SEED && n > 1; k++) {
		enum codist_key key = (enum codist_key)k;
		size_t length = 0, length_of_other = 0;
		const char *value = codist_combining_value(own, key, &length);
		int differs = 0;

		for (size_t g = 0; g < n; g++) {
			const char *other = codist_combining_value(
				&runs[groups[g].members[0]], key,
				&length_of_other);

			differs |= !value != !other ||
				   (value && (length != length_of_other ||
					      memcmp(value, other, length)));
		}
		if (differs)
			codist_text_add(&text, "/%s=%.*s",
					codist_keys[key].name,
					value ? (int)length : 4,
					value ? value : "none");
	}
	for (size_t g = 0; g < n; g++)
		if (runs[groups[g].members[0]].seed != own->seed) {
			codist_text_add(&text, "/seed=%" PRIu64, own->seed);
			break;
		}
	if (!text.failed)
		return text.chars;
	free(text.chars);
	return NULL;
}

static enum codist_status add_group(struct codist_combining *r,
				    const struct group *group,
				    const double *weights, const char *name)
{
	struct codist_study_sum sum = {
		.name = name, .line = r->line, .members = group->members,
		.n = group->n, .is_fitted = r->is_fitted, .weights = weights,
	};
	int is_new;

	if (codist_study_is_taken(r->study, r->study->n_runs, name)) {
		codist_problem(r->problems, r->line,
			       "combine '%.60s': there is a run of that name",
			       name);
		return CODIST_OK;
	}
	CODIST_TRY(codist_study_add_sum(r->study, &sum, &is_new, r->err));
	if (!is_new)
		codist_problem(r->problems, r->line,
			       "combine '%.60s': is the same as another", name);
	if (r->study->n_runs > CODIST_STUDY_RUNS)
		return codist_fail(r->err, CODIST_EFORMAT,
				   "%s:%zu: more than %d runs", r->study->path,
				   r->line, CODIST_STUDY_RUNS);
	return CODIST_OK;
}

static enum codist_status add_groups(struct codist_combining *r,
				     const struct group *groups, size_t n)
{
	size_t n_members = groups[0].n;
	double *weights = calloc(n_members, sizeof(*weights));
	enum codist_status status = weights ? CODIST_OK :
				    codist_no_memory(r->err, r->study->path);

	for (size_t m = 0; m < n_members && status == CODIST_OK; m++)
		weights[m] = r->n_weights ? r->weights[m] : 1;
	for (size_t g = 0; g < n && status == CODIST_OK; g++) {
		char *name = name_group(r, groups, n, g);

		status = name ? add_group(r, &groups[g], weights, name) :
				codist_no_memory(r->err, r->study->path);
		free(name);
	}
	free(weights);
	return status;
}

static enum codist_status check_and_add(struct codist_combining *r,
					const struct group *groups, size_t n)
{
	size_t n_before = r->problems->n;

	CODIST_TRY(check_groups(r, groups, n));
	if (r->problems->n > n_before)
		return CODIST_OK;
	if (groups[0].n < 2)
		codist_problem(r->problems, r->line,
			       "combine '%.60s': one run, expected two or more",
			       r->name);
	else if (r->n_weights && r->n_weights != groups[0].n)
		codist_problem(r->problems, r->line,
			       "combine '%.60s': %zu weights for %zu runs",
			       r->name, r->n_weights, groups[0].n);
	check_fit(r);
	check_duplicates(r, &groups[0]);
	return r->problems->n > n_before ? CODIST_OK :
					   add_groups(r, groups, n);
}

static enum codist_status add_to_group(struct group *group, size_t run,
				       struct codist_combining *r)
{
	size_t *members = realloc(group->members,
				  (group->n + 1) * sizeof(*members));

	if (!members)
		return codist_no_memory(r->err, r->study->path);
	group->members = members;
	members[group->n++] = run;
	return CODIST_OK;
}

enum codist_status codist_combining_add(struct codist_combining *r)
{
	const struct codist_study_run *runs = r->study->runs;
	struct group *groups = calloc(r->n_members, sizeof(*groups));
	size_t n = 0;
	enum codist_status status = CODIST_OK;

	if (!groups)
		return codist_no_memory(r->err, r->study->path);
	for (size_t m = 0; m < r->n_members && status == CODIST_OK; m++) {
		size_t g = 0;

		while (g < n && !are_alike(r, &runs[groups[g].members[0]],
					   &runs[r->members[m]]))
			g++;
		n += g == n;
		status = add_to_group(&groups[g], r->members[m], r);
	}
	if (status == CODIST_OK)
		status = check_and_add(r, groups, n);
	for (size_t g = 0; g < n; g++)
		free(groups[g].members);
	free(groups);
	return status;
}
