/*
 * pen.c - strokes become a grey image
 *
 * Strokes are smoothed to short lines. A pixel's grey is told by the distance
 * of its middle from the nearest line.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pen.h"

#include <assert.h>
#include <limits.h>
#include <stdint.h>

#define ONE CODIST_PEN_ONE
#define SIDE CODIST_PEN_SIDE
#define STEPS 6 /* lines from one point of a stroke to the next */
#define MOST_ENDS (CODIST_GLYPH_STROKES * (CODIST_STROKE_POINTS * STEPS + 1))

/* The ends of lines. Each goes on from the one before, unless it `starts`. */
struct path {
	int n_ends;
	struct end {
		int at[2];
		int starts;
	} ends[MOST_ENDS];
};

/*
 * A Catmull-Rom spline at t = step / STEPS between b and c, a and d being the
 * points beside them: half of
 *
 *     2b + (c - a) t + (2a - 5b + 4c - d) t^2 + (3b - 3c + d - a) t^3
 */
static int spline(int64_t a, int64_t b, int64_t c, int64_t d, int step)
{
	const int64_t n = STEPS, t = step;
	int64_t sum = 3 * b - 3 * c + d - a;

	sum = sum * t + (2 * a - 5 * b + 4 * c - d) * n;
	sum = sum * t + (c - a) * n * n;
	sum = sum * t + 2 * b * n * n * n;
	return (int)(sum / (2 * n * n * n));
}

static void add_stroke(struct path *path, const struct codist_stroke *stroke)
{
	int last = stroke->n_points - 1;

	for (int i = 0; i < last; i++) {
		const int *a = stroke->points[i > 0 ? i - 1 : 0];
		const int *b = stroke->points[i];
		const int *c = stroke->points[i + 1];
		const int *d = stroke->points[i + 1 < last ? i + 2 : last];

		for (int step = i > 0; step <= STEPS; step++) {
			struct end *end = &path->ends[path->n_ends++];

			for (int k = 0; k < 2; k++)
				end->at[k] = spline(a[k], b[k], c[k], d[k],
						    step);
			end->starts = i == 0 && step == 0;
		}
	}
}

static void transform(struct path *path, const struct codist_pen *pen)
{
	for (int i = 0; i < path->n_ends; i++) {
		int *at = path->ends[i].at;
		int x = at[0], y = at[1];

		for (int k = 0; k < 2; k++)
			at[k] = (pen->matrix[k][0] * x +
				 pen->matrix[k][1] * y) / ONE;
	}
}

/* Scale to the size that is wanted, less the pen's own, about the middle. */
static void fit(struct path *path, const struct codist_pen *pen)
{
	int low[2] = { INT_MAX, INT_MAX }, high[2] = { INT_MIN, INT_MIN };
	int64_t size = pen->size - 2 * pen->radius, longer;

	for (int i = 0; i < path->n_ends; i++) {
		for (int k = 0; k < 2; k++) {
			int at = path->ends[i].at[k];

			low[k] = at < low[k] ? at : low[k];
			high[k] = at > high[k] ? at : high[k];
		}
	}
	longer = high[0] - low[0];
	if (longer < high[1] - low[1])
		longer = high[1] - low[1];
	assert(longer > 0);
	for (int i = 0; i < path->n_ends; i++) {
		for (int k = 0; k < 2; k++) {
			int *at = &path->ends[i].at[k];
			int64_t twice = 2 * (int64_t)*at - low[k] - high[k];

			*at = (int)(twice * size / (2 * longer)) +
			      SIDE * ONE / 2 + pen->shift[k];
		}
	}
}

static int64_t square(int64_t x)
{
	return x * x;
}

/* The whole square root of x < 2^32, bit by bit. */
static int root(int64_t x)
{
	int64_t found = 0;

	for (int64_t bit = 1 << 15; bit; bit >>= 1)
		if (square(found + bit) <= x)
			found += bit;
	return (int)found;
}

/* The square of the distance of (x, y) from the line between two ends. */
static int64_t distance(const int from[2], const int to[2], int x, int y)
{
	int64_t ax = x - from[0], ay = y - from[1];
	int64_t dx = to[0] - from[0], dy = to[1] - from[1];
	int64_t along = ax * dx + ay * dy, length = square(dx) + square(dy);

	if (along <= 0)
		return square(ax) + square(ay);
	if (along >= length)
		return square(x - to[0]) + square(y - to[1]);
	return square(ax * dy - ay * dx) / length;
}

/* The pixels whose middles are near enough to matter: first..last. */
static void reach(int a, int b, int far, int *first, int *last)
{
	int low = (a < b ? a : b) - far, high = (a > b ? a : b) + far;

	*first = low > 0 ? low / ONE : 0;
	*last = high < SIDE * ONE ? high / ONE : SIDE - 1;
}

static void stroke_line(int64_t nearest[SIDE][SIDE], const int from[2],
			const int to[2], int far)
{
	int left, right, top, bottom;

	reach(from[0], to[0], far, &left, &right);
	reach(from[1], to[1], far, &top, &bottom);
	for (int y = top; y <= bottom; y++) {
		for (int x = left; x <= right; x++) {
			int64_t d = distance(from, to, x * ONE + ONE / 2,
					     y * ONE + ONE / 2);

			if (d < nearest[y][x])
				nearest[y][x] = d;
		}
	}
}

/* From black where the rim ends to white where it begins. */
static unsigned char grey(const struct codist_pen *pen, int64_t squared)
{
	int inside = pen->radius + pen->edge / 2 - root(squared);

	if (inside <= 0)
		return 0;
	if (inside >= pen->edge)
		return 255;
	return (unsigned char)(255 * inside / pen->edge);
}

void codist_pen_draw(const struct codist_pen *pen,
		     const struct codist_glyph *glyph, unsigned char *image)
{
	struct path path = { .n_ends = 0 };
	int64_t nearest[SIDE][SIDE];
	int far = pen->radius + pen->edge / 2;

	for (int i = 0; i < glyph->n_strokes; i++)
		add_stroke(&path, &glyph->strokes[i]);
	transform(&path, pen);
	fit(&path, pen);
	for (int y = 0; y < SIDE; y++)
		for (int x = 0; x < SIDE; x++)
			nearest[y][x] = square(far);
	for (int i = 1; i < path.n_ends; i++)
		if (!path.ends[i].starts)
			stroke_line(nearest, path.ends[i - 1].at,
				    path.ends[i].at, far);
	for (int y = 0; y < SIDE; y++)
		for (int x = 0; x < SIDE; x++)
			*image++ = grey(pen, nearest[y][x]);
}
