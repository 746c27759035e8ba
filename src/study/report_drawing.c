/*
 * report_drawing.c - a figure as lines, marks and words, for a page or a file
 *
 * In a page it is SVG, with the page's colours: what belongs to series i has
 * the class s<i>.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/report_drawing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const codist_ink_names[CODIST_INKS] = {
	[CODIST_INK_GRID] = "grid", [CODIST_INK_AXIS] = "axis",
	[CODIST_INK_THIN] = "thin", [CODIST_INK_BAR] = "bar",
	[CODIST_INK_GUIDE] = "guide", [CODIST_INK_INTERVAL] = "interval",
	[CODIST_INK_LINE] = "line",
};

void codist_drawing_release(struct codist_drawing *drawing)
{
	for (size_t i = 0; i < drawing->n; i++)
		free(drawing->shapes[i].text);
	free(drawing->shapes);
	free(drawing->points);
	*drawing = (struct codist_drawing){ 0 };
}

/* Room for n more of `size`; NULL: out of memory. */
static void *reserve(void *items, size_t n, size_t *capacity, size_t more,
		     size_t size)
{
	if (n + more <= *capacity)
		return items;
	*capacity = 2 * (n + more);
	return realloc(items, *capacity * size);
}

static struct codist_shape *add(struct codist_drawing *drawing,
				struct codist_shape shape)
{
	struct codist_shape *shapes = drawing->failed ? NULL :
		reserve(drawing->shapes, drawing->n, &drawing->capacity, 1,
			sizeof(*shapes));

	if (!shapes) {
		drawing->failed = 1;
		return NULL;
	}
	drawing->shapes = shapes;
	shapes[drawing->n] = shape;
	return &shapes[drawing->n++];
}

void codist_drawing_line(struct codist_drawing *drawing, enum codist_ink ink,
			 size_t series, const double *points, size_t n)
{
	double *all = drawing->failed ? NULL :
		reserve(drawing->points, 2 * drawing->n_points,
			&drawing->points_capacity, 2 * n, sizeof(*all));

	if (!all) {
		drawing->failed = 1;
		return;
	}
	drawing->points = all;
	for (size_t i = 0; i < 2 * n; i++)
		all[2 * drawing->n_points + i] = points[i];
	add(drawing, (struct codist_shape){
		.kind = CODIST_SHAPE_LINE, .ink = ink, .series = series,
		.first = drawing->n_points, .n = n });
	drawing->n_points += n;
}

static void add_text(struct codist_drawing *drawing,
		     struct codist_shape shape, const char *text)
{
	struct codist_shape *added = add(drawing, shape);

	if (!added || !text)
		return;
	added->text = strdup(text);
	drawing->failed |= !added->text;
}

void codist_drawing_mark(struct codist_drawing *drawing, size_t series,
			 double x, double y, const char *note)
{
	add_text(drawing, (struct codist_shape){
		.kind = CODIST_SHAPE_MARK, .series = series % CODIST_SERIES,
		.x = x, .y = y }, note);
}

void codist_drawing_words(struct codist_drawing *drawing, double x, double y,
			  double align, int is_upright, const char *words)
{
	add_text(drawing, (struct codist_shape){
		.kind = CODIST_SHAPE_WORDS, .x = x, .y = y, .align = align,
		.is_upright = is_upright }, words);
}

/* Shapes differ for those to whom colours do not. */
size_t codist_mark_corners(size_t series, const double **corners)
{
	static const double shapes[CODIST_SERIES][2 * CODIST_CORNERS] = {
		{ 0 },
		{ -3.5, -3.5, 3.5, -3.5, 3.5, 3.5, -3.5, 3.5 },
		{ 0, -4.8, 4.6, 3.2, -4.6, 3.2 },
		{ 0, -5, 5, 0, 0, 5, -5, 0 },
		{ 0, 4.8, 4.6, -3.2, -4.6, -3.2 },
		{ -1.5, -4.5, 1.5, -4.5, 1.5, -1.5, 4.5, -1.5, 4.5, 1.5, 1.5,
		  1.5, 1.5, 4.5, -1.5, 4.5, -1.5, 1.5, -4.5, 1.5, -4.5, -1.5,
		  -1.5, -1.5 },
		{ -5, -2.5, 5, -2.5, 5, 2.5, -5, 2.5 },
		{ -2.5, -5, 2.5, -5, 2.5, 5, -2.5, 5 },
	};
	static const size_t n[CODIST_SERIES] = { 0, 4, 3, 4, 3, 12, 4, 4 };

	*corners = shapes[series % CODIST_SERIES];
	return n[series % CODIST_SERIES];
}

/* A coordinate: at most two decimals. */
static void put_number(struct codist_page *page, double value)
{
	char text[CODIST_REAL_SIZE];

	codist_format_fixed(value, 2, text);
	codist_page_markup(page, text);
}

static void put_pair(struct codist_page *page, double x, double y,
		     const char *between)
{
	put_number(page, x);
	codist_page_markup(page, between);
	put_number(page, y);
}

