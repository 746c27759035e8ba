/*
 * index.h - the part of a prefix that matches can reach, for fast look-up
 *
 * Made once for each prefix, read for each query.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DEFLATE_INDEX_H
#define CODIST_DEFLATE_INDEX_H

#include "parse.h"
#include "query.h"
#include "trie.h"

/*
 * Strings that begin before `split` are found in trees by hash. The few from
 * there to the prefix's end, which the parse of a query may pass itself, stand
 * in one tree of their own, and are newer than all others.
 *
 * Suffixes count from `first`, places from the stream's start.
 */
struct sizer_index {
	const struct sizer_params *params;
	size_t first, split, end; /* places */
	struct sizer_trie old, recent;
	sizer_trie_link *roots;   /* of old, by hash */
	sizer_trie_link recent_root;
	uint32_t *starts;    /* by hash, into suffixes; one more at the end */
	uint16_t *suffixes;  /* those of each hash, ascending */
};

/* A zeroed struct becomes an index; 0 when out of memory. */
int codist_sizer_index_init(struct sizer_index *index,
			    const struct sizer_params *params);
void codist_sizer_index_release(struct sizer_index *index);

/*
 * codist_sizer_index_make() indexes the prefix bytes[end], behind which a query
 * will be parsed from parse->at.
 */
void codist_sizer_index_make(struct sizer_index *index,
			     const struct sizer_parse *parse,
			     const unsigned char *bytes, size_t end);

/* A query behind the prefix; self of codist_sizer_index_find(). */
struct sizer_search {
	const struct sizer_index *index;
	const unsigned char *joined; /* from index->split on, then the query */
	const unsigned char *query;  /* within joined */
	size_t end;                  /* the stream's */
	const struct sizer_place *places; /* of the query */
	/* The hashes of the last two strings of the prefix, which go on into
	 * the query; UINT_MAX where there is none. */
	unsigned bridge_hash[2];
};

/* For struct sizer_source. */
int codist_sizer_index_find(void *self, const struct sizer_parse *parse,
			    unsigned chain, unsigned most,
			    struct sizer_match *match);

#endif
