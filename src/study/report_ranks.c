/*
 * report_ranks.c - which methods differ, over data sets, seeds and folds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/report_ranks.h"
#include "study/report_sections.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Methods in columns, what they were tried on in rows. */
struct trials {
	struct codist_report_groups sets, methods;
	size_t *first_row; /* [sets.n + 1]; a set has a row for each fold */
	size_t *limits;    /* [sets.n], the greatest train.limit */
	double *values;    /* [rows][methods.n], NAN where none is */
	size_t *kept;      /* [n_kept], methods that have all values */
	size_t n_kept;
};

static size_t rows_of(const struct trials *trials)
{
	return trials->first_row[trials->sets.n];
}

static size_t limit_of(const struct codist_report_run *run)
{
	const char *text = run->axes[CODIST_AXIS_TRAIN_LIMIT];
	size_t limit = (size_t)strtoull(text, NULL, 10);

	return limit ? limit : SIZE_MAX; /* all */
}

static size_t folds_of(const struct codist_report_run *run)
{
	size_t n = (size_t)strtoull(run->axes[CODIST_AXIS_FOLDS], NULL, 10);

	return n ? n : 1;
}

static enum codist_status arrange(struct trials *trials,
				  const struct codist_report_runs *runs,
				  struct codist_error *err)
{
	size_t n = trials->sets.n, n_values;

	trials->first_row = calloc(n + 1, sizeof(*trials->first_row));
	trials->limits = calloc(n, sizeof(*trials->limits));
	trials->kept = calloc(trials->methods.n, sizeof(*trials->kept));
	if (!trials->first_row || !trials->limits || !trials->kept)
		return codist_no_memory(err, "ranks");
	for (size_t i = 0; i < runs->n; i++) {
		size_t set = trials->sets.group_of[i];
		size_t limit = limit_of(&runs->items[i]);

		trials->first_row[set + 1] = folds_of(&runs->items[i]);
		if (limit > trials->limits[set])
			trials->limits[set] = limit;
	}
	for (size_t set = 0; set < n; set++)
		trials->first_row[set + 1] += trials->first_row[set];
	n_values = rows_of(trials) * trials->methods.n;
	trials->values = calloc(n_values, sizeof(*trials->values));
	if (!trials->values)
		return codist_no_memory(err, "ranks");
	for (size_t i = 0; i < n_values; i++)
		trials->values[i] = NAN;
	return CODIST_OK;
}

/* Which of equals won is not known by fold: the middle of what could be. */
static enum codist_status fill_folds(struct trials *trials, sqlite3_stmt *s,
				     const struct codist_report_run *run,
				     size_t set, size_t method,
				     struct codist_error *err)
{
	enum codist_status status = CODIST_OK;
	size_t n_folds = trials->first_row[set + 1] - trials->first_row[set];
	int has_row;

	sqlite3_bind_int64(s, 1, run->id);
	while (status == CODIST_OK) {
		size_t fold;

		status = codist_database_step(s, &has_row, err);
		if (status != CODIST_OK || !has_row)
			break;
		fold = codist_column_size(s, 0);
		if (fold < n_folds)
			trials->values[(trials->first_row[set] + fold) *
				       trials->methods.n + method] =
				sqlite3_column_double(s, 1);
	}
	sqlite3_reset(s);
	return status;
}

static enum codist_status fill(struct trials *trials,
			       const struct codist_report_runs *runs,
			       struct codist_error *err)
{
	sqlite3_stmt *s;
	enum codist_status status;

	CODIST_TRY(codist_database_prepare(
		runs->db, &s,
		"SELECT part, 0.5 * (sum(correct_low) + sum(correct_high)) / "
		"sum(n) FROM block WHERE run = ? GROUP BY part", err));
	status = CODIST_OK;
	for (size_t i = 0; i < runs->n && status == CODIST_OK; i++) {
		const struct codist_report_run *run = &runs->items[i];
		size_t set = trials->sets.group_of[i];
		size_t method = trials->methods.group_of[i];

		if (limit_of(run) != trials->limits[set])
			continue;
		if (folds_of(run) > 1)
			status = fill_folds(trials, s, run, set, method, err);
		else
			trials->values[trials->first_row[set] *
				       trials->methods.n + method] =
				run->accuracy;
	}
	sqlite3_finalize(s);
	return status;
}

/* Methods that lack a value cannot be ranked: the others close ranks. */
static void keep_whole(struct trials *trials)
{
	size_t n = trials->methods.n, at = 0;

	for (size_t m = 0; m < n; m++) {
		int lacks = 0;

		for (size_t row = 0; row < rows_of(trials); row++)
			lacks |= isnan(trials->values[row * n + m]);
		if (!lacks)
			trials->kept[trials->n_kept++] = m;
	}
	for (size_t row = 0; row < rows_of(trials); row++)
		for (size_t k = 0; k < trials->n_kept; k++)
			trials->values[at++] =
				trials->values[row * n + trials->kept[k]];
}

