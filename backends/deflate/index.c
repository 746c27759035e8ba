/*
 * index.c - the part of a prefix that matches can reach, for fast look-up
 *
 * zlib walks the chain of strings with one hash, from the newest to the oldest,
 * and stops after so many. The newest so many of a hash are all those from
 * some place on; and so is what lies within the window. The greater of the two
 * bounds is all that a tree needs to be told.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "index.h"

#include "text.h"

#include <limits.h>
#include <stdlib.h>

/* The strings whose hash is not known without the query. */
#define N_BRIDGES (SIZER_MIN_MATCH - 1)

int codist_sizer_index_init(struct sizer_index *index,
			    const struct sizer_params *params)
{
	size_t n_hashes = (size_t)1 << params->hash_bits;

	index->params = params;
	index->roots = malloc(n_hashes * sizeof(*index->roots));
	index->starts = malloc((n_hashes + 1) * sizeof(*index->starts));
	index->suffixes = malloc(SIZER_TRIE_TEXT * sizeof(*index->suffixes));
	index->old.nodes = malloc(SIZER_TRIE_TEXT * sizeof(*index->old.nodes));
	index->recent.nodes =
		malloc(SIZER_MIN_LOOKAHEAD * sizeof(*index->recent.nodes));
	return index->roots && index->starts && index->suffixes &&
	       index->old.nodes && index->recent.nodes;
}

void codist_sizer_index_release(struct sizer_index *index)
{
	free(index->roots);
	free(index->starts);
	free(index->suffixes);
	free(index->old.nodes);
	free(index->recent.nodes);
	*index = (struct sizer_index){ 0 };
}

/* Sort the suffixes of which the hash is known by it, then by age. */
static void sort_by_hash(struct sizer_index *index, const unsigned char *text,
			 size_t n)
{
	const struct sizer_params *params = index->params;
	size_t n_hashes = (size_t)1 << params->hash_bits;
	uint32_t sum = 0;

	memset(index->starts, 0, (n_hashes + 1) * sizeof(*index->starts));
	for (size_t i = 0; i < n; i++)
		index->starts[sizer_hash(params, text + i) + 1]++;
	for (size_t h = 1; h <= n_hashes; h++) {
		uint32_t count = index->starts[h];

		index->starts[h] = sum; /* its start, and soon its end */
		sum += count;
	}
	for (size_t i = 0; i < n; i++)
		index->suffixes[index->starts[sizer_hash(params, text + i) +
					      1]++] = (uint16_t)i;
}

void codist_sizer_index_make(struct sizer_index *index,
			     const struct sizer_parse *parse,
			     const unsigned char *bytes, size_t end)
{
	const struct sizer_params *params = index->params;
	size_t n_bridges = end < N_BRIDGES ? end : N_BRIDGES;
	size_t n_hashes = (size_t)1 << params->hash_bits;
	struct sizer_trie text = { 0 };

	index->first = parse->at > params->farthest ?
			       parse->at - params->farthest :
			       0;
	if (index->first < parse->buffer)
		index->first = parse->buffer;
	index->end = end;
	index->split = parse->at < end - n_bridges ? parse->at :
						     end - n_bridges;
	text.text = bytes + index->first;
	text.length = (unsigned)(end - index->first);
	text.nodes = index->old.nodes;
	index->old = text;
	text.nodes = index->recent.nodes;
	index->recent = text;

	sort_by_hash(index, text.text, text.length - n_bridges);
	memset(index->roots, 255, n_hashes * sizeof(*index->roots));
	for (size_t h = 0; h < n_hashes; h++) {
		uint32_t to = index->starts[h + 1], from = index->starts[h];

		while (to > from &&
		       index->suffixes[to - 1] + index->first >= index->split)
			to--;
		/* Older ones are never looked at. */
		if (to - from > params->chain)
			from = to - params->chain;
		for (; from < to; from++)
			codist_sizer_trie_add(&index->old, &index->roots[h],
					      index->suffixes[from]);
	}
	index->recent_root = SIZER_TRIE_EMPTY;
	for (size_t at = index->split; at < end; at++)
		codist_sizer_trie_add(&index->recent, &index->recent_root,
				      (unsigned)(at - index->first));
}

/* What one look-up has found out so far. */
struct hunt {
	const struct sizer_search *search;
	size_t at;
	const unsigned char *here;
	unsigned hash, most, nice;
	size_t oldest; /* no candidate before this place counts */
	struct sizer_match best;
};

/* A newer candidate comes before an older one, which has to be longer. */
static int offer(struct hunt *hunt, struct sizer_match match)
{
	if (match.length >= SIZER_MIN_MATCH &&
	    match.length > hunt->best.length)
		hunt->best = match;
	return hunt->best.length >= hunt->nice;
}

/* The strings of this hash that lie in the prefix before `at`. */
static uint32_t known_before(const struct hunt *hunt)
{
	const struct sizer_index *index = hunt->search->index;
	uint32_t n = index->starts[hunt->hash + 1];

	if (hunt->at < index->end)
		while (n > index->starts[hunt->hash] &&
		       index->suffixes[n - 1] + index->first >= hunt->at)
			n--;
	return n;
}

/*
 * Raise `oldest` to the place of the n-th newest string of the prefix with
 * this hash, n > 0.
 */
static void count_back(struct hunt *hunt, unsigned n)
{
	const struct sizer_search *search = hunt->search;
	const struct sizer_index *index = search->index;
	uint32_t known;
	size_t at;

	for (unsigned i = 0; i < N_BRIDGES; i++) { /* the newest is the first */
		at = index->end - 1 - i;
		if (search->bridge_hash[i] != hunt->hash || at >= hunt->at)
			continue;
		if (--n > 0)
			continue;
		if (hunt->oldest < at)
			hunt->oldest = at;
		return;
	}
	known = known_before(hunt);
	if (known - index->starts[hunt->hash] < n)
		return;
	at = index->suffixes[known - n] + index->first;
	if (hunt->oldest < at)
		hunt->oldest = at;
}

