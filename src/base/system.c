/*
 * system.c - what the operating system tells: the time, memory, and why not
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/system.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

double codist_seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

size_t codist_machine_memory(void)
{
	long n_pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);

	if (n_pages <= 0 || size <= 0 ||
	    (size_t)n_pages > SIZE_MAX / (size_t)size)
		return (size_t)2 << 30;
	return (size_t)n_pages * (size_t)size;
}

/* "5" in proc(5): what getrusage() tells begins anew, too. */
void codist_peak_begin(void)
{
	FILE *file = fopen("/proc/self/clear_refs", "w");

	if (!file)
		return;
	fputs("5", file);
	fclose(file);
}

size_t codist_peak(void)
{
	struct rusage usage;

	return getrusage(RUSAGE_SELF, &usage) == 0 && usage.ru_maxrss > 0 ?
		       (size_t)usage.ru_maxrss * 1024 : 0;
}

enum codist_status codist_cannot(struct codist_error *err, const char *path,
				 const char *what, int error)
{
	return codist_fail(err, CODIST_EIO, "%s: cannot %s: %s", path, what,
			   strerror(error));
}
