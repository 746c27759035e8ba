/*
 * seek.c - the best match within bounds of the prefix, at one place
 *
 * Only a string counts that matches longer than all newer ones, and there are
 * shorter ways to those than the chain:
 *
 *   - Three bytes that such a string must have may stand anywhere in what it
 *     has to match. Those at its end are often rarer than those at its start.
 *   - Of the strings that begin in one run of a byte, one matches longest.
 *   - Where all these are many, a tree finds the one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "seek.h"

#include "text.h"

/* Longer lists are walked slower than a tree is asked. In a tree of strings
 * that begin with a run, paths are as long as runs are. */
#define LONG_LIST 32
#define LONG_OF_RUNS 256
/* Among more strings of three bytes than these, rarer ones are looked for. */
#define FEW 8

/*
 * Candidates are offered from the newest to the oldest, so that one has to be
 * longer. 1: this one is long enough.
 */
int codist_sizer_seek_offer(struct sizer_seek *seek, unsigned candidate)
{
	unsigned length = sizer_common(seek->here, seek->text + candidate,
				       seek->most);

	if (length > seek->floor) {
		seek->best.length = seek->floor = length;
		seek->best.at = candidate + seek->index->first;
	}
	return length >= seek->nice;
}

/* Can a candidate be longer than the floor? It then has these bytes. */
static int may_do(const struct sizer_seek *seek, unsigned candidate)
{
	const unsigned char *there = seek->text + candidate;
	unsigned floor = seek->floor;

	return there[floor] == seek->here[floor] &&
	       there[floor - 1] == seek->here[floor - 1] &&
	       there[0] == seek->here[0];
}

/*
 * Of those that begin in a run of the byte with which a run of `n` begins here:
 * one from which as much of the run is left as here goes on as far as what
 * follows allows; from newer ones less is left, older ones end where here the
 * run does. But n is no more than nice, which is enough.
 *
 * Returns `end` if none is within bounds.
 */
static unsigned best_of_run(const struct sizer_seek *seek, unsigned begin,
			    unsigned end, unsigned n)
{
	if (begin < seek->oldest)
		begin = seek->oldest;
	if (begin >= end || begin >= seek->newest)
		return end;
	if (end < begin + n)
		return begin;
	return end - n < seek->newest ? end - n : seek->newest - 1;
}

/*
 * What begins in the prefix and has to go on in the query to be longer than the
 * floor; `n` bytes here are equal.
 */
static int try_tail(struct sizer_seek *seek, unsigned n)
{
	const struct sizer_index *index = seek->index;
	unsigned at = seek->newest;

	if (at > index->tail) {
		at = index->tail;
		if (seek->here[0] == seek->text[at]) {
			unsigned end = seek->tail_end;
			unsigned candidate = best_of_run(
				seek, at, end, n < seek->nice ? n : seek->nice);

			if (candidate < end && codist_sizer_seek_offer(seek, candidate))
				return 1;
		}
	}
	while (at > seek->oldest && at - 1 + seek->floor >= index->length) {
		at--;
		if (may_do(seek, at) && codist_sizer_seek_offer(seek, at))
			return 1;
	}
	return 0;
}

/*
 * Where, from byte `skip` to the last one that a candidate needs to be longer
 * than the floor, do the rarest three bytes begin?
 */
static unsigned rarest(const struct sizer_seek *seek, unsigned skip,
		       unsigned *hash)
{
	const struct sizer_index *index = seek->index;
	unsigned last = seek->floor + 1 - SIZER_MIN_MATCH, best = skip;
	uint32_t least, n;

	*hash = sizer_hash(index->params, seek->here + skip);
	least = sizer_index_count(index, *hash);
	for (unsigned at = last; at > skip && least > FEW; at--) {
		unsigned other = sizer_hash(index->params, seek->here + at);

		n = sizer_index_count(index, other);
		if (n >= least)
			continue;
		*hash = other;
		best = at;
		least = n;
	}
	return best;
}

