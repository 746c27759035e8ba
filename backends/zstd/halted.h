/*
 * halted.h - a frame that was halted before its last blocks
 *
 * libzstd has taken in whole blocks of 128 KB of a prefix, all but what is left
 * and at least a byte, having been told how many bytes will follow the prefix. From there the frame is ended with each query of that
 * size, and set back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BACKENDS_ZSTD_HALTED_H
#define CODIST_BACKENDS_ZSTD_HALTED_H

#include "options.h"

#include "base/snapshot.h"

/* Beside what a context takes: the struct itself, and a block of output. */
#define CODIST_ZSTD_HALTED_EXTRA ((size_t)1 << 20)

struct codist_zstd_halted {
	struct codist_snapshot memory;
	ZSTD_CCtx *context;   /* in the memory */
	ZSTD_inBuffer in;     /* the prefix and its query, and how far it is */
	size_t made;          /* bytes of the frame so far */
	size_t query;         /* bytes that follow the prefix */
	int is_there;
};

void codist_zstd_halted_release(struct codist_zstd_halted *halted);

/* Whether there is anything to gain behind such a prefix, with this libzstd. */
int codist_zstd_halted_is_worth_it(size_t prefix);

/*
 * Begin a frame of the prefix joined[0..prefix-1] and of `query` bytes behind
 * it, which are not looked at. `joined` must stay where it is, and the prefix
 * as it is. `context_size` is what a context takes that has done such a frame,
 * out[0..out_size-1] scratch memory. 0: it did not work out, for instance for
 * want of memory; frames must be made as a whole then.
 */
int codist_zstd_halted_begin(struct codist_zstd_halted *halted,
			     const struct codist_zstd_config *config,
			     size_t context_size, const unsigned char *joined,
			     size_t prefix, size_t query, unsigned char *out,
			     size_t out_size);

/* The bytes of the whole frame, whose query is in its place now. */
enum codist_status codist_zstd_halted_end(struct codist_zstd_halted *halted,
					  unsigned char *out, size_t out_size,
					  size_t *nbytes,
					  struct codist_error *err);

#endif
