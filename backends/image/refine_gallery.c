/*
 * refine_gallery.c - pictures of one size, laid out to be looked at side by side
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "refine_gallery.h"

#include <stdlib.h>
#include <string.h>

/* aligned_alloc() wants a multiple of it. */
#define ALIGNMENT 64

static void *new_aligned(size_t nbytes)
{
	void *made;

	nbytes = (nbytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	made = aligned_alloc(ALIGNMENT, nbytes);
	if (made)
		memset(made, 0, nbytes);
	return made;
}

static size_t n_blanks(const struct codist_gallery *gallery)
{
	return codist_gallery_blocks(gallery) * codist_gallery_shifts(gallery);
}

static void release_wall(struct codist_refine_wall *wall)
{
	free(wall->around);
	free(wall->blank);
}

static enum codist_status new_wall(struct codist_refine_wall *wall,
				   const struct codist_gallery *gallery,
				   size_t n_lanes, struct codist_error *err)
{
	*wall = (struct codist_refine_wall){
		.around = new_aligned(codist_gallery_places(gallery) * n_lanes),
		.n_lanes = n_lanes,
	};
	if (gallery->tables)
		wall->blank = new_aligned(n_blanks(gallery) * n_lanes *
					  sizeof(*wall->blank));
	if (wall->around && (wall->blank || !gallery->tables))
		return CODIST_OK;
	release_wall(wall);
	wall->around = NULL;
	return codist_no_memory(err, "pictures to compare with");
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
	size_t n_places = codist_gallery_places(gallery), n = wall->n_lanes;
	struct codist_refine_wall wide;

	CODIST_TRY(new_wall(&wide, gallery, 2 * n, err));
	for (size_t i = 0; i < n_places; i++)
		memcpy(wide.around + 2 * i * n, wall->around + i * n, n);
	for (size_t i = 0; wall->blank && i < n_blanks(gallery); i++)
		memcpy(wide.blank + 2 * i * n, wall->blank + i * n,
		       n * sizeof(*wide.blank));
	release_wall(wall);
	*wall = wide;
	return CODIST_OK;
}

static enum codist_status make_room(struct codist_gallery *gallery,
				    struct codist_error *err)
{
	size_t most = codist_gallery_lanes(gallery);
	size_t at = gallery->n / most, lane = gallery->n % most;
	size_t n_lanes = at == 0 ? 1 : most;

	if (gallery->tables && !gallery->costs) {
		gallery->costs = malloc(codist_gallery_places(gallery) *
					sizeof(*gallery->costs));
		if (!gallery->costs)
			return codist_no_memory(err, "what white costs");
	}
	if (gallery->n_nearest > 0 && !gallery->shown.around)
		CODIST_TRY(new_wall(&gallery->shown, gallery, REFINE_LANES,
				    err));
	if (at < gallery->n_walls) {
		if (lane < gallery->walls[at].n_lanes)
			return CODIST_OK;
		return widen(gallery, &gallery->walls[at], err);
	}
	if (at == gallery->capacity)
		CODIST_TRY(more_walls(gallery, err));
	CODIST_TRY(new_wall(&gallery->walls[at], gallery, n_lanes, err));
	gallery->n_walls++;
	return CODIST_OK;
}

/* Of one displacement, which begins at `costs`. */
static unsigned sum_block(const struct codist_gallery *gallery,
			  const uint16_t *costs, size_t top, size_t left)
{
	size_t stride = gallery->width + 2 * gallery->radius;
	size_t bottom = top + gallery->block, right = left + gallery->block;
	unsigned sum = 0;

	if (bottom > gallery->height)
		bottom = gallery->height;
	if (right > gallery->width)
		right = gallery->width;
	for (size_t y = top; y < bottom; y++)
		for (size_t x = left; x < right; x++)
			sum += costs[y * stride + x];
	return sum;
}

static void add_blanks(const struct codist_gallery *gallery,
		       const struct codist_refine_wall *wall, size_t lane)
{
	size_t side = 2 * gallery->radius + 1;
	size_t stride = gallery->width + 2 * gallery->radius;
	uint16_t *out = wall->blank + lane;

	for (size_t i = 0; i < codist_gallery_places(gallery); i++)
		gallery->costs[i] = gallery->tables->parts[REFINE_BLANK]
			[wall->around[i * wall->n_lanes + lane]];
	for (size_t top = 0; top < gallery->height; top += gallery->block)
		for (size_t left = 0; left < gallery->width;
		     left += gallery->block)
			for (size_t s = 0; s < side * side; s++) {
				*out = (uint16_t)(
					gallery->tables->shifts[s] +
					sum_block(gallery, gallery->costs +
						  s / side * stride + s % side,
						  top, left));
				out += wall->n_lanes;
			}
}

enum codist_status codist_gallery_add(struct codist_gallery *gallery,
				      const struct codist_raster *picture,
				      struct codist_error *err)
{
	ptrdiff_t r = (ptrdiff_t)gallery->radius;
	ptrdiff_t height = (ptrdiff_t)gallery->height;
	ptrdiff_t width = (ptrdiff_t)gallery->width;
	size_t most = codist_gallery_lanes(gallery);
	const struct codist_refine_wall *wall;
	unsigned char *out;

	CODIST_TRY(make_room(gallery, err));
	if (gallery->n_nearest > 0) {
		gallery->near.n_pixels = gallery->width * gallery->height;
		CODIST_TRY(codist_near_put(&gallery->near, gallery->n, picture,
					   err));
	}
	wall = &gallery->walls[gallery->n / most];
	out = wall->around + gallery->n % most;
	for (ptrdiff_t y = -r; y < height + r; y++)
		for (ptrdiff_t x = -r; x < width + r; x++) {
			*out = (unsigned char)codist_refine_around(picture, y,
								   x);
			out += wall->n_lanes;
		}
	if (gallery->tables)
		add_blanks(gallery, wall, gallery->n % most);
	gallery->n++;
	return CODIST_OK;
}

void codist_gallery_show(struct codist_gallery *gallery, size_t picture,
			 size_t lane)
{
	const struct codist_refine_wall *from = &gallery->walls[picture];
	const struct codist_refine_wall *to = &gallery->shown;

	for (size_t i = 0; i < codist_gallery_places(gallery); i++)
		to->around[i * REFINE_LANES + lane] = from->around[i];
	for (size_t i = 0; from->blank && i < n_blanks(gallery); i++)
		to->blank[i * REFINE_LANES + lane] = from->blank[i];
}

void codist_gallery_release(struct codist_gallery *gallery)
{
	for (size_t i = 0; i < gallery->n_walls; i++)
		release_wall(&gallery->walls[i]);
	release_wall(&gallery->shown);
	codist_near_release(&gallery->near);
	free(gallery->walls);
	free(gallery->costs);
}
