/*
 * report_plot.c - a figure of points and lines, as SVG within a page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/report_plot.h"

#include <math.h>
#include <stdio.h>

#define WIDTH 640.0
#define HEIGHT 360.0
#define LEFT 58.0
#define RIGHT 14.0
#define TOP 12.0
#define BOTTOM 46.0
#define TICK_GAP 6.0

static void put(struct codist_plot *plot, const char *markup)
{
	codist_page_markup(plot->page, markup);
}

void codist_plot_number(struct codist_page *page, double value)
{
	char text[CODIST_REAL_SIZE];

	codist_format_fixed(value, 2, text);
	codist_page_markup(page, text);
}

static void put_attribute(struct codist_plot *plot, const char *name,
			  double value)
{
	put(plot, name);
	put(plot, "=\"");
	codist_plot_number(plot->page, value);
	put(plot, "\" ");
}

void codist_plot_axis_init(struct codist_plot_axis *axis, const char *name,
			   int is_logarithmic)
{
	*axis = (struct codist_plot_axis){
		.name = name, .low = INFINITY, .high = -INFINITY,
		.is_logarithmic = is_logarithmic,
	};
}

void codist_plot_axis_reach(struct codist_plot_axis *axis, double value)
{
	axis->low = fmin(axis->low, value);
	axis->high = fmax(axis->high, value);
}

void codist_plot_axis_pad(struct codist_plot_axis *axis)
{
	double gap = 0.04 * (axis->high - axis->low);

	if (axis->high > 3 * axis->low && axis->is_logarithmic)
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
	double step;

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
	step = step_of(axis->high - axis->low);
	axis->low = step * floor(axis->low / step);
	axis->high = step * ceil(axis->high / step);
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

static void put_segment(struct codist_plot *plot, const char *class,
			double x1, double y1, double x2, double y2)
{
	put(plot, "<line class=\"");
	put(plot, class);
	put(plot, "\" ");
	put_attribute(plot, "x1", x1);
	put_attribute(plot, "y1", y1);
	put_attribute(plot, "x2", x2);
	put_attribute(plot, "y2", y2);
	put(plot, "/>\n");
}

static void put_words(struct codist_plot *plot, double x, double y,
		      const char *anchor, const char *words)
{
	put(plot, "<text ");
	put_attribute(plot, "x", x);
	put_attribute(plot, "y", y);
	put(plot, "text-anchor=\"");
	put(plot, anchor);
	put(plot, "\">");
	codist_page_escaped(plot->page, words);
	put(plot, "</text>\n");
}

static void put_tick(struct codist_plot *plot, int is_x, double value,
		     int decimals)
{
	char text[CODIST_REAL_SIZE];

	codist_format_fixed(value, decimals, text);
	if (is_x) {
		double x = x_of(plot, value);

		put_segment(plot, "grid", x, TOP, x, HEIGHT - BOTTOM);
		put_words(plot, x, HEIGHT - BOTTOM + 16, "middle", text);
	} else {
		double y = y_of(plot, value);

		put_segment(plot, "grid", LEFT, y, WIDTH - RIGHT, y);
		put_words(plot, LEFT - TICK_GAP, y + 4, "end", text);
	}
}

static int decimals_of(double step)
{
	return step >= 1 ? 0 : (int)ceil(-log10(step) - 1e-9);
}

/* All of 1, 2 and 5 where there are few decades, and else those alone. */
static void put_logarithmic(struct codist_plot *plot, int is_x,
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
				put_tick(plot, is_x, value,
					 decimals_of(value));
		}
	}
}

static void put_axis(struct codist_plot *plot, int is_x)
{
	const struct codist_plot_axis *axis = is_x ? &plot->x : &plot->y;
	double step;
	long n;

	if (axis->is_logarithmic) {
		put_logarithmic(plot, is_x, axis);
		return;
	}
	step = step_of(axis->high - axis->low);
	n = lround((axis->high - axis->low) / step);
	for (long i = 0; i <= n; i++)
		put_tick(plot, is_x, axis->low + (double)i * step,
			 decimals_of(step));
}

