/*
 * report_figures.c - the figures of a report as files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/canvas.h"
#include "experiment/label.h"
#include "study/report_figures.h"

#include "base/system.h"

#include <codist/output.h>

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <sys/stat.h>

#define TITLE_SIZE 12
#define TITLE_HEIGHT 26
#define LETTER_SIZE 9.5
#define CAPITAL 3.4 /* half the height of a capital, above the base line */
#define LEGEND_ROW 16
#define MARGIN 14
#define DASH 5.0
#define GAP 3.0

static const char *const endings[] = { "svg", "png", "pdf" };

static const struct codist_colour ink = { 0.114, 0.122, 0.133 };
static const struct codist_colour soft = { 0.357, 0.376, 0.408 };

/* The page's colours in the light. */
static const struct codist_colour colours[CODIST_SERIES] = {
	{ 0.122, 0.373, 0.659 }, { 0.710, 0.322, 0.106 },
	{ 0.165, 0.490, 0.310 }, { 0.576, 0.208, 0.553 },
	{ 0.541, 0.427, 0.000 }, { 0.702, 0.153, 0.235 },
	{ 0.059, 0.478, 0.525 }, { 0.357, 0.376, 0.408 },
};

static const struct look {
	double width;
	struct codist_colour colour; /* of what is of no series */
} looks[CODIST_INKS] = {
	[CODIST_INK_GRID] = { 0.75, { 0.851, 0.855, 0.839 } },
	[CODIST_INK_AXIS] = { 1, { 0.459, 0.475, 0.498 } },
	[CODIST_INK_THIN] = { 0.75, { 0.459, 0.475, 0.498 } },
	[CODIST_INK_BAR] = { 3.5, { 0.114, 0.122, 0.133 } },
	[CODIST_INK_GUIDE] = { 1.25, { 0.459, 0.475, 0.498 } },
	[CODIST_INK_INTERVAL] = { 0.75, { 0, 0, 0 } },
	[CODIST_INK_LINE] = { 1.5, { 0, 0, 0 } },
};

static char *path_of(const char *folder, const char *name, const char *ending)
{
	return codist_text_format("%s/%s.%s", folder, name, ending);
}

enum codist_status codist_figures_check(const char *folder,
					struct codist_error *err)
{
	char *path;
	enum codist_status status;

	if (mkdir(folder, 0777) != 0 && errno != EEXIST)
		return codist_cannot(err, folder, "make", errno);
	path = path_of(folder, "confusion-01", endings[0]);
	if (!path)
		return codist_no_memory(err, folder);
	status = codist_draw_check(path, err);
	free(path);
	return status;
}

static int is_wanted(const struct codist_figures *figures)
{
	return figures && figures->folder && figures->status == CODIST_OK;
}

void codist_figures_write(struct codist_figures *figures, const char *name,
			  const char *ending, const struct codist_text *text)
{
	struct codist_error *err = &figures->err;
	struct codist_output output;
	char *path = path_of(figures->folder, name, ending);

	figures->status = path && !text->failed ?
		codist_output_open(&output, path, err) :
		codist_no_memory(err, name);
	if (figures->status == CODIST_OK) {
		/* Of a stream that failed, finishing tells. */
		fwrite(text->chars, 1, text->length, output.file);
		figures->status = codist_output_finish(&output, err);
	}
	free(path);
}

/* A line in pieces: the canvas has whole ones only. */
static void draw_broken(struct codist_canvas *canvas, const double *points,
			size_t n, double top, const struct look *look)
{
	for (size_t i = 1; i < n; i++) {
		const double *from = points + 2 * (i - 1), *to = points + 2 * i;
		double x = to[0] - from[0], y = to[1] - from[1];
		double length = sqrt(x * x + y * y);

		for (double at = 0; at < length; at += DASH + GAP) {
			double end = fmin(at + DASH, length);

			codist_canvas_line(canvas, from[0] + x * at / length,
					   top + from[1] + y * at / length,
					   from[0] + x * end / length,
					   top + from[1] + y * end / length,
					   look->width, look->colour);
		}
	}
}

static void draw_line(struct codist_canvas *canvas,
		      const struct codist_drawing *drawing,
		      const struct codist_shape *line, double top)
{
	const double *points = drawing->points + 2 * line->first;
	const struct look *look = &looks[line->ink];
	int is_of_series = line->ink == CODIST_INK_LINE ||
			   line->ink == CODIST_INK_INTERVAL;

	if (line->ink == CODIST_INK_GUIDE) {
		draw_broken(canvas, points, line->n, top, look);
		return;
	}
	for (size_t i = 1; i < line->n; i++)
		codist_canvas_line(canvas, points[2 * i - 2],
				   top + points[2 * i - 1], points[2 * i],
				   top + points[2 * i + 1], look->width,
				   is_of_series ? colours[line->series] :
						  look->colour);
}

