/*
 * refine_scan.c - what a picture costs by each picture of a gallery
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "refine_scan.h"

#include <string.h>

/* What the pixels of a block cost by all pictures of a wall, by displacement. */
static void add_block(const struct codist_refine_query *query,
		      const struct codist_gallery *gallery,
		      const struct codist_refine_wall *wall,
		      const struct codist_refine_tables *tables,
		      size_t top, size_t left, uint16_t *sums)
{
	size_t n_lanes = wall->n_lanes, side = 2 * gallery->radius + 1;
	size_t stride = gallery->width + 2 * gallery->radius;
	size_t bottom = top + query->block, right = left + query->block;

	if (bottom > query->height)
		bottom = query->height;
	if (right > query->width)
		right = query->width;
	for (size_t y = top; y < bottom; y++)
		for (size_t x = left; x < right; x++) {
			size_t row = query->rows[y * query->width + x];

			if (row == REFINE_UNKNOWN)
				continue;
			for (size_t s = 0; s < side * side; s++) {
				const unsigned char *around = wall->around +
					((y + s / side) * stride + x +
					 s % side) * n_lanes;

				for (size_t i = 0; i < n_lanes; i++)
					sums[i * REFINE_MOST_SHIFTS + s] =
						(uint16_t)(sums[i *
						REFINE_MOST_SHIFTS + s] +
						tables->parts[row][around[i]]);
			}
		}
}

static void scan_wall(const struct codist_refine_query *query,
		      const struct codist_gallery *gallery,
		      const struct codist_refine_wall *wall,
		      const struct codist_refine_tables *tables,
		      uint32_t *parts)
{
	size_t side = 2 * gallery->radius + 1, n_shifts = side * side;
	uint16_t sums[REFINE_LANES * REFINE_MOST_SHIFTS];

	memset(parts, 0, wall->n_lanes * sizeof(*parts));
	for (size_t top = 0; top < query->height; top += query->block)
		for (size_t left = 0; left < query->width;
		     left += query->block) {
			for (size_t i = 0; i < wall->n_lanes; i++)
				memcpy(sums + i * REFINE_MOST_SHIFTS,
				       tables->shifts,
				       n_shifts * sizeof(*sums));
			add_block(query, gallery, wall, tables, top, left,
				  sums);
			for (size_t i = 0; i < wall->n_lanes; i++)
				parts[i] += codist_refine_mixed(
					tables, sums + i * REFINE_MOST_SHIFTS,
					n_shifts);
		}
}

int codist_refine_has(enum codist_refine_engine engine)
{
#if REFINE_HAS_X86
	if (engine == REFINE_AVX512)
		return __builtin_cpu_supports("avx512vbmi") &&
		       __builtin_cpu_supports("avx512bw");
	if (engine == REFINE_AVX2)
		return __builtin_cpu_supports("avx2") != 0;
#endif
	return engine == REFINE_FASTEST || engine == REFINE_PORTABLE;
}

enum codist_refine_engine codist_refine_fastest(void)
{
	if (codist_refine_has(REFINE_AVX512))
		return REFINE_AVX512;
	return codist_refine_has(REFINE_AVX2) ? REFINE_AVX2 : REFINE_PORTABLE;
}

void codist_refine_scan(const struct codist_refine_query *query,
			const struct codist_gallery *gallery,
			const struct codist_refine_tables *tables,
			enum codist_refine_engine engine, uint32_t *parts)
{
	codist_refine_wall_fn *wall_fn = NULL;

	if (engine == REFINE_FASTEST)
		engine = codist_refine_fastest();
#if REFINE_HAS_X86
	if (engine == REFINE_AVX512)
		wall_fn = codist_refine_wall_avx512;
	if (engine == REFINE_AVX2)
		wall_fn = codist_refine_wall_avx2;
#endif
	for (size_t i = 0; i * REFINE_LANES < gallery->n; i++) {
		const struct codist_refine_wall *wall = &gallery->walls[i];
		uint32_t *out = parts + i * REFINE_LANES;

		if (wall_fn && wall->n_lanes == REFINE_LANES)
			wall_fn(query, gallery, wall->around, tables, out);
		else
			scan_wall(query, gallery, wall, tables, out);
	}
}

uint64_t codist_refine_base(const struct codist_refine_query *query,
			    const struct codist_refine_tables *tables)
{
	uint64_t base = 0;

	for (size_t i = 0; i < query->width * query->height; i++)
		if (query->rows[i] != REFINE_UNKNOWN)
			base += tables->base[query->rows[i]];
	return base;
}
