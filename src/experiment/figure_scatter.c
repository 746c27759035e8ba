/*
 * figure_scatter.c - named points in a plane, with colours for their classes
 *
 * All lengths are points. Both axes have the same scale, since it is distances
 * that are to be seen.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/text.h"
#include "experiment/canvas.h"
#include "experiment/label.h"
#include "experiment/mark.h"

#include <codist/output.h>

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define MARGIN 14
#define GAP 6
#define TITLE_SIZE 12
#define TITLE_HEIGHT 24
#define AXIS_SIZE 11
#define AXIS_HEIGHT 20
#define TICK_SIZE 9
#define TICK_HEIGHT 16
#define TICK_LENGTH 4
#define TICK_WIDTH 40
#define MOST_TICKS 20 /* far from 0, rounding may keep them from growing */
#define NAME_SIZE 9
#define NAME_HEIGHT 9
#define WIDEST_NAME 140
#define WIDEST_TITLE 480
#define LEGEND_SIZE 10
#define LEGEND_HEIGHT 15
#define LARGEST_RANGE 440
#define SMALLEST_RANGE 160
#define BORDER 28     /* within the frame, around all points */
#define RADIUS 3.5
#define WIDEST_RADIUS (CODIST_MARK_WIDEST * RADIUS)
#define MOST_NAMES 300 /* beyond, they are a blur that takes long */

static const struct codist_colour black = { 0.1, 0.1, 0.1 };
static const struct codist_colour pale = { 0.45, 0.45, 0.45 };
static const struct codist_colour paler = { 0.88, 0.88, 0.88 };

/*
 * M. Okabe and K. Ito, Color Universal Design (2002): colours that people of
 * any kind of colour vision tell apart. Black is left for what is no class,
 * and yellow comes last, since it is weak on white.
 */
static const struct codist_colour palette[] = {
	{ 0.00, 0.45, 0.70 }, { 0.90, 0.60, 0.00 }, { 0.00, 0.62, 0.45 },
	{ 0.80, 0.40, 0.00 }, { 0.80, 0.60, 0.70 }, { 0.35, 0.70, 0.90 },
	{ 0.95, 0.90, 0.25 },
};

#define N_COLOURS (sizeof(palette) / sizeof(palette[0]))

struct figure {
	const struct codist_scatter *scatter;
	char *title;                 /* NULL: none */
	struct codist_labels names;  /* of points; none: n is 0 */
	struct codist_labels classes;
	struct codist_box plot;      /* the frame */
	double scale;                /* points to a unit */
	double middle_x, middle_y;   /* in units */
	double width, height;
	struct codist_box *placed;   /* [n_placed], names drawn */
	size_t n_placed;
};

static double page_x(const struct figure *figure, double x)
{
	return figure->plot.x + figure->plot.width / 2 +
	       (x - figure->middle_x) * figure->scale;
}

static double page_y(const struct figure *figure, double y)
{
	return figure->plot.y + figure->plot.height / 2 -
	       (y - figure->middle_y) * figure->scale;
}

static double range_of(const double *values, size_t n, double *middle)
{
	double least = values[0], most = values[0];

	for (size_t i = 1; i < n; i++) {
		least = fmin(least, values[i]);
		most = fmax(most, values[i]);
	}
	*middle = least / 2 + most / 2;
	return most - least;
}

static void arrange(struct figure *figure)
{
	const struct codist_scatter *scatter = figure->scatter;
	double across = range_of(scatter->x, scatter->n, &figure->middle_x);
	double up = range_of(scatter->y, scatter->n, &figure->middle_y);
	double range = fmax(across, up), legend = 0, legend_height;
	double left = MARGIN + AXIS_HEIGHT + TICK_WIDTH;
	double top = MARGIN + (figure->title ? TITLE_HEIGHT : 0);

	figure->scale = LARGEST_RANGE / (range > 0 ? range : 1);
	figure->plot = (struct codist_box){
		left, top,
		ceil(fmax(across * figure->scale, SMALLEST_RANGE)) +
			2 * BORDER,
		ceil(fmax(up * figure->scale, SMALLEST_RANGE)) + 2 * BORDER,
	};
	if (figure->classes.n > 0)
		legend = 2 * GAP + 4 * RADIUS + figure->classes.width;
	legend_height = LEGEND_HEIGHT * (double)figure->classes.n;
	figure->width = ceil(left + figure->plot.width + legend + MARGIN);
	if (figure->title)
		figure->width = ceil(fmax(
			figure->width,
			2 * MARGIN + codist_text_width(figure->title,
						       TITLE_SIZE)));
	figure->height = ceil(top + fmax(figure->plot.height, legend_height) +
			      TICK_HEIGHT + 2 * AXIS_HEIGHT + MARGIN);
}

/* With the colours gone round, the shapes change. */
static void draw_mark(struct codist_canvas *canvas, double x, double y,
		      const unsigned *class)
{
	unsigned c = class ? *class : 0;

	codist_mark_draw(canvas, x, y, RADIUS, c / N_COLOURS,
			 palette[c % N_COLOURS], black);
}

