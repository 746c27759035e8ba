/*
 * figure_tree.c - a tree to look at, from the left to the right or around
 *
 * All lengths are points. Around, a name goes on in the direction of its
 * branch; where it would meet another name or a branch, it is moved outwards,
 * with a pale line that leads to it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/text.h"
#include "experiment/canvas.h"
#include "experiment/label.h"
#include "experiment/mark.h"
#include "experiment/tree_layout.h"

#include <codist/output.h>

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define MARGIN 14
#define GAP 5
#define TITLE_SIZE 12
#define TITLE_HEIGHT 24
#define WIDEST_TITLE 480
#define NAME_SIZE 9
#define NAME_HEIGHT 11
#define ROW 13        /* of a leaf */
#define WIDEST_NAME 200
#define LEGEND_SIZE 10
#define LEGEND_HEIGHT 15
#define LEGEND_RADIUS 3.5
#define MARK_RADIUS 2.8 /* of a name */
#define MARK_WIDTH (2 * CODIST_MARK_WIDEST * MARK_RADIUS + 2)
#define SCALE_HEIGHT 28
#define LINE 1
#define WIDTH 360     /* of a rectangular tree, without its names */
#define SMALLEST 220  /* of the larger side of another */
#define STEP 4        /* by which a name is moved, and how often at most */
#define MOST_STEPS 100
#define MOST_MOVED 1000 /* leaves, beyond which that takes long */

static const double pi = 3.14159265358979323846;
static const struct codist_colour black = { 0.1, 0.1, 0.1 };
static const struct codist_colour pale = { 0.75, 0.75, 0.75 };

/* Dark enough for thin letters on white; after Okabe and Ito (2002). */
static const struct codist_colour palette[] = {
	{ 0.00, 0.45, 0.70 }, { 0.80, 0.36, 0.00 }, { 0.00, 0.52, 0.38 },
	{ 0.68, 0.30, 0.55 }, { 0.72, 0.52, 0.00 }, { 0.20, 0.60, 0.85 },
	{ 0.45, 0.45, 0.45 },
};
#define N_COLOURS (sizeof(palette) / sizeof(palette[0]))

/* A rectangle that may be turned: the middle, a direction, half its sides. */
struct bar {
	double x, y, along_x, along_y, half_length, half_height;
};

struct figure {
	const struct codist_tree_figure *what;
	const struct codist_tree *tree;
	int to_scale;
	char *title;
	struct codist_labels names;
	struct codist_labels groups; /* those of several leaves, in order */
	size_t *rank; /* [n_groups], of a group among these; SIZE_MAX: none */
	struct codist_tree_layout layout; /* made points, y downwards */
	double unit;        /* points to a unit of length */
	double *offset;     /* [n_leaves], from the end of a branch to a name */
	struct bar *placed; /* [n_placed] */
	size_t n_placed;
	double left, top, right, bottom; /* of all that is drawn of the tree */
	double width, height;
};

/* Of the group of a leaf; SIZE_MAX: it has none, or is alone in it. */
static size_t rank_of(const struct figure *figure, size_t leaf)
{
	const unsigned *groups = figure->what->groups;

	return groups ? figure->rank[groups[leaf]] : SIZE_MAX;
}

static struct codist_colour colour_of(size_t rank)
{
	return rank == SIZE_MAX ? black : palette[rank % N_COLOURS];
}

/* How much of a name's place its mark takes: they are needed for all or none. */
static double mark_width(const struct figure *figure, size_t leaf)
{
	return figure->groups.n > N_COLOURS &&
	       rank_of(figure, leaf) != SIZE_MAX ? MARK_WIDTH : 0;
}

static void reach(struct figure *figure, double x, double y)
{
	figure->left = fmin(figure->left, x);
	figure->right = fmax(figure->right, x);
	figure->top = fmin(figure->top, y);
	figure->bottom = fmax(figure->bottom, y);
}

