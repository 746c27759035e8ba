/*
 * params.c - what zlib derives from level, window bits, memory level, strategy
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "params.h"

/* zlib's table of levels: good, lazy, nice, chain. */
static const struct {
	unsigned good, lazy, nice, chain;
} levels[10] = {
	[1] = { 4, 4, 8, 4 },	    [2] = { 4, 5, 16, 8 },
	[3] = { 4, 6, 32, 32 },	    [4] = { 4, 4, 16, 16 },
	[5] = { 8, 16, 32, 32 },    [6] = { 8, 16, 128, 128 },
	[7] = { 8, 32, 128, 256 },  [8] = { 32, 128, 258, 1024 },
	[9] = { 32, 258, 258, 4096 },
};

/* In zlib's numbers. */
enum { FILTERED = 1, HUFFMAN_ONLY, RLE, FIXED };

enum sizer_way codist_sizer_way(int level, int strategy)
{
	if (level == 0)
		return SIZER_STORED;
	if (strategy == HUFFMAN_ONLY)
		return SIZER_LITERALS;
	if (strategy == RLE)
		return SIZER_RUNS;
	return level < 4 ? SIZER_GREEDY : SIZER_LAZY;
}

static void fill_choice(struct sizer_params *params, int level, int strategy)
{
	params->way = codist_sizer_way(level, strategy);
	params->fixed_codes = strategy == FIXED;
	params->least = strategy == FILTERED && params->way == SIZER_LAZY ?
				6 :
				SIZER_MIN_MATCH;
	params->wanted = params->way == SIZER_LITERALS ? 1 :
			 params->way == SIZER_RUNS ? SIZER_MAX_MATCH + 1 :
						     SIZER_MIN_LOOKAHEAD;
	params->good = levels[level].good;
	params->lazy = levels[level].lazy;
	params->nice = levels[level].nice;
	params->chain = levels[level].chain;
}

static void fill_sizes(struct sizer_params *params, int wbits, int memlevel)
{
	int window = wbits < 0 ? -wbits : wbits > 15 ? wbits - 16 : wbits;

	/* zlib cannot do windows of 2^8, and takes 2^9 instead. */
	params->window = (size_t)1 << (window == 8 ? 9 : window);
	params->farthest = params->window - SIZER_MIN_LOOKAHEAD;
	params->hash_bits = (unsigned)memlevel + 7;
	params->hash_shift = (params->hash_bits + 2) / 3;
	params->block_symbols = (1u << (memlevel + 6)) - 1;
	if (wbits > 15) {
		params->header_bits = 80;
		params->trailer_bits = 64;
	} else if (wbits > 0) {
		params->header_bits = 16;
		params->trailer_bits = 32;
	}
}

void codist_sizer_params_init(struct sizer_params *params, int level, int wbits,
			      int memlevel, int strategy)
{
	*params = (struct sizer_params){ 0 };
	fill_choice(params, level, strategy);
	fill_sizes(params, wbits, memlevel);
}
