/*
 * chain.c - hash chains over a stream, as zlib keeps them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "chain.h"

#include "text.h"

#include <stdlib.h>

int codist_sizer_chain_init(struct sizer_chain *chain,
			    const struct sizer_params *params)
{
	chain->params = params;
	chain->heads = malloc(sizeof(*chain->heads) << params->hash_bits);
	chain->previous = malloc(params->window * sizeof(*chain->previous));
	chain->kept_heads =
		malloc(sizeof(*chain->kept_heads) << params->hash_bits);
	chain->kept_previous =
		malloc(params->window * sizeof(*chain->kept_previous));
	return chain->heads && chain->previous && chain->kept_heads &&
	       chain->kept_previous;
}

void codist_sizer_chain_release(struct sizer_chain *chain)
{
	free(chain->heads);
	free(chain->previous);
	free(chain->kept_heads);
	free(chain->kept_previous);
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
	chain->n_entered = 0;
}

static unsigned hash_at(const struct sizer_chain *chain, size_t at)
{
	return sizer_hash(chain->params, chain->bytes + (at - chain->first));
}

/* All strings before `at`. What `previous` forgets is out of reach by then. */
static void enter_until(struct sizer_chain *chain, size_t at)
{
	size_t mask = chain->params->window - 1;

	for (; chain->n_entered < at; chain->n_entered++) {
		unsigned hash = hash_at(chain, chain->n_entered);

		chain->previous[chain->n_entered & mask] = chain->heads[hash];
		chain->heads[hash] = (uint32_t)chain->n_entered + 1;
	}
}

void codist_sizer_chain_start_at(struct sizer_chain *chain,
				 const unsigned char *bytes, size_t end,
				 size_t at)
{
	size_t window = chain->params->window;

	codist_sizer_chain_start(chain, bytes, end);
	chain->n_entered = at < window ? 0 : at - window;
	if (at + SIZER_MIN_MATCH > end + 1) /* the rest waits for its bytes */
		at = end < SIZER_MIN_MATCH ? 0 : end + 1 - SIZER_MIN_MATCH;
	enter_until(chain, at);
}

/* The places of `previous` that a query can write to, between two copies. */
static void copy_previous(const struct sizer_chain *chain, uint32_t *to,
			  const uint32_t *from)
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
	copy_previous(chain, chain->kept_previous, chain->previous);
	if (is_longer_than_window(chain))
		memcpy(chain->kept_heads, chain->heads,
		       sizeof(*chain->heads) << chain->params->hash_bits);
}

/*
 * Take out the strings of the query, from the newest on. One that was passed
 * over heads no chain.
 */
static void take_out(struct sizer_chain *chain)
{
	size_t mask = chain->params->window - 1;

	while (chain->n_entered > chain->n_kept) {
		size_t at = --chain->n_entered;
		uint32_t *head;

		if (at + SIZER_MIN_MATCH > chain->end)
			continue;
		head = &chain->heads[hash_at(chain, at)];
		if (*head == (uint32_t)at + 1)
			*head = chain->previous[at & mask];
	}
}

void codist_sizer_chain_go_back(struct sizer_chain *chain)
{
	if (is_longer_than_window(chain))
		memcpy(chain->heads, chain->kept_heads,
		       sizeof(*chain->heads) << chain->params->hash_bits);
	else
		take_out(chain);
	copy_previous(chain, chain->previous, chain->kept_previous);
	chain->n_entered = chain->n_kept;
}

/* The candidates of the chain that begins with `next`. */
static int walk(const struct sizer_chain *chain,
		const struct sizer_parse *parse, uint32_t next,
		unsigned n_candidates, unsigned most, struct sizer_match *match)
{
	const struct sizer_params *params = chain->params;
	const unsigned char *here = chain->bytes + (parse->at - chain->first);
	size_t farthest = params->farthest, mask = params->window - 1;
	unsigned nice = params->nice < most ? params->nice : most;
	unsigned best = SIZER_MIN_MATCH - 1;

	/* Only the newest candidate may be at the very farthest. */
	while (next > parse->buffer + 1 &&
	       parse->at - (next - 1) <= farthest && n_candidates-- > 0) {
		const unsigned char *there =
			chain->bytes + (next - 1 - chain->first);

		if (there[best] == here[best] &&
		    there[best - 1] == here[best - 1]) {
			unsigned n = sizer_common(here, there, most);

			if (n == most && n < SIZER_MAX_MATCH &&
			    !chain->is_end)
				return 0;
			if (n > best) {
				match->length = n;
				match->at = next - 1;
				if (n >= nice)
					return 1;
				best = n;
			}
		}
		next = chain->previous[(next - 1) & mask];
		farthest = params->farthest - 1;
	}
	return 1;
}

int codist_sizer_chain_find(void *self, const struct sizer_parse *parse,
			    unsigned n_candidates, unsigned most,
			    struct sizer_match *match)
{
	struct sizer_chain *chain = self;
	const struct sizer_params *params = chain->params;
	size_t at = parse->at;

	enter_until(chain, at);
	if (!walk(chain, parse, chain->heads[hash_at(chain, at)], n_candidates,
		  most, match))
		return 0;
	if (params->way == SIZER_GREEDY && match->length > params->lazy) {
		enter_until(chain, at + 1);
		chain->n_entered = at + match->length;
	}
	return 1;
}
