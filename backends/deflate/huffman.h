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

struct sizer_alphabet {
	unsigned n_words;    /* of a set of its symbols */
	unsigned max_length; /* of a code */
	const unsigned char *extra; /* bits that follow, by symbol */
};

struct sizer_tree {
	unsigned char length[SIZER_MOST_SYMBOLS + 1]; /* 0: not used */
	uint64_t used[SIZER_SET_WORDS];
	unsigned max_code; /* the last one used */
	uint64_t bits; /* of all symbols, with their extra bits */
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
 * codist_sizer_tree_build() makes the tree that zlib makes of these symbols.
 *
 *   frequency   by symbol, 0 or not for those that are not used; the sum is
 *               below 2^16
 *   used        the set of those that are
 */
void codist_sizer_tree_build(struct sizer_tree *tree,
			     const struct sizer_alphabet *alphabet,
			     const uint16_t *frequency, const uint64_t *used);

#endif
