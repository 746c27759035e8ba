/*
 * material.h - bytes to compress: random, repetitive, and meant to be hard
 *
 * The same on every machine, and for good: digests of lengths depend on them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BASE_MATERIAL_H
#define CODIST_BASE_MATERIAL_H

#include <stddef.h>
#include <stdint.h>

/* Marsaglia's xorshift64; a state of 0 would stay 0. */
static inline unsigned draw(uint64_t *state, unsigned below)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return (unsigned)(*state >> 32) % below;
}

enum material {
	NOISE,      /* bytes that nothing compresses */
	TWO_VALUES, /* runs of 0 and 1, as in binarized images */
	FOUR_VALUES,
	COPIES,     /* of what came before, near and beyond any window */
	NOTHING,    /* one value only: matches of the greatest length */
	GREY,       /* runs of many lengths, as in grey images */
	WORDS,
	PERIOD,     /* a ramp that repeats just as far back as a match is long */
	COLLISIONS, /* strings of other bytes with one hash */
	N_MATERIALS
};

static inline size_t put_run(unsigned char *out, size_t room,
			     unsigned char value, size_t n)
{
	if (n > room)
		n = room;
	for (size_t i = 0; i < n; i++)
		out[i] = value;
	return n;
}

static inline size_t put_copy(unsigned char *out, size_t at, size_t room,
			      uint64_t *state)
{
	size_t back = 1 + draw(state, at > 40000 ? 40000 : (unsigned)at);
	size_t n = 3 + draw(state, 300);

	if (n > room)
		n = room;
	for (size_t i = 0; i < n; i++)
		out[at + i] = out[at + i - back];
	return n;
}

static inline size_t put_word(unsigned char *out, size_t room, uint64_t *state)
{
	static const char *const words[] = { "the ",  "of ",  "length ",
					     "zip",   "ped ", "distance ",
					     "class", "es ",  "and ",
					     "a " };
	const char *word = words[draw(state, 10)];
	size_t n = 0;

	for (; word[n] && n < room; n++)
		out[n] = (unsigned char)word[n];
	return n;
}

static inline size_t put_two_values(unsigned char *out, size_t room,
				    uint64_t *state)
{
	unsigned char value = (unsigned char)draw(state, 2);

	return put_run(out, room, value, 1 + draw(state, 60));
}

static inline size_t put_grey(unsigned char *out, size_t room, uint64_t *state)
{
	unsigned char value = 0;
	size_t n;

	if (draw(state, 3) == 0)
		value = (unsigned char)draw(state, 256);
	n = draw(state, 5);
	return put_run(out, room, value, 1 + n * draw(state, 80));
}

static inline void make_material(unsigned char *out, size_t n,
				 enum material kind, uint64_t *state)
{
	for (size_t at = 0; at < n;) {
		unsigned char *here = out + at;
		size_t room = n - at;

		switch (kind) {
		case TWO_VALUES:
			at += put_two_values(here, room, state);
			break;
		case GREY:
			at += put_grey(here, room, state);
			break;
		case COPIES:
			if (at > 4 && draw(state, 4))
				at += put_copy(out, at, room, state);
			else
				out[at++] = (unsigned char)(
					'a' + draw(state, 20));
			break;
		case WORDS:
			at += put_word(here, room, state);
			break;
		case FOUR_VALUES:
			out[at++] = (unsigned char)draw(state, 4);
			break;
		case NOTHING:
			out[at++] = 0;
			break;
		case PERIOD:
			out[at] = (unsigned char)(at % 259);
			at++;
			break;
		case COLLISIONS:
			/* zlib's hash at memlevel 8 takes 5 bits a step, so
			 * that these bits of neighbours cancel out. */
			out[at++] = (unsigned char)(draw(state, 2) ? 0x21 :
								     0x01);
			break;
		default:
			out[at++] = (unsigned char)draw(state, 256);
			break;
		}
	}
}

#endif
