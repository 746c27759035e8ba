/*
 * block.h - what a block of symbols costs when zlib writes it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DEFLATE_BLOCK_H
#define CODIST_DEFLATE_BLOCK_H

#include "huffman.h"

#define SIZER_N_LITERALS SIZER_MOST_SYMBOLS /* 256 bytes, the end of block, 29 lengths */
#define SIZER_N_DISTANCES 30
#define SIZER_MIN_MATCH 3
#define SIZER_MAX_MATCH 258

/* The symbols of the block that is being gathered. Start with {0}. */
struct sizer_block {
	uint16_t literals[SIZER_N_LITERALS];
	uint16_t distances[SIZER_N_DISTANCES];
	uint64_t used[SIZER_SET_WORDS]; /* the set of literals that occur */
	uint64_t used_distances;
	unsigned n_symbols;
};

static inline void sizer_block_literal(struct sizer_block *block,
				       unsigned char byte)
{
	block->literals[byte]++;
	sizer_set_add(block->used, byte);
	block->n_symbols++;
}

/* RFC 1951, 3.2.5: length 3..258, distance 1..32768. */
static inline void sizer_block_match(struct sizer_block *block,
				     unsigned length, unsigned distance)
{
	unsigned l = length - SIZER_MIN_MATCH, d = distance - 1;
	unsigned code = l, high;

	if (length == SIZER_MAX_MATCH) {
		code = 28;
	} else if (l >= 8) {
		high = sizer_log2(l) - 2;
		code = 4 * high + (l >> high);
	}
	block->literals[257 + code]++;
	sizer_set_add(block->used, 257 + code);
	code = d;
	if (d >= 4) {
		high = sizer_log2(d) - 1;
		code = 2 * high + (d >> high);
	}
	block->distances[code]++;
	sizer_set_add(&block->used_distances, code);
	block->n_symbols++;
}

/*
 * codist_sizer_block_bits() is the number of bits in the stream once the block
 * is written behind `bits` others: stored, with fixed or with dynamic codes,
 * whichever zlib finds shortest in whole bytes.
 *
 * The symbol for its end is entered, and it is of no more use.
 *
 *   n_stored   bytes of data that the block stands for
 *   can_store  0: zlib no longer holds them all, and cannot store them
 */
uint64_t codist_sizer_block_bits(struct sizer_block *block, uint64_t bits,
				 size_t n_stored, int can_store);

/* Likewise, where dynamic codes are not allowed. */
uint64_t codist_sizer_block_fixed(const struct sizer_block *block,
				  uint64_t bits, size_t n_stored,
				  int can_store);

#endif
