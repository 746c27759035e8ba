/*
 * params.h - what zlib derives from level, window bits, memory level, strategy
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DEFLATE_PARAMS_H
#define CODIST_DEFLATE_PARAMS_H

#include "block.h"

/* The bytes ahead that zlib wants when it fills its buffer. */
#define SIZER_MIN_LOOKAHEAD (SIZER_MAX_MATCH + SIZER_MIN_MATCH + 1)
/* Matches of three bytes from farther away than this are not worth it. */
#define SIZER_TOO_FAR 4096
/* As far as matches reach, with what waits to be parsed, at most. */
#define SIZER_REACH_MOST ((size_t)1 << 15)
/* As much of a prefix as is indexed at once: some times that. */
#ifndef SIZER_TEXT_MOST
#define SIZER_TEXT_MOST ((size_t)1 << 18)
#endif

/* How a level and a strategy choose between bytes and matches. */
enum sizer_way {
	SIZER_STORED,   /* no symbols: bytes as they are */
	SIZER_LITERALS, /* no matches */
	SIZER_RUNS,     /* matches with the byte before only */
	SIZER_GREEDY,   /* the match that is found first */
	SIZER_LAZY,     /* unless the next byte has a longer one */
};

struct sizer_params {
	enum sizer_way way;
	int fixed_codes; /* 1: no others */
	unsigned wanted; /* the bytes ahead that are wanted for a decision */
	unsigned least;  /* the shortest match that is taken */
	unsigned good;  /* from this length on, look less hard for better */
	/* SIZER_LAZY: from this length on, do not look for better;
	 * SIZER_GREEDY: the strings in longer matches are not remembered. */
	unsigned lazy;
	unsigned nice;  /* from this length on, stop looking */
	unsigned chain; /* how many candidates are looked at */
	unsigned hash_bits, hash_shift;
	size_t window;   /* bytes, a power of 2 */
	size_t farthest; /* the greatest distance */
	unsigned block_symbols; /* in a full block */
	unsigned header_bits, trailer_bits; /* of the stream's framing */
};

enum sizer_way codist_sizer_way(int level, int strategy);

/* In deflateInit2()'s numbers; level is 0 to 9. */
void codist_sizer_params_init(struct sizer_params *params, int level, int wbits,
			      int memlevel, int strategy);

/* Of three bytes, as zlib's rolling hash has it. */
static inline unsigned sizer_hash(const struct sizer_params *params,
				  const unsigned char *bytes)
{
	unsigned shift = params->hash_shift;

	return ((unsigned)bytes[0] << 2 * shift ^ (unsigned)bytes[1] << shift ^
		bytes[2]) &
	       ((1u << params->hash_bits) - 1);
}

/*
 * A candidate for a match. zlib looks at candidates from the newest to the
 * oldest, takes one only if it is longer than all before, and stops at the
 * first of nice length: so that of several, the newest of nice length wins if
 * there is one, and else the newest of the longest.
 */
struct sizer_match {
	unsigned length; /* 0: none */
	size_t at;       /* where it begins in the stream */
};

#endif
