/*
 * trie.h - the suffixes of a text, to find the newest of the longest matches
 *
 * A crit-bit tree (PATRICIA; Morrison 1968) over suffixes of a text of at most
 * SIZER_TEXT_MOST bytes, each cut at SIZER_MAX_MATCH bytes or closed by an end
 * mark, whichever comes first. Every node knows the newest (last) suffix below it;
 * "the longest match among the newest suffixes" is then the deepest node on the
 * path of the query whose newest suffix is new enough.
 *
 * The end mark matches nothing. A suffix that the query follows to its end is
 * a match that goes on in whatever comes behind the text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DEFLATE_TRIE_H
#define CODIST_DEFLATE_TRIE_H

#include "params.h"

#define SIZER_TRIE_EMPTY UINT16_MAX

/* A root or child: a suffix, or SIZER_TRIE_INNER | a node's index. */
typedef uint16_t sizer_trie_link;
#define SIZER_TRIE_INNER 0x8000u

struct sizer_trie_node {
	uint16_t place; /* depth in bytes << 4 | 0: end mark, 1..8: bit */
	uint16_t newest;
	sizer_trie_link child[2];
};

/* Several trees share a pool of nodes, each with a root of its own. */
struct sizer_trie {
	const unsigned char *text; /* [length] */
	unsigned length;
	struct sizer_trie_node *nodes; /* room for all suffixes */
	unsigned n_nodes;
};

/* Add a suffix newer than all in the tree. */
void codist_sizer_trie_add(struct sizer_trie *trie, sizer_trie_link *root,
			   unsigned suffix);

struct sizer_trie_query {
	const unsigned char *bytes; /* [most] */
	unsigned most;  /* a match may be so long, 0..SIZER_MAX_MATCH */
	unsigned nice;  /* and is long enough then, 1..most */
	unsigned oldest; /* no suffix before this one counts */
	const unsigned char *behind; /* what follows the text, [most] */
};

/* The winner, see struct sizer_match; `at` is the suffix. */
struct sizer_match codist_sizer_trie_find(const struct sizer_trie *trie,
					  sizer_trie_link root,
					  const struct sizer_trie_query *query);

#endif
