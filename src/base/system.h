/*
 * system.h - what the operating system tells: the time, memory, and why not
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BASE_SYSTEM_H
#define CODIST_BASE_SYSTEM_H

#include <codist/base.h>

/* Seconds on a clock that is never set; only differences mean anything. */
double codist_seconds(void);

/* The machine's memory in bytes, or 2 GiB where it does not tell. */
size_t codist_machine_memory(void);

/*
 * codist_peak() is the most memory in bytes that the process had at a time,
 * 0: not known; since codist_peak_begin(), where that can be had.
 */
void codist_peak_begin(void);
size_t codist_peak(void);

/*
 * CODIST_EIO: "path: cannot read: No such file or directory", by `error`,
 * which is an errno.
 */
enum codist_status codist_cannot(struct codist_error *err, const char *path,
				 const char *what, int error);

#endif
