/*
 * pen.h - strokes become a grey image
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DATASETS_PEN_H
#define CODIST_DATASETS_PEN_H

#include "digits.h"

#define CODIST_PEN_SIDE 28 /* pixels of an image */

/* How a glyph is drawn. One is CODIST_PEN_ONE, in all of it. */
#define CODIST_PEN_ONE 256
struct codist_pen {
	int matrix[2][2]; /* applied to the points first, about (0, 0) */
	int size;         /* the longer side of the drawing, in pixels */
	int radius;       /* of the pen's tip, in pixels */
	int edge;         /* width of the stroke's soft rim, in pixels */
	int shift[2];     /* of the drawing off the middle, in pixels */
};

/*
 * Draw white on black; `image` is [CODIST_PEN_SIDE][CODIST_PEN_SIDE]. All of it
 * is done in integers, so that the image is the same on every machine.
 *
 *   glyph   points in any unit, none farther than 2^16 from (0, 0), and not
 *           all at the same place
 */
void codist_pen_draw(const struct codist_pen *pen,
		     const struct codist_glyph *glyph, unsigned char *image);

#endif
