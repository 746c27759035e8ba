/*
 * seek.c - the best match within bounds of the prefix, at one place
 *
 * Longer than the run here are only matches of strings whose run ends with the
 * run here, and the longer they are, the more of what follows agrees: the
 * longest phrases are asked first. Where no string has such a phrase, none
 * agrees in as many bytes, which tells when to stop in lists of shorter ones.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "seek.h"

#include "text.h"

#define TAIL SIZER_N_LISTS /* the last runs, in place of a list */

/* A candidate that is within bounds; 1: it agrees in `enough` bytes. */
static int offer(struct sizer_seek *seek, unsigned candidate, unsigned enough)
{
	const unsigned char *there = seek->text + candidate;
	unsigned floor = seek->floor, length;

	if (floor >= 7 ? !sizer_equal8(there + floor - 7, seek->here + floor - 7) :
			 there[floor] != seek->here[floor])
		return 0;
	length = sizer_common(seek->here, there, seek->most);
	if (length > floor) {
		seek->best.length = seek->floor = length;
		seek->best.at = candidate + seek->index->first;
	}
	return length >= enough;
}

static unsigned end_of(const struct sizer_seek *seek, uint32_t i)
{
	const struct sizer_runs *runs = &seek->index->runs;

	return i == runs->n ? seek->tail_end : runs->runs[i].end;
}

/* The text's last runs, whose phrases are not known. */
static int try_tail(struct sizer_seek *seek, unsigned enough)
{
	const struct sizer_runs *runs = &seek->index->runs;
	unsigned n = seek->run;

	for (uint32_t i = seek->same;
	     i > 0 && i + SIZER_PHRASE_MOST >= runs->n;) {
		unsigned end = end_of(seek, i), begin = runs->runs[i - 1].end;

		if (end < seek->oldest + n)
			return 0;
		if (end - begin >= n && end - n < seek->newest &&
		    offer(seek, end - n, enough))
			return 1;
		if (runs->same[i].older == 0)
			return 0;
		i -= runs->same[i].older;
	}
	return 0;
}

static int try_list(struct sizer_seek *seek, unsigned list, unsigned enough)
{
	const struct sizer_run *run = seek->index->runs.runs + seek->list[list];
	unsigned n = seek->run, least = seek->oldest + n;

	if (seek->list[list] == 0)
		return 0;
	while (run->end >= least) {
		if (run->end - run[-1].end >= n &&
		    run->end - n < seek->newest &&
		    offer(seek, run->end - n, enough))
			return 1;
		if (run->older[list] == 0)
			return 0;
		run -= run->older[list];
	}
	return 0;
}

/*
 * The first list, where of what follows the run here only a part of the next run
 * agrees: one string is as good as all older ones that have no longer next run.
 */
static int try_first_list(struct sizer_seek *seek, unsigned enough)
{
	const struct sizer_run *run = seek->index->runs.runs + seek->list[0];
	unsigned n = seek->run, least = seek->oldest + n, step;

	if (seek->list[0] == 0)
		return 0;
	while (run->end >= least) {
		step = run->older[0];
		if (run->end - run[-1].end < n) {
			step = run->longer;
		} else if (run->end - n < seek->newest &&
			   seek->text[run->end - 1] == seek->here[0] &&
			   seek->text[run->end] == seek->here[n]) {
			/* This very phrase, not one that has the same key:
			 * only behind such a one others are superfluous. */
			if (offer(seek, run->end - n, enough))
				return 1;
			step = run->longer_next;
		}
		if (step == 0)
			return 0;
		run -= step;
	}
	return 0;
}

/* Where in a run does the best candidate begin? 0: nowhere within bounds. */
static int place_in_run(const struct sizer_seek *seek, unsigned begin,
			unsigned end, unsigned n, unsigned *at)
{
	if (begin < seek->oldest)
		begin = seek->oldest;
	if (begin >= end || begin >= seek->newest)
		return 0;
	*at = end < begin + n ? begin : sizer_least(end - n, seek->newest - 1);
	return 1;
}

/*
 * Matches no longer than the run here, the newest first. Of a run one string is
 * enough: that from which as many are left, or else its first one.
 */
static void try_runs(struct sizer_seek *seek)
{
	const struct sizer_runs *runs = &seek->index->runs;
	unsigned n = sizer_least(seek->run, seek->nice), at;
	uint32_t i = seek->same;

	if (seek->has_begun) {
		if (seek->at - 1 >= seek->oldest)
			offer(seek, seek->at - 1, n);
		return;
	}
	while (i != 0 && seek->floor < n) {
		const struct sizer_run *run = &runs->runs[i];
		unsigned end = end_of(seek, i);
		uint32_t step = runs->same[i].longer;

		if (!place_in_run(seek, run[-1].end, end, n, &at))
			return;
		if (end - at > seek->floor && offer(seek, at, n))
			return;
		i = step ? i - step : 0;
	}
}

/*
 * Only what agrees in more than `least` bytes. Other phrases may have got into a
 * list, of which newer strings may stand in those that follow.
 */
static int ask(struct sizer_seek *seek, unsigned list, unsigned least,
	       unsigned enough)
{
	unsigned floor = seek->floor;
	int is_enough;

	if (floor < least)
		seek->floor = least;
	is_enough = list == TAIL ? try_tail(seek, enough) :
		    list == 0 ? try_first_list(seek, enough) :
				try_list(seek, list, enough);
	if (seek->floor == least)
		seek->floor = floor;
	return is_enough;
}

void codist_sizer_seek(struct sizer_seek *seek)
{
	unsigned cap = seek->nice;

	if (seek->floor >= seek->most || seek->oldest >= seek->newest)
		return;
	if (seek->run < cap && ask(seek, TAIL, seek->run, cap))
		return;
	for (unsigned list = SIZER_N_LISTS; list-- > 0;) {
		unsigned reach = seek->reach[list];

		if (reach >= seek->nice)
			continue;
		if (ask(seek, list, reach, cap) || seek->floor > reach)
			return;
		cap = reach; /* nothing within bounds agrees in more */
		if (seek->floor >= cap)
			return;
	}
	if (seek->run >= SIZER_MIN_MATCH)
		try_runs(seek);
}
