/*
 * phrases.c - the phrases that a Lempel-Ziv parse of an item finds, as a set
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "measure/phrases.h"

#include <stdlib.h>

#define LONGEST ((size_t)1 << 31)

/* While it grows: children are lists in the order of their bytes. */
struct node {
	uint32_t child, next; /* 0: none */
	unsigned char byte;
};

struct tree {
	struct node *nodes; /* [n], the root first */
	uint32_t n;
};

static uint32_t depth_of(const struct codist_phrase *phrase)
{
	return phrase->depth >> 8;
}

size_t codist_phrases_size(struct codist_bytes x)
{
	/* A phrase ends at most once behind each byte; LZW's single bytes are
	 * begun there as well. */
	return sizeof(struct codist_phrases) +
	       (x.nbytes + 256) * sizeof(struct codist_phrase);
}

/* The child of that byte, found or added. */
static uint32_t step(struct tree *tree, uint32_t parent, unsigned char byte,
		     int *is_new)
{
	uint32_t *link = &tree->nodes[parent].child;

	while (*link && tree->nodes[*link].byte < byte)
		link = &tree->nodes[*link].next;
	*is_new = !*link || tree->nodes[*link].byte != byte;
	if (*is_new) {
		tree->nodes[tree->n] = (struct node){ .next = *link,
						      .byte = byte };
		*link = tree->n++;
	}
	return *link;
}

static void grow(struct tree *tree, struct codist_bytes x,
		 enum codist_parse parse)
{
	uint32_t at = 0;

	tree->nodes[0] = (struct node){ 0 };
	tree->n = 1;
	for (size_t i = 0; i < x.nbytes; i++) {
		int is_new, is_single = at == 0;

		at = step(tree, at, x.data[i], &is_new);
		if (!is_new || (is_single && parse == CODIST_PARSE_LZW))
			continue;
		at = 0;
		if (parse == CODIST_PARSE_LZW)
			at = step(tree, 0, x.data[i], &is_new);
	}
}

/*
 * Lay the nodes out in order, without recursion. Of a node whose children are
 * being laid out, `child` keeps its place, and `end` there its parent.
 */
static void lay_out(struct tree *tree, struct codist_phrases *phrases)
{
	struct node *nodes = tree->nodes;
	uint32_t at = nodes[0].child, parent = 0, depth = 1, n = 0;

	while (at) {
		uint32_t child = nodes[at].child;

		phrases->nodes[n].depth = depth << 8 | nodes[at].byte;
		if (child) {
			phrases->nodes[n].end = parent;
			nodes[at].child = n;
			parent = at;
			at = child;
			depth++;
			n++;
			continue;
		}
		phrases->nodes[n].end = n + 1;
		n++;
		while (!nodes[at].next && depth > 1) {
			uint32_t place = nodes[parent].child;

			at = parent;
			parent = phrases->nodes[place].end;
			phrases->nodes[place].end = n;
			depth--;
		}
		at = nodes[at].next;
	}
	phrases->n = n;
}

enum codist_status codist_phrases_find(struct codist_bytes x,
				       enum codist_parse parse,
				       struct codist_phrases *phrases,
				       size_t *nbytes, struct codist_error *err)
{
	struct tree tree;

	if (x.nbytes > LONGEST)
		return codist_fail(err, CODIST_EUSAGE,
				   "an item of %zu bytes, expected at most %zu "
				   "for its set of phrases", x.nbytes, LONGEST);
	tree.nodes = malloc((x.nbytes + 257) * sizeof(*tree.nodes));
	if (!tree.nodes)
		return codist_no_memory(err, "a set of phrases");
	grow(&tree, x, parse);
	lay_out(&tree, phrases);
	free(tree.nodes);
	phrases->shortest = parse == CODIST_PARSE_LZW ? 2 : 1;
	phrases->n_in_set = 0;
	for (uint32_t i = 0; i < phrases->n; i++)
		phrases->n_in_set += depth_of(&phrases->nodes[i]) >=
				     phrases->shortest;
	*nbytes = sizeof(*phrases) + phrases->n * sizeof(phrases->nodes[0]);
	return CODIST_OK;
}

/*
 * The parents of the nodes at hand are the same phrase in both sets, or one
 * walk is still below a phrase that the other has left.
 */
size_t codist_phrases_common(const struct codist_phrases *a,
			     const struct codist_phrases *b)
{
	uint32_t i = 0, k = 0;
	size_t n = 0;

	while (i < a->n && k < b->n) {
		const struct codist_phrase *p = &a->nodes[i], *q = &b->nodes[k];

		if (p->depth == q->depth) {
			n += depth_of(p) >= a->shortest;
			i++;
			k++;
		} else if (depth_of(p) > depth_of(q) ||
			   (depth_of(p) == depth_of(q) &&
			    p->depth < q->depth)) {
			i = p->end;
		} else {
			k = q->end;
		}
	}
	return n;
}

/* splitmix64's finish: each bit of z reaches all of the hash. */
static uint64_t mix(uint64_t z)
{
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

enum codist_status codist_phrases_hashes(const struct codist_phrases *phrases,
					 uint64_t *hashes,
					 struct codist_error *err)
{
	uint64_t *by_depth; /* the hash of the phrase so far, at each depth */
	uint32_t deepest = 0;

	for (uint32_t i = 0; i < phrases->n; i++)
		if (depth_of(&phrases->nodes[i]) > deepest)
			deepest = depth_of(&phrases->nodes[i]);
	by_depth = calloc(deepest + 1, sizeof(*by_depth));
	if (!by_depth)
		return codist_no_memory(err, "hashes of phrases");
	for (uint32_t i = 0; i < phrases->n; i++) {
		uint32_t depth = depth_of(&phrases->nodes[i]);
		uint32_t byte = phrases->nodes[i].depth & 255;

		hashes[i] = mix(by_depth[depth - 1] * 257 + byte + 1);
		by_depth[depth] = hashes[i];
	}
	free(by_depth);
	return CODIST_OK;
}
