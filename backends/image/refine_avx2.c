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
TARGET static void begin_block(const uint16_t *blank, uint16_t shift,
			       __m256i sums[2])
{
	__m256i a, b;

	sums[0] = sums[1] = _mm256_set1_epi16((short)shift);
	if (!blank)
		return;
	a = _mm256_load_si256((const __m256i *)blank);
	b = _mm256_load_si256((const __m256i *)(blank + HALF / 2));
	sums[0] = _mm256_permute2x128_si256(a, b, 0x20);
	sums[1] = _mm256_permute2x128_si256(a, b, 0x31);
}

/* `around` is that of a displacement. */
TARGET static void add_block(const struct codist_refine_site *site,
			     const unsigned char *around,
			     const unsigned char (*tables)[2][REFINE_N_AROUND],
			     __m256i sums[2])
{
	for (; site->row != REFINE_END; site++) {
		__m256i found[2];

		look_up(tables[site->row][0],
			_mm256_load_si256((const __m256i *)(
				around + (size_t)site->place * REFINE_LANES)),
			found);
		sums[0] = _mm256_add_epi16(sums[0], _mm256_unpacklo_epi8(
			found[0], found[1]));
		sums[1] = _mm256_add_epi16(sums[1], _mm256_unpackhi_epi8(
			found[0], found[1]));
	}
}

TARGET void codist_refine_wall_avx2(const struct codist_refine_query *query,
				    const struct codist_gallery *gallery,
				    const struct codist_refine_wall *wall,
				    const struct codist_refine_tables *tables,
				    uint32_t *parts)
{
	size_t side = 2 * gallery->radius + 1, n_shifts = side * side;
	size_t stride = gallery->width + 2 * gallery->radius;
	const struct codist_refine_site *sites = query->sites;
	uint16_t words[REFINE_MOST_SHIFTS][2][HALF / 2];

	memset(parts, 0, REFINE_LANES * sizeof(*parts));
	for (size_t b = 0; b < codist_gallery_blocks(gallery); b++) {
	for (size_t first = 0; first < REFINE_LANES; first += HALF) {
		for (size_t s = 0; s < n_shifts; s++) {
			__m256i sums[2];

			begin_block(wall->blank ? wall->blank +
				    (b * n_shifts + s) * REFINE_LANES + first :
				    NULL, tables->shifts[s], sums);
			add_block(sites, wall->around + first +
				  (s / side * stride + s % side) * REFINE_LANES,
				  codist_refine_looked_up(gallery, tables),
				  sums);
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
		while (sites++->row != REFINE_END)
			continue;
	}
}

#endif
