/*
 * hunt.c - the match that zlib finds at a place of a query behind a prefix
 *
 * zlib walks the chain of strings with one hash, from the newest to the oldest,
 * and stops after so many. The newest so many of a hash are all those from
 * some place on; and so is what lies within the window. These bounds are found
 * here; what is best between them, seek.c tells.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hunt.h"

#include "seek.h"
#include "text.h"

#include <limits.h>
#include <string.h>

void codist_sizer_hunt_begin(struct sizer_search *search,
			     struct sizer_index *index,
			     struct codist_bytes x,
			     const struct sizer_place *places)
{
	unsigned char *query = index->text + index->length;

	*search = (struct sizer_search){
		.index = index,
		.places = places,
		.bridge_hash = { UINT_MAX, UINT_MAX },
		.tail_end = index->length,
	};
	if (x.nbytes)
		memcpy(query, x.data, x.nbytes);
	for (unsigned i = 0; i < SIZER_N_BRIDGES && i < index->length; i++)
		if (i + 1 + x.nbytes >= SIZER_MIN_MATCH)
			search->bridge_hash[i] =
				sizer_hash(index->params, query - i - 1);
	if (index->length)
		search->tail_end += sizer_common(
			query - 1, query,
			x.nbytes < SIZER_MAX_MATCH ? (unsigned)x.nbytes :
						     SIZER_MAX_MATCH);
}

/* The strings of this hash that lie in the prefix before `at`. */
static uint32_t known_before(const struct sizer_seek *seek)
{
	const struct sizer_index *index = seek->index;
	uint32_t n = index->starts[seek->hash + 1];

	if (seek->at < index->length)
		while (n > index->starts[seek->hash] &&
		       index->strings[n - 1] >= seek->at)
			n--;
	return n;
}

/*
 * Raise `oldest` to the place of the n-th newest string of the prefix with
 * this hash, n > 0.
 */
static void count_back(struct sizer_seek *seek,
		       const struct sizer_search *search, unsigned n)
{
	const struct sizer_index *index = seek->index;
	uint32_t known;
	unsigned at;

	if (sizer_index_count(index, seek->hash) + SIZER_N_BRIDGES < n)
		return;
	for (unsigned i = 0; i < SIZER_N_BRIDGES; i++) {
		at = index->length - 1 - i;
		if (search->bridge_hash[i] != seek->hash ||
		    at >= seek->at)
			continue;
		if (--n > 0)
			continue;
		if (seek->oldest < at)
			seek->oldest = at;
		return;
	}
	known = known_before(seek);
	if (known - index->starts[seek->hash] < n)
		return;
	at = index->strings[known - n];
	if (seek->oldest < at)
		seek->oldest = at;
}

/* The newest string of the prefix with this hash; 0 if there is none. */
static int newest_in_prefix(const struct sizer_seek *seek,
			    const struct sizer_search *search, unsigned *at)
{
	const struct sizer_index *index = seek->index;
	uint32_t known;

	for (unsigned i = 0; i < SIZER_N_BRIDGES; i++) {
		*at = index->length - 1 - i;
		if (search->bridge_hash[i] == seek->hash &&
		    *at < seek->at)
			return 1;
	}
	known = known_before(seek);
	if (known == index->starts[seek->hash])
		return 0;
	*at = index->strings[known - 1];
	return 1;
}

/*
 * Set the bound that the window makes, given the newest candidate: only that
 * one may be at the very farthest. 0 if not even it is in reach.
 */
static int bound(struct sizer_seek *seek, const struct sizer_parse *parse,
		 unsigned newest)
{
	size_t first = seek->index->first;
	size_t farthest = seek->index->params->farthest;

	if (newest + first <= parse->buffer || seek->at - newest > farthest)
		return 0;
	seek->oldest = parse->buffer >= first ?
			       (unsigned)(parse->buffer + 1 - first) :
			       0;
	if (seek->at - newest == farthest)
		seek->oldest = newest;
	else if (seek->at >= farthest &&
		 seek->oldest <= seek->at - farthest)
		seek->oldest = seek->at - (unsigned)farthest + 1;
	return 1;
}

/* The query's own bytes, place by place, where slides make `places` untrue. */
static void walk_own(struct sizer_seek *seek, const struct sizer_place *places,
		     unsigned chain)
{
	unsigned length = seek->index->length;
	unsigned next = places[seek->at - length].previous;

	for (; chain > 0 && next != SIZER_NOWHERE &&
	       next + length >= seek->oldest;
	     chain--, next = places[next].previous)
		if (codist_sizer_seek_offer(seek, next + length))
			return;
}

/* A place of the query. */
static void seek_in_query(struct sizer_seek *seek,
			  const struct sizer_search *search,
			  const struct sizer_parse *parse, unsigned chain)
{
	const struct sizer_index *index = seek->index;
	const struct sizer_place *place =
		&search->places[seek->at - index->length];
	int quarter = chain != index->params->chain;
	unsigned newest = index->length + place->previous;

	seek->hash = place->hash;
	seek->newest = index->length;
	if (place->previous == SIZER_NOWHERE &&
	    !newest_in_prefix(seek, search, &newest))
		return;
	if (!bound(seek, parse, newest))
		return;
	if (parse->buffer >= index->first + index->length) {
		walk_own(seek, search->places, chain);
		return;
	}
	if (place->length[quarter] > seek->floor) {
		seek->best.length = seek->floor = place->length[quarter];
		seek->best.at = index->first + index->length +
				place->at[quarter];
	}
	if (place->n_before >= chain || seek->floor >= seek->nice)
		return;
	count_back(seek, search, chain - place->n_before);
	codist_sizer_seek_prefix(seek);
}

/* A place of the prefix that no decision was made on without the query. */
static void seek_in_prefix(struct sizer_seek *seek,
			   const struct sizer_search *search,
			   const struct sizer_parse *parse, unsigned chain)
{
	unsigned newest;

	seek->hash = sizer_hash(seek->index->params, seek->here);
	seek->newest = seek->at;
	if (!newest_in_prefix(seek, search, &newest) || !bound(seek, parse, newest))
		return;
	count_back(seek, search, chain);
	codist_sizer_seek_prefix(seek);
}

int codist_sizer_hunt_find(void *self, const struct sizer_parse *parse,
			   unsigned chain, unsigned most,
			   struct sizer_match *match)
{
	const struct sizer_search *search = self;
	struct sizer_index *index = search->index;
	unsigned at = (unsigned)(parse->at - index->first);
	unsigned nice = index->params->nice;
	struct sizer_seek seek = {
		.index = index,
		.text = index->text,
		.here = index->text + at,
		.at = at,
		.most = most,
		.nice = nice < most ? nice : most,
		.floor = parse->match.length,
		.tail_end = search->tail_end,
	};

	if (at >= index->length)
		seek_in_query(&seek, search, parse, chain);
	else
		seek_in_prefix(&seek, search, parse, chain);
	*match = seek.best;
	return 1;
}
