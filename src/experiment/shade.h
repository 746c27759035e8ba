/*
 * shade.h - shares as shades of blue
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_EXPERIMENT_SHADE_H
#define CODIST_EXPERIMENT_SHADE_H

#include "experiment/canvas.h"

/*
 * codist_shade() is white for a share of 0 and dark blue for 1, and between
 * them equal steps of the share look equal.
 */
struct codist_colour codist_shade(double share);

/* codist_shade_ink() is black or white, whichever reads better on that shade. */
struct codist_colour codist_shade_ink(double share);

#endif
