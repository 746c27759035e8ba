/*
 * report_curves.c - accuracy against the number of training samples
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/report_plot.h"
#include "study/report_sections.h"

#include <codist/evaluate.h>

#include <math.h>
#include <stdlib.h>

/* Runs that differ by their seed alone, if at all. */
struct point {
	size_t group, n_train;
	size_t n, n_correct, n_samples;
	double mean, low, high; /* the mean of n; of one Wilson's interval, of
				   several the least and the greatest */
};

struct curves {
	struct codist_report_groups groups;
	struct point *points; /* [n], by group and then by n_train */
	size_t n;
};

static int compare(const void *a, const void *b)
{
	const struct point *first = a, *second = b;

	if (first->group != second->group)
		return first->group < second->group ? -1 : 1;
	return (first->n_train > second->n_train) -
	       (first->n_train < second->n_train);
}

static void join(struct point *into, const struct point *other)
{
	double n = (double)into->n;

	into->mean = (into->mean * n + other->mean) / (n + 1);
	if (other->low < into->low)
		into->low = other->low;
	if (other->high > into->high)
		into->high = other->high;
	into->n++;
	into->n_correct += other->n_correct;
	into->n_samples += other->n_samples;
}

static void join_equals(struct curves *curves)
{
	size_t n = 0;

	qsort(curves->points, curves->n, sizeof(*curves->points), compare);
	for (size_t i = 0; i < curves->n; i++) {
		if (n && compare(&curves->points[n - 1],
				 &curves->points[i]) == 0)
			join(&curves->points[n - 1], &curves->points[i]);
		else
			curves->points[n++] = curves->points[i];
	}
	curves->n = n;
	for (size_t i = 0; i < n; i++) {
		struct point *point = &curves->points[i];
		struct codist_interval interval = codist_wilson(
			point->n_correct, point->n_samples, 0.95);

		if (point->n > 1)
			continue;
		point->low = interval.low;
		point->high = interval.high;
	}
}

static enum codist_status init(struct curves *curves,
			       const struct codist_report_runs *runs,
			       struct codist_error *err)
{
	static const int but[CODIST_AXES] = {
		[CODIST_AXIS_TRAIN_LIMIT] = 1, [CODIST_AXIS_SEED] = 1,
	};

	CODIST_TRY(codist_report_groups_init(&curves->groups, runs, but, err));
	curves->points = calloc(runs->n, sizeof(*curves->points));
	if (!curves->points)
		return codist_no_memory(err, "learning curves");
	for (size_t i = 0; i < runs->n; i++) {
		const struct codist_report_run *run = &runs->items[i];

		if (run->n_train == 0 || run->n_samples == 0)
			continue;
		curves->points[curves->n++] = (struct point){
			.group = curves->groups.group_of[i],
			.n_train = run->n_train, .n = 1,
			.n_correct = run->n_correct,
			.n_samples = run->n_samples, .mean = run->accuracy,
			.low = run->accuracy, .high = run->accuracy,
		};
	}
	join_equals(curves);
	return CODIST_OK;
}

static size_t end_of(const struct curves *curves, size_t first)
{
	size_t i = first;

	while (i < curves->n &&
	       curves->points[i].group == curves->points[first].group)
		i++;
	return i;
}

/*
 * The curves that are drawn are those that end highest; returns how many, their
 * first points in chosen[].
 */
static size_t choose(const struct curves *curves,
		     size_t chosen[CODIST_SERIES])
{
	size_t n = 0;

	for (size_t i = 0; i < curves->n; i = end_of(curves, i)) {
		double last = curves->points[end_of(curves, i) - 1].mean;
		size_t at = n;

		if (end_of(curves, i) - i < 2)
			continue;
		while (at > 0 && curves->points[end_of(curves, chosen[at - 1]) -
						1].mean < last)
			at--;
		if (at == CODIST_SERIES)
			continue;
		if (n < CODIST_SERIES)
			n++;
		for (size_t k = n - 1; k > at; k--)
			chosen[k] = chosen[k - 1];
		chosen[at] = i;
	}
	return n;
}

static void add_curve(struct codist_plot *plot, const struct curves *curves,
		      size_t series, size_t first)
{
	codist_plot_name(plot, series,
			 curves->groups.labels[curves->points[first].group]);
	for (size_t i = first; i < end_of(curves, first); i++) {
		const struct point *point = &curves->points[i];
		char mean[CODIST_REAL_SIZE], *note;

		codist_format_fixed(point->mean, 4, mean);
		note = codist_text_format(
			"%s: %s with %zu training samples",
			curves->groups.labels[point->group], mean,
			point->n_train);
		codist_plot_point(plot, series, (struct codist_plot_point){
			(double)point->n_train, point->mean, point->low,
			point->high, note });
		free(note);
	}
}

static void draw(struct codist_page *page, const struct curves *curves)
{
	size_t chosen[CODIST_SERIES];
	size_t n = choose(curves, chosen);
	struct codist_plot plot = {
		.name = "curves", .title = "Learning curves",
		.description = "Learning curves: accuracy against training "
			       "samples; the table that follows has their "
			       "numbers",
		.caption = "Bars are Wilson's intervals, of 95 %, and where "
			   "several runs are averaged, from the least to the "
			   "most accurate.",
		.x = { .name = "training samples", .is_logarithmic = 1,
		       .is_padded = 1 },
		.y = { .name = "accuracy" }, .is_joined = 1,
	};

	for (size_t s = 0; s < n; s++)
		add_curve(&plot, curves, s, chosen[s]);
	codist_plot_end(&plot, page);
}

static void put_table(struct codist_page *page, const struct curves *curves)
{
	static const struct codist_page_column columns[] = {
		{ "runs of", 0, 0, 0 }, { "training samples", 1, 0, 0 },
		{ "runs", 1, 0, 0 }, { "accuracy", 1, 0, 0 },
		{ "low", 1, 0, 0 }, { "high", 1, 0, 0 },
	};

	codist_page_table(page);
	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		codist_page_column(page, columns[i]);
	for (size_t i = 0; i < curves->n; i++) {
		const struct point *point = &curves->points[i];

		codist_page_cell(page, "%s",
				 curves->groups.labels[point->group]);
		codist_page_cell(page, "%zu", point->n_train);
		codist_page_cell(page, "%zu", point->n);
		codist_page_real(page, point->mean, 4);
		codist_page_real(page, point->low, 4);
		codist_page_real(page, point->high, 4);
	}
	codist_page_table_end(page, "Accuracy by training samples", "sortable");
}

static int has_curve(const struct curves *curves)
{
	size_t chosen[CODIST_SERIES];

	return choose(curves, chosen) > 0;
}

enum codist_status
codist_report_curves(struct codist_page *page,
		     const struct codist_report_runs *runs,
		     struct codist_error *err)
{
	struct curves curves = { 0 };
	enum codist_status status;

	if (!runs->varies[CODIST_AXIS_TRAIN_LIMIT])
		return CODIST_OK;
	status = init(&curves, runs, err);
	if (status == CODIST_OK && has_curve(&curves)) {
		codist_page_section(page, "curves", "Learning curves");
		codist_page_paragraph(page, "Accuracy against the number of "
				      "training samples, by all keys but "
				      "train.limit and seed; at most %d curves "
				      "are drawn, those that end highest.",
				      CODIST_SERIES);
		draw(page, &curves);
		codist_page_fold(page, "Numbers of all learning curves");
		put_table(page, &curves);
		codist_page_unfold(page);
	}
	codist_report_groups_release(&curves.groups);
	free(curves.points);
	return status;
}
