/*
 * trees.c - trees for the lists of strings that are too long to be walked often
 *
 * A tree costs as much as a few walks along its list. It is grown when its list
 * has been walked so often, which never costs more than twice what would have
 * been best.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "trees.h"

#include <stdlib.h>
#include <string.h>

/* Adding a string costs as much as looking at so many, or somewhat more. */
#define WALKS 8

int codist_sizer_trees_init(struct sizer_trees *trees, unsigned hash_bits)
{
	trees->n_hashes = (size_t)1 << hash_bits;
	trees->trie.nodes =
		malloc(SIZER_TEXT_MOST * sizeof(*trees->trie.nodes));
	trees->roots = malloc(trees->n_hashes * sizeof(*trees->roots));
	trees->walks = malloc(trees->n_hashes * sizeof(*trees->walks));
	return trees->trie.nodes && trees->roots && trees->walks;
}

void codist_sizer_trees_release(struct sizer_trees *trees)
{
	free(trees->trie.nodes);
	free(trees->roots);
	free(trees->walks);
	*trees = (struct sizer_trees){ 0 };
}

void codist_sizer_trees_start(struct sizer_trees *trees,
			      const unsigned char *text, unsigned length)
{
	trees->trie.text = text;
	trees->trie.length = length;
	trees->trie.n_nodes = 0;
	trees->is_clean = 0;
}

/* Few texts have lists so long that they ask. */
static void clean(struct sizer_trees *trees)
{
	memset(trees->roots, 255, trees->n_hashes * sizeof(*trees->roots));
	memset(trees->walks, 0, trees->n_hashes * sizeof(*trees->walks));
	trees->is_clean = 1;
}

sizer_trie_link codist_sizer_trees_root(struct sizer_trees *trees,
					unsigned hash, const uint16_t *strings,
					size_t n)
{
	if (!trees->is_clean)
		clean(trees);
	if (trees->roots[hash] == SIZER_TRIE_EMPTY &&
	    ++trees->walks[hash] > WALKS)
		for (size_t i = 0; i < n; i++)
			codist_sizer_trie_add(&trees->trie,
					      &trees->roots[hash], strings[i]);
	return trees->roots[hash];
}
