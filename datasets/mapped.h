/*
 * mapped.h - an image turned, slanted or stretched about its middle
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DATASETS_MAPPED_H
#define CODIST_DATASETS_MAPPED_H

#include <codist/dataset.h>

/*
 * Where a pixel comes from: one that lies y below the middle of the image and x
 * to the right of it is taken from yy y + yx x and xy y + xx x.
 */
struct codist_map {
	double yy, yx, xy, xx; /* at most 1024 in size */
};

/*
 * Between pixels their mean, weighted by how near they are (bilinear), rounded
 * half up. What leaves the image is lost, and 0 comes in.
 */
void codist_image_map(const struct codist_image *image,
		      const struct codist_map *map, unsigned char *out);

#endif
