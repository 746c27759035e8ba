/*
 * chain.c - hash chains over a stream, as zlib keeps them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "chain.h"

#include <stdlib.h>
#include <string.h>

/* The origin moves when it is so far back, and stays farther back than a
 * candidate can be told, or be of use once a query is taken out. */
#define ORIGIN_STEP ((size_t)1 << 20)
#define REACH_MOST ((size_t)1 << 17)

/* Greedy levels do not have all strings, and never have many. */
static int wants_ordinals(const struct sizer_params *params)
{
	return params->way == SIZER_LAZY && params->chain >= SIZER_MANY_CANDIDATES;
}

int codist_sizer_chain_init(struct sizer_chain *chain,
			    const struct sizer_params *params)
{
	size_t nbytes = params->window * sizeof(*chain->back);

	chain->params = params;
	chain->heads = malloc(sizeof(*chain->heads) << params->hash_bits);
	chain->back = malloc(nbytes);
	chain->kept_heads =
		malloc(sizeof(*chain->kept_heads) << params->hash_bits);
	chain->kept_back = malloc(nbytes);
	if (wants_ordinals(params)) {
		chain->ordinal = calloc(params->window,
					sizeof(*chain->ordinal));
		chain->kept_ordinal = malloc(nbytes);
		if (!chain->ordinal || !chain->kept_ordinal)
			return 0;
	}
	return chain->heads && chain->back && chain->kept_heads &&
	       chain->kept_back;
}

void codist_sizer_chain_release(struct sizer_chain *chain)
{
	free(chain->heads);
	free(chain->back);
	free(chain->ordinal);
	free(chain->kept_heads);
	free(chain->kept_back);
	free(chain->kept_ordinal);
	*chain = (struct sizer_chain){ 0 };
}

void codist_sizer_chain_start(struct sizer_chain *chain, const unsigned char *bytes,
			      size_t end)
{
	memset(chain->heads, 0,
	       sizeof(*chain->heads) << chain->params->hash_bits);
	chain->bytes = bytes;
	chain->first = 0;
	chain->end = end;
	chain->is_end = 0;
	chain->n_entered = chain->origin = 0;
}

/* Places behind the origin have to fit in 32 bits. */
static void move_origin(struct sizer_chain *chain)
{
	size_t n_heads = (size_t)1 << chain->params->hash_bits;
	uint32_t moved = (uint32_t)(chain->n_entered - chain->origin -
				    REACH_MOST);

	for (size_t i = 0; i < n_heads; i++)
		chain->heads[i] = chain->heads[i] > moved ?
					  chain->heads[i] - moved :
					  0;
	chain->origin += moved;
}

static unsigned hash_at(const struct sizer_chain *chain, size_t at)
{
	return sizer_hash(chain->params, chain->bytes + (at - chain->first));
}

void codist_sizer_chain_enter(struct sizer_chain *chain, size_t at)
{
	const unsigned char *next;
	size_t place = chain->n_entered, mask = chain->params->window - 1;
	size_t origin;
	unsigned shift = chain->params->hash_shift, hash;
	unsigned hash_mask = (1u << chain->params->hash_bits) - 1;
	uint16_t *backs = chain->back, *ordinals = chain->ordinal;
	uint32_t *heads = chain->heads;

	if (place >= at)
		return;
	if (place - chain->origin > ORIGIN_STEP)
		move_origin(chain);
	origin = chain->origin;
	/* One byte more each time, and what is too old shifted out. */
	next = chain->bytes + (place - chain->first);
	hash = (unsigned)next[0] << shift ^ next[1];
	next += 2;
	for (; place < at; place++) {
		uint32_t *head;
		size_t back;

		hash = (hash << shift ^ *next++) & hash_mask;
		head = &heads[hash];
		back = *head ? place + 1 - origin - *head : UINT16_MAX;
		backs[place & mask] =
			(uint16_t)(back < UINT16_MAX ? back : UINT16_MAX);
		if (ordinals && back <= mask)
			ordinals[place & mask] = (uint16_t)(
				ordinals[(place - back) & mask] + 1);
		*head = (uint32_t)(place - origin) + 1;
	}
	chain->n_entered = place;
}

void codist_sizer_chain_start_at(struct sizer_chain *chain,
				 const unsigned char *bytes, size_t end,
				 size_t at)
{
	size_t window = chain->params->window;

	codist_sizer_chain_start(chain, bytes, end);
	chain->n_entered = at < window ? 0 : at - window;
	chain->origin = chain->n_entered;
	if (at + SIZER_MIN_MATCH > end + 1) /* the rest waits for its bytes */
		at = end < SIZER_MIN_MATCH ? 0 : end + 1 - SIZER_MIN_MATCH;
	codist_sizer_chain_enter(chain, at);
}

/* The entries that a query can write to, between two copies. */
static void copy_entries(const struct sizer_chain *chain, uint16_t *to,
			 const uint16_t *from)
{
	size_t window = chain->params->window;
	size_t n = chain->end - chain->n_kept;
	size_t begin = chain->n_kept & (window - 1), n_last = window - begin;

	if (n > window)
		n = window;
	if (n_last > n)
		n_last = n;
	memcpy(to + begin, from + begin, n_last * sizeof(*to));
	memcpy(to, from, (n - n_last) * sizeof(*to));
}

static int is_longer_than_window(const struct sizer_chain *chain)
{
	return chain->end - chain->n_kept > chain->params->window;
}

void codist_sizer_chain_go_on(struct sizer_chain *chain,
			      const unsigned char *bytes, size_t first,
			      size_t end)
{
	chain->bytes = bytes;
	chain->first = first;
	chain->end = end;
	chain->is_end = 1;
	chain->n_kept = chain->n_entered;
	chain->kept_origin = chain->origin;
	copy_entries(chain, chain->kept_back, chain->back);
	if (chain->ordinal)
		copy_entries(chain, chain->kept_ordinal, chain->ordinal);
	if (is_longer_than_window(chain))
		memcpy(chain->kept_heads, chain->heads,
		       sizeof(*chain->heads) << chain->params->hash_bits);
}

/*
 * Take out the strings of the query, from the newest on. One that was passed
 * over heads no chain. A string so far back that no entry tells is out of reach
 * of all that comes behind the prefix.
 */
static void take_out(struct sizer_chain *chain)
{
	size_t mask = chain->params->window - 1;

	while (chain->n_entered > chain->n_kept) {
		size_t at = --chain->n_entered;
		unsigned back = chain->back[at & mask];
		uint32_t *head;

		if (at + SIZER_MIN_MATCH > chain->end)
			continue;
		head = &chain->heads[hash_at(chain, at)];
		if (*head == (uint32_t)(at - chain->origin) + 1)
			*head = back < UINT16_MAX ? *head - back : 0;
	}
}

void codist_sizer_chain_go_back(struct sizer_chain *chain)
{
	if (is_longer_than_window(chain)) {
		memcpy(chain->heads, chain->kept_heads,
		       sizeof(*chain->heads) << chain->params->hash_bits);
		chain->origin = chain->kept_origin;
	} else {
		take_out(chain);
	}
	copy_entries(chain, chain->back, chain->kept_back);
	if (chain->ordinal)
		copy_entries(chain, chain->ordinal, chain->kept_ordinal);
	chain->n_entered = chain->n_kept;
}
