/*
 * refine_scan.h - what a picture costs by each picture of a gallery
 *
 * A picture falls into blocks. Each of them is coded by the reference as displaced
 * by some pixels, of which it is not told by how many: the probability of a block is
 * the sum over all displacements. Every pixel of every reference is looked at, by
 * each displacement, or was beforehand (refine_gallery.h).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BACKENDS_IMAGE_REFINE_SCAN_H
#define CODIST_BACKENDS_IMAGE_REFINE_SCAN_H

#include "refine_gallery.h"
#include "refine_tables.h"

/* A pixel that is asked for, and its place among those of a gallery. */
struct codist_refine_site {
	uint32_t place; /* by the displacement up and left */
	uint32_t row;   /* of tables; or behind a block's sites REFINE_END */
};

#define REFINE_END UINT32_MAX

/* A picture as it is asked for. Pixels that are not known yet cost nothing. */
struct codist_refine_query {
	size_t width, height, block;
	const unsigned char *rows; /* [height][width], of tables, or unknown */
	const struct codist_refine_site *sites; /* block by block */
	/* where not all of a gallery is looked at: itself, and how much is known */
	const struct codist_raster *picture;
	size_t n_known;
};

/*
 * codist_refine_query_sites() finds the sites of a query.
 *
 *   sites   receives at most 2 * width * height of them, and becomes the query's
 */
void codist_refine_query_sites(struct codist_refine_query *query,
			       const struct codist_gallery *gallery,
			       struct codist_refine_site *sites);

/*
 * codist_refine_scan() gives what a query costs by each picture, beyond the part
 * that is the same by all of them (codist_refine_base()), in parts of a bit.
 *
 *   engine   how, of the engines below; all give the same
 *   parts    receives [n_walls * lanes]; those behind the last picture's
 *            mean nothing; REFINE_LEFT_OUT of a picture that is not looked at
 */
enum codist_refine_engine {
	REFINE_FASTEST, REFINE_PORTABLE, REFINE_AVX2, REFINE_AVX512,
};

#define REFINE_LEFT_OUT UINT32_MAX

void codist_refine_scan(const struct codist_refine_query *query,
			struct codist_gallery *gallery,
			const struct codist_refine_tables *tables,
			enum codist_refine_engine engine, uint32_t *parts);

/* By which tables the rows of sites are looked up. */
static inline const unsigned char (*codist_refine_looked_up(
	const struct codist_gallery *gallery,
	const struct codist_refine_tables *tables))[2][REFINE_N_AROUND]
{
	return gallery->tables ? tables->beyond : tables->bytes;
}

/* The places that are looked at after those of a wall, or these if it is the last. */
static inline const unsigned char *
codist_refine_next(const struct codist_gallery *gallery,
		   const struct codist_refine_wall *wall)
{
	if (wall == &gallery->shown || wall + 1 == gallery->walls +
						       gallery->n_walls)
		return wall->around;
	return wall[1].around;
}

/* codist_refine_base() is that part, of CODIST_COST_ONE to a bit. */
uint64_t codist_refine_base(const struct codist_refine_query *query,
			    const struct codist_refine_tables *tables);

/* codist_refine_has() is 1 where the machine at hand has such an engine. */
int codist_refine_has(enum codist_refine_engine engine);

/* The fastest that there is. */
enum codist_refine_engine codist_refine_fastest(void);

/* What the engines do: one full wall. parts receives [REFINE_LANES]. */
typedef void codist_refine_wall_fn(const struct codist_refine_query *query,
				   const struct codist_gallery *gallery,
				   const struct codist_refine_wall *wall,
				   const struct codist_refine_tables *tables,
				   uint32_t *parts);
codist_refine_wall_fn codist_refine_wall_avx2, codist_refine_wall_avx512;

/* GCC and Clang compile for more than the machine that is asked for. */
#if defined(__x86_64__) && defined(__GNUC__)
#define REFINE_HAS_X86 1
#else
#define REFINE_HAS_X86 0
#endif

#endif
