/*
 * huffman.c - zlib's Huffman codes: how long they are
 *
 * Huffman codes of equal total cost can have different code lengths, and the
 * lengths are themselves coded, so that a block's size depends on how ties
 * are broken. zlib builds its trees with a binary heap ordered by frequency,
 * then by the depth of the subtree, and of equals moves the later one up; the
 * heap here makes the same moves. No code is ever assigned.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "huffman.h"

#include <string.h>

#define FIRST_INNER SIZER_MOST_SYMBOLS /* nodes from here on are no symbols */
#define MOST_NODES (2 * SIZER_MOST_SYMBOLS)

/*
 * A heap's entry: frequency, depth and node packed, so that one comparison
 * orders by the first two. Leaves are nodes below FIRST_INNER. A block has fewer
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

/* How many levels there are below the top of a heap of n > 0. */
static unsigned levels_of(unsigned n)
{
#if defined(__GNUC__)
	return 31u - (unsigned)__builtin_clz(n);
#else
	unsigned levels = 0;

	while (n >>= 1)
		levels++;
	return levels;
#endif
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
static unsigned join(struct heap *heap, uint16_t *merged, uint16_t *parent)
{
	unsigned n_merged = 0, node = FIRST_INNER;

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
static void limit_lengths(const struct sizer_alphabet *alphabet, unsigned *n_of,
			  int overflow, const uint16_t *merged,
			  struct sizer_tree *tree)
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

			if (node >= FIRST_INNER)
				continue;
			tree->length[node] = (unsigned char)bits;
			n--;
		}
	}
}

static void measure_lengths(const struct sizer_alphabet *alphabet,
			    const uint16_t *merged, unsigned n_merged,
			    const uint16_t *parent, struct sizer_tree *tree)
{
	unsigned char depth[MOST_NODES];
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
		if (node >= FIRST_INNER)
			continue;
		n_of[bits]++;
		tree->length[node] = (unsigned char)bits;
	}
	if (overflow)
		limit_lengths(alphabet, n_of, overflow, merged, tree);
}

/* A code has two symbols at least, the second one never sent. */
static void add_symbols(struct heap *heap, struct sizer_tree *tree)
{
	while (heap->n < 2) {
		unsigned node = 0;

		if (heap->n > 0 && tree->max_code < 2)
			node = tree->max_code + 1;
		if (node > tree->max_code)
			tree->max_code = node;
		sizer_set_add(tree->used, node);
		heap->entries[++heap->n] = ENTRY(1, 0, node);
	}
}

void codist_sizer_tree_build(struct sizer_tree *tree,
			     const struct sizer_alphabet *alphabet,
			     const uint16_t *frequency, const uint64_t *used)
{
	struct heap heap;
	uint16_t merged[MOST_NODES], parent[MOST_NODES];
	unsigned n_merged;

	heap.n = 0;
	*tree = (struct sizer_tree){ 0 };
	for (unsigned word = 0; word < alphabet->n_words; word++) {
		uint64_t rest = used[word];

		tree->used[word] = rest;
		for (; rest; rest &= rest - 1) {
			unsigned symbol = word * 64 + sizer_lowest(rest);

			heap.entries[++heap.n] =
				ENTRY(frequency[symbol], 0, symbol);
			tree->max_code = symbol;
		}
	}
	if (heap.n < 2)
		add_symbols(&heap, tree);
	order(&heap);
	n_merged = join(&heap, merged, parent);
	measure_lengths(alphabet, merged, n_merged, parent, tree);
	for (unsigned word = 0; word < alphabet->n_words; word++)
		for (uint64_t rest = used[word]; rest; rest &= rest - 1) {
			unsigned i = word * 64 + sizer_lowest(rest);

			tree->bits += (uint64_t)frequency[i] *
				      (tree->length[i] + alphabet->extra[i]);
		}
}
