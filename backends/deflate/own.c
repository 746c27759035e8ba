/*
 * own.c - the best matches of a short query among its own earlier bytes
 *
 * Every run is compared with every earlier one, from the last to the first: of
 * two runs that are equal, what agrees is longer by them than what agrees behind
 * them. Such a row takes a few vector instructions, and so does finding the
 * best of a row.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "own.h"

#define STRETCH 64

/* gcc -O2 leaves these loops scalar unless it is told; clang warns if told. */
#if defined(_OPENMP) && !defined(__clang__)
#define VECTORS(clause) _Pragma(#clause)
#else
#define VECTORS(clause)
#endif

void codist_sizer_own_start(struct sizer_own *own,
			    const struct sizer_query_run *runs, unsigned n_runs,
			    const unsigned char *bytes)
{
	unsigned begin = 0;

	own->runs = runs;
	for (unsigned i = 0; i < n_runs; i++) {
		own->byte[i] = bytes[begin];
		own->length[i] = (int16_t)(runs[i].end - begin);
		own->behind[i] = 0;
		begin = runs[i].end;
	}
}

/*
 * Where both runs are of one byte: if of one length, they agree and what is
 * behind them as well; else the shorter one of them is all.
 */
void codist_sizer_own_next(struct sizer_own *own, unsigned run)
{
	const int16_t byte = own->byte[run], length = own->length[run];
	const int16_t most = SIZER_MAX_MATCH;
	const int16_t *restrict bytes = own->byte;
	const int16_t *restrict lengths = own->length;
	int16_t *behind = own->behind;

	if (run == 0)
		return;
	run--;
	/* behind[i] of this run is what agrees from run i + 1 on with `run`:
	 * it has its place one further down. */
	VECTORS(omp simd)
	for (unsigned i = 0; i < run; i++) {
		int16_t there = lengths[i + 1];
		int16_t less = there < length ? there : length;
		int16_t more = (int16_t)(less + behind[i + 1]);
		int16_t agree = there == length ? more : less;

		agree = agree < most ? agree : most;
		behind[i] = bytes[i + 1] == byte ? agree : 0;
	}
}

/*
 * Of a run of which `length` bytes are in reach: in how many does the best of
 * its strings agree, if n are wanted of it?
 */
static int16_t agreement(int16_t n, int16_t length, int16_t behind,
			 int is_byte)
{
	int16_t agree = (int16_t)(n + behind);
	int16_t most = SIZER_MAX_MATCH;

	agree = length >= n ? agree : length;
	agree = agree < most ? agree : most;
	return is_byte ? agree : 0;
}

static int16_t greatest(const struct sizer_own *own, int16_t n, int16_t mask,
			int16_t byte, unsigned from, unsigned to)
{
	int16_t best = 0;

	VECTORS(omp simd reduction(max : best))
	for (unsigned i = from; i < to; i++) {
		int16_t agree = agreement(n, own->length[i],
					  own->behind[i] & mask,
					  own->byte[i] == byte);

		best = agree > best ? agree : best;
	}
	return best;
}

