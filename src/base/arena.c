/*
 * arena.c - memory whose state is a span of bytes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

#define ALIGNMENT ((size_t)64)

int codist_arena_init(struct codist_arena *arena, size_t capacity)
{
	/* calloc() maps large areas lazily, so a generous capacity is free. */
	arena->bytes = calloc(1, capacity + ALIGNMENT);
	arena->capacity = capacity;
	arena->used = 0;
	return arena->bytes != NULL;
}

void codist_arena_release(struct codist_arena *arena)
{
	free(arena->bytes);
	free(arena->saved);
	*arena = (struct codist_arena){ 0 };
}

/* malloc() need not align to a cache line; skip to the first one. */
static unsigned char *base(const struct codist_arena *arena)
{
	uintptr_t rest = (uintptr_t)arena->bytes % ALIGNMENT;

	return arena->bytes + (rest ? ALIGNMENT - rest : 0);
}

void *codist_arena_take(struct codist_arena *arena, size_t nbytes)
{
	unsigned char *taken;

	if (nbytes > arena->capacity - arena->used)
		return NULL;
	taken = base(arena) + arena->used;
	nbytes = (nbytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	if (nbytes > arena->capacity - arena->used)
		nbytes = arena->capacity - arena->used;
	arena->used += nbytes;
	return taken;
}

void codist_arena_empty(struct codist_arena *arena)
{
	arena->used = 0;
}

int codist_arena_save(struct codist_arena *arena)
{
	if (arena->saved_capacity < arena->used) {
		unsigned char *saved = realloc(arena->saved, arena->used);

		if (!saved)
			return 0;
		arena->saved = saved;
		arena->saved_capacity = arena->used;
	}
	if (arena->used)
		memcpy(arena->saved, base(arena), arena->used);
	arena->saved_used = arena->used;
	return 1;
}

void codist_arena_restore(struct codist_arena *arena)
{
	if (arena->saved_used)
		memcpy(base(arena), arena->saved, arena->saved_used);
	arena->used = arena->saved_used;
}
