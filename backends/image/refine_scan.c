/*
 * refine_scan.c - what a picture costs by each picture of a gallery
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "refine_scan.h"

#include <string.h>

void codist_refine_query_sites(struct codist_refine_query *query,
			       const struct codist_gallery *gallery,
			       struct codist_refine_site *sites)
{
	size_t stride = gallery->width + 2 * gallery->radius;
	size_t none = gallery->tables ? REFINE_BLANK : REFINE_UNKNOWN;
	size_t block = query->block;

	query->sites = sites;
	for (size_t top = 0; top < query->height; top += block)
		for (size_t left = 0; left < query->width; left += block) {
			for (size_t i = 0; i < block * block; i++) {
				size_t y = top + i / block, x = left + i % block;
				size_t row;

				if (y >= query->height || x >= query->width)
					continue;
				row = query->rows[y * query->width + x];
				if (row != none)
					*sites++ = (struct codist_refine_site){
						(uint32_t)(y * stride + x),
						(uint32_t)row,
					};
			}
			*sites++ = (struct codist_refine_site){
				.row = REFINE_END,
			};
		}
}

/*
 * What a block costs by all pictures of a wall, by displacement, beyond what is in
 * sums already.
 */
static void add_block(const struct codist_refine_site *sites,
		      const struct codist_gallery *gallery,
		      const struct codist_refine_wall *wall,
		      const unsigned char (*tables)[2][REFINE_N_AROUND],
		      size_t n, uint16_t (*sums)[REFINE_LANES])
{
	size_t n_lanes = wall->n_lanes, side = 2 * gallery->radius + 1;
	size_t stride = gallery->width + 2 * gallery->radius;

	for (; sites->row != REFINE_END; sites++) {
		const unsigned char *low = tables[sites->row][0];
		const unsigned char *high = tables[sites->row][1];

		for (size_t s = 0; s < side * side; s++) {
			const unsigned char *around = wall->around +
				(sites->place + s / side * stride + s % side) *
				n_lanes;

			for (size_t i = 0; i < n; i++)
				sums[s][i] = (uint16_t)(
					sums[s][i] + low[around[i]] +
					256U * high[around[i]]);
		}
	}
}

static void begin_block(const struct codist_refine_wall *wall, size_t block,
			const struct codist_refine_tables *tables,
			size_t n_shifts, size_t n,
			uint16_t (*sums)[REFINE_LANES])
{
	for (size_t s = 0; s < n_shifts; s++)
		for (size_t i = 0; i < n; i++)
			sums[s][i] = wall->blank ?
				wall->blank[(block * n_shifts + s) *
					    wall->n_lanes + i] :
				tables->shifts[s];
}

/* The first n of its pictures. */
static void scan_wall(const struct codist_refine_query *query,
		      const struct codist_gallery *gallery,
		      const struct codist_refine_wall *wall,
		      const struct codist_refine_tables *tables, size_t n,
		      uint32_t *parts)
{
	size_t n_shifts = codist_gallery_shifts(gallery);
	const struct codist_refine_site *sites = query->sites;
	uint16_t sums[REFINE_MOST_SHIFTS][REFINE_LANES];

	memset(parts, 0, n * sizeof(*parts));
	for (size_t b = 0; b < codist_gallery_blocks(gallery); b++) {
		begin_block(wall, b, tables, n_shifts, n, sums);
		add_block(sites, gallery, wall,
			  codist_refine_looked_up(gallery, tables), n, sums);
		while (sites++->row != REFINE_END)
			continue;
		for (size_t i = 0; i < n; i++) {
			uint16_t of[REFINE_MOST_SHIFTS];

			for (size_t s = 0; s < n_shifts; s++)
				of[s] = sums[s][i];
			parts[i] += codist_refine_mixed(tables, of, n_shifts);
		}
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

static codist_refine_wall_fn *wall_fn_of(enum codist_refine_engine engine)
{
	if (engine == REFINE_FASTEST)
		engine = codist_refine_fastest();
#if REFINE_HAS_X86
	if (engine == REFINE_AVX512)
		return codist_refine_wall_avx512;
	if (engine == REFINE_AVX2)
		return codist_refine_wall_avx2;
#endif
	return NULL;
}

/* The n pictures of `which`, which are shown side by side. */
static void scan_shown(const struct codist_refine_query *query,
		       struct codist_gallery *gallery,
		       const struct codist_refine_tables *tables,
		       codist_refine_wall_fn *wall_fn, const size_t *which,
		       size_t n, uint32_t *parts)
{
	uint32_t of[REFINE_LANES];

	for (size_t i = 0; i < n; i++)
		codist_gallery_show(gallery, which[i], i);
	if (wall_fn)
		wall_fn(query, gallery, &gallery->shown, tables, of);
	else
		scan_wall(query, gallery, &gallery->shown, tables, n, of);
	for (size_t i = 0; i < n; i++)
		parts[which[i]] = of[i];
}

static void scan_nearest(const struct codist_refine_query *query,
			 struct codist_gallery *gallery,
			 const struct codist_refine_tables *tables,
			 codist_refine_wall_fn *wall_fn, uint32_t *parts)
{
	struct codist_near_choice choice = codist_near_choose(
		&gallery->near, query->picture, query->n_known, gallery->n,
		gallery->n_nearest, parts);
	size_t which[REFINE_LANES], n = 0;

	for (size_t i = 0; i < gallery->n; i++) {
		if (codist_near_takes(&choice, parts[i]))
			which[n++] = i;
		parts[i] = REFINE_LEFT_OUT;
		if (n == REFINE_LANES || (n > 0 && i + 1 == gallery->n)) {
			scan_shown(query, gallery, tables, wall_fn, which, n,
				   parts);
			n = 0;
		}
	}
}

void codist_refine_scan(const struct codist_refine_query *query,
			struct codist_gallery *gallery,
			const struct codist_refine_tables *tables,
			enum codist_refine_engine engine, uint32_t *parts)
{
	codist_refine_wall_fn *wall_fn = wall_fn_of(engine);

	if (gallery->n_nearest > 0) {
		scan_nearest(query, gallery, tables, wall_fn, parts);
		return;
	}
	for (size_t i = 0; i * REFINE_LANES < gallery->n; i++) {
		const struct codist_refine_wall *wall = &gallery->walls[i];
		uint32_t *out = parts + i * REFINE_LANES;

		if (wall_fn && wall->n_lanes == REFINE_LANES)
			wall_fn(query, gallery, wall, tables, out);
		else
			scan_wall(query, gallery, wall, tables, wall->n_lanes,
				  out);
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
