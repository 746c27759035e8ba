/*
 * peak.c - the most memory that the process had at a time, as Linux tells it
 *
 * getrusage() cannot be told to begin anew; /proc/self/clear_refs can (5 in
 * proc(5)), so that several runs in one process do not hide each other.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "peak.h"

#include <stdio.h>

int peak_begin(void)
{
	FILE *file = fopen("/proc/self/clear_refs", "w");
	int good;

	if (!file)
		return 0;
	good = fputs("5", file) >= 0;
	return fclose(file) == 0 && good;
}

double peak_end(void)
{
	FILE *file = fopen("/proc/self/status", "r");
	char line[256];
	double kibibytes = 0;

	if (!file)
		return 0;
	while (fgets(line, sizeof(line), file))
		if (sscanf(line, "VmHWM: %lf kB", &kibibytes) == 1)
			break;
	fclose(file);
	return 1024 * kibibytes;
}
