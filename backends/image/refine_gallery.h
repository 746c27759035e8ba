/*
 * refine_gallery.h - pictures of one size, laid out to be looked at side by side
 *
 * Of each place, and of those just beyond the edges, stands what is around it
 * (codist_refine_around()), for 64 pictures in a row: a vector of bytes, by each of
 * which a table is looked up. The first of these blocks grows from one picture on,
 * so that a few pictures of many sizes take little.
 *
 * Of most pixels that are asked for all is white, before and at them: of drawings
 * that is the larger part. What a block of such pixels costs by a picture depends on
 * nothing else, and is kept, for each displacement, where tables stay as they are;
 * so only the pixels that are not blank are looked at.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BACKENDS_IMAGE_REFINE_GALLERY_H
#define CODIST_BACKENDS_IMAGE_REFINE_GALLERY_H

#include "refine_nearest.h"
#include "refine_tables.h"

#define REFINE_LANES 64

/* Aligned for vectors; free() by codist_gallery_release(). */
struct codist_refine_wall {
	unsigned char *around; /* [height + 2r][width + 2r][n_lanes] */
	uint16_t *blank;       /* [n_blocks][n_shifts][n_lanes], or NULL */
	size_t n_lanes;        /* 1, 2, 4 ... REFINE_LANES */
};

/* Begin with zeros but for the first line, and perhaps the next two. */
struct codist_gallery {
	size_t width, height, radius, block;
	const struct codist_refine_tables *tables; /* by which blanks cost */
	/* 0: all pictures are looked at; else so many, and each has its own wall. */
	size_t n_nearest;
	struct codist_near near;
	struct codist_refine_wall shown; /* those at hand, of REFINE_LANES */
	uint16_t *costs;                           /* scratch, by place */
	size_t n; /* pictures; may be set to fewer */
	struct codist_refine_wall *walls;
	size_t n_walls, capacity;
};

/* codist_gallery_add() hangs one more picture, of the gallery's size. */
enum codist_status codist_gallery_add(struct codist_gallery *gallery,
				      const struct codist_raster *picture,
				      struct codist_error *err);

void codist_gallery_release(struct codist_gallery *gallery);

/* codist_gallery_show() copies a picture that has its own wall to what is shown. */
void codist_gallery_show(struct codist_gallery *gallery, size_t picture,
			 size_t lane);

/* How many pictures a wall has at most. */
static inline size_t codist_gallery_lanes(const struct codist_gallery *gallery)
{
	return gallery->n_nearest > 0 ? 1 : REFINE_LANES;
}

static inline size_t codist_gallery_shifts(const struct codist_gallery *gallery)
{
	return (2 * gallery->radius + 1) * (2 * gallery->radius + 1);
}

static inline size_t codist_gallery_blocks(const struct codist_gallery *gallery)
{
	return ((gallery->width + gallery->block - 1) / gallery->block) *
	       ((gallery->height + gallery->block - 1) / gallery->block);
}

/* How many places there are, on and just beyond a picture. */
static inline size_t codist_gallery_places(const struct codist_gallery *gallery)
{
	return (gallery->width + 2 * gallery->radius) *
	       (gallery->height + 2 * gallery->radius);
}

#endif