/* 1 if the strings are better walked. */
static int ask_tree(struct sizer_seek *seek)
{
	const struct sizer_index *index = seek->index;
	uint32_t from = index->starts[seek->hash];
	uint32_t to = index->starts[seek->hash + 1];
	struct sizer_trie_query query = {
		.bytes = seek->here,
		.most = seek->most,
		.nice = seek->nice,
		.oldest = seek->oldest,
		.behind = seek->text + index->length,
	};
	struct sizer_match match;
	sizer_trie_link root;

	if (seek->at < index->length)
		return 1; /* a tree has strings that are newer than this */
	if (to - from > index->params->chain)
		from = to - index->params->chain; /* all that is looked at */
	root = codist_sizer_trees_root(&seek->index->trees, seek->hash,
				       index->strings + from, to - from);
	if (root == SIZER_TRIE_EMPTY)
		return 1;
	match = codist_sizer_trie_find(&index->trees.trie, root, &query);
	if (match.length > seek->floor) {
		seek->best.length = seek->floor = match.length;
		seek->best.at = match.at + index->first;
	}
	return 0;
}

/*
 * Candidates that have, from byte `skip` on or nearer to the last one that is
 * needed to be longer than the floor, three bytes that are here, too.
 */
static int try_strings(struct sizer_seek *seek, unsigned skip)
{
	const struct sizer_index *index = seek->index;
	uint32_t is_long = skip ? LONG_OF_RUNS : LONG_LIST;
	uint32_t from, i;
	unsigned hash;

	skip = rarest(seek, skip, &hash);
	from = index->starts[hash];
	i = index->starts[hash + 1];
	if (i - from > is_long && !ask_tree(seek))
		return seek->floor >= seek->nice;
	for (; i > from; i--) {
		unsigned string = index->strings[i - 1];

		if (string < seek->oldest + skip)
			return 0;
		if (string - skip < seek->newest &&
		    may_do(seek, string - skip) &&
		    codist_sizer_seek_offer(seek, string - skip))
			return 1;
	}
	return 0;
}

/* Where a run here is as long as it needs to be, or no match goes beyond it. */
static void try_runs(struct sizer_seek *seek, unsigned n)
{
	const struct sizer_runs *runs = &seek->index->runs;
	unsigned first = runs->starts[seek->here[0]];
	unsigned i = runs->starts[seek->here[0] + 1];

	while (i > first && runs->runs[i - 1].begin >= seek->newest)
		i--;
	if (i == first)
		return;
	for (i--; i != SIZER_NO_RUN && seek->floor < n;
	     i = runs->runs[i].longer) {
		unsigned end = runs->runs[i].end;
		unsigned at = best_of_run(seek, runs->runs[i].begin, end, n);

		if (at == end)
			return;
		if (end - at > seek->floor && codist_sizer_seek_offer(seek, at))
			return;
	}
}

void codist_sizer_seek_prefix(struct sizer_seek *seek)
{
	unsigned run, floor = seek->floor;

	if (floor >= seek->most || seek->oldest >= seek->newest)
		return;
	run = 1 + sizer_common(seek->here, seek->here + 1, seek->most - 1);
	if (run >= seek->nice) {
		if (!try_tail(seek, seek->nice))
			try_runs(seek, seek->nice);
		return;
	}
	if (run < SIZER_MIN_MATCH) {
		if (!try_tail(seek, run))
			try_strings(seek, 0);
		return;
	}
	/* First what is longer than the run, if there is anything. */
	if (floor < run)
		seek->floor = run;
	if (try_tail(seek, run) ||
	    try_strings(seek, run + 1 - SIZER_MIN_MATCH) || floor >= run ||
	    seek->floor > run)
		return;
	seek->floor = floor;
	if (!try_tail(seek, run))
		try_runs(seek, run);
}