/* The run with the place `at`. */
static unsigned run_of(const struct sizer_own *own, unsigned run, unsigned at)
{
	unsigned low = 0, high = run;

	while (low < high) {
		unsigned middle = (low + high) / 2;

		if (own->runs[middle].end <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The newest run from which at least `enough` agrees; there is one. */
static struct sizer_match newest(const struct sizer_own *own,
				 const int16_t *of_stretch, unsigned first,
				 unsigned run, int16_t n, int16_t mask,
				 int16_t enough)
{
	unsigned stretch = (run - 1) / STRETCH, i = run;
	int16_t byte = own->byte[run], length, agree;

	for (; stretch > first / STRETCH && of_stretch[stretch] < enough;)
		i = stretch-- * STRETCH;
	do {
		i--;
		length = own->length[i];
		agree = agreement(n, length, own->behind[i] & mask,
				  own->byte[i] == byte);
	} while (agree < enough && i > first);
	return (struct sizer_match){
		(unsigned)agree,
		own->runs[i].end - (unsigned)(length < n ? length : n)
	};
}

struct sizer_match codist_sizer_own_best(const struct sizer_own *own,
					 unsigned run, unsigned at,
					 unsigned oldest, unsigned nice)
{
	struct sizer_match match = { 0, 0 };
	int16_t of_stretch[SIZER_OWN_MOST / STRETCH + 1];
	int16_t n = (int16_t)(own->runs[run].end - at);
	int16_t byte = own->byte[run], longest = 0, in_reach, agree, mask = -1;
	unsigned begin = own->runs[run].end - (unsigned)own->length[run];
	unsigned first;

	if (at > begin && at > oldest) { /* from the byte before */
		match.length = n < SIZER_MAX_MATCH ? (unsigned)n :
						     SIZER_MAX_MATCH;
		match.at = at - 1;
		if (match.length >= nice)
			return match;
	}
	if (oldest >= begin)
		return match;
	if ((unsigned)n > nice) { /* a newer one of the run is enough */
		n = (int16_t)nice;
		mask = 0;
	}
	first = run_of(own, run, oldest);
	/* Of the first one, only a part may be in reach. */
	in_reach = (int16_t)(own->runs[first].end - oldest);
	if (in_reach > own->length[first])
		in_reach = own->length[first];
	for (unsigned from = first + 1, to; from < run; from = to) {
		unsigned stretch = from / STRETCH;

		to = (stretch + 1) * STRETCH;
		if (to > run)
			to = run;
		of_stretch[stretch] = greatest(own, n, mask, byte, from, to);
		if (of_stretch[stretch] > longest)
			longest = of_stretch[stretch];
	}
	if ((unsigned)longest >= nice)
		longest = (int16_t)nice;
	agree = agreement(n, in_reach, own->behind[first] & mask,
			  own->byte[first] == byte);
	if (agree > longest && (unsigned)longest < nice) {
		if ((unsigned)agree > match.length) {
			match.length = (unsigned)agree;
			match.at = own->runs[first].end -
				   (unsigned)(in_reach < n ? in_reach : n);
		}
		return match;
	}
	if ((unsigned)longest <= match.length)
		return match;
	return newest(own, of_stretch, first + 1, run, n, mask, longest);
}

/* Of the runs from which n bytes are left, one. */
struct left {
	int behind;         /* the most that agrees after these; -1: no run */
	unsigned run;       /* the newest with that */
	unsigned newest;    /* the newest at all */
};

/* The runs before, by the bytes that they have, as far as they are needed. */
static int sort_runs(const struct sizer_own *own, unsigned run,
		     struct left *left, int length)
{
	int longest = 0;

	for (int n = 0; n <= length; n++)
		left[n].behind = -1;
	for (unsigned i = run; i-- > 0;) {
		int behind = own->behind[i];
		int n = own->length[i] < length ? own->length[i] : length;

		if (own->byte[i] != own->byte[run])
			continue;
		if (left[n].behind < 0)
			left[n].newest = i;
		if (behind <= left[n].behind)
			continue;
		left[n].behind = behind;
		left[n].run = i;
		longest = behind > longest ? behind : longest;
	}
	return longest;
}

/* There is no run as long as this one: the longest of the others. */
static struct sizer_match shorter(const struct sizer_own *own,
				  const struct left *left, int length)
{
	for (int n = length - 1; n >= SIZER_MIN_MATCH; n--)
		if (left[n].behind >= 0)
			return (struct sizer_match){
				(unsigned)n,
				own->runs[left[n].newest].end - (unsigned)n
			};
	return (struct sizer_match){ 0, 0 };
}

int codist_sizer_own_run(const struct sizer_own *own, unsigned run,
			 unsigned nice, struct sizer_match *best)
{
	int length = own->length[run], behind = -1;
	struct left left[SIZER_OWN_MOST + 1];
	unsigned found = 0;

	if ((unsigned)(length + sort_runs(own, run, left, length)) >= nice)
		return 0;
	for (int n = length; n > 0; n--) {
		if (left[n].behind > behind ||
		    (behind >= 0 && left[n].behind == behind &&
		     left[n].run > found)) {
			behind = left[n].behind;
			found = left[n].run;
		}
		if (n < length && behind <= 0) /* from the byte before */
			best[n - 1] = (struct sizer_match){
				(unsigned)n,
				own->runs[run].end - (unsigned)n - 1
			};
		else if (behind >= 0)
			best[n - 1] = (struct sizer_match){
				(unsigned)(n + behind),
				own->runs[found].end - (unsigned)n
			};
		else
			best[n - 1] = shorter(own, left, length);
	}
	return 1;
}
