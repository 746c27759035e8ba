/*
 * report_ranks_diagram.c - a critical-difference diagram
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "study/report_plot.h"
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
	struct codist_page *page;
	const struct codist_friedman *friedman;
	const struct codist_nemenyi *nemenyi;
	char *const *methods;
};

static void put(const struct diagram *diagram, const char *markup)
{
	codist_page_markup(diagram->page, markup);
}

static double x_of(const struct diagram *diagram, double rank)
{
	return MARGIN + (rank - 1) * (WIDTH - 2 * MARGIN) /
				(double)(diagram->friedman->n_methods - 1);
}

/* Through [n] points, x and y by turns. */
static void put_line(const struct diagram *diagram, const char *class,
		     const double *points, size_t n)
{
	put(diagram, "<polyline class=\"");
	put(diagram, class);
	put(diagram, "\" points=\"");
	for (size_t i = 0; i < 2 * n; i++) {
		codist_plot_number(diagram->page, points[i]);
		put(diagram, i % 2 ? " " : ",");
	}
	put(diagram, "\"/>\n");
}

static void put_text(const struct diagram *diagram, double x, double y,
		     const char *anchor, const char *text)
{
	put(diagram, "<text x=\"");
	codist_plot_number(diagram->page, x);
	put(diagram, "\" y=\"");
	codist_plot_number(diagram->page, y);
	put(diagram, "\" text-anchor=\"");
	put(diagram, anchor);
	put(diagram, "\">");
	codist_page_escaped(diagram->page, text);
	put(diagram, "</text>\n");
}

static void put_scale(const struct diagram *diagram)
{
	size_t n = diagram->friedman->n_methods;
	size_t step = n <= 12 ? 1 : n <= 24 ? 2 : 4;
	double cd = diagram->nemenyi->critical_difference;

	put_line(diagram, "axis", (double[]){ MARGIN, SCALE, WIDTH - MARGIN,
					      SCALE }, 2);
	for (size_t rank = 1; rank <= n; rank += step) {
		double x = x_of(diagram, (double)rank);
		char text[32];

		snprintf(text, sizeof(text), "%zu", rank);
		put_line(diagram, "axis", (double[]){ x, SCALE - 5, x, SCALE },
			 2);
		put_text(diagram, x, SCALE - 9, "middle", text);
	}
	/* Wider than the line it would tell nothing. */
	if (cd > (double)(n - 1))
		return;
	put_line(diagram, "bar", (double[]){ MARGIN, 14, x_of(diagram, 1 + cd),
					     14 }, 2);
	put_text(diagram, MARGIN - 8, 18, "end", "critical difference");
}

/* A name is cut where it does not fit; the table has all of it. */
static void put_name(const struct diagram *diagram, double x, double y,
		     const char *anchor, const char *label)
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
	diagram->page->text.failed |= text.failed;
	put_text(diagram, x, y, anchor, text.chars ? text.chars : "");
	free(text.chars);
}

/* The better half to the left, best on top; the others to the right. */
static void put_methods(const struct diagram *diagram, double top)
{
	size_t n = diagram->friedman->n_methods, n_left = (n + 1) / 2;

	for (size_t i = 0; i < n; i++) {
		size_t method = diagram->friedman->order[i];
		double x = x_of(diagram, diagram->friedman->ranks[method]);
		int is_left = i < n_left;
		double y = top + ROW * (double)(is_left ? i : n - 1 - i);
		double end = is_left ? MARGIN - 10 : WIDTH - MARGIN + 10;

		put_line(diagram, "thin", (double[]){ x, SCALE, x, y, end, y },
			 3);
		put_name(diagram, is_left ? end - 6 : end + 6, y + 4,
			 is_left ? "end" : "start",
			 diagram->methods[method]);
	}
}

void codist_ranks_draw(struct codist_page *page,
		       const struct codist_ranking *ranking, const char *over)
{
	const struct codist_friedman *friedman = &ranking->friedman;
	const struct codist_nemenyi *nemenyi = &ranking->nemenyi;
	const struct diagram diagram = { page, friedman, nemenyi,
					 ranking->methods };
	double top = SCALE + 16 + BAR * (double)nemenyi->n_groups;
	char height[32];

	if (friedman->n_methods > METHODS || !codist_page_is_html(page))
		return;
	codist_format_fixed(top + ROW * (double)((friedman->n_methods + 1) / 2),
			    0, height);
	put(&diagram, "<figure>\n<svg class=\"wide\" viewBox=\"0 0 900 ");
	put(&diagram, height);
	put(&diagram, "\" role=\"img\" aria-label=\"Critical-difference "
		      "diagram over ");
	put(&diagram, over);
	put(&diagram, ": mean ranks on a line, best to the left, and bars that "
		      "join methods that do not differ; text and table that "
		      "follow say the same\">\n");
	put_scale(&diagram);
	put_methods(&diagram, top);
	for (size_t g = 0; g < nemenyi->n_groups; g++) {
		const struct codist_places *places = &nemenyi->groups[g];
		double y = SCALE + 10 + BAR * (double)g;
		double first = friedman->ranks[friedman->order[places->first]];
		double last = friedman->ranks[friedman->order[places->last]];

		put_line(&diagram, "bar",
			 (double[]){ x_of(&diagram, first) - 3, y,
				     x_of(&diagram, last) + 3, y }, 2);
	}
	put(&diagram, "</svg>\n<figcaption>Mean ranks; 1 is best. Thick bars "
		      "join methods among which no difference is seen."
		      "</figcaption>\n</figure>\n");
}