/* The range of the places, in units; then make them points. */
static double range_of(const double *values, size_t n)
{
	double least = values[0], most = values[0];

	for (size_t i = 1; i < n; i++) {
		least = fmin(least, values[i]);
		most = fmax(most, values[i]);
	}
	return most - least;
}

static void scale(struct figure *figure, double across, double up)
{
	for (size_t v = 0; v < figure->tree->n_nodes; v++) {
		figure->layout.x[v] *= across;
		figure->layout.y[v] *= -up;
	}
}

static double name_width(const struct figure *figure, size_t leaf)
{
	return mark_width(figure, leaf) +
	       codist_text_width(figure->names.texts[leaf], NAME_SIZE);
}

static void arrange_rectangular(struct figure *figure)
{
	struct codist_tree_layout *layout = &figure->layout;
	double range = range_of(layout->x, figure->tree->n_nodes);

	figure->unit = range > 0 ? WIDTH / range : 0;
	scale(figure, figure->unit, ROW);
	for (size_t v = 0; v < figure->tree->n_nodes; v++)
		reach(figure, layout->x[v], layout->y[v]);
	for (size_t i = 0; i < figure->tree->n_leaves; i++) {
		figure->offset[i] = GAP;
		reach(figure, layout->x[i] + GAP + name_width(figure, i),
		      layout->y[i] + ROW / 2.0);
		reach(figure, layout->x[i], layout->y[i] - ROW / 2.0);
	}
}

/* How far a bar reaches from its middle in a direction. */
static double extent(const struct bar *bar, double x, double y)
{
	return bar->half_length * fabs(bar->along_x * x + bar->along_y * y) +
	       bar->half_height * fabs(bar->along_x * y - bar->along_y * x);
}

/* Bars meet unless there is a line between them along a side of one. */
static int meet(const struct bar *a, const struct bar *b)
{
	const double sides[][2] = {
		{ a->along_x, a->along_y }, { -a->along_y, a->along_x },
		{ b->along_x, b->along_y }, { -b->along_y, b->along_x },
	};

	for (size_t i = 0; i < 4; i++) {
		double x = sides[i][0], y = sides[i][1];
		double apart = fabs((a->x - b->x) * x + (a->y - b->y) * y);

		if (apart >= extent(a, x, y) + extent(b, x, y))
			return 0;
	}
	return 1;
}

static struct bar bar_between(double x, double y, double to_x, double to_y,
			      double height)
{
	double length = hypot(to_x - x, to_y - y);
	double scale = length > 0 ? 1 / length : 0;

	return (struct bar){
		(x + to_x) / 2, (y + to_y) / 2,
		length > 0 ? (to_x - x) * scale : 1, (to_y - y) * scale,
		length / 2, height / 2,
	};
}

static struct bar bar_of_name(const struct figure *figure, size_t leaf)
{
	const struct codist_tree_layout *layout = &figure->layout;
	double x = cos(layout->angle[leaf]), y = -sin(layout->angle[leaf]);
	double from = figure->offset[leaf];
	double to = from + name_width(figure, leaf);

	return bar_between(layout->x[leaf] + from * x,
			   layout->y[leaf] + from * y,
			   layout->x[leaf] + to * x,
			   layout->y[leaf] + to * y, NAME_HEIGHT);
}

/* Whether a bar meets a branch, but that of the leaf itself, or a name. */
static int is_free(const struct figure *figure, const struct bar *bar,
		   size_t leaf)
{
	const struct codist_tree_layout *layout = &figure->layout;

	for (size_t i = 0; i < figure->n_placed; i++)
		if (meet(bar, &figure->placed[i]))
			return 0;
	for (size_t v = 0; v + 1 < figure->tree->n_nodes; v++) {
		size_t parent = figure->tree->parent[v];
		struct bar branch = bar_between(
			layout->x[v], layout->y[v], layout->x[parent],
			layout->y[parent], LINE + 2);

		if (v != leaf && meet(bar, &branch))
			return 0;
	}
	return 1;
}

