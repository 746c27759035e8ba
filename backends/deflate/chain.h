/*
 * chain.h - hash chains over a stream, as zlib keeps them
 *
 * The slow and plain way to find matches, for what is looked at once: the
 * prefix while it is parsed, and streams without a prefix.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DEFLATE_CHAIN_H
#define CODIST_DEFLATE_CHAIN_H

#include "parse.h"

struct sizer_chain {
	const struct sizer_params *params;
	const unsigned char *bytes; /* [end] */
	size_t end;
	int is_end;         /* 1: nothing follows; 0: who knows */
	size_t n_entered;   /* strings that are in the chains */
	uint32_t *heads;    /* by hash: place + 1 of the newest, or 0 */
	uint32_t *previous; /* [window], by place modulo window, likewise */
};

/* A zeroed struct becomes chains; 0 when out of memory. */
int codist_sizer_chain_init(struct sizer_chain *chain,
			    const struct sizer_params *params);
void codist_sizer_chain_release(struct sizer_chain *chain);

/* Start with another stream of at most UINT32_MAX - 1 bytes. */
void codist_sizer_chain_start(struct sizer_chain *chain, const unsigned char *bytes,
			      size_t end);

/* For struct sizer_source; self is the struct sizer_chain. */
int codist_sizer_chain_find(void *self, const struct sizer_parse *parse,
			    unsigned n_candidates, unsigned most,
			    struct sizer_match *match);

#endif