static void put_class(struct codist_page *page, const char *class,
		      size_t series)
{
	char text[64];

	snprintf(text, sizeof(text), "class=\"%s s%zu\" ", class, series);
	codist_page_markup(page, text);
}

static void put_line(struct codist_page *page,
		     const struct codist_drawing *drawing,
		     const struct codist_shape *line)
{
	const double *points = drawing->points + 2 * line->first;

	codist_page_markup(page, "<polyline ");
	if (line->ink == CODIST_INK_LINE || line->ink == CODIST_INK_INTERVAL) {
		put_class(page, codist_ink_names[line->ink], line->series);
	} else {
		codist_page_markup(page, "class=\"");
		codist_page_markup(page, codist_ink_names[line->ink]);
		codist_page_markup(page, "\" ");
	}
	codist_page_markup(page, "points=\"");
	for (size_t i = 0; i < line->n; i++) {
		codist_page_markup(page, i ? " " : "");
		put_pair(page, points[2 * i], points[2 * i + 1], ",");
	}
	codist_page_markup(page, "\"/>\n");
}

static void put_path(struct codist_page *page, size_t series, double x,
		     double y)
{
	const double *corners;
	size_t n = codist_mark_corners(series, &corners);

	codist_page_markup(page, "<path ");
	put_class(page, "point", series);
	codist_page_markup(page, "d=\"M");
	put_pair(page, x + corners[0], y + corners[1], " ");
	if (n == 0)
		codist_page_markup(page, "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0");
	for (size_t i = 1; i < n; i++) {
		codist_page_markup(page, "L");
		put_pair(page, x + corners[2 * i], y + corners[2 * i + 1], " ");
	}
	codist_page_markup(page, "z\"");
}

static void put_mark(struct codist_page *page, const struct codist_shape *mark)
{
	put_path(page, mark->series, mark->x, mark->y);
	if (mark->text) {
		codist_page_markup(page, "><title>");
		codist_page_escaped(page, mark->text);
		codist_page_markup(page, "</title></path>\n");
	} else {
		codist_page_markup(page, "/>\n");
	}
}

static void put_words(struct codist_page *page,
		      const struct codist_shape *words)
{
	codist_page_markup(page, "<text ");
	if (words->is_upright) {
		codist_page_markup(page, "transform=\"translate(");
		put_pair(page, words->x, words->y, " ");
		codist_page_markup(page, ") rotate(-90)\"");
	} else {
		codist_page_markup(page, "x=\"");
		put_pair(page, words->x, words->y, "\" y=\"");
		codist_page_markup(page, "\"");
	}
	codist_page_markup(page, words->align <= 0 ? "" :
			   words->align < 1 ? " text-anchor=\"middle\"" :
					      " text-anchor=\"end\"");
	codist_page_markup(page, ">");
	codist_page_escaped(page, words->text ? words->text : "");
	codist_page_markup(page, "</text>\n");
}

void codist_drawing_put(const struct codist_drawing *drawing,
			struct codist_page *page, const char *kind,
			const char *description, const char *caption)
{
	page->text.failed |= drawing->failed;
	codist_page_markup(page, "<figure>\n");
	/* What is wide scrolls by itself, also by keyboard. */
	if (*kind) {
		codist_page_markup(page, "<div class=\"scroll\" "
				   "tabindex=\"0\" role=\"region\" "
				   "aria-label=\"");
		codist_page_escaped(page, caption);
		codist_page_markup(page, "\">\n");
	}
	codist_page_markup(page, "<svg class=\"");
	codist_page_markup(page, kind);
	codist_page_markup(page, "\" viewBox=\"0 0 ");
	put_pair(page, drawing->width, drawing->height, " ");
	codist_page_markup(page, "\" role=\"img\" aria-label=\"");
	codist_page_escaped(page, description);
	codist_page_markup(page, "\">\n");
	for (size_t i = 0; i < drawing->n; i++) {
		const struct codist_shape *shape = &drawing->shapes[i];

		switch (shape->kind) {
		case CODIST_SHAPE_LINE:
			put_line(page, drawing, shape);
			break;
		case CODIST_SHAPE_MARK:
			put_mark(page, shape);
			break;
		case CODIST_SHAPE_WORDS:
			put_words(page, shape);
			break;
		}
	}
	codist_page_markup(page, *kind ? "</svg>\n</div>\n<figcaption>" :
					"</svg>\n<figcaption>");
	codist_page_escaped(page, caption);
	codist_page_markup(page, "</figcaption>\n</figure>\n");
}

void codist_legend_put(struct codist_page *page, char *const *names)
{
	codist_page_markup(page, "<ul class=\"legend\">\n");
	for (size_t s = 0; s < CODIST_SERIES; s++) {
		if (!names[s])
			continue;
		codist_page_markup(page, "<li><svg viewBox=\"0 0 14 14\" "
				   "width=\"14\" height=\"14\" "
				   "aria-hidden=\"true\">");
		put_path(page, s, 7, 7);
		codist_page_markup(page, "/></svg> ");
		codist_page_escaped(page, names[s]);
		codist_page_markup(page, "</li>\n");
	}
	codist_page_markup(page, "</ul>\n");
}