static void place_name(struct figure *figure, size_t leaf)
{
	struct bar bar, lead;
	double x, y;

	figure->offset[leaf] = GAP;
	bar = bar_of_name(figure, leaf);
	for (int i = 0; i < MOST_STEPS && figure->tree->n_leaves <= MOST_MOVED;
	     i++) {
		if (is_free(figure, &bar, leaf))
			break;
		figure->offset[leaf] += STEP;
		bar = bar_of_name(figure, leaf);
	}
	x = bar.half_length * bar.along_x;
	y = bar.half_length * bar.along_y;
	reach(figure, bar.x - x - NAME_HEIGHT / 2.0,
	      bar.y - y - NAME_HEIGHT / 2.0);
	reach(figure, bar.x + x + NAME_HEIGHT / 2.0,
	      bar.y + y + NAME_HEIGHT / 2.0);
	reach(figure, bar.x + x - NAME_HEIGHT / 2.0,
	      bar.y + y - NAME_HEIGHT / 2.0);
	figure->placed[figure->n_placed++] = bar;
	lead = bar_between(figure->layout.x[leaf], figure->layout.y[leaf],
			   bar.x, bar.y, LINE);
	if (figure->offset[leaf] > GAP)
		figure->placed[figure->n_placed++] = lead;
}

static void arrange_around(struct figure *figure)
{
	struct codist_tree_layout *layout = &figure->layout;
	size_t n_nodes = figure->tree->n_nodes;
	double range = fmax(range_of(layout->x, n_nodes),
			    range_of(layout->y, n_nodes));
	/* As much as names would need that stood on a circle, and more. */
	double side = fmax(SMALLEST, 1.5 * NAME_HEIGHT / pi *
				     (double)figure->tree->n_leaves);

	figure->unit = range > 0 ? side / range : 0;
	scale(figure, figure->unit, figure->unit);
	for (size_t v = 0; v < n_nodes; v++)
		reach(figure, layout->x[v], layout->y[v]);
	for (size_t i = 0; i < figure->tree->n_leaves; i++)
		place_name(figure, layout->leaves[i]);
}

/* The size of the page, and the tree moved to its place on it. */
static void arrange(struct figure *figure)
{
	double top = MARGIN + (figure->title ? TITLE_HEIGHT : 0);
	double legend = 0, tree_height, dx, dy;

	figure->left = figure->top = INFINITY;
	figure->right = figure->bottom = -INFINITY;
	if (figure->what->is_rectangular)
		arrange_rectangular(figure);
	else
		arrange_around(figure);
	dx = MARGIN - figure->left;
	dy = top - figure->top;
	for (size_t v = 0; v < figure->tree->n_nodes; v++) {
		figure->layout.x[v] += dx;
		figure->layout.y[v] += dy;
	}
	figure->right += dx;
	tree_height = figure->bottom - figure->top;
	figure->bottom += dy;
	if (figure->groups.n > 0)
		legend = 4 * GAP + LEGEND_SIZE + figure->groups.width;
	figure->width = ceil(figure->right + legend + MARGIN);
	if (figure->title)
		figure->width = ceil(fmax(
			figure->width,
			2 * MARGIN + codist_text_width(figure->title,
						       TITLE_SIZE)));
	tree_height = fmax(tree_height,
			   LEGEND_HEIGHT * (double)figure->groups.n);
	figure->height = ceil(top + tree_height + MARGIN +
			      (figure->to_scale ? SCALE_HEIGHT : 0));
}

static void draw_branches(const struct figure *figure,
			  struct codist_canvas *canvas)
{
	const struct codist_tree_layout *layout = &figure->layout;

	for (size_t v = 0; v + 1 < figure->tree->n_nodes; v++) {
		size_t parent = figure->tree->parent[v];
		double x = layout->x[v], y = layout->y[v];
		double up_x = layout->x[parent], up_y = layout->y[parent];

		if (figure->what->is_rectangular) {
			codist_canvas_line(canvas, up_x, up_y, up_x, y, LINE,
					   black);
			up_y = y;
		}
		codist_canvas_line(canvas, up_x, up_y, x, y, LINE, black);
	}
}