static void put_table(struct codist_page *page, const struct trials *trials,
		      const struct codist_friedman *friedman)
{
	codist_page_table(page);
	codist_page_column(page, (struct codist_page_column){ .name = "method" });
	codist_page_column(page, (struct codist_page_column){
				 "mean rank", 1, 0, 0 });
	codist_page_column(page, (struct codist_page_column){
				 "mean accuracy", 1, 0, 0 });
	for (size_t i = 0; i < friedman->n_methods; i++) {
		size_t method = friedman->order[i];
		double sum = 0;

		for (size_t row = 0; row < friedman->n_sets; row++)
			sum += trials->values[row * friedman->n_methods +
					      method];
		codist_page_cell(page, "%s",
				 trials->methods.labels[trials->kept[method]]);
		codist_page_real(page, friedman->ranks[method], 3);
		codist_page_real(page, sum / (double)friedman->n_sets, 4);
	}
	codist_page_table_end(page, "Methods by mean rank", "sortable");
}

static void put_groups(struct codist_page *page, const struct trials *trials,
		       const struct codist_friedman *friedman,
		       const struct codist_nemenyi *nemenyi)
{
	if (nemenyi->n_groups == 0)
		codist_page_paragraph(page, "All methods differ from one "
				      "another.");
	for (size_t g = 0; g < nemenyi->n_groups; g++) {
		const struct codist_places *places = &nemenyi->groups[g];
		size_t first = friedman->order[places->first];
		size_t last = friedman->order[places->last];

		codist_page_paragraph(
			page, "No difference is seen among the %zu methods "
			"from %s to %s.", places->last - places->first + 1,
			trials->methods.labels[trials->kept[first]],
			trials->methods.labels[trials->kept[last]]);
	}
}

static void format_p(double p, char text[CODIST_REAL_SIZE + 2])
{
	char digits[CODIST_REAL_SIZE];

	codist_format_fixed(p, 4, digits);
	if (p < 5e-5)
		strcpy(text, "< 0.0001");
	else
		snprintf(text, CODIST_REAL_SIZE + 2, "= %s", digits);
}

static enum codist_status put_section(struct codist_page *page,
				      const struct trials *trials,
				      struct codist_error *err)
{
	struct codist_friedman friedman = { 0 };
	struct codist_nemenyi nemenyi = { 0 };
	char f[CODIST_REAL_SIZE], p[CODIST_REAL_SIZE + 2], cd[CODIST_REAL_SIZE];
	enum codist_status status;

	status = codist_friedman_init(&friedman, trials->values,
				      rows_of(trials), trials->n_kept, err);
	if (status == CODIST_OK)
		status = codist_nemenyi_init(&nemenyi, &friedman,
					     CODIST_RANKS_SIGNIFICANCE, err);
	if (status == CODIST_OK) {
		codist_format_fixed(friedman.f.statistic, 3, f);
		format_p(friedman.f.p, p);
		codist_format_fixed(nemenyi.critical_difference, 3, cd);
		codist_page_section(page, "ranks", "Ranks over data sets, "
				    "seeds and folds");
		codist_page_paragraph(
			page, "%zu methods by their accuracies in %zu trials, "
			"at the greatest train.limit of each: Friedman's test "
			"as of Iman and Davenport has F = %s with %zu and %zu "
			"degrees of freedom, p %s. Mean ranks that are less "
			"than %s apart do not differ by Nemenyi's test at the "
			"level 0.05.%s", trials->n_kept, rows_of(trials), f,
			friedman.f.freedom[0], friedman.f.freedom[1], p, cd,
			trials->n_kept < trials->methods.n ?
				" Methods that were not tried everywhere are "
				"left out." : "");
		codist_page_paragraph(
			page, "Seeds and folds of the same data share samples, "
			"so that differences come out more easily than over "
			"data sets. In folds, equals count as half won.");
		codist_ranks_draw(page, &friedman, &nemenyi,
				  trials->methods.labels, trials->kept);
		put_groups(page, trials, &friedman, &nemenyi);
		put_table(page, trials, &friedman);
	}
	codist_nemenyi_release(&nemenyi);
	codist_friedman_release(&friedman);
	return status;
}

enum codist_status
codist_report_ranks(struct codist_page *page,
		    const struct codist_report_runs *runs,
		    struct codist_error *err)
{
	static const int method_axes[CODIST_AXES] = {
		[CODIST_AXIS_TRAIN_LIMIT] = 1, [CODIST_AXIS_TRANSFORM] = 1,
		[CODIST_AXIS_REFERENCE] = 1, [CODIST_AXIS_MEASURE] = 1,
		[CODIST_AXIS_BACKEND] = 1, [CODIST_AXIS_AGGREGATE] = 1,
	};
	int set_axes[CODIST_AXES];
	struct trials trials = { 0 };
	enum codist_status status;

	for (int axis = 0; axis < CODIST_AXES; axis++)
		set_axes[axis] = !method_axes[axis] ||
				 axis == CODIST_AXIS_TRAIN_LIMIT;
	status = codist_report_groups_init(&trials.sets, runs, method_axes,
					   err);
	if (status == CODIST_OK)
		status = codist_report_groups_init(&trials.methods, runs,
						   set_axes, err);
	if (status == CODIST_OK)
		status = arrange(&trials, runs, err);
	if (status == CODIST_OK && rows_of(&trials) > 1)
		status = fill(&trials, runs, err);
	if (status == CODIST_OK && rows_of(&trials) > 1)
		keep_whole(&trials);
	if (status == CODIST_OK && trials.n_kept > 1)
		status = put_section(page, &trials, err);
	codist_report_groups_release(&trials.sets);
	codist_report_groups_release(&trials.methods);
	free(trials.first_row);
	free(trials.limits);
	free(trials.values);
	free(trials.kept);
	return status;
}
