/*
 * refine_scan.h - what a picture costs by each picture of a gallery
 *
 * A picture falls into blocks. Each of them is coded by the reference as displaced
 * by some pixels, of which it is not told by how many: the probability of a block is
 * the sum over all displacements. Every pixel of every reference is looked at, by
 * each displacement.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BACKENDS_IMAGE_REFINE_SCAN_H
#define CODIST_BACKENDS_IMAGE_REFINE_SCAN_H

#include "refine_gallery.h"
#include "refine_tables.h"

/* Of a pixel that is not known yet, which costs nothing. */
#define REFINE_UNKNOWN 255

/* A picture as it is asked for. */
struct codist_refine_query {
	size_t width, height, block;
	const unsigned char *rows; /* [height][width], of tables, or unknown */
};

/*
 * codist_refine_scan() gives what a query costs by each picture, beyond the part
 * that is the same by all of them (codist_refine_base()), in parts of a bit.
 *
 *   engine   how, of the engines below; all give the same
 *   parts    receives [n_walls * REFINE_LANES]; those behind the last picture's
 *            mean nothing
 */
enum codist_refine_engine {
	REFINE_FASTEST, REFINE_PORTABLE, REFINE_AVX2, REFINE_AVX512,
};

void codist_refine_scan(const struct codist_refine_query *query,
			const struct codist_gallery *gallery,
			const struct codist_refine_tables *tables,
			enum codist_refine_engine engine, uint32_t *parts);

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
				   const unsigned char *around,
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