/* To the left of the middle, a name is turned round, to be read. */
static void draw_name(const struct figure *figure,
		      struct codist_canvas *canvas, size_t leaf)
{
	const struct codist_tree_layout *layout = &figure->layout;
	double angle = figure->what->is_rectangular ? 0 : layout->angle[leaf];
	double x = layout->x[leaf], y = layout->y[leaf];
	double along_x = cos(angle), along_y = -sin(angle);
	double offset = figure->offset[leaf];
	int is_turned = along_x < -1e-9;
	size_t rank = rank_of(figure, leaf);
	struct codist_lettering name = {
		.size = NAME_SIZE,
		.align = is_turned ? 1 : 0,
		.degrees = angle / pi * 180 + (is_turned ? 180 : 0),
		.colour = colour_of(rank),
	};
	double width = mark_width(figure, leaf);

	if (offset > GAP)
		codist_canvas_line(canvas, x, y,
				   x + (offset - GAP / 2.0) * along_x,
				   y + (offset - GAP / 2.0) * along_y,
				   LINE / 2.0, pale);
	if (width > 0) {
		double middle = offset + CODIST_MARK_WIDEST * MARK_RADIUS;

		codist_mark_draw(canvas, x + middle * along_x,
				 y + middle * along_y, MARK_RADIUS,
				 rank / N_COLOURS, name.colour, name.colour);
	}
	offset += width;
	codist_canvas_text(canvas, x + offset * along_x, y + offset * along_y,
			   &name, figure->names.texts[leaf]);
}

static void draw_legend(const struct figure *figure,
			struct codist_canvas *canvas)
{
	double x = figure->right + 2 * GAP;
	double y = MARGIN + (figure->title ? TITLE_HEIGHT : 0);

	for (size_t g = 0; g < figure->groups.n; g++) {
		struct codist_lettering name = {
			.size = LEGEND_SIZE,
			.colour = colour_of(g),
		};

		codist_mark_draw(canvas, x + LEGEND_SIZE / 2.0,
				 y + LEGEND_HEIGHT * ((double)g + 0.5),
				 LEGEND_RADIUS, g / N_COLOURS, name.colour,
				 name.colour);
		codist_canvas_text(canvas, x + LEGEND_SIZE + GAP,
				   y + LEGEND_HEIGHT * ((double)g + 0.5),
				   &name, figure->groups.texts[g]);
	}
}

/* A bar of a round length, 1, 2 or 5 times a power of ten. */
static void draw_scale(const struct figure *figure,
		       struct codist_canvas *canvas)
{
	double units = 100 / figure->unit;
	double power = pow(10, floor(log10(units)));
	double length = power * (units / power < 2 ? 1 :
				 units / power < 5 ? 2 : 5);
	double y = figure->height - MARGIN - NAME_HEIGHT;
	double end = MARGIN + length * figure->unit;
	struct codist_lettering number = {
		.size = NAME_SIZE, .colour = black,
	};
	char text[CODIST_REAL_SIZE];

	snprintf(text, sizeof(text), "%.6g", length);
	codist_canvas_line(canvas, MARGIN, y, end, y, LINE, black);
	codist_canvas_line(canvas, MARGIN, y - 3, MARGIN, y + 3, LINE, black);
	codist_canvas_line(canvas, end, y - 3, end, y + 3, LINE, black);
	codist_canvas_text(canvas, end + GAP, y, &number, text);
}

static enum codist_status draw(const struct figure *figure, const char *path,
			       struct codist_error *err)
{
	struct codist_lettering title = {
		.size = TITLE_SIZE, .align = 0.5, .colour = black,
	};
	struct codist_canvas *canvas;

