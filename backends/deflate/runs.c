/*
 * runs.c - where one byte is repeated in a text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "runs.h"

#include <stdlib.h>
#include <string.h>

#define MOST_RUNS (SIZER_TEXT_MOST / SIZER_MIN_MATCH)

int codist_sizer_runs_init(struct sizer_runs *runs)
{
	/* The upper half is scratch. */
	runs->runs = malloc(2 * MOST_RUNS * sizeof(*runs->runs));
	return runs->runs != NULL;
}

void codist_sizer_runs_release(struct sizer_runs *runs)
{
	free(runs->runs);
	runs->runs = NULL;
}

/* All runs by age; counts[b + 1] receives how many are of byte b. */
static size_t gather(struct sizer_run *runs, uint16_t *counts,
		     const unsigned char *text, size_t n)
{
	size_t n_runs = 0, begin = 0;

	for (size_t at = 1; at <= n; at++) {
		if (at < n && text[at] == text[begin])
			continue;
		if (at - begin >= SIZER_MIN_MATCH) {
			runs[n_runs].begin = (uint16_t)begin;
			runs[n_runs++].end = (uint16_t)at;
			counts[text[begin] + 1]++;
		}
		begin = at;
	}
	return n_runs;
}

static unsigned length_of(struct sizer_run run)
{
	return (unsigned)run.end - run.begin;
}

/* Those before runs[i] are linked: the ones that are no longer are passed. */
static void link_longer(struct sizer_run *runs, unsigned first, unsigned i)
{
	unsigned older = i > first ? i - 1 : SIZER_NO_RUN;

	while (older != SIZER_NO_RUN &&
	       length_of(runs[older]) <= length_of(runs[i]))
		older = runs[older].longer;
	runs[i].longer = (uint16_t)older;
}

void codist_sizer_runs_find(struct sizer_runs *runs, const unsigned char *text,
			    size_t n)
{
	struct sizer_run *by_age = runs->runs + MOST_RUNS;
	uint16_t next[256];
	size_t n_runs;

	memset(runs->starts, 0, sizeof(runs->starts));
	n_runs = gather(by_age, runs->starts, text, n);
	for (unsigned b = 0; b < 256; b++) {
		next[b] = runs->starts[b];
		runs->starts[b + 1] =
			(uint16_t)(runs->starts[b] + runs->starts[b + 1]);
	}
	for (size_t r = 0; r < n_runs; r++) {
		unsigned char byte = text[by_age[r].begin];
		unsigned i = next[byte]++;

		runs->runs[i] = by_age[r];
		link_longer(runs->runs, runs->starts[byte], i);
	}
}
