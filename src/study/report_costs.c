/*
 * report_costs.c - accuracy against time and memory
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/report_plot.h"
#include "study/report_sections.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Each is greater than 0 where it is known, in the unit that is shown. */
static double milliseconds(const struct codist_report_run *run)
{
	return run->n_samples ? 1000 * run->seconds /
					(double)run->n_samples : 0;
}

static double mebibytes(const struct codist_report_run *run)
{
	return (double)run->memory / 1048576;
}

static const struct cost {
	double (*of)(const struct codist_report_run *run);
	const char *name, *title, *axis, *description, *caption, *table;
} costs[] = {
	{ milliseconds, "time", "Accuracy against time",
	  "milliseconds a sample",
	  "Accuracy against time, with the front of runs that none is better "
	  "than in both; the table that follows has the front",
	  "Time: the line is the Pareto front, of runs such that no other is "
	  "both faster and more accurate.",
	  "Runs on the front of accuracy and time" },
	{ mebibytes, "memory", "Accuracy against memory",
	  "peak memory in MiB",
	  "Accuracy against memory, with the front of runs that none is better "
	  "than in both; the table that follows has the front",
	  "Memory: the line is the Pareto front; the peak is that of the "
	  "process.",
	  "Runs on the front of accuracy and memory" },
};

/* Which backends there are, as series. */
struct series {
	const char *names[CODIST_SERIES]; /* the last of many: others */
	size_t n;
	int has_others;
};

static size_t series_of(struct series *series, const char *backend)
{
	size_t i = 0;

	while (i < series->n && strcmp(series->names[i], backend) != 0)
		i++;
	if (i < series->n)
		return i;
	if (i < CODIST_SERIES - 1) {
		series->names[series->n++] = backend;
		return i;
	}
	series->has_others = 1;
	return CODIST_SERIES - 1;
}

/* A run and what it costs. */
struct spent {
	const struct codist_report_run *run;
	double cost;
	size_t series;
};

/* By cost, of equals the most accurate first, and then as in the grid. */
static int compare(const void *a, const void *b)
{
	const struct spent *first = a, *second = b;

	if (first->cost != second->cost)
		return first->cost < second->cost ? -1 : 1;
	if (first->run->accuracy != second->run->accuracy)
		return first->run->accuracy > second->run->accuracy ? -1 : 1;
	return (first->run > second->run) - (first->run < second->run);
}

/* Those that nothing cheaper is as accurate as are moved to the front; [n]. */
static size_t find_front(const struct spent *spent, size_t n,
			 const struct spent **front)
{
	double most = -1;
	size_t n_front = 0;

	for (size_t i = 0; i < n; i++) {
		if (!(spent[i].run->accuracy > most))
			continue;
		most = spent[i].run->accuracy;
		front[n_front++] = &spent[i];
	}
	return n_front;
}

/* In steps: between two runs no accuracy is to be had but the lower. */
static void add_front(struct codist_plot *plot,
		      const struct spent *const *front, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i)
			codist_plot_guide(plot, front[i]->cost,
					  front[i - 1]->run->accuracy);
		codist_plot_guide(plot, front[i]->cost,
				  front[i]->run->accuracy);
	}
}

static void draw(struct codist_page *page, const struct cost *cost,
		 const struct spent *spent, size_t n,
		 const struct spent *const *front, size_t n_front,
		 const struct series *series)
{
	struct codist_plot plot = {
		.name = cost->name, .title = cost->title,
		.description = cost->description, .caption = cost->caption,
		.x = { .name = cost->axis, .is_logarithmic = 1,
		       .is_padded = 1 },
		.y = { .name = "accuracy" },
		.guide_name = "Pareto front",
	};

	add_front(&plot, front, n_front);
	for (size_t i = 0; i < n; i++)
		codist_plot_point(&plot, spent[i].series,
				  (struct codist_plot_point){
					  spent[i].cost,
					  spent[i].run->accuracy, NAN, NAN,
					  spent[i].run->name });
	for (size_t i = 0; i < series->n; i++)
		codist_plot_name(&plot, i, series->names[i]);
	if (series->has_others)
		codist_plot_name(&plot, CODIST_SERIES - 1, "other backends");
	codist_plot_end(&plot, page);
}

static void put_front(struct codist_page *page, const struct cost *cost,
		      const struct spent *const *front, size_t n)
{
	codist_page_table(page);
	codist_page_column(page, (struct codist_page_column){ .name = "run" });
	codist_page_column(page, (struct codist_page_column){
				 "backend", 0, 0, 1 });
	codist_page_column(page, (struct codist_page_column){
				 cost->axis, 1, 0, 0 });
	codist_page_column(page, (struct codist_page_column){
				 "accuracy", 1, 0, 0 });
	for (size_t i = 0; i < n; i++) {
		codist_page_cell(page, "%s", front[i]->run->name);
		codist_page_cell(page, "%s",
				 front[i]->run->axes[CODIST_AXIS_BACKEND]);
		codist_page_real(page, front[i]->cost, 3);
		codist_page_real(page, front[i]->run->accuracy, 4);
	}
	codist_page_table_end(page, cost->table, "sortable");
}

static void put_cost(struct codist_page *page, const struct cost *cost,
		     const struct codist_report_runs *runs, int *has_section,
		     struct spent *spent, const struct spent **front)
{
	struct series series = { 0 };
	size_t n = 0, n_front;

	for (size_t i = 0; i < runs->n; i++) {
		const struct codist_report_run *run = &runs->items[i];
		double value = cost->of(run);

		if (value > 0)
			spent[n++] = (struct spent){ run, value,
				series_of(&series,
					  run->axes[CODIST_AXIS_BACKEND]) };
	}
	if (n == 0)
		return;
	if (!*has_section)
		codist_page_section(page, "costs", "Time and memory");
	*has_section = 1;
	qsort(spent, n, sizeof(*spent), compare);
	n_front = find_front(spent, n, front);
	draw(page, cost, spent, n, front, n_front, &series);
	put_front(page, cost, front, n_front);
}

void codist_report_costs(struct codist_page *page,
			 const struct codist_report_runs *runs)
{
	struct spent *spent = calloc(runs->n, sizeof(*spent));
	const struct spent **front = calloc(runs->n, sizeof(*front));
	int has_section = 0;

	page->text.failed |= !spent || !front;
	for (size_t i = 0; spent && front &&
			   i < sizeof(costs) / sizeof(costs[0]); i++)
		put_cost(page, &costs[i], runs, &has_section, spent, front);
	free(front);
	free(spent);
}
