/*
 * brief.h - an encoder for short streams, which undoes what it did
 *
 * Of the encoder's memory a short stream reads and writes next to nothing, but
 * all over a hash table of many megabytes. So the encoder is set back by what
 * is known of liblzma: how its match finder hashes, which is where it writes to
 * that table, and that it reads from its other tables only what it wrote to
 * them since the stream began. All the rest is small, and copied.
 *
 * Whether the liblzma at hand does work like that is tried at the beginning, on
 * a sample, as struct codist_snapshot does without any such knowledge.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BACKENDS_LZMA_BRIEF_H
#define CODIST_BACKENDS_LZMA_BRIEF_H

#include "stream.h"

/* Prefixes, and queries, are not longer than that, in bytes. */
#define CODIST_LZMA_BRIEF ((size_t)65536)

/* What is taken beside liblzma's encoder is less than that, in bytes. */
#define CODIST_LZMA_BRIEF_MEMORY ((size_t)8 << 20)

struct codist_lzma_brief;

/*
 * Whether such a stream can be had with these options; that the library agrees
 * is not known before codist_lzma_brief_new().
 */
int codist_lzma_brief_allows(const struct codist_lzma_config *config);

/* *brief receives NULL where this liblzma works otherwise than is known. */
enum codist_status
codist_lzma_brief_new(struct codist_lzma_brief **brief,
		      const struct codist_lzma_config *config,
		      struct codist_error *err);
/* NULL is fine. */
void codist_lzma_brief_free(struct codist_lzma_brief *brief);

/* Bits of x in a stream of its own; a prefix stays. */
enum codist_status codist_lzma_brief_length(struct codist_lzma_brief *brief,
					    struct codist_bytes x, double *bits,
					    struct codist_error *err);

/* Take in a prefix in place of the one before. */
enum codist_status codist_lzma_brief_prime(struct codist_lzma_brief *brief,
					   struct codist_bytes prefix,
					   struct codist_error *err);

/* The prefix that was taken in last, as long as no other is. */
struct codist_bytes
codist_lzma_brief_prefix(const struct codist_lzma_brief *brief);

/* Bits of the prefix and x in one stream; after an error there is no prefix. */
enum codist_status codist_lzma_brief_joined(struct codist_lzma_brief *brief,
					    struct codist_bytes x, double *bits,
					    struct codist_error *err);

#endif