/* A round step, 1, 2 or 5 times a power of ten, about 80 points wide. */
static double step_of(const struct figure *figure)
{
	double units = 80 / figure->scale;
	double power = pow(10, floor(log10(units)));

	return power * (units / power < 2 ? 1 : units / power < 5 ? 2 : 5);
}

static void draw_ticks(const struct figure *figure,
		       struct codist_canvas *canvas)
{
	struct codist_box plot = figure->plot;
	double left = figure->middle_x - plot.width / 2 / figure->scale;
	double bottom = figure->middle_y - plot.height / 2 / figure->scale;
	double step = step_of(figure);
	struct codist_lettering number = {
		.size = TICK_SIZE, .align = 0.5, .colour = black,
	};
	char text[CODIST_REAL_SIZE];

	for (unsigned t = 0; t < MOST_TICKS; t++) {
		double value = step * (t + ceil(left / step));
		double x = page_x(figure, value);

		if (!(x <= plot.x + plot.width))
			break;
		snprintf(text, sizeof(text), "%.6g", value + 0.0);
		codist_canvas_fill(canvas, (struct codist_box){
			x - 0.25, plot.y, 0.5, plot.height }, paler);
		codist_canvas_text(canvas, x, plot.y + plot.height +
				   TICK_HEIGHT * 0.6, &number, text);
	}
	number.align = 1;
	/* Without a name, up means nothing. */
	for (unsigned t = 0; figure->scatter->y_label && t < MOST_TICKS; t++) {
		double value = step * (t + ceil(bottom / step));
		double y = page_y(figure, value);

		if (!(y >= plot.y))
			break;
		snprintf(text, sizeof(text), "%.6g", value + 0.0);
		codist_canvas_fill(canvas, (struct codist_box){
			plot.x, y - 0.25, plot.width, 0.5 }, paler);
		codist_canvas_text(canvas, plot.x - TICK_LENGTH, y, &number,
				   text);
	}
	codist_canvas_frame(canvas, plot, 1, black);
}

static void draw_axes(const struct figure *figure,
		      struct codist_canvas *canvas)
{
	const struct codist_scatter *scatter = figure->scatter;
	struct codist_box plot = figure->plot;
	struct codist_lettering across = {
		.size = AXIS_SIZE, .align = 0.5, .colour = black,
	};
	struct codist_lettering upright = across, title = across;

	upright.degrees = 90;
	title.size = TITLE_SIZE;
	if (scatter->x_label)
		codist_canvas_text(canvas, plot.x + plot.width / 2,
				   plot.y + plot.height + TICK_HEIGHT +
					   AXIS_HEIGHT / 2.0,
				   &across, scatter->x_label);
	if (scatter->y_label)
		codist_canvas_text(canvas, MARGIN + AXIS_SIZE * 0.4,
				   plot.y + plot.height / 2, &upright,
				   scatter->y_label);
	if (figure->title)
		codist_canvas_text(canvas, figure->width / 2,
				   MARGIN + TITLE_SIZE * 0.4, &title,
				   figure->title);
}

static void draw_legend(const struct figure *figure,
			struct codist_canvas *canvas)
{
	struct codist_lettering name = {
		.size = LEGEND_SIZE, .colour = black,
	};
	double x = figure->plot.x + figure->plot.width + GAP + 2 * RADIUS;

	for (unsigned c = 0; c < figure->classes.n; c++) {
		double y = figure->plot.y + LEGEND_HEIGHT * (c + 0.5);

		draw_mark(canvas, x, y, &c);
		codist_canvas_text(canvas, x + 2 * RADIUS + GAP, y, &name,
				   figure->classes.texts[c]);
	}
}

static int overlap(struct codist_box a, struct codist_box b)
{
	return a.x < b.x + b.width && b.x < a.x + a.width &&
	       a.y < b.y + b.height && b.y < a.y + a.height;
}

static int is_free(const struct figure *figure, struct codist_box box)
{
	const struct codist_scatter *scatter = figure->scatter;
	struct codist_box plot = figure->plot;

	if (box.x < plot.x || box.x + box.width > plot.x + plot.width ||
	    box.y < plot.y || box.y + box.height > plot.y + plot.height)
		return 0;
	for (size_t i = 0; i < figure->n_placed; i++)
		if (overlap(box, figure->placed[i]))
			return 0;
	for (size_t i = 0; i < scatter->n; i++) {
		struct codist_box mark = {
			page_x(figure, scatter->x[i]) - WIDEST_RADIUS,
			page_y(figure, scatter->y[i]) - WIDEST_RADIUS,
			2 * WIDEST_RADIUS, 2 * WIDEST_RADIUS,
		};

		if (overlap(box, mark))
			return 0;
	}
	return 1;
}

