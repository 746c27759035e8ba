/*
 * search.c - the match that zlib finds at a place of a query behind a prefix
 *
 * zlib walks the chain of strings with one hash, from the newest to the oldest,
 * and stops after so many. The newest so many of a hash are all those from
 * some place on; and so is what lies within the window. These bounds are found
 * here; what is best between them, seek.c tells.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "search.h"

#include "bound.h"

#include <limits.h>
#include <string.h>

void codist_sizer_search_begin(struct sizer_search *search,
			       struct sizer_index *index, struct codist_bytes x,
			       const void *prepared)
{
	unsigned char *query = index->room + index->length;

	*search = (struct sizer_search){
		.index = index,
		.query = codist_sizer_query_open(prepared, index->params,
						 x.nbytes),
		.bridge_hash = { UINT_MAX, UINT_MAX },
		.tail_end = index->length,
	};
	codist_sizer_query_fetch(&search->query);
	if (x.nbytes)
		memcpy(query, x.data, x.nbytes);
	for (unsigned i = 0; i < SIZER_N_BRIDGES && i < index->length; i++)
		if (i + 1 + x.nbytes >= SIZER_MIN_MATCH)
			search->bridge_hash[i] =
				sizer_hash(index->params, query - i - 1);
	if (index->length && x.nbytes && query[-1] == query[0])
		search->tail_end += search->query.runs[0].end;
}

/* The strings of this hash that lie in the prefix before `at`. */
static uint32_t known_before(const struct sizer_seek *seek, unsigned hash)
{
	const struct sizer_index *index = seek->index;
	uint32_t n = index->starts[hash + 1];

	if (seek->at < index->length)
		while (n > index->starts[hash] &&
		       index->strings[n - 1] >= seek->at)
			n--;
	return n;
}

/*
 * Raise `oldest` to the place of the n-th newest string of the prefix with
 * this hash, n > 0.
 */
static void count_back(struct sizer_seek *seek,
		       const struct sizer_search *search, unsigned hash,
		       unsigned n)
{
	const struct sizer_index *index = seek->index;
	uint32_t known;
	unsigned at;

	if (sizer_index_count(index, hash) + SIZER_N_BRIDGES < n)
		return;
	for (unsigned i = 0; i < SIZER_N_BRIDGES; i++) {
		at = index->length - 1 - i;
		if (search->bridge_hash[i] != hash || at >= seek->at)
			continue;
		if (--n > 0)
			continue;
		if (seek->oldest < at)
			seek->oldest = at;
		return;
	}
	known = known_before(seek, hash);
	if (known - index->starts[hash] < n)
		return;
	at = index->strings[known - n];
	if (seek->oldest < at)
		seek->oldest = at;
}

/* The newest string of the prefix with this hash; 0 if there is none. */
static int newest_in_prefix(const struct sizer_seek *seek,
			    const struct sizer_search *search, unsigned hash,
			    unsigned *at)
{
	const struct sizer_index *index = seek->index;
	uint32_t known;

	for (unsigned i = 0; i < SIZER_N_BRIDGES; i++) {
		*at = index->length - 1 - i;
		if (search->bridge_hash[i] == hash && *at < seek->at)
			return 1;
	}
	known = known_before(seek, hash);
	if (known == index->starts[hash])
		return 0;
	*at = index->strings[known - 1];
	return 1;
}

static uint32_t head(const struct sizer_runs *runs, unsigned list, unsigned key)
{
	return runs->heads[list << SIZER_KEY_BITS | key];
}

static void set_phrases_in_query(struct sizer_seek *seek,
				 struct sizer_search *search)
{
	const struct sizer_runs *runs = &seek->index->runs;
	unsigned at = seek->at - seek->index->length;
	const struct sizer_query_run *run;
	unsigned n_known;

	while (search->query.runs[search->run].end <= at)
		search->run++;
	run = &search->query.runs[search->run];
	n_known = sizer_known_phrases(search->query.n_runs - 1 - search->run);
	seek->run = run->end - at;
	seek->same = runs->of_byte[seek->here[0]];
	seek->has_begun = 0; /* else it is one of the query's own */
	for (unsigned list = 0; list < SIZER_N_LISTS; list++) {
		seek->reach[list] = UINT_MAX;
		if (list >= n_known)
			continue;
		seek->reach[list] = run[sizer_phrase_runs[list]].end - at;
		seek->list[list] = head(runs, list, run->keys[list]);
	}
}

