/*
 * block.c - what a block of symbols costs when zlib writes it
 *
 * Huffman codes of equal total cost can have different code lengths, and the
 * lengths are themselves coded, so that a block's size depends on how ties
 * are broken. zlib builds its trees with a binary heap ordered by frequency,
 * then by the depth of the subtree, and of equals moves the later one up; the
 * heap here makes the same moves. Only sizes are computed: no code is ever
 * assigned, nothing is emitted.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "block.h"

#include <string.h>

#define N_LENGTHS 19 /* symbols of the code of code lengths */
#define MAX_ELEMENTS SIZER_N_LITERALS
#define END_OF_BLOCK 256
#define BLOCK_HEADER 3

/* RFC 1951, 3.2.5 and 3.2.7: extra bits that follow a symbol. */
static const unsigned char literal_extra[29] = {
	0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
	2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
};
static const unsigned char distance_extra[SIZER_N_DISTANCES] = {
	0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6,
	6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13
};
static const unsigned char length_extra[N_LENGTHS] = {
	[16] = 2, [17] = 3, [18] = 7
};
/* The order in which lengths of code lengths are sent. */
static const unsigned char length_order[N_LENGTHS] = {
	16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
};

/* One of the three trees: what goes in. */
struct alphabet {
	unsigned n_elements;
	unsigned max_length;
	unsigned first_extra; /* the symbol to which extra[0] belongs */
	const unsigned char *extra;
};

static const struct alphabet literals = { SIZER_N_LITERALS, 15, 257,
					  literal_extra };
static const struct alphabet distances = { SIZER_N_DISTANCES, 15, 0,
					   distance_extra };
static const struct alphabet lengths = { N_LENGTHS, 7, 0, length_extra };

/* What comes out. */
struct tree {
	unsigned char length[MAX_ELEMENTS + 1]; /* 0: not used */
	unsigned max_code;                      /* the last one used */
	uint64_t bits; /* of all symbols, with their extra bits */
};

/*
 * A heap's entry: frequency, depth and node packed, so that one comparison
 * orders by the first two. Leaves are nodes below n_elements. A block has fewer
 * than 2^15 symbols, and so a tree fewer than 2^6 levels.
 */
#define ENTRY(frequency, depth, node) \
	((uint32_t)(frequency) << 16 | (uint32_t)(depth) << 10 | (node))
#define KEY(entry) ((entry) >> 10)
#define DEPTH(entry) ((unsigned)((entry) >> 10 & 63))
#define NODE(entry) ((unsigned)((entry)&1023))
#define FREQUENCY(entry) ((entry) >> 16)
#define NODE_MASK UINT32_C(1023)
#define NO_ENTRY UINT32_MAX /* greater than all */
#define HEAP_SIZE 512       /* of which the lowest level holds half */

struct heap {
	uint32_t entries[HEAP_SIZE]; /* from 1 on, then NO_ENTRY */
	unsigned n;
};

/* An entry on its way down from the top of a heap. */
struct sinking {
	uint32_t entry;
	unsigned at;
};

/*
 * One level down. zlib goes down the lesser children until it finds one that is
 * not less than the entry, which then takes its place. Here the walk goes on to
 * the bottom: what was displaced is itself not greater than what follows, and
 * comes to lie where it was. So there is nothing to predict.
 */
static inline void sink(uint32_t *entries, struct sinking *sinking)
{
	unsigned at = sinking->at;
	uint32_t left = entries[2 * at], right = entries[2 * at + 1];
	uint32_t is_right = right <= (left | NODE_MASK);
	uint32_t child = left ^ ((left ^ right) & -is_right);
	uint32_t is_less = child < (sinking->entry & ~NODE_MASK);
	uint32_t swap = (child ^ sinking->entry) & -is_less;

	entries[at] = sinking->entry ^ swap;
	sinking->entry = child ^ swap;
	sinking->at = 2 * at + is_right;
}

/* How many levels there are below the top of a heap of n. */
static unsigned levels_of(unsigned n)
{
	return sizer_log2(n);
}

/* Make a heap of entries in any order, from the lowest level up. */
static void order(struct heap *heap)
{
	unsigned top = levels_of(heap->n), end = 2u << top;

	for (unsigned at = heap->n + 1; at < end; at++)
		heap->entries[at] = NO_ENTRY;
	for (unsigned level = top; level-- > 0;)
		for (unsigned at = 2u << level; at-- > 1u << level;) {
			struct sinking sinking = { heap->entries[at], at };

			for (unsigned i = level; i < top; i++)
				sink(heap->entries, &sinking);
			heap->entries[sinking.at] = sinking.entry;
		}
}

