/*
 * report_plot.c - a figure of points in series, for a page and for files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/report_figures.h"
#include "study/report_plot.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WIDTH 640.0
#define HEIGHT 360.0
#define LEFT 58.0
#define RIGHT 14.0
#define TOP 12.0
#define BOTTOM 46.0
#define TICK_GAP 6.0

void codist_plot_name(struct codist_plot *plot, size_t series,
		      const char *name)
{
	free(plot->series[series].name);
	plot->series[series].name = strdup(name);
	plot->failed |= !plot->series[series].name;
}

static void add(struct codist_plot *plot, struct codist_plot_series *series,
		struct codist_plot_point point)
{
	if (series->n == series->capacity) {
		size_t capacity = series->n ? 2 * series->n : 16;
		void *points = realloc(series->points,
				       capacity * sizeof(*series->points));

		if (!points) {
			plot->failed = 1;
			return;
		}
		series->points = points;
		series->capacity = capacity;
	}
	if (point.note) {
		point.note = strdup(point.note);
		plot->failed |= !point.note;
	}
	series->points[series->n++] = point;
}

void codist_plot_point(struct codist_plot *plot, size_t series,
		       struct codist_plot_point point)
{
	add(plot, &plot->series[series], point);
}

void codist_plot_guide(struct codist_plot *plot, double x, double y)
{
	add(plot, &plot->guide, (struct codist_plot_point){ x, y, NAN, NAN,
							    NULL });
}

static void release(struct codist_plot_series *series)
{
	for (size_t i = 0; i < series->n; i++)
		free(series->points[i].note);
	free(series->points);
	free(series->name);
}

static void reach(struct codist_plot_axis *axis, double value)
{
	if (!axis->is_fixed && isfinite(value)) {
		axis->low = fmin(axis->low, value);
		axis->high = fmax(axis->high, value);
	}
}

/* All points, and the intervals of y, are within the axes. */
static void reach_all(struct codist_plot *plot)
{
	for (size_t s = 0; s < CODIST_SERIES; s++)
		for (size_t i = 0; i < plot->series[s].n; i++) {
			const struct codist_plot_point *point =
				&plot->series[s].points[i];

			reach(&plot->x, point->x);
			reach(&plot->y, point->y);
			reach(&plot->y, point->low);
			reach(&plot->y, point->high);
		}
}

static void pad(struct codist_plot_axis *axis)
{
	double gap = 0.04 * (axis->high - axis->low);

	if (!axis->is_padded ||
	    (axis->is_logarithmic && axis->high > 3 * axis->low))
		return;
	if (gap > 0) {
		axis->low -= gap;
		axis->high += gap;
	}
}

/* 1, 2 or 5 times a power of ten, so that there are five steps or so. */
static double step_of(double range)
{
	double power = pow(10, floor(log10(range / 5)));
	double times = range / 5 / power;

	return power * (times < 1.5 ? 1 : times < 3.5 ? 2 : times < 7.5 ? 5 :
									10);
}

static void widen(struct codist_plot_axis *axis)
{
	if (!(axis->low <= axis->high)) { /* nothing is there */
		axis->low = axis->is_logarithmic ? 1 : 0;
		axis->high = axis->is_logarithmic ? 10 : 1;
	}
	/* Within less than a few octaves there are no round numbers. */
	axis->is_logarithmic &= axis->high > 3 * axis->low;
	if (axis->is_logarithmic) {
		axis->low /= 1.15;
		axis->high *= 1.15;
		return;
	}
	if (axis->high - axis->low < 1e-9 * fabs(axis->high)) {
		axis->low -= 0.05 * fabs(axis->low);
		axis->high += 0.05 * fabs(axis->high);
	}
	if (axis->low == axis->high) {
		axis->low -= 0.05;
		axis->high += 0.05;
	}
	axis->step = step_of(axis->high - axis->low);
	axis->low = axis->step * floor(axis->low / axis->step);
	axis->high = axis->step * ceil(axis->high / axis->step);
}

/* Within 0..1. */
static double place(const struct codist_plot_axis *axis, double value)
{
	if (axis->is_logarithmic)
		return log(value / axis->low) / log(axis->high / axis->low);
	return (value - axis->low) / (axis->high - axis->low);
}

static double x_of(const struct codist_plot *plot, double x)
{
	return LEFT + place(&plot->x, x) * (WIDTH - LEFT - RIGHT);
}

static double y_of(const struct codist_plot *plot, double y)
{
	return HEIGHT - BOTTOM - place(&plot->y, y) * (HEIGHT - TOP - BOTTOM);
}

static void draw_segment(struct codist_drawing *drawing, enum codist_ink ink,
			 size_t series, double x1, double y1, double x2,
			 double y2)
{
	codist_drawing_line(drawing, ink, series,
			    (double[]){ x1, y1, x2, y2 }, 2);
}

static void draw_tick(const struct codist_plot *plot,
		      struct codist_drawing *drawing, int is_x, double value,
		      int decimals)
{
	char text[CODIST_REAL_SIZE];

	codist_format_fixed(value, decimals, text);
	if (is_x) {
		double x = x_of(plot, value);

		draw_segment(drawing, CODIST_INK_GRID, 0, x, TOP, x,
			     HEIGHT - BOTTOM);
		codist_drawing_words(drawing, x, HEIGHT - BOTTOM + 18, 0.5, 0,
				     text);
	} else {
		double y = y_of(plot, value);

		draw_segment(drawing, CODIST_INK_GRID, 0, LEFT, y,
			     WIDTH - RIGHT, y);
		codist_drawing_words(drawing, LEFT - TICK_GAP, y + 4, 1, 0,
				     text);
	}
}

