/*
 * trees.h - trees for the lists of strings that are too long to be walked often
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DEFLATE_TREES_H
#define CODIST_DEFLATE_TREES_H

#include "trie.h"

struct sizer_trees {
	struct sizer_trie trie;
	size_t n_hashes;
	sizer_trie_link *roots; /* by hash */
	uint16_t *walks;        /* by hash: how often its list was walked */
	int is_clean;           /* roots and walks are of this text */
};

/* A zeroed struct becomes trees; 0 when out of memory. */
int codist_sizer_trees_init(struct sizer_trees *trees, unsigned hash_bits);
void codist_sizer_trees_release(struct sizer_trees *trees);

/* Begin with another text, and no tree. */
void codist_sizer_trees_start(struct sizer_trees *trees,
			      const unsigned char *text, unsigned length);

/*
 * codist_sizer_trees_root() is the tree of the n strings of a hash, oldest
 * first; SIZER_TRIE_EMPTY as long as they better be walked.
 */
sizer_trie_link codist_sizer_trees_root(struct sizer_trees *trees,
					unsigned hash, const uint16_t *strings,
					size_t n);

#endif