static uint32_t joined(uint32_t first, uint32_t second, unsigned node)
{
	unsigned a = DEPTH(first), b = DEPTH(second);

	return ENTRY(FREQUENCY(first) + FREQUENCY(second),
		     (a >= b ? a : b) + 1, node);
}

/*
 * Take out the least entry, then the next, of which the node above them takes
 * the place; zlib puts the last entry on top in between, and has both sink. The
 * second follows two levels behind the first, so that they sink at once.
 *
 * Returns the next one.
 */
static inline uint32_t join_least(struct heap *heap, unsigned node)
{
	uint32_t *entries = heap->entries, first = entries[1], second;
	unsigned levels = levels_of(heap->n), level = 2;
	struct sinking last = { entries[heap->n], 1 }, above = { 0, 1 };

	entries[heap->n--] = NO_ENTRY;
	sink(entries, &last);
	second = entries[1];
	if (levels > 1)
		sink(entries, &last);
	above.entry = joined(first, second, node);
	for (; level < levels; level++) {
		sink(entries, &last);
		sink(entries, &above);
	}
	entries[last.at] = last.entry;
	sink(entries, &above);
	if (levels > 1)
		sink(entries, &above);
	entries[above.at] = above.entry;
	return second;
}

/*
 * Join nodes until one is left. merged[] receives all nodes but the root in
 * the order in which they were joined, parent[] the node above each.
 */
static unsigned join(struct heap *heap, unsigned n_elements, uint16_t *merged,
		     uint16_t *parent)
{
	unsigned n_merged = 0, node = n_elements;

	do {
		unsigned first = NODE(heap->entries[1]);
		unsigned second = NODE(join_least(heap, node));

		merged[n_merged++] = (uint16_t)first;
		merged[n_merged++] = (uint16_t)second;
		parent[first] = (uint16_t)node;
		parent[second] = (uint16_t)node;
		node++;
	} while (heap->n >= 2);
	return n_merged;
}

/*
 * Codes that came out longer than allowed: shorten them as zlib does, by
 * moving leaves down, and hand the lengths out anew, the longest to the
 * symbols that were joined first.
 */
static void limit_lengths(const struct alphabet *alphabet, unsigned *n_of,
			  int overflow, const uint16_t *merged,
			  struct tree *tree)
{
	unsigned max = alphabet->max_length, next = 0;

	do {
		unsigned bits = max - 1;

		while (n_of[bits] == 0)
			bits--;
		n_of[bits]--;
		n_of[bits + 1] += 2;
		n_of[max]--;
		overflow -= 2;
	} while (overflow > 0);
	for (unsigned bits = max; bits != 0; bits--) {
		for (unsigned n = n_of[bits]; n != 0;) {
			unsigned node = merged[next++];

			if (node >= alphabet->n_elements)
				continue;
			tree->length[node] = (unsigned char)bits;
			n--;
		}
	}
}

static void measure_lengths(const struct alphabet *alphabet,
			    const uint16_t *merged, unsigned n_merged,
			    const uint16_t *parent, struct tree *tree)
{
	unsigned char depth[2 * MAX_ELEMENTS];
	unsigned n_of[16] = { 0 };
	unsigned max = alphabet->max_length;
	int overflow = 0;

	/* The last node joined is the root. */
	depth[parent[merged[n_merged - 1]]] = 0;
	for (unsigned i = n_merged; i-- > 0;) {
		unsigned node = merged[i];
		unsigned bits = depth[parent[node]] + 1u;

		if (bits > max) {
			bits = max;
			overflow++;
		}
		depth[node] = (unsigned char)bits;
		if (node >= alphabet->n_elements)
			continue;
		n_of[bits]++;
		tree->length[node] = (unsigned char)bits;
	}
	if (overflow)
		limit_lengths(alphabet, n_of, overflow, merged, tree);
}

static void build(const struct alphabet *alphabet, const uint16_t *frequency,
		  struct tree *tree)
{
	struct heap heap;
	uint16_t merged[2 * MAX_ELEMENTS], parent[2 * MAX_ELEMENTS];
	unsigned n_merged;
	int none;

