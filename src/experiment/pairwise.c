/*
 * pairwise.c - the distances of all pairs of items
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/system.h"
#include "experiment/pairwise_run.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECONDS_BETWEEN 0.2

static const struct codist_measure *measure_of(const struct codist_spec *spec)
{
	return (const struct codist_measure *)spec->plugin;
}

size_t codist_pairwise_results(const struct codist_pairwise *pairwise)
{
	size_t n = 0;

	for (size_t m = 0; m < pairwise->n_measures; m++)
		n += measure_of(&pairwise->measures[m])->needs_backend ?
			     pairwise->n_backends : 1;
	return n;
}

struct codist_pairwise_result
codist_pairwise_result(const struct codist_pairwise *pairwise, size_t i)
{
	size_t m = 0;

	for (;; m++) {
		int needs = measure_of(&pairwise->measures[m])->needs_backend;
		size_t n = needs ? pairwise->n_backends : 1;

		if (i < n)
			return (struct codist_pairwise_result){
				&pairwise->measures[m],
				needs ? &pairwise->backends[i] : NULL,
			};
		i -= n;
	}
}

static enum codist_status check_measure(const struct codist_pairwise *pairwise,
					const struct codist_spec *spec,
					struct codist_error *err)
{
	const struct codist_measure *measure = measure_of(spec);
	const char *name = measure->plugin.name;

	if (measure->needs_backend && pairwise->n_backends == 0)
		return codist_fail(err, CODIST_EUSAGE,
				   "measure %s: needs a backend, found none",
				   name);
	if (measure->is_directed && measure->is_directed(spec->config) &&
	    !pairwise->columns && !pairwise->is_full)
		return codist_fail(err, CODIST_EUSAGE,
				   "measure %s: the distance from x to y is "
				   "another than from y to x, so one cannot "
				   "stand for both; expected a full matrix "
				   "(--full)",
				   name);
	for (size_t b = 0; measure->formula && b < pairwise->n_backends; b++)
		if (codist_backend_is_dictionary(&pairwise->backends[b]))
			return codist_fail(
				err, CODIST_EUSAGE,
				"measure %s: needs the length of both items "
				"joined, of which backend %s has only that of "
				"one with the other as its dictionary", name,
				pairwise->backends[b].plugin->name);
	return CODIST_OK;
}

enum codist_status codist_pairwise_check(const struct codist_pairwise *pairwise,
					 struct codist_error *err)
{
	int needs_backend = 0;

	if (pairwise->n_rows == 0 ||
	    (pairwise->columns && pairwise->n_columns == 0))
		return codist_fail(err, CODIST_EUSAGE,
				   "no items, expected at least one");
	if (pairwise->n_measures == 0)
		return codist_fail(err, CODIST_EUSAGE,
				   "no measure, expected at least one");
	for (size_t m = 0; m < pairwise->n_measures; m++) {
		const struct codist_measure *measure =
			measure_of(&pairwise->measures[m]);

		needs_backend |= measure->needs_backend;
		CODIST_TRY(check_measure(pairwise, &pairwise->measures[m],
					 err));
	}
	if (pairwise->n_backends > 0 && !needs_backend)
		return codist_fail(err, CODIST_EUSAGE,
				   "measure %s: uses no backend, found backend "
				   "%s", pairwise->measures[0].plugin->name,
				   pairwise->backends[0].plugin->name);
	return CODIST_OK;
}

static const char *name_of(const char *const *names, size_t i, char number[32])
{
	if (names)
		return names[i];
	snprintf(number, 32, "%zu", i);
	return number;
}

static const char *name_of_column(const struct codist_pairwise *asked, size_t k,
				  char number[32])
{
	return name_of(asked->columns ? asked->column_names : asked->row_names,
		       k, number);
}

enum codist_status codist_pairs_blame(const struct codist_pairs *pairs,
				      int is_row, size_t i,
				      enum codist_status status,
				      struct codist_error *err)
{
	char number[32];

	return codist_blame(err, status, "%s",
			    is_row ? name_of(pairs->asked->row_names, i,
					     number) :
				     name_of_column(pairs->asked, i, number));
}

enum codist_status codist_pairs_blame_pair(const struct codist_pairs *pairs,
					   size_t i, size_t k,
					   enum codist_status status,
					   struct codist_error *err)
{
	char numbers[2][32];

	return codist_blame(err, status, "%s against %s",
			    name_of(pairs->asked->row_names, i, numbers[0]),
			    name_of_column(pairs->asked, k, numbers[1]));
}

enum codist_status codist_pairs_put(const struct codist_pairs *pairs,
				    size_t result, size_t i, size_t k,
				    double value, struct codist_error *err)
{
	const struct codist_pairwise *asked = pairs->asked;
	double *to = pairs->values->of[result];
	char numbers[2][32];

	if (isnan(value))
		return codist_fail(
			err, CODIST_EFORMAT,
			"measure %s: the distance of %s and %s is not a number",
			codist_pairwise_result(asked, result)
				.measure->plugin->name,
			name_of(asked->row_names, i, numbers[0]),
			name_of_column(asked, k, numbers[1]));
	to[i * pairs->n_columns + k] = value;
	if (pairs->is_half)
		to[k * pairs->n_columns + i] = value;
	return CODIST_OK;
}

void codist_pairs_done(void *user, unsigned thread, size_t n_pairs)
{
	struct codist_pairs *pairs = user;

	pairs->n_done += n_pairs;
	if (thread == 0)
		pairs->n_shown = pairs->n_done;
}

static enum codist_status report(struct codist_pairs *pairs,
				 struct codist_error *err)
{
	const struct codist_how *how = pairs->how;
	struct codist_progress progress = {
		.done = pairs->n_shown, .total = pairs->n_pairs,
		.seconds = codist_seconds() - pairs->began,
	};

	if (!how->progress || how->progress(how->user, &progress) == 0)
		return CODIST_OK;
	return codist_fail(err, CODIST_ECANCELLED,
			   "stopped when asked to, after %zu of %zu pairs",
			   progress.done, progress.total);
}

enum codist_status codist_pairs_tick(void *user, struct codist_error *err)
{
	struct codist_pairs *pairs = user;
	double now = pairs->how->progress ? codist_seconds() : 0;

	if (!pairs->how->progress || now - pairs->reported < SECONDS_BETWEEN)
		return CODIST_OK;
	pairs->reported = now;
	return report(pairs, err);
}

/* Which results are come by together. */
static int is_of_unit(const struct codist_unit *unit,
		      struct codist_pairwise_result result)
{
	return unit->separator && measure_of(result.measure)->formula &&
	       result.backend == unit->backend &&
	       strcmp(codist_formula_separator(result.measure),
		      unit->separator) == 0;
}

