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

/*
 * A heap's entry: frequency, depth and node packed, so that one comparison
 * orders by the first two. Leaves are nodes below FIRST_INNER. All frequencies
 * together are below 2^16, and so a tree has fewer than 2^6 levels. No node has all bits
 * of its mask.
 */
#define ENTRY(frequency, node) ((uint32_t)(frequency) << 16 | (node))
#define FREQUENCY_MASK UINT32_C(0xFFFF0000)
#define DEPTH_MASK UINT32_C(0xFC00)
#define ONE_DEEPER UINT32_C(0x400)
#define NODE_MASK UINT32_C(0x3FF)
#define NO_ENTRY UINT32_MAX /* greater than all */
#define HEAP_SIZE 512       /* of which the lowest level holds half */

struct heap {
	uint32_t entries[HEAP_SIZE]; /* from 1 on, then NO_ENTRY */
	unsigned n;
};

/* An entry on its way down from the top of a heap. */
struct sinking {
	uint32_t entry;
	size_t at;
};

/*
 * One level down. zlib goes down the lesser children until it finds one that is
 * not less than the entry, which then takes its place. Here the walk goes on to
 * the bottom: what was displaced is itself not greater than what follows, and
 * comes to lie where it was. So there is nothing to predict.
 */
#if defined(__GNUC__) && defined(__x86_64__) && !defined(SIZER_PLAIN)
/* Compilers spell out what two comparisons and their flags do. Written so, trees
 * take three quarters of the time. SIZER_PLAIN has the way of other processors. */
static inline void sink(uint32_t *entries, struct sinking *sinking)
{
	size_t at = sinking->at, next = at;
	uint32_t entry = sinking->entry, here = entry;
	uint32_t child = entries[2 * at], left = child | NODE_MASK;
	uint32_t limit = entry & ~NODE_MASK;

	__asm__("cmpl %[left], %[right]\n\t"
		"cmovbl %[right], %[child]\n\t"
		"adc %[next], %[next]"
		: [child] "+&r"(child), [next] "+&r"(next)
		: [left] "r"(left), [right] "m"(entries[2 * at + 1])
		: "cc");
	__asm__("cmpl %[limit], %[child]\n\t"
		"cmovbl %[child], %[here]\n\t"
		"cmovbl %[entry], %[child]"
		: [child] "+&r"(child), [here] "+&r"(here)
		: [limit] "r"(limit), [entry] "r"(entry)
		: "cc");
	entries[at] = here;
	*sinking = (struct sinking){ child, next };
}
#else
static inline void sink(uint32_t *entries, struct sinking *sinking)
{
	size_t at = sinking->at;
	uint32_t left = entries[2 * at], right = entries[2 * at + 1];
	uint32_t is_right = right < (left | NODE_MASK);
	uint32_t child = left ^ ((left ^ right) & -is_right);
	uint32_t is_less = child < (sinking->entry & ~NODE_MASK);
	uint32_t swap = (child ^ sinking->entry) & -is_less;

	entries[at] = sinking->entry ^ swap;
	*sinking = (struct sinking){ child ^ swap, 2 * at + is_right };
}
#endif

/* Make a heap of entries in any order, from the lowest level up. */
static void order(struct heap *heap)
{
	/* levels below the top */
	unsigned top = sizer_log2(heap->n), end = 2u << top;

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

/* A tree that is being joined. */
struct joining {
	struct heap *heap;
	/* Nodes in the order in which they were joined: the two of each inner
	 * node, from FIRST_INNER on. */
	uint16_t *merged;
	unsigned n_inner;
	uint64_t bits; /* of all symbols: what inner nodes weigh */
	struct sinking last, above;
};

/*
 * Take out the least entry, then the next, of which the node above them takes
 * the place; zlib puts the last entry on top in between, and has both sink. The
 * second follows two levels behind the first, so that they sink at once.
 */
static inline void begin_join(struct joining *join, unsigned levels)
{
	uint32_t *entries = join->heap->entries, first = entries[1], second;
	uint32_t a = first & DEPTH_MASK, b;
	uint16_t *merged = join->merged + 2 * join->n_inner;

	join->last = (struct sinking){ entries[join->heap->n], 1 };
	entries[join->heap->n--] = NO_ENTRY;
	sink(entries, &join->last);
	second = entries[1];
	if (levels > 1)
		sink(entries, &join->last);
	b = second & DEPTH_MASK;
	first &= ~DEPTH_MASK;
	merged[0] = (uint16_t)(first & NODE_MASK);
	merged[1] = (uint16_t)(second & NODE_MASK);
	first = (first & FREQUENCY_MASK) + (second & FREQUENCY_MASK);
	join->bits += first >> 16;
	join->above = (struct sinking){
		(first | (FIRST_INNER + join->n_inner++)) + (a >= b ? a : b) +
			ONE_DEEPER,
		1
	};
}

static inline void go_on_with_join(struct joining *join)
{
	sink(join->heap->entries, &join->last);
	sink(join->heap->entries, &join->above);
}

static inline void end_join(struct joining *join, unsigned levels)
{
	uint32_t *entries = join->heap->entries;

	entries[join->last.at] = join->last.entry;
	sink(entries, &join->above);
	if (levels > 1)
		sink(entries, &join->above);
	entries[join->above.at] = join->above.entry;
}

/* Join nodes until so many are left. */
static void join_alone(struct joining *join, unsigned left)
{
	while (join->heap->n > left) {
		unsigned levels = sizer_log2(join->heap->n);

		begin_join(join, levels);
		for (unsigned level = 2; level < levels; level++)
			go_on_with_join(join);
		end_join(join, levels);
	}
}

/*
 * The same with two trees, of as many nodes: a sinking entry waits for one
 * comparison after the other, and there is time for those of another tree.
 */
static void join_both(struct joining *a, struct joining *b)
{
	while (a->heap->n > 1) {
		unsigned levels = sizer_log2(a->heap->n);

		begin_join(a, levels);
		begin_join(b, levels);
		for (unsigned level = 2; level < levels; level++) {
			go_on_with_join(a);
			go_on_with_join(b);
		}
		end_join(a, levels);
		end_join(b, levels);
	}
}

/*
 * Codes that came out longer than allowed: shorten them as zlib does, by
 * moving leaves down, and hand the lengths out anew, the longest to the
 * symbols that were joined first.
 */
static void limit_lengths(const struct joining *join, unsigned max,
			  unsigned char *length)
{
	unsigned n_of[16] = { 0 }, next = 0;
	int overflow = 0;

	for (unsigned i = 0; i < 2 * join->n_inner; i++) {
		unsigned node = join->merged[i], bits = length[node];

		overflow += bits > max;
		if (node < FIRST_INNER)
			n_of[bits < max ? bits : max]++;
	}
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
			unsigned node = join->merged[next++];

			if (node >= FIRST_INNER)
				continue;
			length[node] = (unsigned char)bits;
			n--;
		}
	}
}