static void draw_mark(struct codist_canvas *canvas, size_t series, double x,
		      double y)
{
	static const struct codist_colour white = { 1, 1, 1 };
	double moved[2 * CODIST_CORNERS];
	const double *corners;
	size_t n = codist_mark_corners(series, &corners);

	for (size_t i = 0; i < n; i++) {
		moved[2 * i] = x + corners[2 * i];
		moved[2 * i + 1] = y + corners[2 * i + 1];
	}
	if (n == 0)
		codist_canvas_disc(canvas, x, y, 4, colours[series], white);
	else
		codist_canvas_polygon(canvas, n, moved, colours[series],
				      white);
}

/* Text that may be anything; 0: out of memory. */
static int draw_words(struct codist_canvas *canvas, double x, double y,
		      const struct codist_lettering *lettering, double width,
		      const char *words)
{
	char *label = codist_label_new(words, lettering->size, width);

	if (!label)
		return 0;
	codist_canvas_text(canvas, x, y, lettering, label);
	free(label);
	return 1;
}

static int draw_shape(struct codist_canvas *canvas,
		      const struct codist_drawing *drawing,
		      const struct codist_shape *shape, double top)
{
	struct codist_lettering lettering = {
		.size = LETTER_SIZE, .align = shape->align,
		.degrees = shape->is_upright ? 90 : 0, .colour = soft,
	};

	switch (shape->kind) {
	case CODIST_SHAPE_LINE:
		draw_line(canvas, drawing, shape, top);
		break;
	case CODIST_SHAPE_MARK:
		draw_mark(canvas, shape->series, shape->x, top + shape->y);
		break;
	case CODIST_SHAPE_WORDS:
		return draw_words(canvas,
				  shape->x - (shape->is_upright ? CAPITAL : 0),
				  top + shape->y -
					  (shape->is_upright ? 0 : CAPITAL),
				  &lettering, drawing->width,
				  shape->text ? shape->text : "");
	}
	return 1;
}

static size_t count_names(char *const *names)
{
	size_t n = 0;

	for (size_t s = 0; names && s < CODIST_SERIES; s++)
		n += names[s] != NULL;
	return n;
}

static int draw_all(struct codist_canvas *canvas, const char *title,
		    const struct codist_drawing *drawing, char *const *names)
{
	const struct codist_lettering heading = {
		.size = TITLE_SIZE, .align = 0.5, .colour = ink,
	}, name = { .size = LETTER_SIZE, .colour = ink };
	double width = drawing->width - 2 * MARGIN;
	double y = TITLE_HEIGHT + drawing->height + LEGEND_ROW / 2.0;
	int is_drawn = draw_words(canvas, drawing->width / 2,
				  TITLE_HEIGHT / 2.0, &heading, width, title);

	for (size_t i = 0; i < drawing->n; i++)
		is_drawn &= draw_shape(canvas, drawing, &drawing->shapes[i],
				       TITLE_HEIGHT);
	for (size_t s = 0; names && s < CODIST_SERIES; s++) {
		if (!names[s])
			continue;
		draw_mark(canvas, s, MARGIN + 5, y);
		is_drawn &= draw_words(canvas, MARGIN + 16, y, &name,
				       width - 16, names[s]);
		y += LEGEND_ROW;
	}
	return is_drawn;
}

static enum codist_status draw_file(const char *path, const char *title,
				    const struct codist_drawing *drawing,
				    char *const *names,
				    struct codist_error *err)
{
	struct codist_canvas *canvas;

	CODIST_TRY(codist_canvas_new(
		&canvas, path, drawing->width,
		TITLE_HEIGHT + drawing->height + MARGIN / 2.0 +
			(double)(LEGEND_ROW * count_names(names)), err));
	if (draw_all(canvas, title, drawing, names))
		return codist_canvas_finish(canvas, err);
	codist_canvas_abandon(canvas);
	return codist_no_memory(err, path);
}

void codist_figures_draw(struct codist_figures *figures, const char *name,
			 const char *title,
			 const struct codist_drawing *drawing,
			 char *const *names)
{
	for (size_t i = 0; i < 3 && is_wanted(figures); i++) {
		char *path = path_of(figures->folder, name, endings[i]);

		figures->status = path && !drawing->failed ?
			draw_file(path, title, drawing, names, &figures->err) :
			codist_no_memory(&figures->err, name);
		free(path);
	}
}

void codist_figures_confusion(struct codist_figures *figures, const char *name,
			      const char *title,
			      const struct codist_confusion *confusion,
			      char *const *class_names)
{
	for (size_t i = 0; i < 3 && is_wanted(figures); i++) {
		char *path = path_of(figures->folder, name, endings[i]);

		figures->status = path ?
			codist_draw_confusion(path, confusion,
					      (const char *const *)class_names,
					      title, &figures->err) :
			codist_no_memory(&figures->err, name);
		free(path);
	}
	codist_figures_counts(figures, name, title, confusion, class_names);
}
