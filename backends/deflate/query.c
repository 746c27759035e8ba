/*
 * query.c - what can be said of a query before any prefix is known
 *
 * Two ways lead to the same table. Long queries walk zlib's chains, place by
 * place. For short ones it is quicker to compare every place with every earlier
 * one: going backwards, two places agree in one byte more than their
 * successors do, if they agree at all; a row of that takes a few vector
 * instructions.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "query.h"

#include "text.h"

/* Up to here rows are quicker than chains, or nearly. */
#define ROW_MOST 2048
#define STRETCH 64

/* gcc -O2 leaves these loops scalar unless it is told; clang warns if told. */
#if defined(_OPENMP) && !defined(__clang__)
#define VECTORS(clause) _Pragma(#clause)
#else
#define VECTORS(clause)
#endif

/* Candidates within reach. Only the newest may be at the very farthest. */
static size_t oldest_in_window(const struct sizer_params *params, size_t at,
			       size_t newest)
{
	if (at - newest >= params->farthest)
		return newest;
	return at < params->farthest ? 0 : at - params->farthest + 1;
}

static unsigned at_most(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

static void keep(struct sizer_place *place, int which, unsigned length,
		 size_t at)
{
	place->length[which] =
		(uint16_t)(length < SIZER_MIN_MATCH ? 0 : length);
	place->at[which] = (uint16_t)at;
}

/* Walk the chain as zlib does, and note where it stands after a quarter. */
static void walk(struct sizer_place *places, const struct sizer_params *params,
		 const unsigned char *bytes, unsigned most, size_t at)
{
	struct sizer_place *place = &places[at];
	size_t next = place->previous, best_at = 0;
	size_t oldest = oldest_in_window(params, at, next);
	unsigned nice = at_most(params->nice, most);
	unsigned best = SIZER_MIN_MATCH - 1;
	int quarter_known = 0;

	for (unsigned i = 0;
	     i < params->chain && next != SIZER_NOWHERE && next >= oldest;
	     i++, next = places[next].previous) {
		if (i == params->chain / 4) {
			keep(place, 1, best, best_at);
			quarter_known = 1;
		}
		if (bytes[next + best] == bytes[at + best]) {
			unsigned length = sizer_common(bytes + at,
						       bytes + next, most);

			if (length > best) {
				best = length;
				best_at = next;
			}
			if (best >= nice)
				break;
		}
	}
	keep(place, 0, best, best_at);
	if (!quarter_known)
		keep(place, 1, best, best_at);
}

/*
 * row[j]: how far the bytes from j and from at + 1 agree; then from at. Signed,
 * because the oldest vector units compare 16 bits only so.
 */
static void step_row(int16_t *restrict row, const unsigned char *restrict bytes,
		     size_t at)
{
	const int16_t byte = bytes[at], most = SIZER_MAX_MATCH;

	VECTORS(omp simd)
	for (size_t j = 0; j < at; j++) {
		int16_t before = row[j + 1], there = bytes[j];
		int16_t more = before < most ? (int16_t)(before + 1) : most;

		row[j] = there == byte ? more : 0;
	}
}

static int16_t greatest(const int16_t *row, size_t from, size_t to)
{
	int16_t found = 0;

	VECTORS(omp simd reduction(max : found))
	for (size_t j = from; j < to; j++)
		found = row[j] > found ? row[j] : found;
	return found;
}

/* By stretches, so that the newest need not be looked for all the way back. */
static void best_of_row(struct sizer_place *place, int which,
			const int16_t *row, size_t oldest, size_t at, int nice)
{
	int16_t of_stretch[ROW_MOST / STRETCH], longest = 0;
	int enough;
	size_t stretch;

	for (size_t from = oldest, to; from < at; from = to) {
		stretch = from / STRETCH;
		to = (stretch + 1) * STRETCH;
		if (to > at)
			to = at;
		of_stretch[stretch] = greatest(row, from, to);
		if (of_stretch[stretch] > longest)
			longest = of_stretch[stretch];
	}
	enough = longest < nice ? longest : nice;
	if (enough < SIZER_MIN_MATCH) {
		keep(place, which, 0, 0);
		return;
	}
	for (stretch = (at - 1) / STRETCH; of_stretch[stretch] < enough;)
		at = stretch-- * STRETCH;
	do
		at--;
	while (row[at] < enough);
	keep(place, which, (unsigned)row[at], at);
}

/*
 * The oldest of the n newest places with the hash of `at`, kept up from place
 * to place: the one of the place before with that hash, or the next after it.
 */
static void move_oldest(const struct sizer_place *places,
			const uint16_t *next, uint16_t *oldest, unsigned n,
			size_t at)
{
	unsigned previous = places[at].previous;

	if (previous == SIZER_NOWHERE)
		oldest[at] = SIZER_NOWHERE;
	else if (places[previous].previous == SIZER_NOWHERE)
		oldest[at] = (uint16_t)previous;
	else if (places[at].n_before <= n)
		oldest[at] = oldest[previous];
	else
		oldest[at] = next[oldest[previous]];
}

static void compare_all(struct sizer_place *places,
			const struct sizer_params *params,
			const unsigned char *bytes, size_t n)
{
	int16_t row[ROW_MOST + 1];
	uint16_t next[ROW_MOST], oldest[2][ROW_MOST];

	for (size_t at = 0; at + SIZER_MIN_MATCH <= n; at++) {
		if (places[at].previous != SIZER_NOWHERE)
			next[places[at].previous] = (uint16_t)at;
		move_oldest(places, next, oldest[0], params->chain, at);
		move_oldest(places, next, oldest[1], params->chain / 4, at);
	}
	memset(row, 0, (n + 1) * sizeof(*row));
	for (size_t at = n; at-- > 0;) {
		size_t most = n - at, in_window;

		step_row(row, bytes, at);
		if (most < SIZER_MIN_MATCH)
			continue;
		if (places[at].previous == SIZER_NOWHERE) {
			keep(&places[at], 0, 0, 0);
			keep(&places[at], 1, 0, 0);
			continue;
		}
		in_window = oldest_in_window(params, at, places[at].previous);
		for (int which = 0; which < 2; which++) {
			size_t from = oldest[which][at];

			if (which == 1 && from == oldest[0][at]) {
				places[at].length[1] = places[at].length[0];
				places[at].at[1] = places[at].at[0];
				break;
			}
			best_of_row(&places[at], which, row,
				    from > in_window ? from : in_window, at,
				    (int)at_most((unsigned)most, params->nice));
		}
	}
}

void codist_sizer_query_prepare(struct sizer_place *places,
				const struct sizer_params *params,
				const unsigned char *bytes, size_t n,
				uint16_t *heads)
{
	if (n < SIZER_MIN_MATCH)
		return;
	memset(heads, 255, sizeof(*heads) << params->hash_bits);
	for (size_t at = 0; at + SIZER_MIN_MATCH <= n; at++) {
		unsigned hash = sizer_hash(params, bytes + at);
		unsigned previous = heads[hash];

		places[at].hash = (uint16_t)hash;
		places[at].previous = (uint16_t)previous;
		places[at].n_before =
			previous == SIZER_NOWHERE ?
				0 :
				(uint16_t)(places[previous].n_before + 1);
		heads[hash] = (uint16_t)at;
	}
	if (n <= ROW_MOST) {
		compare_all(places, params, bytes, n);
		return;
	}
	for (size_t at = 0; at + SIZER_MIN_MATCH <= n; at++)
		walk(places, params, bytes,
		     n - at < SIZER_MAX_MATCH ? (unsigned)(n - at) :
						SIZER_MAX_MATCH,
		     at);
}