	CODIST_TRY(codist_canvas_new(&canvas, path, figure->width,
				     figure->height, err));
	if (figure->title)
		codist_canvas_text(canvas, figure->width / 2,
				   MARGIN + TITLE_SIZE * 0.4, &title,
				   figure->title);
	draw_branches(figure, canvas);
	for (size_t i = 0; i < figure->tree->n_leaves; i++)
		draw_name(figure, canvas, i);
	draw_legend(figure, canvas);
	if (figure->to_scale)
		draw_scale(figure, canvas);
	return codist_canvas_finish(canvas, err);
}

/* Ranks and labels of the groups with several leaves. */
static enum codist_status rank_groups(struct figure *figure, const char *path,
				      struct codist_error *err)
{
	const struct codist_tree_figure *what = figure->what;
	const char **names = calloc(what->n_groups + 1, sizeof(*names));
	size_t *n_leaves = calloc(what->n_groups + 1, sizeof(*n_leaves));
	enum codist_status status = CODIST_OK;
	size_t n = 0;

	figure->rank = calloc(what->n_groups + 1, sizeof(*figure->rank));
	if (!names || !n_leaves || !figure->rank)
		status = codist_no_memory(err, path);
	for (size_t i = 0; status == CODIST_OK && i < figure->tree->n_leaves;
	     i++)
		n_leaves[what->groups[i]]++;
	for (size_t g = 0; status == CODIST_OK && g < what->n_groups; g++) {
		figure->rank[g] = n_leaves[g] > 1 ? n : SIZE_MAX;
		if (n_leaves[g] > 1)
			names[n++] = what->group_names[g];
	}
	if (n > CODIST_TREE_GROUPS)
		status = codist_fail(err, CODIST_EUSAGE,
				     "%s: %zu groups of several leaves, "
				     "expected at most %d, as there are "
				     "colours and shapes", path, n,
				     CODIST_TREE_GROUPS);
	if (status == CODIST_OK && n > 0)
		status = codist_labels_init(&figure->groups, n, names,
					    LEGEND_SIZE, WIDEST_NAME, err);
	free(names);
	free(n_leaves);
	return status;
}

static enum codist_status prepare(struct figure *figure, const char *path,
				  struct codist_error *err)
{
	const struct codist_tree_figure *what = figure->what;
	const struct codist_tree *tree = figure->tree;

	CODIST_TRY(codist_labels_init(&figure->names, tree->n_leaves,
				      (const char *const *)tree->names,
				      NAME_SIZE, WIDEST_NAME, err));
	if (what->groups)
		CODIST_TRY(rank_groups(figure, path, err));
	if (what->title)
		figure->title = codist_label_new(what->title, TITLE_SIZE,
						 WIDEST_TITLE);
	figure->offset = calloc(tree->n_leaves, sizeof(*figure->offset));
	figure->placed = calloc(tree->n_leaves, 2 * sizeof(*figure->placed));
	if (!figure->offset || !figure->placed ||
	    (what->title && !figure->title) ||
	    !codist_layout_init(&figure->layout, tree, what->is_rectangular,
				figure->to_scale))
		return codist_no_memory(err, path);
	return CODIST_OK;
}

enum codist_status codist_draw_tree(const char *path,
				    const struct codist_tree *tree,
				    const struct codist_tree_figure *what,
				    struct codist_error *err)
{
	struct figure figure = {
		.what = what, .tree = tree,
		.to_scale = !what->is_cladogram &&
			    codist_tree_has_lengths(tree),
	};
	enum codist_status status;

	static_assert(N_COLOURS * CODIST_MARK_SHAPES == CODIST_TREE_GROUPS,
		      "as many groups as marks");
	status = prepare(&figure, path, err);
	if (status == CODIST_OK) {
		arrange(&figure);
		status = draw(&figure, path, err);
	}
	codist_labels_release(&figure.names);
	codist_labels_release(&figure.groups);
	codist_layout_release(&figure.layout);
	free(figure.rank);
	free(figure.title);
	free(figure.offset);
	free(figure.placed);
	return status;
}
