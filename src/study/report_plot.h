/*
 * report_plot.h - a figure of points and lines, as SVG within a page
 *
 * Its colours are the page's: what belongs to series i has the class s<i>. In
 * formats other than HTML nothing is drawn, and all of these are harmless.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_STUDY_REPORT_PLOT_H
#define CODIST_STUDY_REPORT_PLOT_H

#include "study/report_page.h"

/* More would be told apart by nobody. */
#define CODIST_PLOT_SERIES 8

struct codist_plot_axis {
	const char *name;
	double low, high; /* codist_plot_begin() widens it */
	int is_logarithmic; /* then low > 0 */
};

struct codist_plot {
	struct codist_page *page;
	struct codist_plot_axis x, y;
};

/* An axis that has nothing yet, and a value that it is to have. */
void codist_plot_axis_init(struct codist_plot_axis *axis, const char *name,
			   int is_logarithmic);
void codist_plot_axis_reach(struct codist_plot_axis *axis, double value);

/* So that no point is at its end. */
void codist_plot_axis_pad(struct codist_plot_axis *axis);

/*
 * codist_plot_begin() draws the axes. Whoever cannot see it is told
 * `description`; what it shows is to stand in a table as well.
 */
void codist_plot_begin(struct codist_plot *plot, struct codist_page *page,
		       struct codist_plot_axis x, struct codist_plot_axis y,
		       const char *description);
void codist_plot_end(struct codist_plot *plot, const char *caption);

/*
 *   series   < CODIST_PLOT_SERIES
 *   note     shown where the pointer is; NULL: none
 */
void codist_plot_point(struct codist_plot *plot, size_t series, double x,
		       double y, const char *note);
/* An interval of y at x. */
void codist_plot_interval(struct codist_plot *plot, size_t series, double x,
			  double low, double high);
/* A line goes through points that are added to it. */
void codist_plot_line_begin(struct codist_plot *plot, const char *class,
			    size_t series);
void codist_plot_line_to(struct codist_plot *plot, double x, double y);
void codist_plot_line_end(struct codist_plot *plot);

/* What the series are: after codist_plot_end(). */
void codist_plot_legend_begin(struct codist_page *page);
void codist_plot_legend(struct codist_page *page, size_t series,
			const char *name);
void codist_plot_legend_end(struct codist_page *page);

/* A coordinate: at most two decimals. */
void codist_plot_number(struct codist_page *page, double value);

#endif
