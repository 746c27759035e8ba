/*
 * pages.c - memory of which the kernel tells what was written
 *
 * The thread's count of page faults tells whether there may be new copies. If
 * so, /proc/self/pagemap is read, where a page that still is the image's own is
 * shown as a file's.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/pages.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#if defined(__linux__) && defined(HAVE_MEMFD_CREATE)
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#endif

size_t codist_page_size(void)
{
	return (size_t)sysconf(_SC_PAGESIZE);
}

#if defined(__linux__) && defined(HAVE_MEMFD_CREATE)

/* Of an entry of /proc/self/pagemap, by the kernel's documentation. */
#define PRESENT ((uint64_t)1 << 63)
#define SWAPPED ((uint64_t)1 << 62)
#define OF_FILE ((uint64_t)1 << 61)

static int map(struct codist_pages *p, size_t n, int how)
{
	return n == 0 ||
	       mmap(p->bytes, n * codist_page_size(), PROT_READ | PROT_WRITE,
		    how | MAP_FIXED | MAP_NORESERVE, p->file,
		    0) != MAP_FAILED;
}

int codist_pages_share(struct codist_pages *pages, size_t n)
{
	return map(pages, n, MAP_SHARED);
}

int codist_pages_guard(struct codist_pages *pages, size_t n)
{
	pages->thread = 0;
	return map(pages, n, MAP_PRIVATE);
}

/*
 * Page faults of this thread, ever. Counts of two threads must not be compared,
 * and threads' names come again, so each gets a number of its own; 0 where they
 * are not counted.
 */
static void count_faults(uint64_t *faults, uint64_t *thread)
{
	static atomic_uint_fast64_t n_threads;
	static _Thread_local uint64_t number;
	struct rusage usage;

	if (!number)
		number = atomic_fetch_add(&n_threads, 1) + 1;
	*faults = *thread = 0;
	if (getrusage(RUSAGE_THREAD, &usage))
		return;
	*faults = (uint64_t)usage.ru_minflt + (uint64_t)usage.ru_majflt;
	*thread = number;
}

static int read_pagemap(struct codist_pages *p, size_t n)
{
	size_t first = (size_t)((uintptr_t)p->bytes / codist_page_size());
	size_t nbytes = n * sizeof(p->entries[0]);
	ssize_t done;

	if (p->n_entries < n) {
		free(p->entries);
		p->entries = calloc(n, sizeof(p->entries[0]));
		p->n_entries = p->entries ? n : 0;
		if (!p->entries)
			return 0;
	}
	done = pread(p->pagemap, p->entries, nbytes,
		     (off_t)(first * sizeof(p->entries[0])));
	return done >= 0 && (size_t)done == nbytes;
}

static int is_copied(uint64_t entry)
{
	return entry & (PRESENT | SWAPPED) && !(entry & OF_FILE);
}

int codist_pages_find(struct codist_pages *pages, unsigned char *is_copy,
		      size_t n, int *is_any)
{
	uint64_t faults, thread;

	*is_any = 0;
	count_faults(&faults, &thread);
	if (thread && thread == pages->thread && faults == pages->faults)
		return 1;
	if (!read_pagemap(pages, n))
		return 0;
	for (size_t i = 0; i < n; i++)
		if (is_copied(pages->entries[i]))
			*is_any = is_copy[i] = 1;
	return 1;
}

void codist_pages_found(struct codist_pages *pages)
{
	count_faults(&pages->faults, &pages->thread);
}

int codist_pages_drop(struct codist_pages *pages, size_t first, size_t n)
{
	size_t size = codist_page_size();

	return !madvise(pages->bytes + first * size, n * size, MADV_DONTNEED);
}

/* Whether the kernel tells a page that was written from one that was read. */
static int kernel_tells(struct codist_pages *p)
{
	volatile unsigned char *bytes = p->bytes;
	unsigned char is_copy[2] = { 0 };
	int is_any, tells;

	if (!codist_pages_guard(p, 2))
		return 0;
	bytes[0] = 1;
	tells = bytes[codist_page_size()] == 0 &&
		codist_pages_find(p, is_copy, 2, &is_any) && is_copy[0] &&
		!is_copy[1];
	return codist_pages_share(p, 2) && tells;
}

static void *map_new(const struct codist_pages *p, int protection)
{
	void *mapped = mmap(NULL, p->capacity, protection,
			    MAP_SHARED | MAP_NORESERVE, p->file, 0);

	return mapped == MAP_FAILED ? NULL : mapped;
}

/* A file beyond the limit would end the process by a signal. */
static int may_be_that_large(size_t nbytes)
{
	struct rlimit limit;

	return !getrlimit(RLIMIT_FSIZE, &limit) &&
	       (limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur >= nbytes);
}

int codist_pages_init(struct codist_pages *pages, size_t capacity)
{
	size_t size = codist_page_size();

	pages->capacity = (capacity / size + 2) * size;
	pages->file = memfd_create("codist", MFD_CLOEXEC);
	pages->pagemap = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
	if (pages->file >= 0 && pages->pagemap >= 0 &&
	    may_be_that_large(pages->capacity) &&
	    !ftruncate(pages->file, (off_t)pages->capacity)) {
		pages->bytes = map_new(pages, PROT_READ | PROT_WRITE);
		pages->image = map_new(pages, PROT_READ);
	}
	if (pages->bytes && pages->image && kernel_tells(pages))
		return 1;
	codist_pages_release(pages);
	return 0;
}

void codist_pages_release(struct codist_pages *pages)
{
	if (pages->bytes)
		munmap(pages->bytes, pages->capacity);
	if (pages->image)
		munmap((void *)(uintptr_t)pages->image, pages->capacity);
	if (pages->capacity && pages->file >= 0)
		close(pages->file);
	if (pages->capacity && pages->pagemap >= 0)
		close(pages->pagemap);
	free(pages->entries);
	*pages = (struct codist_pages){ 0 };
}

#else

int codist_pages_init(struct codist_pages *pages, size_t capacity)
{
	(void)pages;
	(void)capacity;
	return 0;
}

/* Nobody has pages that could be handed to the functions below. */

void codist_pages_release(struct codist_pages *pages)
{
	(void)pages;
}

int codist_pages_share(struct codist_pages *pages, size_t n)
{
	(void)pages;
	(void)n;
	return 0;
}

int codist_pages_guard(struct codist_pages *pages, size_t n)
{
	(void)pages;
	(void)n;
	return 0;
}

int codist_pages_find(struct codist_pages *pages, unsigned char *is_copy,
		      size_t n, int *is_any)
{
	(void)pages;
	(void)is_copy;
	(void)n;
	*is_any = 0;
	return 0;
}

void codist_pages_found(struct codist_pages *pages)
{
	(void)pages;
}

int codist_pages_drop(struct codist_pages *pages, size_t first, size_t n)
{
	(void)pages;
	(void)first;
	(void)n;
	return 0;
}

#endif
