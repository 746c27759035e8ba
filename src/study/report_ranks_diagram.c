/*
 * report_ranks_diagram.c - a critical-difference diagram
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/report_figures.h"
#include "study/report_ranks.h"

#include <stdio.h>
#include <stdlib.h>

#define METHODS 32
#define WIDTH 900.0
#define MARGIN 300.0 /* on each side, for the names */
#define SCALE 52.0   /* where the line of ranks is */
#define BAR 7.0      /* between bars */
#define ROW 19.0     /* between names */
#define LETTERS 46   /* of a name that there is room for */

struct diagram {
	struct codist_drawing drawing;
	const struct codist_friedman *friedman;
	const struct codist_nemenyi *nemenyi;
	char *const *methods;
};

static double x_of(const struct diagram *diagram, double rank)
{
	return MARGIN + (rank - 1) * (WIDTH - 2 * MARGIN) /
				(double)(diagram->friedman->n_methods - 1);
}

static void draw_line(struct diagram *diagram, enum codist_ink ink,
		      const double *points, size_t n)
{
	codist_drawing_line(&diagram->drawing, ink, 0, points, n);
}

static void draw_scale(struct diagram *diagram)
{
	size_t n = diagram->friedman->n_methods;
	size_t step = n <= 12 ? 1 : n <= 24 ? 2 : 4;
	double cd = diagram->nemenyi->critical_difference;

	draw_line(diagram, CODIST_INK_AXIS, (double[]){
		MARGIN, SCALE, WIDTH - MARGIN, SCALE }, 2);
	for (size_t rank = 1; rank <= n; rank += step) {
		double x = x_of(diagram, (double)rank);
		char text[32];

		snprintf(text, sizeof(text), "%zu", rank);
		draw_line(diagram, CODIST_INK_AXIS, (double[]){
			x, SCALE - 5, x, SCALE }, 2);
		codist_drawing_words(&diagram->drawing, x, SCALE - 9, 0.5, 0,
				     text);
	}
	/* Wider than the line it would tell nothing. */
	if (cd > (double)(n - 1))
		return;
	draw_line(diagram, CODIST_INK_BAR, (double[]){
		MARGIN, 14, x_of(diagram, 1 + cd), 14 }, 2);
	codist_drawing_words(&diagram->drawing, MARGIN - 8, 18, 1, 0,
			     "critical difference");
}

/* A name is cut where it does not fit; the table has all of it. */
static void draw_name(struct diagram *diagram, double x, double y, double align,
		      const char *label)
{
	struct codist_text text = { 0 };

	for (size_t i = 0; *label && i < LETTERS; i++) {
		size_t length = codist_utf8_length(label);

		length = length ? length : 1;
		codist_text_add(&text, "%.*s", (int)length, label);
		label += length;
	}
	if (*label)
		codist_text_add(&text, "\xe2\x80\xa6"); /* an ellipsis */
	diagram->drawing.failed |= text.failed;
	codist_drawing_words(&diagram->drawing, x, y, align, 0,
			     text.chars ? text.chars : "");
	free(text.chars);
}

/* The better half to the left, best on top; the others to the right. */
static void draw_methods(struct diagram *diagram, double top)
{
	size_t n = diagram->friedman->n_methods, n_left = (n + 1) / 2;

	for (size_t i = 0; i < n; i++) {
		size_t method = diagram->friedman->order[i];
		double x = x_of(diagram, diagram->friedman->ranks[method]);
		int is_left = i < n_left;
		double y = top + ROW * (double)(is_left ? i : n - 1 - i);
		double end = is_left ? MARGIN - 10 : WIDTH - MARGIN + 10;

		draw_line(diagram, CODIST_INK_THIN, (double[]){
			x, SCALE, x, y, end, y }, 3);
		draw_name(diagram, is_left ? end - 6 : end + 6, y + 4,
			  is_left ? 1 : 0, diagram->methods[method]);
	}
}

static void draw_bars(struct diagram *diagram)
{
	const struct codist_friedman *friedman = diagram->friedman;

	for (size_t g = 0; g < diagram->nemenyi->n_groups; g++) {
		const struct codist_places *places =
			&diagram->nemenyi->groups[g];
		double y = SCALE + 10 + BAR * (double)g;
		double first = friedman->ranks[friedman->order[places->first]];
		double last = friedman->ranks[friedman->order[places->last]];

		draw_line(diagram, CODIST_INK_BAR, (double[]){
			x_of(diagram, first) - 3, y,
			x_of(diagram, last) + 3, y }, 2);
	}
}

/* On the page, and as files. */
static void put(const struct diagram *diagram, struct codist_page *page,
		const struct codist_ranking *ranking, const char *over)
{
	char *name = codist_text_format("ranks-%s", over);
	char *title = codist_text_format("Mean ranks over %s", over);
	char *description = codist_text_format(
		"Critical-difference diagram over %s: mean ranks on a line, "
		"best to the left, and bars that join methods that do not "
		"differ; text and table that follow say the same", over);

	if (name && title && description) {
		codist_drawing_put(&diagram->drawing, page, "wide",
				   description, "Mean ranks; 1 is best. Thick "
				   "bars join methods among which no difference "
				   "is seen.");
		codist_figures_draw(page->figures, name, title,
				    &diagram->drawing, NULL);
		codist_figures_ranks(page->figures, name, title, ranking);
	} else {
		page->text.failed = 1;
	}
	free(name);
	free(title);
	free(description);
}

void codist_ranks_draw(struct codist_page *page,
		       const struct codist_ranking *ranking, const char *over)
{
	size_t n = ranking->n_methods;
	struct diagram diagram = {
		.friedman = &ranking->friedman, .nemenyi = &ranking->nemenyi,
		.methods = ranking->methods,
	};
	double top = SCALE + 16 + BAR * (double)ranking->nemenyi.n_groups;

	if (n > METHODS)
		return;
	diagram.drawing.width = WIDTH;
	diagram.drawing.height = top + ROW * (double)((n + 1) / 2);
	draw_scale(&diagram);
	draw_methods(&diagram, top);
	draw_bars(&diagram);
	put(&diagram, page, ranking, over);
	codist_drawing_release(&diagram.drawing);
}