/* A free place for the name of point i: beside it, above, below; 0: none. */
static int find_place(struct figure *figure, size_t i, struct codist_box *box)
{
	/* The part of the name's box, and of the radius, to move it by. */
	static const double places[][4] = {
		{ 0, -0.5, 1.5, 0 },      { -1, -0.5, -1.5, 0 },
		{ -0.5, -1, 0, -1.5 },    { -0.5, 0, 0, 1.5 },
		{ 0, -1, 1.35, -1.35 },   { 0, 0, 1.35, 1.35 },
		{ -1, -1, -1.35, -1.35 }, { -1, 0, -1.35, 1.35 },
	};
	const struct codist_scatter *scatter = figure->scatter;
	double x = page_x(figure, scatter->x[i]);
	double y = page_y(figure, scatter->y[i]);

	box->width = codist_text_width(figure->names.texts[i], NAME_SIZE);
	box->height = NAME_HEIGHT;
	for (size_t p = 0; p < sizeof(places) / sizeof(places[0]); p++) {
		box->x = x + places[p][0] * box->width +
			 places[p][2] * RADIUS;
		box->y = y + places[p][1] * box->height +
			 places[p][3] * RADIUS;
		if (is_free(figure, *box))
			return 1;
	}
	return 0;
}

static void draw_names(struct figure *figure, struct codist_canvas *canvas)
{
	struct codist_lettering name = { .size = NAME_SIZE, .colour = black };
	size_t n_left_out = figure->scatter->n - figure->names.n;
	char text[128];

	for (size_t i = 0; i < figure->names.n; i++) {
		struct codist_box box;

		if (!find_place(figure, i, &box)) {
			n_left_out++;
			continue;
		}
		figure->placed[figure->n_placed++] = box;
		codist_canvas_text(canvas, box.x, box.y + box.height / 2,
				   &name, figure->names.texts[i]);
	}
	if (n_left_out == 0)
		return;
	name.colour = pale;
	snprintf(text, sizeof(text),
		 "%zu of %zu points are without name, for want of room",
		 n_left_out, figure->scatter->n);
	codist_canvas_text(canvas, MARGIN, figure->height - MARGIN, &name,
			   text);
}

static enum codist_status draw(struct figure *figure, const char *path,
			       struct codist_error *err)
{
	const struct codist_scatter *scatter = figure->scatter;
	struct codist_canvas *canvas;

	CODIST_TRY(codist_canvas_new(&canvas, path, figure->width,
				     figure->height, err));
	draw_ticks(figure, canvas);
	draw_axes(figure, canvas);
	draw_legend(figure, canvas);
	for (size_t i = 0; i < scatter->n; i++)
		draw_mark(canvas, page_x(figure, scatter->x[i]),
			  page_y(figure, scatter->y[i]),
			  scatter->classes ? &scatter->classes[i] : NULL);
	draw_names(figure, canvas);
	return codist_canvas_finish(canvas, err);
}

static enum codist_status prepare(struct figure *figure, const char *path,
				  struct codist_error *err)
{
	const struct codist_scatter *scatter = figure->scatter;

	for (size_t i = 0; i < scatter->n; i++)
		if (!isfinite(scatter->x[i]) || !isfinite(scatter->y[i]))
			return codist_fail(err, CODIST_EFORMAT,
					   "%s: point %zu '%s' has no place: "
					   "%g, %g", path, i + 1,
					   scatter->names[i], scatter->x[i],
					   scatter->y[i]);
	if (scatter->classes && scatter->n_classes > CODIST_SCATTER_CLASSES)
		return codist_fail(err, CODIST_EUSAGE,
				   "%s: %zu classes, expected at most %d, as "
				   "there are colours and shapes", path,
				   scatter->n_classes, CODIST_SCATTER_CLASSES);
	if (scatter->n <= MOST_NAMES)
		CODIST_TRY(codist_labels_init(&figure->names, scatter->n,
					      scatter->names, NAME_SIZE,
					      WIDEST_NAME, err));
	if (scatter->classes)
		CODIST_TRY(codist_labels_init(&figure->classes,
					      scatter->n_classes,
					      scatter->class_names,
					      LEGEND_SIZE, WIDEST_NAME, err));
	figure->placed = calloc(scatter->n, sizeof(*figure->placed));
	if (scatter->title)
		figure->title = codist_label_new(scatter->title, TITLE_SIZE,
						 WIDEST_TITLE);
	return figure->placed && (figure->title || !scatter->title) ?
		       CODIST_OK : codist_no_memory(err, path);
}

enum codist_status codist_draw_scatter(const char *path,
				       const struct codist_scatter *scatter,
				       struct codist_error *err)
{
	struct figure figure = { .scatter = scatter };
	enum codist_status status;

	assert(scatter->n > 0);
	static_assert(N_COLOURS * CODIST_MARK_SHAPES == CODIST_SCATTER_CLASSES,
		      "as many classes as marks");
	status = prepare(&figure, path, err);
	if (status == CODIST_OK) {
		arrange(&figure);
		status = draw(&figure, path, err);
	}
	codist_labels_release(&figure.names);
	codist_labels_release(&figure.classes);
	free(figure.placed);
	free(figure.title);
	return status;
}