/*
 * A place of the query. Its first byte can be matched, as zlib's buffer does not
 * begin with it: nor does it slide so far (codist_sizer_search_takes()).
 */
static void seek_in_query(struct sizer_seek *seek, struct sizer_search *search,
			  const struct sizer_parse *parse, unsigned chain)
{
	const struct sizer_index *index = seek->index;
	unsigned at = seek->at - index->length;
	const struct sizer_place *place = &search->query.places[at];
	const struct sizer_found *own = &place->best;
	unsigned hash = sizer_hash(index->params, seek->here), newest;

	if (search->query.quarter && chain != index->params->chain)
		own = &search->query.quarter[at];
	seek->newest = index->length;
	if (place->n_before > 0)
		/* Some place within the query does as well as the newest. */
		newest = seek->at - 1;
	else if (!newest_in_prefix(seek, search, hash, &newest))
		return;
	if (!sizer_bound(seek, parse, newest))
		return;
	if (own->length > seek->floor) {
		seek->best.length = seek->floor = own->length;
		seek->best.at = index->first + index->length + own->at;
	}
	if (place->n_before >= chain || seek->floor >= seek->nice)
		return;
	count_back(seek, search, hash, chain - place->n_before);
	set_phrases_in_query(seek, search);
	codist_sizer_seek(seek);
}

/* What follows a place near the end of the prefix goes on in the query. */
static void set_phrases_across(struct sizer_seek *seek)
{
	const struct sizer_runs *runs = &seek->index->runs;
	uint32_t tokens[SIZER_PHRASE_MOST + 2] = { 0 };
	uint16_t keys[SIZER_N_LISTS];
	unsigned ends[SIZER_PHRASE_MOST + 2] = { 0 }, n = 0, n_known;
	unsigned most = seek->at + seek->most;
	uint32_t i = runs->n;

	while (runs->runs[i - 1].end > seek->at)
		i--;
	seek->same = runs->same[i].older ? i - runs->same[i].older : 0;
	seek->has_begun = seek->at > runs->runs[i - 1].end;
	for (unsigned at = seek->at; at < most && n < SIZER_PHRASE_MOST + 2;
	     n++) {
		ends[n] = (unsigned)sizer_run_end(seek->text, at, most);
		tokens[n] = sizer_token(seek->text[at], ends[n] - at);
		at = ends[n];
	}
	seek->run = ends[0] - seek->at;
	n_known = sizer_known_phrases(n - 1);
	sizer_phrase_keys(keys, tokens, n_known);
	for (unsigned list = 0; list < SIZER_N_LISTS; list++) {
		seek->reach[list] = UINT_MAX;
		if (list >= n_known)
			continue;
		seek->reach[list] = ends[sizer_phrase_runs[list]] - seek->at;
		seek->list[list] = head(runs, list, keys[list]);
	}
}

/* A place of the prefix that waits for what follows. */
static void seek_in_prefix(struct sizer_seek *seek,
			   const struct sizer_search *search,
			   const struct sizer_parse *parse, unsigned chain)
{
	unsigned hash = sizer_hash(seek->index->params, seek->here), newest;

	seek->newest = seek->at;
	if (!newest_in_prefix(seek, search, hash, &newest) ||
	    !sizer_bound(seek, parse, newest))
		return;
	count_back(seek, search, hash, chain);
	set_phrases_across(seek);
	codist_sizer_seek(seek);
}

int codist_sizer_search_find(void *self, const struct sizer_parse *parse,
			     unsigned chain, unsigned most,
			     struct sizer_match *match)
{
	struct sizer_search *search = self;
	const struct sizer_index *index = search->index;
	struct sizer_seek seek;

	sizer_seek_start(&seek, index, parse, most);
	seek.tail_end = search->tail_end;
	seek.floor = parse->match.length;
	if (seek.at >= index->length)
		seek_in_query(&seek, search, parse, chain);
	else
		seek_in_prefix(&seek, search, parse, chain);
	*match = seek.best;
	return 1;
}
