/*
 * sizer.h - zlib's lengths without zlib's work
 *
 * The exact length of the stream that zlib 1.2.12 to 1.3 would write, found
 * without writing it: the same matches, the same blocks, the same codes, by
 * other means. All parameters of deflateInit2().
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DEFLATE_SIZER_H
#define CODIST_DEFLATE_SIZER_H

#include <codist/base.h>

struct sizer;

/*
 * Parameters as of deflateInit2(), in its numbers; level is 0 to 9. For
 * codist_sizer_free(); NULL when out of memory. Not thread-safe.
 */
struct sizer *codist_sizer_new(int level, int wbits, int memlevel,
			       int strategy);
void codist_sizer_free(struct sizer *sizer);

/* Bytes of its window. */
size_t codist_sizer_window(const struct sizer *sizer);

/* The bits of a whole stream of x, framing and all, not padded to a byte. */
uint64_t codist_sizer_length(struct sizer *sizer, struct codist_bytes x);

/* Take in a prefix, which has to outlive its use. */
void codist_sizer_prime(struct sizer *sizer, struct codist_bytes prefix);

/*
 * What can be computed of x before any prefix is known, once for all: into
 * codist_sizer_prepared_size() bytes, aligned as by malloc(). Any sizer of the
 * same parameters reads it. If the size is 0 there is nothing to compute.
 */
size_t codist_sizer_prepared_size(int level, int strategy, size_t nbytes);
void codist_sizer_prepare(struct sizer *sizer, struct codist_bytes x,
			  void *prepared);

/*
 * The bits of a whole stream of the prefix and x; 0 when out of memory.
 * `prepared` may be NULL: to prepare what is asked for once would not pay.
 */
uint64_t codist_sizer_length_primed(struct sizer *sizer, struct codist_bytes x,
				    const void *prepared);

#endif
