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
	return chain->heads && chain->previous;
}

void codist_sizer_chain_release(struct sizer_chain *chain)
{
	free(chain->heads);
	free(chain->previous);
	*chain = (struct sizer_chain){ 0 };
}

void codist_sizer_chain_start(struct sizer_chain *chain, const unsigned char *bytes,
			      size_t end)
{
	memset(chain->heads, 0,
	       sizeof(*chain->heads) << chain->params->hash_bits);
	chain->bytes = bytes;
	chain->end = end;
	chain->is_end = 0;
	chain->n_entered = 0;
}

/* All strings before `at`. What `previous` forgets is out of reach by then. */
static void enter_until(struct sizer_chain *chain, size_t at)
{
	size_t mask = chain->params->window - 1;

	for (; chain->n_entered < at; chain->n_entered++) {
		unsigned hash = sizer_hash(chain->params,
					   chain->bytes + chain->n_entered);

		chain->previous[chain->n_entered & mask] = chain->heads[hash];
		chain->heads[hash] = (uint32_t)chain->n_entered + 1;
	}
}

int codist_sizer_chain_find(void *self, const struct sizer_parse *parse,
			    unsigned n_candidates, unsigned most,
			    struct sizer_match *match)
{
	struct sizer_chain *chain = self;
	const struct sizer_params *params = chain->params;
	const unsigned char *here = chain->bytes + parse->at;
	size_t farthest = params->farthest, mask = params->window - 1;
	unsigned nice = params->nice < most ? params->nice : most;
	unsigned best = SIZER_MIN_MATCH - 1;
	uint32_t next;

	enter_until(chain, parse->at);
	next = chain->heads[sizer_hash(params, here)];
	/* Only the newest candidate may be at the very farthest. */
	while (next > parse->buffer + 1 &&
	       parse->at - (next - 1) <= farthest && n_candidates-- > 0) {
		const unsigned char *there = chain->bytes + (next - 1);

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
