/*
 * huffman.h - zlib's Huffman codes: how long they are
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DEFLATE_HUFFMAN_H
#define CODIST_DEFLATE_HUFFMAN_H

#include <stddef.h>
#include <stdint.h>

/* The most symbols that an alphabet has, and words of a set of these. */
#define SIZER_MOST_SYMBOLS 286
#define SIZER_SET_WORDS 5

#define SIZER_MOST_NODES (2 * SIZER_MOST_SYMBOLS) /* of a tree */

struct sizer_alphabet {
	unsigned n_words;    /* of a set of its symbols */
	unsigned max_length; /* of a code */
};

struct sizer_tree {
	const struct sizer_alphabet *alphabet;
	/* by symbol, 0 or not for those that are not used; the sum is below
	 * 2^16 */
	const uint16_t *frequency;
	uint64_t used[SIZER_SET_WORDS]; /* the set of those that are */

	/* What is found. To `used` are added symbols that have a code, but are
	 * never sent. */
	unsigned max_code; /* the last one used */
	uint64_t bits;     /* of all codes, without extra bits */
	/* of each symbol, 0: not used; then those of inner nodes */
	unsigned char length[SIZER_MOST_NODES];
};

/* Position of the lowest bit; x is not 0. */
static inline unsigned sizer_lowest(uint64_t x)
{
#if defined(__GNUC__)
	return (unsigned)__builtin_ctzll(x);
#else
	unsigned n = 0;

	for (; !(x & 1); x >>= 1)
		n++;
	return n;
#endif
}

/* Position of the highest bit; x > 0. */
static inline unsigned sizer_log2(unsigned x)
{
#if defined(__GNUC__)
	return 31u - (unsigned)__builtin_clz(x);
#else
	unsigned n = 0;

	while (x >>= 1)
		n++;
	return n;
#endif
}

static inline void sizer_set_add(uint64_t *set, unsigned symbol)
{
	set[symbol / 64] |= UINT64_C(1) << symbol % 64;
}

/* The next symbol of a set from `symbol` on, or n_words * 64. */
static inline unsigned sizer_set_next(const uint64_t *set, unsigned n_words,
				      unsigned symbol)
{
	unsigned word = symbol / 64;
	uint64_t rest;

	if (word >= n_words)
		return n_words * 64;
	rest = set[word] >> symbol % 64 << symbol % 64;
	while (rest == 0)
		if (++word == n_words)
			return n_words * 64;
		else
			rest = set[word];
	return word * 64 + sizer_lowest(rest);
}

/*
 * codist_sizer_tree_build() makes the tree that zlib makes of these symbols:
 * alphabet, frequency, and used are given.
 */
void codist_sizer_tree_build(struct sizer_tree *tree);

/* The same for two at once, which takes little longer than the larger one. */
void codist_sizer_trees_build(struct sizer_tree *a, struct sizer_tree *b);

#endif
