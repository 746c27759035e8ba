/*
 * refine_gallery.c - pictures of one size, laid out to be looked at side by side
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "refine_gallery.h"
#include "refine_tables.h"

#include <stdlib.h>
#include <string.h>

/* aligned_alloc() wants a multiple of it. */
#define ALIGNMENT 64

static unsigned char *new_wall(const struct codist_gallery *gallery,
			       size_t n_lanes)
{
	size_t nbytes = codist_gallery_places(gallery) * n_lanes;
	unsigned char *around;

	nbytes = (nbytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	around = aligned_alloc(ALIGNMENT, nbytes);
	if (around)
		memset(around, 0, nbytes);
	return around;
}

static enum codist_status more_walls(struct codist_gallery *gallery,
				     struct codist_error *err)
{
	size_t more = 2 * gallery->capacity + 1;
	struct codist_refine_wall *walls =
		realloc(gallery->walls, more * sizeof(*walls));

	if (!walls)
		return codist_no_memory(err, "a list of pictures");
	gallery->walls = walls;
	gallery->capacity = more;
	return CODIST_OK;
}

/* Twice as many pictures side by side. */
static enum codist_status widen(struct codist_gallery *gallery,
				struct codist_refine_wall *wall,
				struct codist_error *err)
{
	size_t n_places = codist_gallery_places(gallery);
	unsigned char *around = new_wall(gallery, 2 * wall->n_lanes);

	if (!around)
		return codist_no_memory(err, "pictures to compare with");
	for (size_t i = 0; i < n_places; i++)
		memcpy(around + 2 * i * wall->n_lanes,
		       wall->around + i * wall->n_lanes, wall->n_lanes);
	free(wall->around);
	wall->around = around;
	wall->n_lanes *= 2;
	return CODIST_OK;
}

static enum codist_status make_room(struct codist_gallery *gallery,
				    struct codist_error *err)
{
	size_t at = gallery->n / REFINE_LANES, lane = gallery->n % REFINE_LANES;
	size_t n_lanes = at == 0 ? 1 : REFINE_LANES;
	unsigned char *around;

	if (at < gallery->n_walls) {
		if (lane < gallery->walls[at].n_lanes)
			return CODIST_OK;
		return widen(gallery, &gallery->walls[at], err);
	}
	if (at == gallery->capacity)
		CODIST_TRY(more_walls(gallery, err));
	around = new_wall(gallery, n_lanes);
	if (!around)
		return codist_no_memory(err, "pictures to compare with");
	gallery->walls[at] = (struct codist_refine_wall){ around, n_lanes };
	gallery->n_walls++;
	return CODIST_OK;
}

enum codist_status codist_gallery_add(struct codist_gallery *gallery,
				      const struct codist_raster *picture,
				      struct codist_error *err)
{
	ptrdiff_t r = (ptrdiff_t)gallery->radius;
	ptrdiff_t height = (ptrdiff_t)gallery->height;
	ptrdiff_t width = (ptrdiff_t)gallery->width;
	const struct codist_refine_wall *wall;
	unsigned char *out;

	CODIST_TRY(make_room(gallery, err));
	wall = &gallery->walls[gallery->n / REFINE_LANES];
	out = wall->around + gallery->n % REFINE_LANES;
	for (ptrdiff_t y = -r; y < height + r; y++)
		for (ptrdiff_t x = -r; x < width + r; x++) {
			*out = (unsigned char)codist_refine_around(picture, y,
								   x);
			out += wall->n_lanes;
		}
	gallery->n++;
	return CODIST_OK;
}

void codist_gallery_release(struct codist_gallery *gallery)
{
	for (size_t i = 0; i < gallery->n_walls; i++)
		free(gallery->walls[i].around);
	free(gallery->walls);
}
