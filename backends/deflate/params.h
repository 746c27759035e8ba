/*
 * params.h - what zlib derives from level, window bits and memory level
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DEFLATE_PARAMS_H
#define CODIST_DEFLATE_PARAMS_H

#include "block.h"

/* The bytes ahead that zlib wants before it decides anything. */
#define SIZER_MIN_LOOKAHEAD (SIZER_MAX_MATCH + SIZER_MIN_MATCH + 1)
/* Matches of three bytes from farther away than this are not worth it. */
#define SIZER_TOO_FAR 4096
/* As much as a query can reach of a prefix, and what is parsed with it. */
#define SIZER_TEXT_MOST ((size_t)1 << 15)

struct sizer_params {
	unsigned good;  /* from this length on, look less hard for better */
	unsigned lazy;  /* from this length on, do not look for better */
	unsigned nice;  /* from this length on, stop looking */
	unsigned chain; /* how many candidates are looked at */
	unsigned hash_bits, hash_shift;
	size_t window;   /* bytes, a power of 2 */
	size_t farthest; /* the greatest distance */
	unsigned block_symbols; /* in a full block */
	unsigned header_bits, trailer_bits; /* of the stream's framing */
};

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
