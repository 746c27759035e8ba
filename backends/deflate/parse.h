/*
 * parse.h - zlib's choice of matches, and the bits that come of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DEFLATE_PARSE_H
#define CODIST_DEFLATE_PARSE_H

#include "params.h"

/*
 * Where a parse stands, between two decisions. Places count bytes from the
 * stream's start. zlib sees the stream through a buffer of two windows that it
 * fills and slides at moments of its own, which matters in two ways: a string
 * at the buffer's first byte cannot be matched, and a block of which a part
 * has left the buffer cannot be stored.
 */
struct sizer_parse {
	size_t at;           /* the byte to be decided */
	size_t buffer;       /* where the buffer begins */
	size_t filled;       /* and where what it holds ends */
	size_t block;        /* where the block begins */
	uint64_t bits;       /* of the finished blocks */
	/* SIZER_LAZY only: */
	struct sizer_match match; /* found a byte before `at`; length 2: none */
	int has_literal;     /* the byte before `at` waits for its verdict */
	struct sizer_block symbols;
};

/* The parse at the start of a stream. */
void codist_sizer_parse_init(struct sizer_parse *parse);

/*
 * Where a parse gets its bytes and matches from. find() looks for the best
 * match at parse->at:
 *
 *   chain    how many candidates may be looked at
 *   most     how long a match may be
 *   match    receives it; may be shorter than one that is known already
 *
 * Returns 0 if that depends on bytes that are not there yet.
 */
struct sizer_source {
	const struct sizer_params *params;
	size_t end; /* of the stream, or of what is known of it */
	int (*find)(void *self, const struct sizer_parse *parse,
		    unsigned chain, unsigned most, struct sizer_match *match);
	const unsigned char *bytes; /* bytes[0] is byte `first` of the stream */
	size_t first; /* the byte before parse->at is there, if there is one */
	void *self;
};

/*
 * codist_sizer_parse_until() parses as far as zlib goes when it is fed
 * everything up to source->end and not told to flush.
 */
void codist_sizer_parse_until(struct sizer_parse *parse,
			      const struct sizer_source *source);

/*
 * codist_sizer_parse_ahead() goes on from there as long as every decision is
 * the same whatever follows. For ways that look for matches.
 */
void codist_sizer_parse_ahead(struct sizer_parse *parse,
			      const struct sizer_source *source);

/*
 * codist_sizer_parse_finish() parses to the end. Returns the bits of the body.
 */
uint64_t codist_sizer_parse_finish(struct sizer_parse *parse,
				   const struct sizer_source *source);

#endif
