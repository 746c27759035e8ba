/*
 * system.c - what the operating system tells: the time, and why not
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/system.h"

#include <string.h>
#include <time.h>

double codist_seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

enum codist_status codist_cannot(struct codist_error *err, const char *path,
				 const char *what, int error)
{
	return codist_fail(err, CODIST_EIO, "%s: cannot %s: %s", path, what,
			   strerror(error));
}