static int decimals_of(double step)
{
	return step >= 1 ? 0 : (int)ceil(-log10(step) - 1e-9);
}

/* All of 1, 2 and 5 where there are few decades, and else those alone. */
static void draw_logarithmic(const struct codist_plot *plot,
			     struct codist_drawing *drawing, int is_x,
			     const struct codist_plot_axis *axis)
{
	double decades = log10(axis->high / axis->low);
	int first = (int)floor(log10(axis->low));
	int last = (int)ceil(log10(axis->high));

	for (int power = first; power <= last; power++) {
		static const double times[] = { 1, 2, 5 };

		for (size_t i = 0; i < (decades > 3 ? 1 : 3); i++) {
			double value = times[i] * pow(10, power);

			if (value >= axis->low && value <= axis->high)
				draw_tick(plot, drawing, is_x, value,
					  decimals_of(value));
		}
	}
}

static void draw_ticks(const struct codist_plot *plot,
		       struct codist_drawing *drawing, int is_x)
{
	const struct codist_plot_axis *axis = is_x ? &plot->x : &plot->y;
	long n;

	if (axis->is_logarithmic) {
		draw_logarithmic(plot, drawing, is_x, axis);
		return;
	}
	n = lround((axis->high - axis->low) / axis->step);
	for (long i = 0; i <= n; i++)
		draw_tick(plot, drawing, is_x,
			  axis->low + (double)i * axis->step,
			  decimals_of(axis->step));
}

static void draw_axes(const struct codist_plot *plot,
		      struct codist_drawing *drawing)
{
	draw_ticks(plot, drawing, 1);
	draw_ticks(plot, drawing, 0);
	codist_drawing_words(drawing, (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8,
			     0.5, 0, plot->x.name);
	codist_drawing_words(drawing, 14, (TOP + HEIGHT - BOTTOM) / 2, 0.5, 1,
			     plot->y.name);
	draw_segment(drawing, CODIST_INK_AXIS, 0, LEFT, HEIGHT - BOTTOM,
		     WIDTH - RIGHT, HEIGHT - BOTTOM);
	draw_segment(drawing, CODIST_INK_AXIS, 0, LEFT, TOP, LEFT,
		     HEIGHT - BOTTOM);
}

static void draw_line(const struct codist_plot *plot,
		      struct codist_drawing *drawing, enum codist_ink ink,
		      size_t s, const struct codist_plot_series *series)
{
	double *points = calloc(2 * series->n + 1, sizeof(*points));

	if (!points) {
		drawing->failed = 1;
		return;
	}
	for (size_t i = 0; i < series->n; i++) {
		points[2 * i] = x_of(plot, series->points[i].x);
		points[2 * i + 1] = y_of(plot, series->points[i].y);
	}
	codist_drawing_line(drawing, ink, s, points, series->n);
	free(points);
}

static void draw_series(const struct codist_plot *plot,
			struct codist_drawing *drawing, size_t s)
{
	const struct codist_plot_series *series = &plot->series[s];

	if (plot->is_joined && series->n > 1)
		draw_line(plot, drawing, CODIST_INK_LINE, s, series);
	for (size_t i = 0; i < series->n; i++) {
		const struct codist_plot_point *point = &series->points[i];
		double x = x_of(plot, point->x);

		if (!isnan(point->low))
			draw_segment(drawing, CODIST_INK_INTERVAL, s, x,
				     y_of(plot, point->low), x,
				     y_of(plot, point->high));
		codist_drawing_mark(drawing, s, x, y_of(plot, point->y),
				    point->note);
	}
}

static void draw(struct codist_plot *plot, struct codist_page *page)
{
	struct codist_drawing drawing = { .width = WIDTH, .height = HEIGHT };
	char *names[CODIST_SERIES];

	draw_axes(plot, &drawing);
	if (plot->guide.n)
		draw_line(plot, &drawing, CODIST_INK_GUIDE, 0, &plot->guide);
	for (size_t s = 0; s < CODIST_SERIES; s++) {
		names[s] = plot->series[s].name;
		draw_series(plot, &drawing, s);
	}
	codist_drawing_put(&drawing, page, "", plot->description,
			   plot->caption);
	codist_legend_put(page, names);
	codist_figures_draw(page->figures, plot->name, plot->title, &drawing,
			    names);
	codist_figures_plot(page->figures, plot);
	codist_drawing_release(&drawing);
}

static void begin(struct codist_plot_axis *axis)
{
	if (axis->is_fixed)
		return;
	axis->low = INFINITY;
	axis->high = -INFINITY;
}

void codist_plot_end(struct codist_plot *plot, struct codist_page *page)
{
	page->text.failed |= plot->failed;
	if (!plot->failed) {
		begin(&plot->x);
		begin(&plot->y);
		reach_all(plot);
		pad(&plot->x);
		pad(&plot->y);
		widen(&plot->x);
		widen(&plot->y);
		draw(plot, page);
	}
	for (size_t s = 0; s < CODIST_SERIES; s++)
		release(&plot->series[s]);
	release(&plot->guide);
}
