/*
 * figure_confusion.c - a confusion matrix to look at
 *
 * All lengths are points. The cells are as small as the counts allow, so that
 * a few classes do not make a poster, nor many a blur.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/canvas.h"
#include "experiment/label.h"
#include "experiment/shade.h"

#include <codist/output.h>

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#define MARGIN 14
#define GAP 6
#define TITLE_SIZE 12
#define TITLE_HEIGHT 24
#define WIDEST_TITLE 480
#define AXIS_SIZE 11
#define AXIS_HEIGHT 20
#define NAME_SIZE 10
#define NAME_HEIGHT 13
#define WIDEST_NAME 160
#define BAR_GAP 18
#define BAR_WIDTH 12
#define BAR_STEPS 128
#define BAR_TICKS 4
#define LARGEST_CELL 64
#define USUAL_GRID 340
#define SMALLEST_GRID 128 /* as long as the name of the bar */

static const struct codist_colour black = { 0.1, 0.1, 0.1 };
static const struct codist_colour pale = { 0.55, 0.55, 0.55 };
static const struct codist_colour between_cells = { 0.88, 0.88, 0.88 };

struct figure {
	const struct codist_confusion *confusion;
	char *title;            /* NULL: none */
	struct codist_labels names;
	double count_size;
	double cell;            /* the side of a cell, whole points */
	struct codist_box grid; /* all cells */
	struct codist_box bar;
	int slanted;            /* the names of the columns */
	double width, height;
};

static double widest_count(const struct codist_confusion *confusion,
			   double size)
{
	size_t n = confusion->n_classes, most = 0;
	char text[32];

	for (size_t i = 0; i < n * n; i++)
		if (confusion->counts[i] > most)
			most = confusion->counts[i];
	snprintf(text, sizeof(text), "%zu", most);
	return codist_text_width(text, size);
}

static void arrange(struct figure *figure)
{
	size_t n = figure->confusion->n_classes;
	double smallest, side, left, top, names_height, content;

	figure->count_size = n <= 12 ? 10 : 8;
	smallest = GAP + fmax(widest_count(figure->confusion,
					   figure->count_size), NAME_HEIGHT);
	figure->cell = ceil(fmax(fmin(LARGEST_CELL, USUAL_GRID / (double)n),
				 fmax(SMALLEST_GRID / (double)n, smallest)));
	side = figure->cell * (double)n;
	figure->slanted = figure->names.width > figure->cell - 4;
	names_height = figure->slanted ?
		(figure->names.width + NAME_HEIGHT) * sqrt(0.5) : NAME_HEIGHT;

	left = ceil(MARGIN + AXIS_HEIGHT + figure->names.width + GAP);
	top = figure->title ? MARGIN + TITLE_HEIGHT : MARGIN;
	content = left + side + BAR_GAP + BAR_WIDTH + GAP +
		  codist_text_width("100 %", NAME_SIZE) + GAP + AXIS_HEIGHT +
		  MARGIN;
	figure->width = content;
	if (figure->title)
		figure->width =
			fmax(content, 2 * MARGIN +
			     codist_text_width(figure->title, TITLE_SIZE));
	figure->width = ceil(figure->width);
	left += floor((figure->width - content) / 2);
	figure->height = ceil(top + side + GAP + names_height + AXIS_HEIGHT +
			      MARGIN);
	figure->grid = (struct codist_box){ left, top, side, side };
	figure->bar = (struct codist_box){ left + side + BAR_GAP, top,
					   BAR_WIDTH, side };
}

static void draw_cell(const struct figure *figure,
		      struct codist_canvas *canvas, size_t row, size_t column,
		      double share)
{
	size_t n = figure->confusion->n_classes;
	size_t count = figure->confusion->counts[row * n + column];
	double cell = figure->cell;
	struct codist_box box = {
		figure->grid.x + cell * (double)column,
		figure->grid.y + cell * (double)row, cell, cell,
	};
	struct codist_lettering number = {
		.size = figure->count_size,
		.align = 0.5,
		.colour = count ? codist_shade_ink(share) : pale,
	};
	char text[32];

	snprintf(text, sizeof(text), "%zu", count);
	codist_canvas_fill(canvas, box, between_cells);
	box.width -= 0.5;
	box.height -= 0.5;
	codist_canvas_fill(canvas, box, codist_shade(share));
	codist_canvas_text(canvas, box.x + cell / 2, box.y + cell / 2, &number,
			   text);
}

static void draw_cells(const struct figure *figure,
		       struct codist_canvas *canvas)
{
	size_t n = figure->confusion->n_classes;

	for (size_t row = 0; row < n; row++) {
		const size_t *counts = figure->confusion->counts + row * n;
		size_t total = 0;

		for (size_t i = 0; i < n; i++)
			total += counts[i];
		for (size_t i = 0; i < n; i++)
			draw_cell(figure, canvas, row, i,
				  total ? (double)counts[i] / (double)total :
					  0);
	}
	codist_canvas_frame(canvas, figure->grid, 1, black);
}

