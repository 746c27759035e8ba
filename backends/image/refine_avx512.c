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

/* Two vectors of 32 words for the pictures of a wall, the even ones and the odd. */
struct pair {
	__m512i even, odd;
};

TARGET static inline __attribute__((always_inline)) struct pair
begin(const uint16_t *blank, uint16_t shift)
{
	__m512i all = _mm512_set1_epi16((short)shift), at, a, b;

	if (!blank)
		return (struct pair){ all, all };
	/* 0, 2, 4 ... 62, of which those from 32 on are of the second. */
	at = _mm512_add_epi16(
		_mm512_set1_epi32(0x00020000),
		_mm512_mullo_epi16(_mm512_set1_epi16(4), _mm512_cvtepi8_epi16(
			_mm256_set_epi8(15, 15, 14, 14, 13, 13, 12, 12, 11, 11,
					10, 10, 9, 9, 8, 8, 7, 7, 6, 6, 5, 5,
					4, 4, 3, 3, 2, 2, 1, 1, 0, 0))));
	a = _mm512_load_si512(blank);
	b = _mm512_load_si512(blank + 32);
	return (struct pair){
		_mm512_permutex2var_epi16(a, at, b),
		_mm512_permutex2var_epi16(
			a, _mm512_add_epi16(at, _mm512_set1_epi16(1)), b),
	};
}

/*
 * The sums of one block, by the displacements of one row of them. Bytes are not
 * unpacked: the lower ones are added up as words, those of odd pictures being 256
 * times as large, and these once more by themselves; the higher ones as bytes, since
 * what they carry would be 2^16. `around` is that of the row's first displacement,
 * and `next` the same of the next wall, which is far away in memory if there are many
 * pictures, and where places are too scattered for the processor to foresee them.
 */
TARGET static inline __attribute__((always_inline)) void
add_row(const struct codist_refine_site *site, const unsigned char *around,
	const unsigned char *next, const unsigned char (*tables)[2][REFINE_N_AROUND], size_t side,
	struct pair *sums)
{
	__m512i both[2 * REFINE_MOST_RADIUS + 1];
	__m512i odd[2 * REFINE_MOST_RADIUS + 1];
	__m512i highs[2 * REFINE_MOST_RADIUS + 1];

	for (size_t k = 0; k < side; k++)
		both[k] = odd[k] = highs[k] = _mm512_setzero_si512();
	for (; site->row != REFINE_END; site++) {
		const unsigned char *places = around + (size_t)site->place * 64;
		const unsigned char *table = tables[site->row][0];
		__m512i a = _mm512_loadu_si512(table);
		__m512i b = _mm512_loadu_si512(table + 64);
		__m512i c = _mm512_loadu_si512(table + 128);
		__m512i d = _mm512_loadu_si512(table + 192);

		_mm_prefetch(next + ((size_t)site->place + side / 2) * 64,
			     _MM_HINT_T1);
		for (size_t k = 0; k < side; k++) {
			__m512i i = _mm512_load_si512(places + 64 * k);
			__m512i low = _mm512_permutex2var_epi8(a, i, b);
			__m512i high = _mm512_permutex2var_epi8(c, i, d);

			both[k] = _mm512_add_epi16(both[k], low);
			odd[k] = _mm512_add_epi16(odd[k],
						  _mm512_srli_epi16(low, 8));
			highs[k] = _mm512_add_epi8(highs[k], high);
		}
	}
	for (size_t k = 0; k < side; k++) {
		__m512i even = _mm512_sub_epi16(
			_mm512_add_epi16(both[k],
					 _mm512_slli_epi16(highs[k], 8)),
			_mm512_slli_epi16(odd[k], 8));

		sums[k].even = _mm512_add_epi16(sums[k].even, even);
		sums[k].odd = _mm512_add_epi16(
			_mm512_add_epi16(sums[k].odd, odd[k]),
			_mm512_and_si512(highs[k],
					 _mm512_set1_epi16((short)0xff00)));
	}
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
     const struct codist_gallery *gallery,
     const struct codist_refine_wall *wall,
     const struct codist_refine_tables *tables, size_t side, uint32_t *parts)
{
	size_t stride = gallery->width + 2 * gallery->radius;
	size_t n_shifts = side * side;
	const struct codist_refine_site *sites = query->sites;
	const unsigned char *next = codist_refine_next(gallery, wall);
	uint16_t blocks[2][32];

	for (size_t i = 0; i < REFINE_LANES; i++)
		parts[i] = 0;
	for (size_t b = 0; b < codist_gallery_blocks(gallery); b++) {
		struct pair sums[REFINE_MOST_SHIFTS];

		for (size_t s = 0; s < n_shifts; s++)
			sums[s] = begin(wall->blank ? wall->blank +
					(b * n_shifts + s) * REFINE_LANES :
					NULL, tables->shifts[s]);
		for (size_t dy = 0; dy < side; dy++)
			add_row(sites, wall->around +
				dy * stride * REFINE_LANES,
				next + dy * stride * REFINE_LANES,
				codist_refine_looked_up(gallery, tables), side,
				sums + dy * side);
		while (sites++->row != REFINE_END)
			continue;
		_mm512_storeu_si512(blocks[0],
				    mixed(tables, &sums[0].even, n_shifts));
		_mm512_storeu_si512(blocks[1],
				    mixed(tables, &sums[0].odd, n_shifts));
		for (size_t i = 0; i < REFINE_LANES; i++)
			parts[i] += blocks[i % 2][i / 2];
	}
}

/* Known sides, so that the sums of a row stay in registers. */
TARGET void codist_refine_wall_avx512(const struct codist_refine_query *query,
				      const struct codist_gallery *gallery,
				      const struct codist_refine_wall *wall,
				      const struct codist_refine_tables *tables,
				      uint32_t *parts)
{
	if (gallery->radius == 0)
		scan(query, gallery, wall, tables, 1, parts);
	else if (gallery->radius == 1)
		scan(query, gallery, wall, tables, 3, parts);
	else
		scan(query, gallery, wall, tables, 5, parts);
}

#endif
