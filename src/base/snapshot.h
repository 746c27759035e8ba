/*
 * snapshot.h - many megabytes of memory, set back in microseconds
 *
 * Like an arena, this hands out memory to a library's allocator hooks, and sets
 * all of it back to an earlier state, pointers and all. An arena copies every
 * byte back; of a state of 100 MB that takes longer than most queries, which
 * write to little of it. Here only pages that were written are copied back.
 *
 * A second state can be kept over the first, as the pages in which it differs:
 * to begin from the first again and again.
 *
 * Where the kernel does not tell which pages were written (see pages.h), every
 * byte is copied.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BASE_SNAPSHOT_H
#define CODIST_BASE_SNAPSHOT_H

#include "base/pages.h"

enum codist_snapshot_state { CODIST_SNAPSHOT_FIRST, CODIST_SNAPSHOT_SECOND };

struct codist_snapshot {
	struct codist_pages pages; /* zeroed where the kernel tells nothing */
	unsigned char *bytes;      /* [capacity], handed out; never moves */
	unsigned char *copied;     /* the image, where it is not in `pages` */
	size_t capacity, n_pages;
	size_t used, saved_used;

	unsigned char *is_copy; /* [n_pages], whether it is in `written` */
	uint32_t *written;      /* [n_written], the pages to copy back */
	size_t n_written;

	/* The second state: contents of the first n_second pages written. */
	unsigned char *second;
	size_t n_second, second_used, second_capacity;

	unsigned n_restores;
};

/* When copies of pages take more, all are dropped after the query, in bytes. */
#define CODIST_SNAPSHOT_COPIES ((size_t)48 << 20)

/* A zeroed struct becomes a snapshot of that capacity; 0 when out of memory. */
int codist_snapshot_init(struct codist_snapshot *snapshot, size_t capacity);
void codist_snapshot_release(struct codist_snapshot *snapshot);

/* Memory aligned to 64 bytes and not zeroed, or NULL when it is full. */
void *codist_snapshot_take(struct codist_snapshot *snapshot, size_t nbytes);

/* Forget all that was taken or saved; 0 when the kernel is out of memory. */
int codist_snapshot_empty(struct codist_snapshot *snapshot);

/* Keep all that is in use now as the first state; 0 when out of memory. */
int codist_snapshot_save(struct codist_snapshot *snapshot);

/*
 * Keep all that is in use now as the second state, in place of an earlier one,
 * which is lost in any case; 0 when out of memory. Only after a save.
 */
int codist_snapshot_save_second(struct codist_snapshot *snapshot);

/* Set everything back to that state; 0 when the kernel refuses to. */
int codist_snapshot_restore(struct codist_snapshot *snapshot,
			    enum codist_snapshot_state state);

#endif
