/*
 * report_plot.h - a figure of points in series, for a page and for files
 *
 * Points are added, and codist_plot_end() draws all of it. Nothing fails but
 * what the page and its figures remember.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_STUDY_REPORT_PLOT_H
#define CODIST_STUDY_REPORT_PLOT_H

#include "study/report_drawing.h"

struct codist_plot_axis {
	const char *name;
	double low, high;   /* where it is fixed; else found by the points */
	int is_logarithmic; /* then all are above 0 */
	int is_padded;      /* so that no point is at its end */
	int is_fixed;
	double step;        /* between ticks, found by codist_plot_end() */
};

struct codist_plot_point {
	double x, y;
	double low, high; /* an interval of y; NAN: none */
	char *note;       /* shown where the pointer is; NULL: none */
};

struct codist_plot_series {
	char *name;
	struct codist_plot_point *points; /* [n] */
	size_t n, capacity;
};

/* Start with {0}, a name, a title and axes; codist_plot_end() releases it. */
struct codist_plot {
	const char *name;        /* of files, without an ending */
	const char *title;       /* of files, which have no page around them */
	const char *description; /* to whoever cannot see it */
	const char *caption;
	struct codist_plot_axis x, y;
	int is_joined; /* 1: the points of a series are */
	struct codist_plot_series series[CODIST_SERIES];
	struct codist_plot_series guide; /* a line through its points */
	const char *guide_name;
	int failed;
};

/* series < CODIST_SERIES; names and notes are copied. */
void codist_plot_name(struct codist_plot *plot, size_t series,
		      const char *name);
void codist_plot_point(struct codist_plot *plot, size_t series,
		       struct codist_plot_point point);
void codist_plot_guide(struct codist_plot *plot, double x, double y);

/* Draw it on the page, with a legend, and into files where these are wanted. */
void codist_plot_end(struct codist_plot *plot, struct codist_page *page);

#endif
