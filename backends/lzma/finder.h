/*
 * finder.h - where liblzma's match finders hc4 and bt4 write in their tables
 *
 * They hash two, three and four bytes at each position where there are four,
 * by the table of CRC-32, into one array: entries of two bytes, then of three,
 * then of four. This has been so in each liblzma from 5.0 to 5.8.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BACKENDS_LZMA_FINDER_H
#define CODIST_BACKENDS_LZMA_FINDER_H

#include "options.h"

/* The bytes that are hashed, and the entries that are written, at a position. */
#define CODIST_LZMA_HASHED 4
#define CODIST_LZMA_ENTRIES 3

struct codist_lzma_finder {
	uint32_t crc[256];
	uint32_t mask;     /* of the entries of four bytes */
	size_t hash_size;  /* of the array, in bytes */
	size_t node_size;  /* what is kept of a position, in bytes */
	size_t nodes_size; /* of the array of these, in bytes */
};

/* 0 for another match finder. */
int codist_lzma_finder_init(struct codist_lzma_finder *finder,
			    const lzma_options_lzma *options);

/* Indices of the entries at n - 3 positions, three for each; returns how many. */
size_t codist_lzma_finder_entries(const struct codist_lzma_finder *finder,
				  const unsigned char *bytes, size_t n,
				  uint32_t *entries);

#endif
