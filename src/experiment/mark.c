/*
 * mark.c - small shapes that stand for classes once the colours are gone round
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/mark.h"

#include <assert.h>

/* Units are radii. */
#define MOST_CORNERS 4
static const struct shape {
	size_t n_corners; /* 0: a disc */
	double corners[MOST_CORNERS][2];
} shapes[CODIST_MARK_SHAPES] = {
	{ 0, { { 0 } } },
	{ 4, { { -0.9, -0.9 }, { 0.9, -0.9 }, { 0.9, 0.9 }, { -0.9, 0.9 } } },
	{ 3, { { 0, -1.25 }, { 1.15, 0.85 }, { -1.15, 0.85 } } },
	{ 4, { { 0, -1.3 }, { 1.3, 0 }, { 0, 1.3 }, { -1.3, 0 } } },
};

void codist_mark_draw(struct codist_canvas *canvas, double x, double y,
		      double radius, size_t shape, struct codist_colour fill,
		      struct codist_colour line)
{
	double corners[MOST_CORNERS][2];

	assert(shape < CODIST_MARK_SHAPES);
	if (shapes[shape].n_corners == 0) {
		codist_canvas_disc(canvas, x, y, radius, fill, line);
		return;
	}
	for (size_t i = 0; i < shapes[shape].n_corners; i++) {
		corners[i][0] = x + radius * shapes[shape].corners[i][0];
		corners[i][1] = y + radius * shapes[shape].corners[i][1];
	}
	codist_canvas_polygon(canvas, shapes[shape].n_corners, corners[0],
			      fill, line);
}
