/*
 * chain.h - hash chains over a stream, as zlib keeps them
 *
 * For what is looked at once: the prefix while it is parsed, streams without a
 * prefix, long queries; and for the levels whose chains are short and depend on
 * the matches taken. walk.c looks along them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DEFLATE_CHAIN_H
#define CODIST_DEFLATE_CHAIN_H

#include "params.h"

/* For fewer it does not pay to look for a shorter list. */
#define SIZER_MANY_CANDIDATES 64

struct sizer_chain {
	const struct sizer_params *params;
	const unsigned char *bytes; /* bytes[0] is byte `first` of the stream */
	size_t first, end;
	int is_end;         /* 1: nothing follows; 0: who knows */
	size_t n_entered;   /* strings that are in the chains, or passed over */
	size_t origin;      /* all before it is out of reach */
	uint32_t *heads;    /* by hash: the newest, counted from 1 there, or 0 */
	/* By place modulo window: how far back the one before with this hash
	 * is, or UINT16_MAX if it is no nearer; and where some levels want it,
	 * which of that hash it is, counted from any within a window. */
	uint16_t *back, *ordinal; /* [window] */

	/* As it was before a query: */
	size_t n_kept, kept_origin;
	uint32_t *kept_heads;    /* where a query is longer than the window */
	uint16_t *kept_back, *kept_ordinal; /* what the query's replace */
};

/* A zeroed struct becomes chains; 0 when out of memory. */
int codist_sizer_chain_init(struct sizer_chain *chain,
			    const struct sizer_params *params);
void codist_sizer_chain_release(struct sizer_chain *chain);

/* Start with another stream. */
void codist_sizer_chain_start(struct sizer_chain *chain, const unsigned char *bytes,
			      size_t end);

/* The same as if all had been entered before `at`; not for SIZER_GREEDY. */
void codist_sizer_chain_start_at(struct sizer_chain *chain,
				 const unsigned char *bytes, size_t end,
				 size_t at);

/*
 * Enter all strings before `at`. Those whose entries are overwritten are out of
 * reach by then, even if zlib is a match's length behind.
 */
void codist_sizer_chain_enter(struct sizer_chain *chain, size_t at);

/*
 * codist_sizer_chain_go_on() has the stream end with a query, at `end`.
 *
 *   bytes   from byte `first` of the stream on, which no match reaches beyond
 *
 * codist_sizer_chain_go_back() makes it what it was before.
 */
void codist_sizer_chain_go_on(struct sizer_chain *chain,
			      const unsigned char *bytes, size_t first,
			      size_t end);
void codist_sizer_chain_go_back(struct sizer_chain *chain);

#endif
