/*
 * report_drawing.h - a figure as lines, marks and words, for a page or a file
 *
 * Lengths are points from the upper left corner. Drawing does not fail: being
 * out of memory is remembered in `failed`.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_STUDY_REPORT_DRAWING_H
#define CODIST_STUDY_REPORT_DRAWING_H

#include "study/report_page.h"

/* More would be told apart by nobody. */
#define CODIST_SERIES 8

/* What a line is: its look is the page's, or the file's. */
enum codist_ink {
	CODIST_INK_GRID,
	CODIST_INK_AXIS,
	CODIST_INK_THIN,     /* that leads to a name */
	CODIST_INK_BAR,      /* that joins methods */
	CODIST_INK_GUIDE,    /* that nothing was found to be on; broken */
	CODIST_INK_INTERVAL, /* of a series */
	CODIST_INK_LINE,     /* likewise */
	CODIST_INKS
};
extern const char *const codist_ink_names[CODIST_INKS];

enum codist_shape_kind { CODIST_SHAPE_LINE, CODIST_SHAPE_MARK, CODIST_SHAPE_WORDS };

struct codist_shape {
	enum codist_shape_kind kind;
	enum codist_ink ink;
	size_t series;   /* of marks, intervals and lines */
	size_t first, n; /* points of a line, among those of the drawing */
	double x, y;     /* of marks, and of the base line of words */
	double align;    /* of words: 0 they begin at x, 0.5 their middle, 1 end */
	int is_upright;  /* 1: words are turned to the left */
	char *text;      /* words, or the note of a mark; NULL: none */
};

/* Start with {0} and a size. */
struct codist_drawing {
	double width, height;
	struct codist_shape *shapes; /* [n] in order */
	size_t n, capacity;
	double *points; /* [n_points][2] */
	size_t n_points, points_capacity;
	int failed;
};

void codist_drawing_release(struct codist_drawing *drawing);

/* points [n][2] */
void codist_drawing_line(struct codist_drawing *drawing, enum codist_ink ink,
			 size_t series, const double *points, size_t n);
void codist_drawing_mark(struct codist_drawing *drawing, size_t series,
			 double x, double y, const char *note);
void codist_drawing_words(struct codist_drawing *drawing, double x, double y,
			  double align, int is_upright, const char *words);

/* The corners [n][2] of a mark around its middle; 0: it is a disc, of radius 4. */
#define CODIST_CORNERS 12
size_t codist_mark_corners(size_t series, const double **corners);

/*
 * codist_drawing_put() adds it to a page of HTML; in others nothing is drawn.
 *
 *   kind          a class of the style, "" for none
 *   description   for whoever cannot see it: what it shows is to stand in a
 *                 table as well
 */
void codist_drawing_put(const struct codist_drawing *drawing,
			struct codist_page *page, const char *kind,
			const char *description, const char *caption);

/* A legend of series, below it; names [CODIST_SERIES], NULL: not there. */
void codist_legend_put(struct codist_page *page, char *const *names);

#endif
