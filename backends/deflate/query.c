/*
 * query.c - what can be said of a query before any prefix is known
 *
 * Two ways lead to the same table. Long queries walk zlib's chains, place by
 * place. For short ones it is quicker to compare every run with every earlier
 * one (own.c).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "own.h"
#include "query.h"

#include "text.h"

#define NOWHERE UINT16_MAX
/* Most queries have far fewer runs than bytes, and leave the rest untouched:
 * side by side in whole pages, they touch as few of these as can be. */
#define PAGE ((size_t)4096)

size_t codist_sizer_query_size(size_t n)
{
	size_t size = sizeof(uint32_t) +
		      n * (sizeof(struct sizer_place) +
			   sizeof(struct sizer_query_run) +
			   sizeof(struct sizer_found));

	return size < PAGE ? size : (size + PAGE - 1) / PAGE * PAGE;
}

struct sizer_query codist_sizer_query_open(const void *memory,
					   const struct sizer_params *params,
					   size_t n)
{
	struct sizer_query query;
	/* A query is written once, and only read through a const pointer. */
	char *at = (char *)(uintptr_t)memory;

	query.length = n;
	query.n_runs = *(uint32_t *)(void *)at;
	query.places = (void *)(at + sizeof(uint32_t));
	query.runs = (void *)(query.places + n);
	query.quarter = n <= params->chain / 4 ? NULL :
						 (void *)(query.runs + n);
	return query;
}

void codist_sizer_query_fetch(const struct sizer_query *query)
{
#if defined(__GNUC__)
	const char *at = (const char *)query->runs;
	const char *end = (const char *)(query->runs + query->n_runs);

	for (; at < end; at += 64)
		__builtin_prefetch(at);
	at = (const char *)query->places;
	for (end = at + query->length * sizeof(*query->places); at < end;
	     at += 64)
		__builtin_prefetch(at);
#else
	(void)query;
#endif
}

static int is_in_reach(const struct sizer_params *params, size_t at,
		       size_t newest)
{
	return newest != NOWHERE && at - newest <= params->farthest;
}

/* Candidates within reach. Only the newest may be at the very farthest. */
static size_t oldest_in_window(const struct sizer_params *params, size_t at,
			       size_t newest)
{
	if (at - newest >= params->farthest)
		return newest;
	return at < params->farthest ? 0 : at - params->farthest + 1;
}

static struct sizer_found found(unsigned length, size_t at)
{
	struct sizer_found match = { 0, 0 };

	if (length >= SIZER_MIN_MATCH) {
		match.length = (uint16_t)length;
		match.at = (uint16_t)at;
	}
	return match;
}

