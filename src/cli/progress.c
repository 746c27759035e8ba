/*
 * progress.c - a line on a terminal that says how far the work is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "interrupt.h"
#include "progress.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#define FIRST_AFTER 1.0    /* seconds, so that the rest can be told */
#define WORTH_DRAWING 2.0  /* seconds in all */
#define REDRAW_AFTER 0.25
#define BAR_WIDTH 20
#define LINE_SIZE 512

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

void format_duration(char text[DURATION_SIZE], double seconds)
{
	unsigned long whole = (unsigned long)(seconds + 0.5);

	if (seconds < 9.995)
		snprintf(text, DURATION_SIZE, "%.2f s", seconds);
	else if (seconds < 99.95)
		snprintf(text, DURATION_SIZE, "%.1f s", seconds);
	else if (whole < 3600)
		snprintf(text, DURATION_SIZE, "%lu min %02lu s", whole / 60,
			 whole % 60);
	else
		snprintf(text, DURATION_SIZE, "%lu h %02lu min", whole / 3600,
			 whole / 60 % 60);
}

void format_quantity(char text[QUANTITY_SIZE], double value, const char *unit)
{
	static const char *const prefixes[] = { "", "k", "M", "G", "T" };
	size_t i = 0;

	for (; value >= 999.5 && i < 4; i++)
		value /= 1000;
	/* Of "12 k deltas" and "12 kB", the second is usual with bytes. */
	snprintf(text, QUANTITY_SIZE, "%.*f %s%s%s",
		 i == 0 && value >= 10 ? 0 :
		 value < 9.995	       ? 2 :
		 value < 99.95	       ? 1 : 0,
		 value, prefixes[i], i && strcmp(unit, "B") != 0 ? " " : "",
		 unit);
}

void progress_begin(struct progress *progress, const char *title,
		    const char *unit)
{
	*progress = (struct progress){ .title = title, .unit = unit };
	progress->is_wanted = isatty(STDERR_FILENO);
	progress->began = now();
}

static size_t terminal_width(void)
{
	struct winsize size;

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 20)
		return size.ws_col;
	return 80;
}

static void compose(const struct progress *progress, size_t done, size_t total,
		    double seconds, char line[LINE_SIZE])
{
	static const char full[] = "####################";
	double share = total ? (double)done / (double)total : 0;
	char rate[QUANTITY_SIZE], amount[QUANTITY_SIZE], left[DURATION_SIZE];
	int bar = (int)(share * BAR_WIDTH);

	format_quantity(rate, (double)done / seconds, progress->unit);
	if (total == 0) {
		format_quantity(amount, (double)done, progress->unit);
		snprintf(line, LINE_SIZE, "%.24s  %s  %s/s", progress->title,
			 amount, rate);
		return;
	}
	format_duration(left, done ? seconds * (1 / share - 1) : 0);
	snprintf(line, LINE_SIZE, "%.24s  [%-*.*s] %3d %%  %s/s%s%s",
		 progress->title, BAR_WIDTH, bar, full, (int)(100 * share),
		 rate, done ? "  left: " : "", done ? left : "");
}

int progress_update(struct progress *progress, size_t done, size_t total)
{
	double time = now(), seconds = time - progress->began;
	double projected = done && total ?
		seconds * (double)total / (double)done : WORTH_DRAWING;
	char line[LINE_SIZE];
	int width;

	if (interrupt_came())
		return 1;
	if (!progress->is_wanted || seconds < FIRST_AFTER ||
	    projected < WORTH_DRAWING ||
	    time - progress->drew < REDRAW_AFTER)
		return 0;
	compose(progress, done, total, seconds, line);
	/* The last column stays free: some terminals go on to a new line. */
	width = (int)terminal_width() - 1;
	fprintf(stderr, "\r%-*.*s", width, width, line);
	fflush(stderr);
	progress->is_drawn = 1;
	progress->drew = time;
	return 0;
}

void progress_end(struct progress *progress)
{
	if (!progress->is_drawn)
		return;
	fprintf(stderr, "\r%*s\r", (int)terminal_width() - 1, "");
	fflush(stderr);
	progress->is_drawn = 0;
}

int progress_hook(void *user, const struct codist_progress *progress)
{
	return progress_update(user, progress->done, progress->total);
}
