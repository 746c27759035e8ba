/*
 * phrases.h - the phrases that a Lempel-Ziv parse of an item finds, as a set
 *
 * With each phrase the set has those that it begins with, so it is a tree: a
 * node for each phrase, its last byte on the edge. Nodes lie in the order of
 * the phrases, so that two sets are compared by walking along both.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_MEASURE_PHRASES_H
#define CODIST_MEASURE_PHRASES_H

#include <codist/base.h>

struct codist_phrase {
	uint32_t end;   /* the index behind the phrases that begin with it */
	uint32_t depth; /* its length in bytes, then 8 bits of its last byte */
};

/* Phrases in order. Those shorter than `shortest` are not in the set. */
struct codist_phrases {
	uint32_t n;       /* nodes */
	uint32_t n_in_set;
	uint32_t shortest; /* 1, or 2 where single bytes do not count */
	struct codist_phrase nodes[];
};

enum codist_parse {
	/* Each phrase is the shortest that is new (Ziv and Lempel 1978). */
	CODIST_PARSE_LZ78,
	/* Single bytes are known from the start, and do not count; the last
	 * byte of a phrase begins the next (Welch 1984). */
	CODIST_PARSE_LZW,
};

/* codist_phrases_size() is the most bytes that the phrases of x can take. */
size_t codist_phrases_size(struct codist_bytes x);

/*
 * codist_phrases_find() parses x into phrases[codist_phrases_size(x)], of which
 * *nbytes are used. CODIST_EUSAGE where x is longer than 2^31 bytes.
 */
enum codist_status codist_phrases_find(struct codist_bytes x,
				       enum codist_parse parse,
				       struct codist_phrases *phrases,
				       size_t *nbytes,
				       struct codist_error *err);

/* codist_phrases_common() is the number of phrases in both sets. */
size_t codist_phrases_common(const struct codist_phrases *a,
			     const struct codist_phrases *b);

/*
 * codist_phrases_hashes() writes a hash of each node to hashes[n], in their
 * order. Equal phrases have equal hashes in any set.
 */
enum codist_status codist_phrases_hashes(const struct codist_phrases *phrases,
					 uint64_t *hashes,
					 struct codist_error *err);

#endif