/* Walk the chain as zlib does, and note where it stands after a quarter. */
static void walk(const struct sizer_query *query, const uint16_t *previous,
		 const struct sizer_params *params, const unsigned char *bytes,
		 unsigned most, size_t at)
{
	size_t next = previous[at], best_at = 0;
	size_t oldest = oldest_in_window(params, at, next);
	unsigned nice = sizer_least(params->nice, most);
	unsigned best = SIZER_MIN_MATCH - 1;
	int quarter_known = 0;

	if (!is_in_reach(params, at, next))
		next = NOWHERE;
	for (unsigned i = 0;
	     i < params->chain && next != NOWHERE && next >= oldest;
	     i++, next = previous[next]) {
		if (i == params->chain / 4) {
			query->quarter[at] = found(best, best_at);
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
	query->places[at].best = found(best, best_at);
	if (!quarter_known && query->quarter)
		query->quarter[at] = query->places[at].best;
}

/*
 * The oldest of the n newest places with the hash of `at`, kept up from place
 * to place: the one of the place before with that hash, or the next after it.
 */
static void move_oldest(const struct sizer_place *places,
			const uint16_t *previous, const uint16_t *next,
			uint16_t *oldest, unsigned n, size_t at)
{
	unsigned before = previous[at];

	if (before == NOWHERE)
		oldest[at] = NOWHERE;
	else if (previous[before] == NOWHERE)
		oldest[at] = (uint16_t)before;
	else if (places[at].n_before <= n)
		oldest[at] = oldest[before];
	else
		oldest[at] = next[oldest[before]];
}

/* How far back the candidates of each place go: of all, of a quarter. */
struct candidate_limits {
	uint16_t oldest[2][SIZER_OWN_MOST];
};

static void find_limits(struct candidate_limits *limits,
			const struct sizer_query *query,
			const uint16_t *previous,
			const struct sizer_params *params)
{
	uint16_t next[SIZER_OWN_MOST];

	for (size_t at = 0; at + SIZER_MIN_MATCH <= query->length; at++) {
		if (previous[at] != NOWHERE)
			next[previous[at]] = (uint16_t)at;
		move_oldest(query->places, previous, next, limits->oldest[0],
			    params->chain, at);
		move_oldest(query->places, previous, next, limits->oldest[1],
			    params->chain / 4, at);
	}
}

/* The best among the candidates of a place from `oldest` on, in the window. */
static struct sizer_found best_from(const struct sizer_query *query,
				    const struct sizer_own *own, unsigned run,
				    size_t at, size_t oldest, size_t newest,
				    const struct sizer_params *params)
{
	unsigned most = (unsigned)(query->length - at);
	size_t least = oldest_in_window(params, at, newest);
	struct sizer_match match = codist_sizer_own_best(
		own, run, (unsigned)at,
		(unsigned)(oldest > least ? oldest : least),
		sizer_least(most, params->nice));

	return found(match.length, match.at);
}

/* The places [begin, end) of a run, each with its own limits, if there are. */
static void compare_places(const struct sizer_query *query,
			   const struct candidate_limits *limits,
			   const struct sizer_own *own, unsigned run,
			   size_t begin, size_t end, const uint16_t *previous,
			   const struct sizer_params *params)
{
	for (size_t at = begin;
	     at < end && at + SIZER_MIN_MATCH <= query->length; at++) {
		size_t all = limits ? limits->oldest[0][at] : 0;
		size_t some = limits ? limits->oldest[1][at] : 0;
		struct sizer_found best = { 0, 0 }, quarter;
		int is_found = is_in_reach(params, at, previous[at]);

		if (is_found)
			best = best_from(query, own, run, at, all,
					 previous[at], params);
		query->places[at].best = quarter = best;
		if (!query->quarter)
			continue;
		if (is_found && some != all)
			quarter = best_from(query, own, run, at, some,
					    previous[at], params);
		query->quarter[at] = quarter;
	}
}

/* The places [begin, end) of a run, with all candidates in reach. */
static int compare_at_once(const struct sizer_query *query,
			   const struct sizer_own *own, unsigned run,
			   size_t begin, size_t end,
			   const struct sizer_params *params)
{
	struct sizer_match best[SIZER_OWN_MOST];

	if (!codist_sizer_own_run(own, run, params->nice, best))
		return 0;
	for (size_t at = begin;
	     at < end && at + SIZER_MIN_MATCH <= query->length; at++)
		query->places[at].best = found(best[end - at - 1].length,
					       best[end - at - 1].at);
	return 1;
}

static void compare_runs(const struct sizer_query *query,
			 const uint16_t *previous,
			 const struct sizer_params *params,
			 const unsigned char *bytes)
{
	struct sizer_own own;
	struct candidate_limits limits;
	size_t end = query->length;
	int all_in_reach = !query->quarter && query->length <= params->farthest;
	int is_in_runs = query->n_runs * 4 <= query->length;

	if (!all_in_reach)
		find_limits(&limits, query, previous, params);
	codist_sizer_own_start(&own, query->runs, query->n_runs, bytes);
	for (unsigned run = query->n_runs; run-- > 0;) {
		size_t begin = run ? query->runs[run - 1].end : 0;

		if (!(all_in_reach && is_in_runs &&
		      compare_at_once(query, &own, run, begin, end, params)))
			compare_places(query, all_in_reach ? NULL : &limits,
				       &own, run, begin, end, previous, params);
		end = begin;
		codist_sizer_own_next(&own, run);
	}
}

static uint32_t find_runs(const struct sizer_query *query,
			  const unsigned char *bytes, size_t n)
{
	struct sizer_query_run *runs = query->runs;
	uint32_t tokens[SIZER_PHRASE_MOST + 2] = { 0 };
	uint32_t n_runs = 0;

	for (size_t at = 0; at < n; runs[n_runs++].end = (uint16_t)at)
		at = sizer_run_end(bytes, at, n);
	for (uint32_t i = 0, ahead = 0; i < n_runs; i++) {
		memmove(tokens, tokens + 1, sizeof(tokens) - sizeof(*tokens));
		for (; ahead <= i + SIZER_PHRASE_MOST + 1; ahead++)
			if (ahead < n_runs)
				tokens[ahead - i] = sizer_token(
					bytes[runs[ahead].end - 1],
					runs[ahead].end -
						(ahead ? runs[ahead - 1].end :
							 0u));
		sizer_phrase_keys(runs[i].keys, tokens,
				  sizer_known_phrases(n_runs - 1 - i));
	}
	return n_runs;
}

void codist_sizer_query_prepare(void *memory, const struct sizer_params *params,
				const unsigned char *bytes, size_t n,
				const struct sizer_query_scratch *scratch)
{
	struct sizer_query query;
	uint16_t *heads = scratch->heads, *previous = scratch->previous;

	*(uint32_t *)memory = 0;
	query = codist_sizer_query_open(memory, params, n);
	query.n_runs = find_runs(&query, bytes, n);
	*(uint32_t *)memory = query.n_runs;
	if (n < SIZER_MIN_MATCH)
		return;
	memset(heads, 255, sizeof(*heads) << params->hash_bits);
	for (size_t at = 0; at + SIZER_MIN_MATCH <= n; at++) {
		unsigned hash = sizer_hash(params, bytes + at);

		previous[at] = heads[hash];
		query.places[at].n_before =
			previous[at] == NOWHERE ?
				0 :
				(uint16_t)(query.places[previous[at]].n_before +
					   1);
		heads[hash] = (uint16_t)at;
	}
	if (n <= SIZER_OWN_MOST) {
		compare_runs(&query, previous, params, bytes);
		return;
	}
	for (size_t at = 0; at + SIZER_MIN_MATCH <= n; at++)
		walk(&query, previous, params, bytes,
		     n - at < SIZER_MAX_MATCH ? (unsigned)(n - at) :
						SIZER_MAX_MATCH,
		     at);
}
