/*
 * canvas.h - a page to draw on, which becomes a PNG, an SVG or a PDF
 *
 * Lengths are points, 1/72 inch, from the upper left corner; a PNG has 2
 * pixels to a point. Drawing does not fail: what goes wrong is remembered, and
 * codist_canvas_finish() reports it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_EXPERIMENT_CANVAS_H
#define CODIST_EXPERIMENT_CANVAS_H

#include <codist/base.h>

struct codist_canvas;

/* sRGB, each within 0..1. */
struct codist_colour {
	double red, green, blue;
};

struct codist_box {
	double x, y, width, height;
};

/*
 * codist_canvas_new() starts a white page of that size. The caller ends it
 * with exactly one of finish and abandon. As for codist_draw_confusion(), the
 * path decides the format, and CODIST_EMISSING means that there is no cairo.
 */
enum codist_status codist_canvas_new(struct codist_canvas **canvas,
				     const char *path, double width,
				     double height, struct codist_error *err)
	CODIST_MUST_USE;

/* codist_canvas_finish() writes the page and frees the canvas. */
enum codist_status codist_canvas_finish(struct codist_canvas *canvas,
					struct codist_error *err)
	CODIST_MUST_USE;

/* codist_canvas_abandon() frees the canvas and leaves no file. */
void codist_canvas_abandon(struct codist_canvas *canvas);

void codist_canvas_fill(struct codist_canvas *canvas, struct codist_box box,
			struct codist_colour colour);

/* codist_canvas_frame() draws a line of that width around a box. */
void codist_canvas_frame(struct codist_canvas *canvas, struct codist_box box,
			 double line_width, struct codist_colour colour);

/* codist_canvas_line() draws one with round ends. */
void codist_canvas_line(struct codist_canvas *canvas, double x, double y,
			double to_x, double to_y, double line_width,
			struct codist_colour colour);

/* codist_canvas_disc() fills a disc around x, y, with a thin line around it. */
void codist_canvas_disc(struct codist_canvas *canvas, double x, double y,
			double radius, struct codist_colour fill,
			struct codist_colour line);

/* codist_canvas_polygon() fills what corners[n][2] go around. */
void codist_canvas_polygon(struct codist_canvas *canvas, size_t n,
			   const double *corners,
			   struct codist_colour fill,
			   struct codist_colour line);

/* How text is written. */
struct codist_lettering {
	double size;
	double align;   /* what is at x: 0 its start, 0.5 its middle, 1 its end */
	double degrees; /* turned to the left around x, y */
	struct codist_colour colour;
};

/*
 * codist_canvas_text() writes a line of UTF-8 whose capitals have their middle
 * at y.
 */
void codist_canvas_text(struct codist_canvas *canvas, double x, double y,
			const struct codist_lettering *lettering,
			const char *text);

/*
 * codist_canvas_grey() draws an image with its upper left corner at x, y,
 * where each byte of bytes[n_rows][n_columns] is a square point from 0, black,
 * to 255, white.
 */
void codist_canvas_grey(struct codist_canvas *canvas, double x, double y,
			size_t n_columns, size_t n_rows,
			const unsigned char *bytes);

/* codist_text_width() is how wide codist_canvas_text() would write a line. */
double codist_text_width(const char *text, double size);

#endif
