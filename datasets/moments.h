/*
 * moments.h - where the mass of an image lies, its pixels being masses
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DATASETS_MOMENTS_H
#define CODIST_DATASETS_MOMENTS_H

#include <codist/dataset.h>

struct codist_moments {
	double mass;      /* 0: the image is black, and the rest is 0 */
	double y, x;      /* of the centre, in pixels from the first one */
	double yy, yx;    /* mean of (row - y)^2, of (row - y) (column - x) */
};

struct codist_moments codist_moments_of(const struct codist_image *image);

#endif
