/*
 * mark.h - small shapes that stand for classes once the colours are gone round
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_EXPERIMENT_MARK_H
#define CODIST_EXPERIMENT_MARK_H

#include "experiment/canvas.h"

#define CODIST_MARK_SHAPES 4
#define CODIST_MARK_WIDEST 1.3 /* radii from the middle, of any shape */

/*
 * codist_mark_draw() draws a shape around x, y, of shape < CODIST_MARK_SHAPES;
 * 0 is a disc.
 */
void codist_mark_draw(struct codist_canvas *canvas, double x, double y,
		      double radius, size_t shape, struct codist_colour fill,
		      struct codist_colour line);

#endif
