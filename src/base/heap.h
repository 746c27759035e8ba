/*
 * heap.h - allocations that can all be set back to what they were
 *
 * For a library whose allocator hooks point here, and which frees and takes in
 * an order that an arena would never come to an end with. Every allocation is
 * on a list. codist_heap_save() copies what is there; codist_heap_restore()
 * copies it back, each to its own address, and drops what was taken since. What
 * was given back since is there again, as it was only put aside.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BASE_HEAP_H
#define CODIST_BASE_HEAP_H

#include <codist/base.h>

/* A zeroed struct is an empty heap. */
struct codist_heap {
	struct codist_heap_block *newest;
};

/* Memory aligned as by malloc(), or NULL when there is none. */
void *codist_heap_take(struct codist_heap *heap, size_t nbytes);

/* NULL is fine. */
void codist_heap_give(struct codist_heap *heap, void *memory);

/* Give back all that was taken, saved or not. */
void codist_heap_empty(struct codist_heap *heap);

/* Keep a copy of all; once between two codist_heap_empty(). 0: no memory. */
int codist_heap_save(struct codist_heap *heap);
void codist_heap_restore(struct codist_heap *heap);

#endif