static enum codist_status add_result(struct codist_unit *units, size_t *n_units,
				     const struct codist_pairwise *pairwise,
				     size_t i, struct codist_error *err)
{
	struct codist_pairwise_result result =
		codist_pairwise_result(pairwise, i);
	struct codist_needs needs = codist_formula_needs(result.measure);
	struct codist_unit *unit = units;

	while (unit < units + *n_units && !is_of_unit(unit, result))
		unit++;
	if (unit == units + *n_units) {
		*unit = (struct codist_unit){ .backend = result.backend };
		if (measure_of(result.measure)->formula)
			unit->separator =
				codist_formula_separator(result.measure);
		unit->results = calloc(codist_pairwise_results(pairwise),
				       sizeof(*unit->results));
		if (!unit->results)
			return codist_no_memory(err, "results");
		++*n_units;
	}
	unit->results[unit->n_results++] = i;
	unit->needs.xy |= needs.xy;
	unit->needs.yx |= needs.yx;
	unit->needs.twice |= needs.twice;
	return CODIST_OK;
}

/* By all results of the unit. */
static int is_done(const struct codist_pairs *pairs, size_t row)
{
	for (size_t r = 0; r < pairs->unit->n_results; r++)
		if (!pairs->values->done[pairs->unit->results[r] *
						 pairs->n_rows + row])
			return 0;
	return 1;
}

/* How many rows from `first` on, `most` if there are more, are done or not. */
static size_t count_alike(const struct codist_pairs *pairs, size_t first,
			  int done, size_t most)
{
	size_t n = 0;

	while (n < most && first + n < pairs->n_rows &&
	       is_done(pairs, first + n) == done)
		n++;
	return n;
}

static enum codist_status save(struct codist_pairs *pairs,
			       struct codist_error *err)
{
	const struct codist_pairwise_values *values = pairs->values;

	for (size_t r = 0; r < pairs->unit->n_results; r++) {
		size_t result = pairs->unit->results[r];

		for (size_t i = pairs->first; i < pairs->first + pairs->n; i++)
			if (pairs->is_half)
				values->of[result][i * pairs->n_columns + i] =
					0;
		memset(values->done + result * pairs->n_rows + pairs->first, 1,
		       pairs->n);
		if (values->save)
			CODIST_TRY(values->save(values->user, result,
						pairs->first, pairs->n, err));
	}
	return CODIST_OK;
}

