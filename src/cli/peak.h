/*
 * peak.h - the most memory that the process had at a time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_CLI_PEAK_H
#define CODIST_CLI_PEAK_H

/* peak_begin() forgets what was before; 0 where the system cannot do that. */
int peak_begin(void);

/* The bytes of physical memory since then, at most; 0: not known. */
double peak_end(void);

#endif
