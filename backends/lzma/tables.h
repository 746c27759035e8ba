/*
 * tables.h - the memory of an encoder, its large tables apart from the rest
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BACKENDS_LZMA_TABLES_H
#define CODIST_BACKENDS_LZMA_TABLES_H

#include "finder.h"

enum codist_lzma_table {
	CODIST_LZMA_HASH,
	CODIST_LZMA_NODES,
	CODIST_LZMA_WINDOW,
	CODIST_LZMA_N_TABLES
};

/* A table that was not asked for is NULL. */
struct codist_lzma_tables {
	struct codist_lzma_finder finder;
	lzma_allocator allocator;
	unsigned char *of[CODIST_LZMA_N_TABLES];
	int is_strange; /* liblzma asked for something unknown, and got NULL */

	unsigned char *rest; /* [rest_size], handed out up to `used` */
	size_t rest_size, used;
};

/* 0 when out of memory, or for a match finder that is not known. */
int codist_lzma_tables_init(struct codist_lzma_tables *tables,
			    const lzma_options_lzma *options, size_t rest_size);
void codist_lzma_tables_release(struct codist_lzma_tables *tables);

/* Take back all that was handed out. */
void codist_lzma_tables_empty(struct codist_lzma_tables *tables);

#endif
