/*
 * tables.c - the memory of an encoder, its large tables apart from the rest
 *
 * liblzma does not say what it wants memory for. Two tables are known by their
 * sizes, and the window as the only other large thing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "tables.h"

#include <stdlib.h>

#define ALIGNMENT ((size_t)64)
#define LARGE ((size_t)1 << 19)

static void *take_table(struct codist_lzma_tables *tables,
			enum codist_lzma_table table, size_t nbytes)
{
	if (tables->of[table]) {
		tables->is_strange = 1;
		return NULL;
	}
	return tables->of[table] = calloc(1, nbytes);
}

static void *take_rest(struct codist_lzma_tables *tables, size_t nbytes)
{
	void *taken = tables->rest + tables->used;

	nbytes = (nbytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	if (nbytes > tables->rest_size - tables->used) {
		tables->is_strange = 1;
		return NULL;
	}
	tables->used += nbytes;
	return taken;
}

static void *take(void *user, size_t n, size_t size)
{
	struct codist_lzma_tables *tables = user;
	size_t nbytes = n * size;

	if (nbytes == tables->finder.hash_size)
		return take_table(tables, CODIST_LZMA_HASH, nbytes);
	if (nbytes == tables->finder.nodes_size)
		return take_table(tables, CODIST_LZMA_NODES, nbytes);
	if (nbytes > LARGE)
		return take_table(tables, CODIST_LZMA_WINDOW, nbytes);
	return take_rest(tables, nbytes);
}

static void give(void *user, void *bytes)
{
	(void)user;
	(void)bytes;
}

int codist_lzma_tables_init(struct codist_lzma_tables *tables,
			    const lzma_options_lzma *options, size_t rest_size)
{
	if (!codist_lzma_finder_init(&tables->finder, options))
		return 0;
	tables->allocator = (lzma_allocator){ take, give, tables };
	tables->rest = malloc(rest_size);
	tables->rest_size = rest_size;
	return tables->rest != NULL;
}

void codist_lzma_tables_empty(struct codist_lzma_tables *tables)
{
	for (int i = 0; i < CODIST_LZMA_N_TABLES; i++) {
		free(tables->of[i]);
		tables->of[i] = NULL;
	}
	tables->used = 0;
}

void codist_lzma_tables_release(struct codist_lzma_tables *tables)
{
	codist_lzma_tables_empty(tables);
	free(tables->rest);
	tables->rest = NULL;
}