static void draw_names(const struct figure *figure,
		       struct codist_canvas *canvas)
{
	struct codist_lettering of_row = {
		.size = NAME_SIZE, .align = 1, .colour = black,
	};
	struct codist_lettering of_column = {
		.size = NAME_SIZE,
		.align = figure->slanted ? 1 : 0.5,
		.degrees = figure->slanted ? 45 : 0,
		.colour = black,
	};
	struct codist_box grid = figure->grid;

	for (size_t i = 0; i < figure->confusion->n_classes; i++) {
		double middle = ((double)i + 0.5) * figure->cell;

		codist_canvas_text(canvas, grid.x - GAP, grid.y + middle,
				   &of_row, figure->names.texts[i]);
		codist_canvas_text(canvas, grid.x + middle,
				   grid.y + grid.height + GAP +
				   NAME_SIZE * 0.4,
				   &of_column, figure->names.texts[i]);
	}
}

/* Above the grid, or as near to that as the page allows. */
static double middle_of_title(const struct figure *figure)
{
	double half = codist_text_width(figure->title, TITLE_SIZE) / 2;
	double middle = figure->grid.x + figure->grid.width / 2;

	return fmin(fmax(middle, MARGIN + half),
		    figure->width - MARGIN - half);
}

static void draw_axes(const struct figure *figure,
		      struct codist_canvas *canvas)
{
	struct codist_lettering across = {
		.size = AXIS_SIZE, .align = 0.5, .colour = black,
	};
	struct codist_lettering upright = across, title = across;
	struct codist_box grid = figure->grid;

	upright.degrees = 90;
	title.size = TITLE_SIZE;
	codist_canvas_text(canvas, grid.x + grid.width / 2,
			   figure->height - MARGIN - AXIS_SIZE * 0.4, &across,
			   "predicted");
	codist_canvas_text(canvas, grid.x - GAP - figure->names.width -
			   AXIS_HEIGHT + AXIS_SIZE * 0.4,
			   grid.y + grid.height / 2, &upright, "true");
	if (figure->title)
		codist_canvas_text(canvas, middle_of_title(figure),
				   MARGIN + TITLE_SIZE * 0.4, &title,
				   figure->title);
}

static void draw_bar(const struct figure *figure, struct codist_canvas *canvas)
{
	struct codist_box bar = figure->bar, rest = bar;
	struct codist_lettering tick = {
		.size = NAME_SIZE, .align = 0, .colour = black,
	};
	struct codist_lettering name = {
		.size = AXIS_SIZE, .align = 0.5, .degrees = 90,
		.colour = black,
	};

	/* Each shade down to the bottom: neighbours then show no seams. */
	for (unsigned i = 0; i < BAR_STEPS; i++) {
		rest.y = bar.y + bar.height * i / BAR_STEPS;
		rest.height = bar.y + bar.height - rest.y;
		codist_canvas_fill(canvas, rest,
				   codist_shade(1 - (i + 0.5) / BAR_STEPS));
	}
	codist_canvas_frame(canvas, bar, 1, black);
	for (unsigned i = 0; i <= BAR_TICKS; i++) {
		char text[32];
		double y = bar.y + bar.height * (1 - (double)i / BAR_TICKS);

		snprintf(text, sizeof(text), "%u %%", 100 * i / BAR_TICKS);
		codist_canvas_text(canvas, bar.x + bar.width + GAP, y, &tick,
				   text);
	}
	codist_canvas_text(canvas, bar.x + bar.width + GAP +
			   codist_text_width("100 %", NAME_SIZE) + GAP +
			   AXIS_SIZE * 0.4,
			   bar.y + bar.height / 2, &name,
			   "share of the true class");
}

static enum codist_status draw(const struct figure *figure, const char *path,
			       struct codist_error *err)
{
	struct codist_canvas *canvas;

	CODIST_TRY(codist_canvas_new(&canvas, path, figure->width,
				     figure->height, err));
	draw_cells(figure, canvas);
	draw_names(figure, canvas);
	draw_axes(figure, canvas);
	draw_bar(figure, canvas);
	return codist_canvas_finish(canvas, err);
}

enum codist_status
codist_draw_confusion(const char *path,
		      const struct codist_confusion *confusion,
		      const char *const *class_names, const char *title,
		      struct codist_error *err)
{
	struct figure figure = { .confusion = confusion };
	enum codist_status status;

	assert(confusion->n_classes > 0);
	status = codist_labels_init(&figure.names, confusion->n_classes,
				    class_names, NAME_SIZE, WIDEST_NAME, err);
	if (status == CODIST_OK && title) {
		figure.title = codist_label_new(title, TITLE_SIZE,
						WIDEST_TITLE);
		if (!figure.title)
			status = codist_no_memory(err, title);
	}
	if (status == CODIST_OK) {
		arrange(&figure);
		status = draw(&figure, path, err);
	}
	codist_labels_release(&figure.names);
	free(figure.title);
	return status;
}
