/*
 * refine_avx512.c - the same by AVX-512, of which VBMI looks up tables of 128 bytes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "refine_scan.h"

#if REFINE_HAS_X86

#include "refine_vectors.h"

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vbmi")))

/*
 * Two vectors of 32 words for the pictures of a wall: of each 16, the first eight
 * are in one and the others in the other, as bytes are unpacked.
 */
struct pair {
	__m512i low, high;
};

/* The sums of one block, by the displacements of one row of them. */
TARGET static inline __attribute__((always_inline)) void
add_row(const struct codist_refine_query *query, const unsigned char *around,
	size_t stride, const struct codist_refine_tables *tables,
	const size_t corners[4], size_t dy, size_t side, struct pair *sums)
{
	struct pair at[2 * REFINE_MOST_RADIUS + 1];

	for (size_t k = 0; k < side; k++)
		at[k].low = at[k].high = _mm512_set1_epi16(
			(short)tables->shifts[dy * side + k]);
	for (size_t y = corners[0]; y < corners[2]; y++)
		for (size_t x = corners[1]; x < corners[3]; x++) {
			size_t row = query->rows[y * query->width + x];
			const unsigned char *places =
				around + ((y + dy) * stride + x) * 64;
			const unsigned char *table;
			__m512i a, b, c, d;

			if (row == REFINE_UNKNOWN)
				continue;
			table = tables->bytes[row][0];
			a = _mm512_loadu_si512(table);
			b = _mm512_loadu_si512(table + 64);
			c = _mm512_loadu_si512(table + 128);
			d = _mm512_loadu_si512(table + 192);
			for (size_t k = 0; k < side; k++) {
				__m512i i = _mm512_load_si512(places + 64 * k);
				__m512i low =
					_mm512_permutex2var_epi8(a, i, b);
				__m512i high =
					_mm512_permutex2var_epi8(c, i, d);

				at[k].low = _mm512_add_epi16(
					at[k].low,
					_mm512_unpacklo_epi8(low, high));
				at[k].high = _mm512_add_epi16(
					at[k].high,
					_mm512_unpackhi_epi8(low, high));
			}
		}
	for (size_t k = 0; k < side; k++)
		sums[dy * side + k] = at[k];
}

/* codist_refine_mixed() of 32 lanes; `of` are every other vector. */
TARGET static inline __attribute__((always_inline)) __m512i
mixed(const struct codist_refine_tables *tables, const __m512i *of, size_t n)
{
	__m512i powers[2] = { _mm512_loadu_si512(tables->powers),
			      _mm512_loadu_si512(tables->powers + 32) };
	__m512i logs[2] = { _mm512_loadu_si512(tables->logs),
			    _mm512_loadu_si512(tables->logs + 64) };
	__m512i least = of[0], sum = _mm512_setzero_si512(), octaves = sum;

	for (size_t i = 1; i < n; i++)
		least = _mm512_min_epu16(least, of[2 * i]);
	for (size_t i = 0; i < n; i++) {
		__m512i more = _mm512_sub_epi16(of[2 * i], least);
		__m512i power = _mm512_permutex2var_epi16(powers[0], more,
							  powers[1]);

		sum = _mm512_add_epi16(
			sum, _mm512_srlv_epi16(power,
					       _mm512_srli_epi16(more, 6)));
	}
	for (int octave = 4096; octave <= 32768; octave *= 2)
		octaves = _mm512_mask_add_epi16(
			octaves,
			_mm512_cmpge_epu16_mask(
				sum, _mm512_set1_epi16((short)octave)),
			octaves, _mm512_set1_epi16(1));
	sum = _mm512_srli_epi16(_mm512_srlv_epi16(sum, octaves), 4);
	/* Only seven bits of an index count, so the 128 need not be taken off. */
	sum = _mm512_maskz_permutex2var_epi8(0x5555555555555555, logs[0], sum,
					     logs[1]);
	return _mm512_sub_epi16(_mm512_sub_epi16(least, sum),
				_mm512_slli_epi16(octaves, 6));
}

TARGET static inline __attribute__((always_inline)) void
scan(const struct codist_refine_query *query,
     const struct codist_gallery *gallery, const unsigned char *around,
     const struct codist_refine_tables *tables, size_t side, uint32_t *parts)
{
	size_t stride = gallery->width + 2 * gallery->radius;
	uint16_t blocks[2][32];

	for (size_t i = 0; i < REFINE_LANES; i++)
		parts[i] = 0;
	for (size_t top = 0; top < query->height; top += query->block)
		for (size_t left = 0; left < query->width;
		     left += query->block) {
			size_t bottom = top + query->block;
			size_t right = left + query->block;
			size_t corners[4] = {
				top, left,
				bottom < query->height ? bottom : query->height,
				right < query->width ? right : query->width,
			};
			struct pair sums[REFINE_MOST_SHIFTS];

			for (size_t dy = 0; dy < side; dy++)
				add_row(query, around, stride, tables, corners,
					dy, side, sums);
			_mm512_storeu_si512(blocks[0],
					    mixed(tables, &sums[0].low,
						  side * side));
			_mm512_storeu_si512(blocks[1],
					    mixed(tables, &sums[0].high,
						  side * side));
			for (size_t i = 0; i < REFINE_LANES; i++)
				parts[i] += blocks[i / 8 % 2]
						  [i / 16 * 8 + i % 8];
		}
}

/* Known sides, so that the sums of a row stay in registers. */
TARGET void codist_refine_wall_avx512(const struct codist_refine_query *query,
				      const struct codist_gallery *gallery,
				      const unsigned char *around,
				      const struct codist_refine_tables *tables,
				      uint32_t *parts)
{
	if (gallery->radius == 0)
		scan(query, gallery, around, tables, 1, parts);
	else if (gallery->radius == 1)
		scan(query, gallery, around, tables, 3, parts);
	else
		scan(query, gallery, around, tables, 5, parts);
}

#endif
