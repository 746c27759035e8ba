/*
 * finder.c - where liblzma's match finders hc4 and bt4 write in their tables
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "finder.h"

#define N_OF_TWO ((uint32_t)1 << 10)
#define N_OF_THREE ((uint32_t)1 << 16)
#define MOST_OF_FOUR ((uint32_t)1 << 24)

/* Half as many as the window's bytes, rounded up to a power of two, less one. */
static uint32_t mask_of(uint32_t dict_size)
{
	uint32_t mask = dict_size - 1;

	for (unsigned shift = 1; shift < 32; shift *= 2)
		mask |= mask >> shift;
	mask = mask >> 1 | (N_OF_THREE - 1);
	return mask > MOST_OF_FOUR ? mask >> 1 : mask;
}

/* The table of CRC-32, from liblzma's checksums of single bytes. */
static void fill(uint32_t crc[256])
{
	for (unsigned i = 0; i < 256; i++) {
		uint8_t byte = (uint8_t)(i ^ 0xff);

		crc[i] = ~lzma_crc32(&byte, 1, 0) ^ 0xffffff;
	}
}

int codist_lzma_finder_init(struct codist_lzma_finder *finder,
			    const lzma_options_lzma *options)
{
	size_t n_links = options->mf == LZMA_MF_BT4 ? 2 : 1;

	if (options->mf != LZMA_MF_BT4 && options->mf != LZMA_MF_HC4)
		return 0;
	fill(finder->crc);
	finder->mask = mask_of(options->dict_size);
	finder->hash_size = ((size_t)finder->mask + 1 + N_OF_TWO + N_OF_THREE) *
			    sizeof(uint32_t);
	finder->node_size = n_links * sizeof(uint32_t);
	finder->nodes_size = ((size_t)options->dict_size + 1) *
			     finder->node_size;
	return 1;
}

size_t codist_lzma_finder_entries(const struct codist_lzma_finder *finder,
				  const unsigned char *bytes, size_t n,
				  uint32_t *entries)
{
	const uint32_t *crc = finder->crc;
	size_t n_entries = 0;

	for (size_t i = 0; i + CODIST_LZMA_HASHED <= n; i++) {
		const unsigned char *at = bytes + i;
		uint32_t two = crc[at[0]] ^ at[1];
		uint32_t three = two ^ (uint32_t)at[2] << 8;
		uint32_t four = three ^ crc[at[3]] << 5;

		entries[n_entries++] = two % N_OF_TWO;
		entries[n_entries++] = N_OF_TWO + three % N_OF_THREE;
		entries[n_entries++] = N_OF_TWO + N_OF_THREE +
				       (four & finder->mask);
	}
	return n_entries;
}
