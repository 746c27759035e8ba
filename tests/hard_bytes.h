/*
 * hard_bytes.h - bytes on which zlib's limits are reached
 *
 * Each stretch aims at one: matches of the least and greatest length, at the
 * window's edge and at the distance from which short ones are refused; strings
 * of other bytes with the same hash; runs; a block that is just full.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_TESTS_HARD_BYTES_H
#define CODIST_TESTS_HARD_BYTES_H

#include "base/material.h"

#include <string.h>

#define MIN_MATCH 3
#define MAX_MATCH 258
#define MIN_LOOKAHEAD (MAX_MATCH + MIN_MATCH + 1)
#define TOO_FAR 4096

/* zlib's limits at some parameters. */
struct limits {
	unsigned window, hash_shift, block_symbols;
};

static inline struct limits limits_of(int wbits, int memlevel)
{
	int bits = wbits < 0 ? -wbits : wbits > 15 ? wbits - 16 : wbits;

	return (struct limits){
		.window = 1u << (bits == 8 ? 9 : bits),
		.hash_shift = ((unsigned)memlevel + 7 + 2) / 3,
		.block_symbols = (1u << (memlevel + 6)) - 1,
	};
}

enum stretch {
	LITERALS,
	RUN,
	COPY,
	COLLISION,
	FULL_BLOCK,
	MATERIAL,
	N_STRETCHES
};

static inline unsigned about(unsigned center, uint64_t *state)
{
	unsigned n = center + draw(state, 7);

	return n < 3 ? 0 : n - 3;
}

static inline size_t draw_length(uint64_t *state)
{
	switch (draw(state, 5)) {
	case 0:
		return about(MAX_MATCH, state);
	case 1:
		return 1 + draw(state, 2 * MIN_LOOKAHEAD);
	case 2: /* where levels stop looking, or remembering */
		return about(4u << draw(state, 6), state);
	default:
		return MIN_MATCH + draw(state, 6);
	}
}

static inline size_t draw_distance(const struct limits *limits, uint64_t *state)
{
	switch (draw(state, 6)) {
	case 0:
		return about(limits->window - MIN_LOOKAHEAD, state);
	case 1:
		return about(limits->window, state);
	case 2:
		return about(TOO_FAR, state);
	case 3:
		return 1 + draw(state, 8);
	default:
		return 1 + draw(state, limits->window);
	}
}

static inline size_t put_literals(unsigned char *out, size_t n,
				  uint64_t *state)
{
	static const unsigned sizes[] = { 2, 4, 26, 112, 256 };
	unsigned size = sizes[draw(state, 5)];

	for (size_t i = 0; i < n; i++)
		out[i] = (unsigned char)(255 - draw(state, size));
	return n;
}

/*
 * A copy with other bytes of the same hash: what a byte's lowest bit does to
 * the hash, another one of the next byte undoes; and of three bytes, the high
 * bits of the first may not count.
 */
static inline void collide(unsigned char *out, size_t n,
			   const struct limits *limits, uint64_t *state)
{
	size_t at = draw(state, (unsigned)n);

	if (draw(state, 3) == 0) {
		out[at] ^= 128;
	} else if (at + 1 < n) {
		out[at] ^= 1;
		out[at + 1] ^= (unsigned char)(1u << limits->hash_shift);
	}
}

static inline size_t at_most(size_t n, size_t room)
{
	return n < room ? n : room;
}

/* Of bytes[at..], which go on behind bytes[0..at); at least one is written. */
static inline size_t put_stretch(unsigned char *bytes, size_t at, size_t room,
				 enum stretch kind,
				 const struct limits *limits, uint64_t *state)
{
	unsigned char *out = bytes + at;
	size_t n = at_most(draw_length(state) + 1, room), distance;

	switch (kind) {
	case RUN:
		return put_run(out, room, (unsigned char)draw(state, 3), n);
	case COPY:
	case COLLISION:
		distance = draw_distance(limits, state);
		if (distance == 0 || distance > at)
			return put_literals(out, 1, state);
		for (size_t i = 0; i < n; i++)
			out[i] = out[i - distance];
		if (kind == COLLISION)
			collide(out, n, limits, state);
		return n;
	case FULL_BLOCK:
		n = at_most(about(limits->block_symbols, state) + 1, room);
		make_material(out, n, NOISE, state);
		return n;
	case MATERIAL:
		make_material(out, n, draw(state, N_MATERIALS), state);
		return n;
	default:
		return put_literals(out, at_most(1 + n % 20, room), state);
	}
}

/* bytes[at..end) behind bytes[0..at), of two kinds of stretches mostly. */
static inline void put_hard(unsigned char *bytes, size_t at, size_t end,
			    const struct limits *limits, uint64_t *state)
{
	enum stretch kinds[3];

	for (int i = 0; i < 3; i++)
		kinds[i] = draw(state, N_STRETCHES);
	while (at < end) {
		unsigned i = draw(state, 5);
		enum stretch kind = i < 3 ? kinds[i] :
					    draw(state, FULL_BLOCK);

		at += put_stretch(bytes, at, end - at, kind, limits, state);
	}
}

#endif
