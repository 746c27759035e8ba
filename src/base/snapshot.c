/*
 * snapshot.c - many megabytes of memory, set back in microseconds
 *
 * A page that was written once is copied back each time, even if it was not
 * written again: a page fault, and dropping a copy, each cost more than copying a
 * page, on a virtual machine some tens of times as much. Now and then the copies
 * are compared with the image, and those not written since then are dropped.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/snapshot.h"

#include <stdlib.h>
#include <string.h>

#define ALIGNMENT ((size_t)64)
#define RESTORES_TO_DROP 256

static int is_mapped(const struct codist_snapshot *s)
{
	return s->pages.bytes != NULL;
}

static const unsigned char *image(const struct codist_snapshot *s)
{
	return is_mapped(s) ? s->pages.image : s->copied;
}

int codist_snapshot_init(struct codist_snapshot *snapshot, size_t capacity)
{
	size_t size = codist_page_size();

	if (codist_pages_init(&snapshot->pages, capacity)) {
		snapshot->bytes = snapshot->pages.bytes;
		snapshot->capacity = snapshot->pages.capacity;
	} else {
		snapshot->capacity = (capacity / size + 1) * size;
		snapshot->bytes = aligned_alloc(ALIGNMENT, snapshot->capacity);
		snapshot->copied = malloc(snapshot->capacity);
	}
	snapshot->n_pages = snapshot->capacity / size;
	snapshot->is_copy = malloc(snapshot->n_pages);
	snapshot->written = calloc(snapshot->n_pages,
				   sizeof(snapshot->written[0]));
	if (snapshot->bytes && image(snapshot) && snapshot->is_copy &&
	    snapshot->written)
		return 1;
	codist_snapshot_release(snapshot);
	return 0;
}

void codist_snapshot_release(struct codist_snapshot *snapshot)
{
	if (is_mapped(snapshot))
		codist_pages_release(&snapshot->pages);
	else
		free(snapshot->bytes);
	free(snapshot->copied);
	free(snapshot->is_copy);
	free(snapshot->written);
	free(snapshot->second);
	*snapshot = (struct codist_snapshot){ 0 };
}

void *codist_snapshot_take(struct codist_snapshot *snapshot, size_t nbytes)
{
	unsigned char *taken = snapshot->bytes + snapshot->used;

	if (nbytes > snapshot->capacity - snapshot->used)
		return NULL;
	/* The capacity is a multiple of it as well. */
	snapshot->used += (nbytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	return taken;
}

int codist_snapshot_empty(struct codist_snapshot *snapshot)
{
	snapshot->used = snapshot->n_written = snapshot->n_second = 0;
	return !is_mapped(snapshot) ||
	       codist_pages_share(&snapshot->pages, snapshot->n_pages);
}

int codist_snapshot_save(struct codist_snapshot *snapshot)
{
	size_t n = snapshot->n_pages;

	snapshot->saved_used = snapshot->used;
	snapshot->n_written = snapshot->n_second = 0;
	memset(snapshot->is_copy, 0, n);
	if (is_mapped(snapshot))
		return codist_pages_guard(&snapshot->pages, n);
	memcpy(snapshot->copied, snapshot->bytes, snapshot->capacity);
	for (size_t i = 0; i < n; i++)
		snapshot->written[snapshot->n_written++] = (uint32_t)i;
	return 1;
}

/* Add pages to the list that became copies since the last time. */
static int find_written(struct codist_snapshot *s)
{
	size_t n_before = s->n_written;
	int is_any;

	if (!is_mapped(s))
		return 1;
	if (!codist_pages_find(&s->pages, s->is_copy, s->n_pages, &is_any))
		return 0;
	if (!is_any)
		return 1;
	for (size_t i = 0; i < n_before; i++)
		s->is_copy[s->written[i]] = 0;
	for (size_t i = 0; i < s->n_pages; i++)
		if (s->is_copy[i])
			s->written[s->n_written++] = (uint32_t)i;
	for (size_t i = 0; i < n_before; i++)
		s->is_copy[s->written[i]] = 1;
	return 1;
}

/* Drop all copies at once; those of the second state will come back. */
static int drop_all(struct codist_snapshot *s)
{
	for (size_t i = s->n_second; i < s->n_written; i++)
		s->is_copy[s->written[i]] = 0;
	s->n_written = s->n_second;
	return codist_pages_guard(&s->pages, s->n_pages);
}

/* Drop the copies that are as the image, but for the second state's. */
static int drop_unwritten(struct codist_snapshot *s)
{
	size_t size = codist_page_size(), kept = s->n_second;

	for (size_t i = s->n_second; i < s->n_written; i++) {
		uint32_t page = s->written[i];
		size_t at = page * size;

		if (memcmp(s->bytes + at, s->pages.image + at, size)) {
			s->written[kept++] = page;
			continue;
		}
		if (!codist_pages_drop(&s->pages, page, 1))
			return 0;
		s->is_copy[page] = 0;
	}
	s->n_written = kept;
	return 1;
}

static int drop(struct codist_snapshot *s)
{
	size_t most = CODIST_SNAPSHOT_COPIES / codist_page_size();

	if (!is_mapped(s))
		return 1;
	if (s->n_written - s->n_second > most)
		return drop_all(s);
	return ++s->n_restores % RESTORES_TO_DROP || drop_unwritten(s);
}

/* Put the pages that differ from the image first in the list; their number. */
static size_t differing_first(struct codist_snapshot *s)
{
	size_t size = codist_page_size(), n = 0;

	for (size_t i = 0; i < s->n_written; i++) {
		uint32_t page = s->written[i];

		if (!memcmp(s->bytes + page * size, image(s) + page * size,
			    size))
			continue;
		s->written[i] = s->written[n];
		s->written[n++] = page;
	}
	return n;
}

int codist_snapshot_save_second(struct codist_snapshot *snapshot)
{
	size_t size = codist_page_size(), n;

	snapshot->n_second = 0;
	if (!find_written(snapshot))
		return 0;
	n = differing_first(snapshot);
	if (snapshot->second_capacity < n) {
		unsigned char *second = realloc(snapshot->second, n * size);

		if (!second)
			return 0;
		snapshot->second = second;
		snapshot->second_capacity = n;
	}
	snapshot->n_second = n;
	snapshot->second_used = snapshot->used;
	for (size_t i = 0; i < snapshot->n_second; i++)
		memcpy(snapshot->second + i * size,
		       snapshot->bytes + snapshot->written[i] * size, size);
	return 1;
}

int codist_snapshot_restore(struct codist_snapshot *snapshot,
			    enum codist_snapshot_state state)
{
	size_t size = codist_page_size(), i = 0;

	if (!find_written(snapshot))
		return 0;
	if (!drop(snapshot))
		return 0;
	snapshot->used = snapshot->saved_used;
	if (state == CODIST_SNAPSHOT_SECOND) {
		snapshot->used = snapshot->second_used;
		for (; i < snapshot->n_second; i++)
			memcpy(snapshot->bytes + snapshot->written[i] * size,
			       snapshot->second + i * size, size);
	}
	for (; i < snapshot->n_written; i++)
		memcpy(snapshot->bytes + snapshot->written[i] * size,
		       image(snapshot) + snapshot->written[i] * size, size);
	if (is_mapped(snapshot))
		codist_pages_found(&snapshot->pages);
	return 1;
}
