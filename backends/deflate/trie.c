/*
 * trie.c - the suffixes of a text, to find the newest of the longest matches
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "trie.h"

#include "text.h"

/* Branches on one path: each has a place of its own. */
#define LONGEST_PATH (SIZER_MAX_MATCH * 9 + 1)

static int is_inner(sizer_trie_link link)
{
	return (link & SIZER_TRIE_INNER) != 0;
}

static struct sizer_trie_node *inner(const struct sizer_trie *trie,
				     sizer_trie_link link)
{
	return &trie->nodes[link & ~SIZER_TRIE_INNER];
}

static unsigned newest(const struct sizer_trie *trie, sizer_trie_link link)
{
	return is_inner(link) ? inner(trie, link)->newest : link;
}

/* Which child a suffix belongs to. The end mark comes before all bits. */
static unsigned side(const struct sizer_trie *trie, unsigned place,
		     unsigned suffix)
{
	unsigned at = suffix + (place >> 4), bit = place & 15;

	if (bit == 0)
		return at >= trie->length;
	return at < trie->length && (trie->text[at] >> (8 - bit) & 1);
}

/* The place where two suffixes part, `older` and `newer` > older. */
static unsigned parting(const struct sizer_trie *trie, unsigned older,
			unsigned newer, unsigned most)
{
	const unsigned char *a = trie->text + older, *b = trie->text + newer;
	unsigned n = sizer_common(a, b, most);

	if (n == SIZER_MAX_MATCH)
		return SIZER_MAX_MATCH << 4;
	if (newer + n == trie->length)
		return n << 4;
	return n << 4 | (8 - sizer_log2((unsigned)a[n] ^ b[n]));
}

void codist_sizer_trie_add(struct sizer_trie *trie, sizer_trie_link *root,
			   unsigned suffix)
{
	unsigned most = trie->length - suffix, place;
	sizer_trie_link link = *root;
	struct sizer_trie_node *node;

	if (link == SIZER_TRIE_EMPTY) {
		*root = (sizer_trie_link)suffix;
		return;
	}
	if (most > SIZER_MAX_MATCH)
		most = SIZER_MAX_MATCH;
	while (is_inner(link)) {
		node = inner(trie, link);
		link = node->child[side(trie, node->place, suffix)];
	}
	place = parting(trie, link, suffix, most);
	while (is_inner(*root) && inner(trie, *root)->place < place) {
		node = inner(trie, *root);
		node->newest = (uint16_t)suffix;
		root = &node->child[side(trie, node->place, suffix)];
	}
	if (place == SIZER_MAX_MATCH << 4) { /* equal as far as it matters */
		*root = (sizer_trie_link)suffix;
		return;
	}
	node = &trie->nodes[trie->n_nodes];
	node->place = (uint16_t)place;
	node->newest = (uint16_t)suffix;
	node->child[side(trie, place, suffix)] = (sizer_trie_link)suffix;
	node->child[!side(trie, place, suffix)] = *root;
	*root = (sizer_trie_link)(SIZER_TRIE_INNER | trie->n_nodes++);
}

static int is_better(const struct sizer_match *a, const struct sizer_match *b,
		     unsigned nice)
{
	if (a->length >= nice && b->length >= nice && a->at != b->at)
		return a->at > b->at;
	if (a->length != b->length)
		return a->length > b->length;
	return a->at > b->at;
}

/*
 * Follow the query's bits without looking at what lies between the branches,
 * as long as what is below is new enough. Returns the number of links.
 */
static unsigned descend(const struct sizer_trie *trie, sizer_trie_link link,
			const struct sizer_trie_query *query,
			sizer_trie_link *path)
{
	unsigned n = 0;

	while (is_inner(link)) {
		const struct sizer_trie_node *node = inner(trie, link);
		unsigned depth = node->place >> 4, bit = node->place & 15;

		if (node->newest < query->oldest)
			return n;
		path[n++] = link;
		if (depth >= query->most)
			return n;
		link = node->child[bit ? query->bytes[depth] >> (8 - bit) & 1 :
					 0];
	}
	if (link >= query->oldest)
		path[n++] = link;
	return n;
}

/* A suffix that the query follows to its end, `length` bytes from there. */
static void consider_end(const struct sizer_trie *trie,
			 const struct sizer_trie_query *query, unsigned length,
			 struct sizer_match *best)
{
	struct sizer_match match = { length, trie->length - length };

	if (match.at < query->oldest || length >= query->most)
		return;
	match.length += sizer_common(query->bytes + length, query->behind,
				     query->most - length);
	if (is_better(&match, best, query->nice))
		*best = match;
}

struct sizer_match codist_sizer_trie_find(const struct sizer_trie *trie,
					  sizer_trie_link root,
					  const struct sizer_trie_query *query)
{
	sizer_trie_link path[LONGEST_PATH];
	struct sizer_match best = { 0, 0 };
	unsigned n, candidate, most, length, enough, i = 0;

	if (root == SIZER_TRIE_EMPTY)
		return best;
	n = descend(trie, root, query, path);
	if (n == 0)
		return best;
	candidate = newest(trie, path[n - 1]);
	most = trie->length - candidate;
	if (most > query->most)
		most = query->most;
	length = sizer_common(query->bytes, trie->text + candidate, most);
	enough = length < query->nice ? length : query->nice;
	/* The first node at least so deep holds all that agree so far. */
	while (i + 1 < n && (unsigned)inner(trie, path[i])->place >> 4 < enough)
		i++;
	best.at = newest(trie, path[i]);
	best.length = length;
	if (best.at != candidate && length >= query->nice) {
		most = trie->length - (unsigned)best.at;
		if (most > query->most)
			most = query->most;
		best.length = sizer_common(query->bytes, trie->text + best.at,
					   most);
	}
	for (i = 0; i < n && is_inner(path[i]); i++) {
		unsigned place = inner(trie, path[i])->place;

		if (place >> 4 > length)
			break;
		if ((place & 15) == 0)
			consider_end(trie, query, place >> 4, &best);
	}
	if (candidate + length == trie->length)
		consider_end(trie, query, length, &best);
	return best;
}