/* Of inner nodes, too, of which the last one is the root. */
static unsigned measure_lengths(const struct joining *join,
				unsigned char *length)
{
	unsigned deepest = 0;

	length[FIRST_INNER + join->n_inner - 1] = 0;
	for (unsigned i = join->n_inner; i-- > 0;) {
		unsigned bits = length[FIRST_INNER + i] + 1u;

		length[join->merged[2 * i]] = (unsigned char)bits;
		length[join->merged[2 * i + 1]] = (unsigned char)bits;
		deepest = deepest > bits ? deepest : bits;
	}
	return deepest;
}

/* A code has two symbols at least, the second one never sent. */
static void add_symbols(struct joining *join, struct sizer_tree *tree)
{
	struct heap *heap = join->heap;

	while (heap->n < 2) {
		unsigned node = 0;

		if (heap->n > 0 && tree->max_code < 2)
			node = tree->max_code + 1;
		if (node > tree->max_code)
			tree->max_code = node;
		sizer_set_add(tree->used, node);
		heap->entries[++heap->n] = ENTRY(1, node);
		tree->bits--;
	}
}

static void start(struct joining *join, struct sizer_tree *tree)
{
	struct heap *heap = join->heap;

	heap->n = 0;
	tree->max_code = 0;
	tree->bits = 0;
	for (unsigned word = 0; word < tree->alphabet->n_words; word++)
		for (uint64_t rest = tree->used[word]; rest; rest &= rest - 1) {
			unsigned symbol = word * 64 + sizer_lowest(rest);

			heap->entries[++heap->n] =
				ENTRY(tree->frequency[symbol], symbol);
			tree->max_code = symbol;
		}
	if (heap->n < 2)
		add_symbols(join, tree);
	join->n_inner = 0;
	join->bits = 0;
	order(heap);
}

static void finish(const struct joining *join, struct sizer_tree *tree)
{
	unsigned max = tree->alphabet->max_length;

	memset(tree->length, 0, 64 * (size_t)tree->alphabet->n_words);
	if (measure_lengths(join, tree->length) <= max) {
		tree->bits += join->bits;
		return;
	}
	limit_lengths(join, max, tree->length);
	for (unsigned i = 0; i <= tree->max_code; i++)
		tree->bits += (uint64_t)tree->frequency[i] * tree->length[i];
}

void codist_sizer_tree_build(struct sizer_tree *tree)
{
	struct heap heap;
	uint16_t merged[SIZER_MOST_NODES];
	struct joining join = { .heap = &heap, .merged = merged };

	start(&join, tree);
	join_alone(&join, 1);
	finish(&join, tree);
}

void codist_sizer_trees_build(struct sizer_tree *a, struct sizer_tree *b)
{
	struct heap heaps[2];
	uint16_t merged[2][SIZER_MOST_NODES];
	struct joining first = { .heap = &heaps[0], .merged = merged[0] };
	struct joining second = { .heap = &heaps[1], .merged = merged[1] };

	start(&first, a);
	start(&second, b);
	join_alone(&first, heaps[1].n);
	join_alone(&second, heaps[0].n);
	join_both(&first, &second);
	finish(&first, a);
	finish(&second, b);
}
