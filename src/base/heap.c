/*
 * heap.c - allocations that can all be set back to what they were
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/heap.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct codist_heap_block {
	struct codist_heap_block *older, *newer;
	size_t nbytes;
	unsigned char *saved; /* [nbytes + 1]; NULL: taken since */
	_Alignas(max_align_t) unsigned char bytes[];
};

void *codist_heap_take(struct codist_heap *heap, size_t nbytes)
{
	struct codist_heap_block *block = NULL;

	if (nbytes <= SIZE_MAX - sizeof(*block))
		block = malloc(sizeof(*block) + nbytes);
	if (!block)
		return NULL;
	block->older = heap->newest;
	block->newer = NULL;
	block->nbytes = nbytes;
	block->saved = NULL;
	if (heap->newest)
		heap->newest->newer = block;
	heap->newest = block;
	return block->bytes;
}

static void drop(struct codist_heap *heap, struct codist_heap_block *block)
{
	if (block->older)
		block->older->newer = block->newer;
	if (block->newer)
		block->newer->older = block->older;
	else
		heap->newest = block->older;
	free(block->saved);
	free(block);
}

void codist_heap_give(struct codist_heap *heap, void *memory)
{
	unsigned char *bytes = memory;
	struct codist_heap_block *block;

	if (!memory)
		return;
	bytes -= offsetof(struct codist_heap_block, bytes);
	memcpy(&block, &bytes, sizeof(block));
	if (!block->saved)
		drop(heap, block);
}

void codist_heap_empty(struct codist_heap *heap)
{
	while (heap->newest)
		drop(heap, heap->newest);
}

int codist_heap_save(struct codist_heap *heap)
{
	for (struct codist_heap_block *block = heap->newest; block;
	     block = block->older) {
		assert(!block->saved);
		block->saved = malloc(block->nbytes + 1);
		if (!block->saved)
			return 0;
		memcpy(block->saved, block->bytes, block->nbytes);
	}
	return 1;
}

void codist_heap_restore(struct codist_heap *heap)
{
	struct codist_heap_block *older;

	for (struct codist_heap_block *block = heap->newest; block;
	     block = older) {
		older = block->older;
		if (block->saved)
			memcpy(block->bytes, block->saved, block->nbytes);
		else
			drop(heap, block);
	}
}