void codist_plot_begin(struct codist_plot *plot, struct codist_page *page,
		       struct codist_plot_axis x, struct codist_plot_axis y,
		       const char *description)
{
	*plot = (struct codist_plot){ .page = page, .x = x, .y = y };
	widen(&plot->x);
	widen(&plot->y);
	put(plot, "<figure>\n<svg viewBox=\"0 0 640 360\" role=\"img\" "
		  "aria-label=\"");
	codist_page_escaped(page, description);
	put(plot, "\">\n");
	put_axis(plot, 1);
	put_axis(plot, 0);
	put_words(plot, (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, "middle",
		  x.name);
	put(plot, "<g transform=\"translate(14 163) rotate(-90)\">");
	put_words(plot, 0, 0, "middle", y.name);
	put(plot, "</g>\n");
	put_segment(plot, "axis", LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT,
		    HEIGHT - BOTTOM);
	put_segment(plot, "axis", LEFT, TOP, LEFT, HEIGHT - BOTTOM);
}

void codist_plot_end(struct codist_plot *plot, const char *caption)
{
	put(plot, "</svg>\n<figcaption>");
	codist_page_escaped(plot->page, caption);
	put(plot, "</figcaption>\n</figure>\n");
}

static void put_class(struct codist_plot *plot, const char *class,
		      size_t series)
{
	char text[64];

	snprintf(text, sizeof(text), "class=\"%s s%zu\" ", class,
		 series % CODIST_PLOT_SERIES);
	put(plot, text);
}

/* Shapes differ for those to whom colours do not. */
static void put_marker(struct codist_plot *plot, size_t series, double x,
		       double y)
{
	static const char *const shapes[] = {
		"m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
		"m-3.5 -3.5h7v7h-7z",
		"m0 -4.8l4.6 8h-9.2z",
		"m0 -5l5 5l-5 5l-5 -5z",
		"m0 4.8l4.6 -8h-9.2z",
		"m-1.5 -4.5h3v3h3v3h-3v3h-3v-3h-3v-3h3z",
		"m-5 -2.5h10v5h-10z",
		"m-2.5 -5h5v10h-5z",
	};

	put(plot, "<path ");
	put_class(plot, "point", series);
	put(plot, "d=\"M");
	codist_plot_number(plot->page, x);
	put(plot, " ");
	codist_plot_number(plot->page, y);
	put(plot, shapes[series % CODIST_PLOT_SERIES]);
	put(plot, "\"");
}

void codist_plot_point(struct codist_plot *plot, size_t series, double x,
		       double y, const char *note)
{
	put_marker(plot, series, x_of(plot, x), y_of(plot, y));
	if (note) {
		put(plot, "><title>");
		codist_page_escaped(plot->page, note);
		put(plot, "</title></path>\n");
	} else {
		put(plot, "/>\n");
	}
}

void codist_plot_interval(struct codist_plot *plot, size_t series, double x,
			  double low, double high)
{
	put(plot, "<line ");
	put_class(plot, "interval", series);
	put_attribute(plot, "x1", x_of(plot, x));
	put_attribute(plot, "x2", x_of(plot, x));
	put_attribute(plot, "y1", y_of(plot, low));
	put_attribute(plot, "y2", y_of(plot, high));
	put(plot, "/>\n");
}

void codist_plot_line_begin(struct codist_plot *plot, const char *class,
			    size_t series)
{
	put(plot, "<polyline ");
	put_class(plot, class, series);
	put(plot, "points=\"");
}

void codist_plot_line_to(struct codist_plot *plot, double x, double y)
{
	codist_plot_number(plot->page, x_of(plot, x));
	put(plot, ",");
	codist_plot_number(plot->page, y_of(plot, y));
	put(plot, " ");
}

void codist_plot_line_end(struct codist_plot *plot)
{
	put(plot, "\"/>\n");
}

void codist_plot_legend_begin(struct codist_page *page)
{
	codist_page_markup(page, "<ul class=\"legend\">\n");
}

void codist_plot_legend(struct codist_page *page, size_t series,
			const char *name)
{
	struct codist_plot plot = { .page = page };

	put(&plot, "<li><svg viewBox=\"0 0 14 14\" width=\"14\" "
		   "height=\"14\" aria-hidden=\"true\">");
	put_marker(&plot, series, 7, 7);
	put(&plot, "/></svg> ");
	codist_page_escaped(page, name);
	put(&plot, "</li>\n");
}

void codist_plot_legend_end(struct codist_page *page)
{
	codist_page_markup(page, "</ul>\n");
}
