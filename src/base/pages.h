/*
 * pages.h - memory of which the kernel tells what was written
 *
 * An image lies in a file in memory. While it is shared, writing goes to the
 * image. Once it is guarded, a page that is written becomes a copy, by a page
 * fault, and the image stays as it is.
 *
 * It takes Linux's memfd_create() and /proc/self/pagemap.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BASE_PAGES_H
#define CODIST_BASE_PAGES_H

#include <codist/base.h>

struct codist_pages {
	unsigned char *bytes;       /* [capacity], to be written */
	const unsigned char *image; /* [capacity], what is below the copies */
	size_t capacity;            /* of whole pages */
	int file, pagemap;
	uint64_t *entries;          /* [n_entries], of /proc/self/pagemap */
	size_t n_entries;
	uint64_t faults, thread;    /* when codist_pages_found() was called */
};

/* The bytes of a page. */
size_t codist_page_size(void);

/*
 * A zeroed struct becomes that many bytes, shared; 0 when the kernel cannot
 * do all that is described here, and then there is nothing to release.
 */
int codist_pages_init(struct codist_pages *pages, size_t capacity);
void codist_pages_release(struct codist_pages *pages);

/* Write the first n pages of the image itself; 0 when the kernel refuses. */
int codist_pages_share(struct codist_pages *pages, size_t n);

/* Drop all copies, and guard the first n pages; 0 when the kernel refuses. */
int codist_pages_guard(struct codist_pages *pages, size_t n);

/*
 * Set is_copy[i], i < n, of pages that became copies since the last
 * codist_pages_found() of the same thread, and maybe of others that are copies;
 * 0 when the kernel refuses. is_any receives 0 if none was set.
 */
int codist_pages_find(struct codist_pages *pages, unsigned char *is_copy,
		      size_t n, int *is_any);

/* Say that all copies that there are now are known. */
void codist_pages_found(struct codist_pages *pages);

/* Drop the copies of n pages; 0 when the kernel refuses to. */
int codist_pages_drop(struct codist_pages *pages, size_t first, size_t n);

#endif
