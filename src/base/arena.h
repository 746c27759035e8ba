/*
 * arena.h - memory whose state is a span of bytes
 *
 * A library whose allocator hooks point into an arena can be set back to an
 * earlier state by copying the span back, pointers and all, because the arena
 * never moves.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BASE_ARENA_H
#define CODIST_BASE_ARENA_H

#include <codist/base.h>

struct codist_arena {
	unsigned char *bytes;
	size_t capacity, used;
	unsigned char *saved;   /* what codist_arena_save() kept */
	size_t saved_used, saved_capacity;
};

/* A zeroed struct becomes an arena of that capacity; 0 when out of memory. */
int codist_arena_init(struct codist_arena *arena, size_t capacity);
void codist_arena_release(struct codist_arena *arena);

/* Memory aligned to 64 bytes and not zeroed, or NULL when the arena is full. */
void *codist_arena_take(struct codist_arena *arena, size_t nbytes);

/* Forget all that was taken. */
void codist_arena_empty(struct codist_arena *arena);

/* Keep a copy of all that is in use now; 0 when out of memory. */
int codist_arena_save(struct codist_arena *arena);

/* Set everything back to the last save. */
void codist_arena_restore(struct codist_arena *arena);

#endif
