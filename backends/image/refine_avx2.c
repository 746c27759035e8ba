/*
 * refine_avx2.c - the same by AVX2, which looks up tables of 16 bytes
 *
 * A table of 128 bytes are eight of these. Each is asked, with the indices that are
 * not its own made such that it answers 0, and the answers are joined.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "refine_scan.h"

#if REFINE_HAS_X86

#include "refine_vectors.h"

#include <string.h>

#define TARGET __attribute__((target("avx2")))
#define HALF 32 /* pictures in a vector */

/*
 * PSHUFB looks at bits 0..3, and gives 0 where bit 7 is set. An index less 16 k is
 * negative where it belongs to a table before the k-th, and so has bit 7 already;
 * where it belongs to one behind, some of bits 4..6 are set, and carry into bit 7
 * when 0x70 is added.
 */
TARGET static inline __m256i in_table(__m256i index, int k)
{
	__m256i less = _mm256_sub_epi8(index, _mm256_set1_epi8((char)(16 * k)));

	return _mm256_or_si256(less, _mm256_add_epi8(_mm256_and_si256(
		less, _mm256_set1_epi8(0x70)), _mm256_set1_epi8(0x70)));
}

TARGET static inline void look_up(const unsigned char *table, __m256i index,
				  __m256i found[2])
{
	found[0] = found[1] = _mm256_setzero_si256();
	for (int k = 0; k < 8; k++) {
		__m256i at = in_table(index, k);

		for (int b = 0; b < 2; b++) {
			__m128i part = _mm_loadu_si128(
				(const __m128i *)(table + 128 * b + 16 * k));

			found[b] = _mm256_or_si256(
				found[b],
				_mm256_shuffle_epi8(
					_mm256_broadcastsi128_si256(part),
					at));
		}
	}
}

/* Sums of words: of each 16 pictures the first eight, and the others. */
TARGET static void add_block(const struct codist_refine_query *query,
			     const struct codist_gallery *gallery,
			     const unsigned char *around,
			     const struct codist_refine_tables *tables,
			     size_t top, size_t left, size_t s,
			     __m256i sums[2])
{
	size_t side = 2 * gallery->radius + 1;
	size_t stride = gallery->width + 2 * gallery->radius;

	for (size_t y = top; y < top + query->block && y < query->height; y++)
		for (size_t x = left;
		     x < left + query->block && x < query->width; x++) {
			size_t row = query->rows[y * query->width + x];
			size_t place = (y + s / side) * stride + x + s % side;
			__m256i found[2];

			if (row == REFINE_UNKNOWN)
				continue;
			look_up(tables->bytes[row][0],
				_mm256_load_si256((const __m256i *)(
					around + place * REFINE_LANES)),
				found);
			sums[0] = _mm256_add_epi16(
				sums[0], _mm256_unpacklo_epi8(found[0],
							      found[1]));
			sums[1] = _mm256_add_epi16(
				sums[1], _mm256_unpackhi_epi8(found[0],
							      found[1]));
		}
}

TARGET void codist_refine_wall_avx2(const struct codist_refine_query *query,
				    const struct codist_gallery *gallery,
				    const unsigned char *around,
				    const struct codist_refine_tables *tables,
				    uint32_t *parts)
{
	size_t side = 2 * gallery->radius + 1, n_shifts = side * side;
	uint16_t words[REFINE_MOST_SHIFTS][2][HALF / 2];

	memset(parts, 0, REFINE_LANES * sizeof(*parts));
	for (size_t first = 0; first < REFINE_LANES; first += HALF)
	for (size_t top = 0; top < query->height; top += query->block)
	for (size_t left = 0; left < query->width; left += query->block) {
		for (size_t s = 0; s < n_shifts; s++) {
			__m256i sums[2];

			sums[0] = sums[1] =
				_mm256_set1_epi16((short)tables->shifts[s]);
			add_block(query, gallery, around + first, tables, top,
				  left, s, sums);
			_mm256_storeu_si256((__m256i *)words[s][0], sums[0]);
			_mm256_storeu_si256((__m256i *)words[s][1], sums[1]);
		}
		for (size_t i = 0; i < HALF; i++) {
			uint16_t of[REFINE_MOST_SHIFTS];

			for (size_t s = 0; s < n_shifts; s++)
				of[s] = words[s][i / 8 % 2]
					     [i / 16 * 8 + i % 8];
			parts[first + i] += codist_refine_mixed(tables, of,
								n_shifts);
		}
	}
}

#endif