/* Do the rows at hand, and look how long that takes. */
static enum codist_status run_block(struct codist_pairs *pairs,
				    struct codist_pairs_formulas *formulas,
				    struct codist_pairs_scores *scores,
				    struct codist_error *err)
{
	size_t n_pairs = codist_pairs_count(pairs, pairs->unit, pairs->first,
					    pairs->n);
	double began = codist_seconds();

	CODIST_TRY(formulas ? codist_pairs_formulas_block(formulas, err) :
			      codist_pairs_scores_block(scores, err));
	if (n_pairs > 0)
		pairs->seconds_a_pair = (codist_seconds() - began) /
					(double)n_pairs;
	return CODIST_OK;
}

static enum codist_status run_blocks(struct codist_pairs *pairs,
				     struct codist_pairs_formulas *formulas,
				     struct codist_pairs_scores *scores,
				     struct codist_error *err)
{
	for (size_t i = 0; i < pairs->n_rows; i += pairs->n) {
		pairs->first = i;
		pairs->n = count_alike(pairs, i, 1, pairs->n_rows);
		if (pairs->n > 0) {
			pairs->n_done += codist_pairs_count(pairs, pairs->unit,
							    i, pairs->n);
			continue;
		}
		pairs->n = count_alike(pairs, i, 0,
				       codist_pairs_block(pairs, i));
		CODIST_TRY(run_block(pairs, formulas, scores, err));
		pairs->n_shown = pairs->n_done;
		CODIST_TRY(save(pairs, err));
	}
	pairs->n_shown = pairs->n_done;
	return CODIST_OK;
}

static enum codist_status run_unit(struct codist_pairs *pairs,
				   const struct codist_unit *unit,
				   struct codist_error *err)
{
	struct codist_pairs_formulas *formulas = NULL;
	struct codist_pairs_scores *scores = NULL;
	enum codist_status status;

	pairs->unit = unit;
	if (count_alike(pairs, 0, 1, pairs->n_rows) == pairs->n_rows) {
		pairs->n_done += codist_pairs_count(pairs, unit, 0,
						    pairs->n_rows);
		return CODIST_OK;
	}
	codist_pairs_plan(pairs);
	status = unit->separator ?
			 codist_pairs_formulas_new(&formulas, pairs, err) :
			 codist_pairs_scores_new(&scores, pairs, err);
	if (status == CODIST_OK)
		status = run_blocks(pairs, formulas, scores, err);
	codist_pairs_formulas_free(formulas);
	codist_pairs_scores_free(scores);
	return status;
}

static enum codist_status run_units(struct codist_pairs *pairs,
				    struct codist_unit *units, size_t *n_units,
				    struct codist_error *err)
{
	size_t n_results = codist_pairwise_results(pairs->asked);

	for (size_t i = 0; i < n_results; i++)
		CODIST_TRY(add_result(units, n_units, pairs->asked, i, err));
	for (size_t u = 0; u < *n_units; u++)
		pairs->n_pairs += codist_pairs_count(pairs, &units[u], 0,
						     pairs->n_rows);
	for (size_t u = 0; u < *n_units; u++)
		CODIST_TRY(run_unit(pairs, &units[u], err));
	return report(pairs, err);
}

enum codist_status codist_pairwise_run(const struct codist_pairwise *pairwise,
				       const struct codist_how *how,
				       const struct codist_pairwise_values *values,
				       struct codist_cost *cost,
				       struct codist_error *err)
{
	struct codist_pairs pairs = {
		.asked = pairwise, .how = how, .values = values,
		.columns = pairwise->columns ? pairwise->columns :
					       pairwise->rows,
		.n_rows = pairwise->n_rows,
		.n_columns = pairwise->columns ? pairwise->n_columns :
						 pairwise->n_rows,
		.is_half = !pairwise->columns && !pairwise->is_full,
		.began = codist_seconds(),
	};
	struct codist_unit *units;
	enum codist_status status;
	size_t n_units = 0;

	CODIST_TRY(codist_pairwise_check(pairwise, err));
	units = calloc(codist_pairwise_results(pairwise), sizeof(*units));
	if (!units)
		return codist_no_memory(err, "results");
	status = run_units(&pairs, units, &n_units, err);
	for (size_t u = 0; u < n_units; u++)
		free(units[u].results);
	free(units);
	if (cost)
		*cost = (struct codist_cost){
			.n_references = pairs.n_columns,
			.n_scores = pairs.n_pairs,
			.n_threads = pairs.n_threads,
			.n_threads_wanted = pairs.n_threads_wanted,
			.coder_memory = pairs.coder_memory,
			.seconds = codist_seconds() - pairs.began,
		};
	return status;
}
