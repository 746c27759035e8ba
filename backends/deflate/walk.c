/*
 * walk.c - the match that zlib finds along its chains
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "walk.h"

#include "text.h"

/* So many are looked at before a shorter list is looked for. */
#define PLAIN 16

/* Candidates are told by how far back they are. */
struct walk {
	struct sizer_chain *chain;
	const unsigned char *here;
	size_t at;
	unsigned farthest;
	unsigned most, nice;
	unsigned best;      /* the length to be exceeded */
	unsigned best_back;
};

enum verdict { GO_ON, ENOUGH, OPEN };

static uint32_t four(const unsigned char *bytes)
{
	uint32_t word;

	memcpy(&word, bytes, sizeof(word));
	return word;
}

/*
 * Can this candidate be longer than the best, which is a match? If so, its hash
 * is the same.
 */
static int may_do(const struct walk *walk, unsigned back)
{
	const unsigned char *here = walk->here, *there = here - back;
	unsigned best = walk->best;

	return four(there + best - 3) == four(here + best - 3) &&
	       four(there) == four(here);
}

static enum verdict offer_one(struct walk *walk, unsigned back)
{
	unsigned n = sizer_common(walk->here, walk->here - back, walk->most);

	if (n == walk->most && n < SIZER_MAX_MATCH && !walk->chain->is_end)
		return OPEN;
	if (n <= walk->best)
		return GO_ON;
	walk->best = n;
	walk->best_back = back;
	return n >= walk->nice ? ENOUGH : GO_ON;
}

/* Up to n candidates beyond `*back`, until there is a match. */
static enum verdict offer_first(struct walk *walk, unsigned *back, unsigned *n)
{
	const uint16_t *backs = walk->chain->back;
	size_t mask = walk->chain->params->window - 1, at = walk->at;
	enum verdict verdict = GO_ON;

	for (; *n > 0 && walk->best < SIZER_MIN_MATCH && verdict == GO_ON;
	     --*n) {
		*back += backs[(at - *back) & mask];
		if (*back > walk->farthest)
			return ENOUGH;
		verdict = offer_one(walk, *back);
	}
	return verdict;
}

/* Up to n candidates beyond `*back`, when there is one. */
static enum verdict offer_next(struct walk *walk, unsigned *back, unsigned n)
{
	const uint16_t *backs = walk->chain->back;
	size_t mask = walk->chain->params->window - 1, at = walk->at;
	unsigned farthest = walk->farthest;
	const unsigned char *end = walk->here + walk->best - 3;
	uint32_t needed = four(end);

	for (; n > 0; n--) {
		enum verdict verdict;

		*back += backs[(at - *back) & mask];
		if (*back > farthest)
			return ENOUGH;
		if (four(end - *back) != needed)
			continue;
		verdict = offer_one(walk, *back);
		if (verdict != GO_ON)
			return verdict;
		end = walk->here + walk->best - 3;
		needed = four(end);
	}
	return GO_ON;
}

/*
 * Candidates beyond `beyond`, at most the n newest of all. To be longer than
 * the best they need to have every three bytes of it and the next byte. So the
 * list of those is walked that were seen least lately.
 */
static enum verdict offer_rarer(struct walk *walk, unsigned beyond, unsigned n)
{
	const uint16_t *backs = walk->chain->back;
	const uint16_t *ordinals = walk->chain->ordinal;
	size_t mask = walk->chain->params->window - 1, at = walk->at;
	unsigned skip = 0, n_scanned = 1, back = 0;
	enum verdict verdict = GO_ON;

	do {
		codist_sizer_chain_enter(walk->chain, at + walk->best - 1);
		for (; n_scanned + 1 < walk->best; n_scanned++)
			if (backs[(at + n_scanned) & mask] >
			    backs[(at + skip) & mask]) {
				skip = n_scanned;
				back = 0;
			}
		back += backs[(at + skip - back) & mask];
		if (back > walk->farthest)
			return ENOUGH;
		if (back <= beyond || !may_do(walk, back))
			continue;
		if ((uint16_t)(ordinals[at & mask] -
			       ordinals[(at - back) & mask]) > n)
			return ENOUGH;
		beyond = back;
		verdict = offer_one(walk, back);
	} while (verdict == GO_ON);
	return verdict;
}

static enum verdict offer_all(struct walk *walk, unsigned n)
{
	unsigned back = 0, rest = n;
	enum verdict verdict = offer_first(walk, &back, &rest);

	if (verdict != GO_ON || rest == 0)
		return verdict;
	if (!walk->chain->ordinal || rest < SIZER_MANY_CANDIDATES)
		return offer_next(walk, &back, rest);
	verdict = offer_next(walk, &back, PLAIN);
	if (verdict != GO_ON)
		return verdict;
	return offer_rarer(walk, back, n);
}

int codist_sizer_walk(void *self, const struct sizer_parse *parse,
		      unsigned n_candidates, unsigned most,
		      struct sizer_match *match)
{
	struct sizer_chain *chain = self;
	const struct sizer_params *params = chain->params;
	size_t at = parse->at, in_buffer = at - parse->buffer;
	unsigned newest, farthest = (unsigned)params->farthest;
	struct walk walk = {
		.chain = chain,
		.here = chain->bytes + (at - chain->first),
		.at = at,
		.most = most,
		.nice = params->nice < most ? params->nice : most,
		.best = parse->match.length,
	};

	if (walk.best + 1 < params->least)
		walk.best = params->least - 1;
	if (walk.best >= most) {
		if (chain->is_end)
			return 1;
		walk.best = most - 1; /* one that reaches the end is open */
	}
	codist_sizer_chain_enter(chain, at + 1);
	newest = chain->back[at & (params->window - 1)];
	/* Only the newest candidate may be at the very farthest, and none at
	 * the buffer's first byte. */
	walk.farthest = newest == farthest ? farthest : farthest - 1;
	if (in_buffer <= walk.farthest)
		walk.farthest = in_buffer ? (unsigned)in_buffer - 1 : 0;
	if (newest > walk.farthest)
		return 1;
	if (newest == farthest)
		n_candidates = 1;
	if (offer_all(&walk, n_candidates) == OPEN)
		return 0;
	if (walk.best_back == 0)
		return 1;
	match->length = walk.best;
	match->at = at - walk.best_back;
	if (params->way == SIZER_GREEDY && match->length > params->lazy)
		chain->n_entered = at + match->length;
	return 1;
}
