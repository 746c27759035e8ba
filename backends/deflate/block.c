/*
 * block.c - what a block of symbols costs when zlib writes it
 *
 * Only sizes are computed: nothing is emitted.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "block.h"

#include <string.h>

#define N_LENGTHS 19 /* symbols of the code of code lengths */
#define FIRST_LENGTH 257
#define END_OF_BLOCK 256
#define LENGTH_WORD 4 /* of a set of literals, with all lengths */
#define BLOCK_HEADER 3

/* RFC 1951, 3.2.5 and 3.2.7: extra bits that follow a symbol. */
static const unsigned char literal_extra[SIZER_N_LITERALS] = {
	[FIRST_LENGTH + 8] = 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4,
	5, 5, 5, 5, 0
};
static const unsigned char distance_extra[SIZER_N_DISTANCES] = {
	0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6,
	6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13
};
/* The order in which lengths of code lengths are sent. */
static const unsigned char length_order[N_LENGTHS] = {
	16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
};

static const struct sizer_alphabet literals = { 5, 15 };
static const struct sizer_alphabet distances = { 1, 15 };
static const struct sizer_alphabet lengths = { 1, 7 };

/* How many symbols from i on have the same length, `most` at most. */
static unsigned length_run(const struct sizer_tree *tree, unsigned n_words,
			   unsigned i, unsigned most)
{
	unsigned length = tree->length[i], run = 1;

	if (length == 0) {
		run = sizer_set_next(tree->used, n_words, i) - i;
		return run < most ? run : most;
	}
	while (run < most && i + run <= tree->max_code &&
	       tree->length[i + run] == length)
		run++;
	return run;
}

/*
 * Count the symbols by which a tree's code lengths are sent. Returns the set of
 * them.
 */
static uint64_t count_lengths(const struct sizer_tree *tree, uint16_t *frequency)
{
	unsigned n_words = tree->alphabet->n_words;
	unsigned i = 0, previous = UINT16_MAX;
	uint64_t used = 0;

	while (i <= tree->max_code) {
		unsigned length = tree->length[i];
		/* Of a length not the one before, the first is sent plain. */
		int is_new = length != 0 && length != previous;
		unsigned run = length_run(tree, n_words, i,
					  length == 0 ? 138 : is_new ? 7 : 6);
		unsigned symbol = length != 0 ? 16 : run <= 10 ? 17 : 18;

		i += run;
		previous = length;
		if (run < (is_new ? 4 : 3)) {
			frequency[length] = (uint16_t)(frequency[length] + run);
			used |= UINT64_C(1) << length;
			continue;
		}
		if (is_new) {
			frequency[length]++;
			used |= UINT64_C(1) << length;
		}
		frequency[symbol]++;
		used |= UINT64_C(1) << symbol;
	}
	return used;
}

/* RFC 1951, 3.2.6: the fixed codes. */
static unsigned fixed_length(unsigned literal)
{
	return literal < 144 ? 8 : literal < 256 ? 9 : literal < 280 ? 7 : 8;
}

/* The extra bits of a block, whatever its codes are. */
static uint64_t extra_bits(const struct sizer_block *block)
{
	uint64_t bits = 0;

	for (uint64_t rest = block->used[LENGTH_WORD]; rest; rest &= rest - 1) {
		unsigned i = LENGTH_WORD * 64 + sizer_lowest(rest);

		bits += (uint64_t)block->literals[i] * literal_extra[i];
	}
	for (uint64_t rest = block->used_distances; rest; rest &= rest - 1) {
		unsigned i = sizer_lowest(rest);

		bits += (uint64_t)block->distances[i] * distance_extra[i];
	}
	return bits;
}

static uint64_t fixed_bits(const struct sizer_block *block)
{
	uint64_t bits = 7; /* the end of block */

	for (unsigned word = 0; word < literals.n_words; word++)
		for (uint64_t rest = block->used[word]; rest; rest &= rest - 1) {
			unsigned i = word * 64 + sizer_lowest(rest);

			bits += (uint64_t)block->literals[i] * fixed_length(i);
		}
	for (uint64_t rest = block->used_distances; rest; rest &= rest - 1)
		bits += 5u * block->distances[sizer_lowest(rest)];
	return bits;
}

static uint64_t dynamic_bits(struct sizer_block *block)
{
	uint16_t n_lengths[N_LENGTHS] = { 0 };
	struct sizer_tree literal, distance, length;
	unsigned n_sent = N_LENGTHS;

	block->literals[END_OF_BLOCK] = 1;
	literal.alphabet = &literals;
	literal.frequency = block->literals;
	memcpy(literal.used, block->used, sizeof(literal.used));
	sizer_set_add(literal.used, END_OF_BLOCK);
	distance.alphabet = &distances;
	distance.frequency = block->distances;
	distance.used[0] = block->used_distances;
	codist_sizer_trees_build(&literal, &distance);
	length.alphabet = &lengths;
	length.frequency = n_lengths;
	length.used[0] = count_lengths(&literal, n_lengths) |
			 count_lengths(&distance, n_lengths);
	codist_sizer_tree_build(&length);
	while (n_sent > 4 && length.length[length_order[n_sent - 1]] == 0)
		n_sent--;
	return literal.bits + distance.bits + length.bits +
	       /* RFC 1951, 3.2.7: bits that follow these */
	       2u * n_lengths[16] + 3u * n_lengths[17] + 7u * n_lengths[18] +
	       5 + 5 + 4 + 3 * n_sent;
}

/* Four bytes for the length and its complement, on a byte's bound. */
static uint64_t stored_bits(uint64_t bits, size_t n_stored)
{
	return (bits + BLOCK_HEADER + 7) / 8 * 8 + 32 + 8 * (uint64_t)n_stored;
}

uint64_t codist_sizer_block_bits(struct sizer_block *block, uint64_t bits,
				 size_t n_stored, int can_store)
{
	uint64_t extra = extra_bits(block);
	uint64_t dynamic = dynamic_bits(block) + extra;
	uint64_t fixed = fixed_bits(block) + extra;
	uint64_t dynamic_bytes = (dynamic + BLOCK_HEADER + 7) / 8;
	uint64_t fixed_bytes = (fixed + BLOCK_HEADER + 7) / 8;
	uint64_t least = fixed_bytes <= dynamic_bytes ? fixed_bytes :
							dynamic_bytes;

	if (can_store && (uint64_t)n_stored + 4 <= least)
		return stored_bits(bits, n_stored);
	return bits + BLOCK_HEADER + (fixed_bytes <= dynamic_bytes ? fixed :
								     dynamic);
}

uint64_t codist_sizer_block_fixed(const struct sizer_block *block,
				  uint64_t bits, size_t n_stored, int can_store)
{
	uint64_t fixed = fixed_bits(block) + extra_bits(block);

	if (can_store &&
	    (uint64_t)n_stored + 4 <= (fixed + BLOCK_HEADER + 7) / 8)
		return stored_bits(bits, n_stored);
	return bits + BLOCK_HEADER + fixed;
}