/* The newest string of the prefix with this hash; 0 if there is none. */
static int newest_in_prefix(const struct hunt *hunt, size_t *at)
{
	const struct sizer_search *search = hunt->search;
	const struct sizer_index *index = search->index;
	uint32_t known;

	for (unsigned i = 0; i < N_BRIDGES; i++) {
		*at = index->end - 1 - i;
		if (search->bridge_hash[i] == hunt->hash && *at < hunt->at)
			return 1;
	}
	known = known_before(hunt);
	if (known == index->starts[hunt->hash])
		return 0;
	*at = index->suffixes[known - 1] + index->first;
	return 1;
}

/*
 * Set the bound that the window makes, given the newest candidate: only that
 * one may be at the very farthest. 0 if not even it is in reach.
 */
static int bound(struct hunt *hunt, const struct sizer_parse *parse,
		 size_t newest)
{
	size_t farthest = hunt->search->index->params->farthest;

	if (newest <= parse->buffer || hunt->at - newest > farthest)
		return 0;
	hunt->oldest = parse->buffer + 1;
	if (hunt->at - newest == farthest)
		hunt->oldest = newest;
	else if (hunt->at > farthest && hunt->oldest <= hunt->at - farthest)
		hunt->oldest = hunt->at - farthest + 1;
	return 1;
}

static int ask_tree(struct hunt *hunt, const struct sizer_trie *trie,
		    sizer_trie_link root)
{
	const struct sizer_index *index = hunt->search->index;
	struct sizer_trie_query query = {
		.bytes = hunt->here,
		.most = hunt->most,
		.nice = hunt->nice,
		.oldest = hunt->oldest > index->first ?
				  (unsigned)(hunt->oldest - index->first) :
				  0,
		.behind = hunt->search->query,
	};
	struct sizer_match match = codist_sizer_trie_find(trie, root, &query);

	match.at += index->first;
	return offer(hunt, match);
}

/* The query's own bytes, place by place, where slides make `places` untrue. */
static void walk_own(struct hunt *hunt, const struct sizer_place *places,
		     unsigned n)
{
	const struct sizer_index *index = hunt->search->index;
	const unsigned char *query = hunt->search->query;
	unsigned next = places[hunt->at - index->end].previous;

	for (; n > 0 && next != SIZER_NOWHERE &&
	       next + index->end >= hunt->oldest;
	     n--, next = places[next].previous) {
		struct sizer_match match;

		match.length = sizer_common(hunt->here, query + next,
					    hunt->most);
		match.at = next + index->end;
		if (offer(hunt, match))
			return;
	}
}

/* A place of the query. */
static void hunt_in_query(struct hunt *hunt, const struct sizer_parse *parse,
			  unsigned chain)
{
	const struct sizer_search *search = hunt->search;
	const struct sizer_index *index = search->index;
	const struct sizer_place *place =
		&search->places[hunt->at - index->end];
	int quarter = chain != index->params->chain;
	size_t newest = index->end + place->previous;

	hunt->hash = place->hash;
	if (place->previous == SIZER_NOWHERE &&
	    !newest_in_prefix(hunt, &newest))
		return;
	if (!bound(hunt, parse, newest))
		return;
	if (parse->buffer >= index->end)
		walk_own(hunt, search->places, chain);
	else if (offer(hunt, (struct sizer_match){
				     place->length[quarter],
				     index->end + place->at[quarter] }))
		return;
	if (place->n_before >= chain || hunt->best.length >= hunt->nice)
		return;
	count_back(hunt, chain - place->n_before);
	if (hunt->oldest >= index->end ||
	    ask_tree(hunt, &index->recent, index->recent_root))
		return;
	if (hunt->oldest < index->split)
		ask_tree(hunt, &index->old, index->roots[hunt->hash]);
}

/* A place of the prefix that no decision was made on without the query. */
static void hunt_in_prefix(struct hunt *hunt, const struct sizer_parse *parse,
			   unsigned chain)
{
	const struct sizer_search *search = hunt->search;
	const struct sizer_index *index = search->index;
	size_t newest;

	hunt->hash = sizer_hash(index->params, hunt->here);
	if (!newest_in_prefix(hunt, &newest) || !bound(hunt, parse, newest))
		return;
	count_back(hunt, chain);
	for (size_t at = hunt->at; at > index->split && at > hunt->oldest;) {
		struct sizer_match match;

		at--;
		match.at = at;
		match.length = sizer_common(
			hunt->here, search->joined + (at - index->split),
			hunt->most);
		if (offer(hunt, match))
			return;
	}
	if (hunt->oldest < index->split)
		ask_tree(hunt, &index->old, index->roots[hunt->hash]);
}

int codist_sizer_index_find(void *self, const struct sizer_parse *parse,
			    unsigned chain, unsigned most,
			    struct sizer_match *match)
{
	const struct sizer_search *search = self;
	const struct sizer_index *index = search->index;
	struct hunt hunt = {
		.search = search,
		.at = parse->at,
		.here = search->joined + (parse->at - index->split),
		.most = most,
		.nice = index->params->nice < most ? index->params->nice :
						     most,
	};

	if (parse->at >= index->end)
		hunt_in_query(&hunt, parse, chain);
	else
		hunt_in_prefix(&hunt, parse, chain);
	*match = hunt.best;
	return 1;
}