	heap.n = 0;
	tree->max_code = 0;
	tree->bits = 0;
	memset(tree->length, 0, sizeof(tree->length));
	for (unsigned i = 0; i < alphabet->n_elements; i++) {
		/* Is overwritten, unless the symbol is used. */
		heap.entries[heap.n + 1] = ENTRY(frequency[i], 0, i);
		heap.n += frequency[i] != 0;
		tree->max_code = frequency[i] ? i : tree->max_code;
	}
	none = heap.n == 0;
	/* A code has two symbols at least, the second one never sent. */
	while (heap.n < 2) {
		unsigned node = 0;

		if (!none && tree->max_code < 2)
			node = tree->max_code + 1;
		if (node > tree->max_code)
			tree->max_code = node;
		none = 0;
		heap.entries[++heap.n] = ENTRY(1, 0, node);
	}
	order(&heap);
	n_merged = join(&heap, alphabet->n_elements, merged, parent);
	measure_lengths(alphabet, merged, n_merged, parent, tree);
	for (unsigned i = 0; i <= tree->max_code; i++) {
		unsigned extra = i < alphabet->first_extra ?
					 0 :
					 alphabet->extra[i -
							 alphabet->first_extra];

		tree->bits += (uint64_t)frequency[i] *
			      (tree->length[i] + extra);
	}
}

/* Count the symbols by which a tree's code lengths are sent. */
static void count_lengths(const struct tree *tree, uint16_t *frequency)
{
	unsigned i = 0;
	int previous = -1;

	while (i <= tree->max_code) {
		unsigned length = tree->length[i], run = 1;
		/* Of a length not the one before, the first is sent plain. */
		unsigned most = length == 0	       ? 138 :
				(int)length == previous ? 6 :
							  7;
		unsigned least = length != 0 && (int)length != previous ? 4 :
									  3;

		while (run < most && i + run <= tree->max_code &&
		       tree->length[i + run] == length)
			run++;
		if (run < least) {
			frequency[length] = (uint16_t)(frequency[length] + run);
		} else if (length != 0) {
			if ((int)length != previous)
				frequency[length]++;
			frequency[16]++;
		} else {
			frequency[run <= 10 ? 17 : 18]++;
		}
		previous = (int)length;
		i += run;
	}
}

/* RFC 1951, 3.2.6: the fixed codes. */
static uint64_t fixed_bits(const struct sizer_block *block)
{
	uint64_t bits = 7; /* the end of block */

	for (unsigned i = 0; i < 144; i++)
		bits += 8u * block->literals[i];
	for (unsigned i = 144; i < 256; i++)
		bits += 9u * block->literals[i];
	for (unsigned i = 257; i < SIZER_N_LITERALS; i++)
		bits += (uint64_t)block->literals[i] *
			((i < 280 ? 7u : 8u) + literal_extra[i - 257]);
	for (unsigned i = 0; i < SIZER_N_DISTANCES; i++)
		bits += (uint64_t)block->distances[i] *
			(5u + distance_extra[i]);
	return bits;
}

static uint64_t dynamic_bits(const struct sizer_block *block)
{
	uint16_t frequency[SIZER_N_LITERALS];
	uint16_t n_lengths[N_LENGTHS] = { 0 };
	struct tree literal, distance, length;
	unsigned n_sent = N_LENGTHS;

	memcpy(frequency, block->literals, sizeof(frequency));
	frequency[END_OF_BLOCK] = 1;
	build(&literals, frequency, &literal);
	build(&distances, block->distances, &distance);
	count_lengths(&literal, n_lengths);
	count_lengths(&distance, n_lengths);
	build(&lengths, n_lengths, &length);
	while (n_sent > 4 && length.length[length_order[n_sent - 1]] == 0)
		n_sent--;
	return literal.bits + distance.bits + length.bits + 5 + 5 + 4 +
	       3 * n_sent;
}

/* Four bytes for the length and its complement, on a byte's bound. */
static uint64_t stored_bits(uint64_t bits, size_t n_stored)
{
	return (bits + BLOCK_HEADER + 7) / 8 * 8 + 32 + 8 * (uint64_t)n_stored;
}

uint64_t codist_sizer_block_bits(const struct sizer_block *block, uint64_t bits,
				 size_t n_stored, int can_store)
{
	uint64_t dynamic = dynamic_bits(block), fixed = fixed_bits(block);
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
	uint64_t fixed = fixed_bits(block);

	if (can_store &&
	    (uint64_t)n_stored + 4 <= (fixed + BLOCK_HEADER + 7) / 8)
		return stored_bits(bits, n_stored);
	return bits + BLOCK_HEADER + fixed;
}
