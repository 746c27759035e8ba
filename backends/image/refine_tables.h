/*
 * refine_tables.h - what a pixel costs, by the pixels before it and the reference's
 *
 * The context of a pixel of x are six pixels of x that came before, and seven of
 * the reference y around the same place: the pixel itself, its four neighbours,
 * and the two of the line below at its corners, which are what x cannot tell yet.
 *
 * A cost is a part that depends on x only, exact, and one that depends on y as
 * well, in sixty-fourths of a bit, rounded up. So what is white in x and y costs
 * no more than it must; and the probabilities of black and white, of which costs
 * are the logarithms, never add up to more than one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BACKENDS_IMAGE_REFINE_TABLES_H
#define CODIST_BACKENDS_IMAGE_REFINE_TABLES_H

#include "refine_raster.h"

#include "coding.h"

#define REFINE_BEFORE 6
#define REFINE_AROUND 7
#define REFINE_N_BEFORE (1 << REFINE_BEFORE)
#define REFINE_N_AROUND (1 << REFINE_AROUND)

/* Rows of tables are 2 * context + pixel; the last one is of a pixel not known yet. */
#define REFINE_ROWS (2 * REFINE_N_BEFORE)
#define REFINE_UNKNOWN REFINE_ROWS
#define REFINE_BLANK 0 /* of white that has but white before */

/* Displacements of at most so many pixels: 25 of them. */
#define REFINE_MOST_RADIUS 2
#define REFINE_MOST_SHIFTS 25

/* A bit has so many parts in what depends on y. */
#define REFINE_PARTS 64
#define REFINE_PART (CODIST_COST_ONE / REFINE_PARTS)

#define REFINE_LARGEST_BITS 42

/* How often, in parts of one: pictures are weighed. */
#define REFINE_COUNT_ONE 65536

struct codist_refine_counts {
	uint64_t n[REFINE_N_BEFORE][REFINE_N_AROUND][2];
	uint64_t shifts[REFINE_MOST_SHIFTS];
};

/*
 * By row and what is around: 16 bits, and the same as bytes, the lower ones first,
 * which is how vectors look them up. `beyond` is modulo 2^16 what a row costs more
 * than a blank one does.
 */
struct codist_refine_tables {
	unsigned char bytes[REFINE_ROWS][2][REFINE_N_AROUND];
	unsigned char beyond[REFINE_ROWS + 1][2][REFINE_N_AROUND];
	uint16_t parts[REFINE_ROWS][REFINE_N_AROUND];
	uint32_t base[REFINE_ROWS]; /* of CODIST_COST_ONE */
	uint16_t shifts[REFINE_MOST_SHIFTS];
	/* 2048 * 2^(-i/64), and 64 * log2(1 + i/128), both rounded down */
	uint16_t powers[REFINE_PARTS];
	unsigned char logs[128];
	/* 2^(42 - i/64), in whole 4096s, for sums over many pictures */
	uint64_t large[REFINE_PARTS];
};

/*
 * codist_refine_counts_init() is what is believed before anything is seen, as if
 * each context had been seen `prior` > 0 times.
 */
void codist_refine_counts_init(struct codist_refine_counts *counts,
			       size_t radius, uint32_t prior);

/* codist_refine_tables_fill() makes costs of counts. */
void codist_refine_tables_fill(struct codist_refine_tables *tables,
			       const struct codist_refine_counts *counts,
			       const struct codist_costs *costs, size_t radius);

/* codist_refine_before() is the context of a pixel of x. */
static inline unsigned codist_refine_before(const struct codist_raster *x,
					    ptrdiff_t row, ptrdiff_t column)
{
	return codist_raster_at(x, row, column - 1) |
	       codist_raster_at(x, row - 1, column) << 1 |
	       codist_raster_at(x, row - 1, column - 1) << 2 |
	       codist_raster_at(x, row - 1, column + 1) << 3 |
	       codist_raster_at(x, row, column - 2) << 4 |
	       codist_raster_at(x, row - 2, column) << 5;
}

/* codist_refine_around() is what y has around a place, what matters most first. */
static inline unsigned codist_refine_around(const struct codist_raster *y,
					    ptrdiff_t row, ptrdiff_t column)
{
	return codist_raster_at(y, row, column) |
	       codist_raster_at(y, row, column + 1) << 1 |
	       codist_raster_at(y, row + 1, column) << 2 |
	       codist_raster_at(y, row - 1, column) << 3 |
	       codist_raster_at(y, row, column - 1) << 4 |
	       codist_raster_at(y, row + 1, column + 1) << 5 |
	       codist_raster_at(y, row + 1, column - 1) << 6;
}

/*
 * codist_refine_mixed() is what a mixture costs whose n members cost `of`, their
 * weights included, all in parts: -64 log2 of the sum of 2^(-of/64), rounded up.
 */
unsigned codist_refine_mixed(const struct codist_refine_tables *tables,
			     const uint16_t *of, size_t n);

#endif
