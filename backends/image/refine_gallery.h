/*
 * refine_gallery.h - pictures of one size, laid out to be looked at side by side
 *
 * Of each place, and of those just beyond the edges, stands what is around it
 * (codist_refine_around()), for 64 pictures in a row: a vector of bytes, by each of
 * which a table is looked up. The first of these blocks grows from one picture on,
 * so that a few pictures of many sizes take little.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BACKENDS_IMAGE_REFINE_GALLERY_H
#define CODIST_BACKENDS_IMAGE_REFINE_GALLERY_H

#include "refine_raster.h"

#define REFINE_LANES 64

/* Aligned for vectors; free() by codist_gallery_release(). */
struct codist_refine_wall {
	unsigned char *around; /* [height + 2r][width + 2r][n_lanes] */
	size_t n_lanes;        /* 1, 2, 4 ... REFINE_LANES */
};

/* Begin with zeros but for the size and the radius. */
struct codist_gallery {
	size_t width, height, radius;
	size_t n; /* pictures; may be set to fewer */
	struct codist_refine_wall *walls;
	size_t n_walls, capacity;
};

/* codist_gallery_add() hangs one more picture, of the gallery's size. */
enum codist_status codist_gallery_add(struct codist_gallery *gallery,
				      const struct codist_raster *picture,
				      struct codist_error *err);

void codist_gallery_release(struct codist_gallery *gallery);

/* How many places there are, on and just beyond a picture. */
static inline size_t codist_gallery_places(const struct codist_gallery *gallery)
{
	return (gallery->width + 2 * gallery->radius) *
	       (gallery->height + 2 * gallery->radius);
}

#endif
