/*
 * stream.h - the calls to liblzma that begin a stream and take it further
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BACKENDS_LZMA_STREAM_H
#define CODIST_BACKENDS_LZMA_STREAM_H

#include "options.h"

/* Beside the filter's memory, a container takes at most some tens of KB. */
#define CODIST_LZMA_CONTAINER_SIZE ((size_t)1 << 20)

/*
 * Begin a stream, with a dictionary or with an empty one. The stream has its
 * allocator, and is otherwise as LZMA_STREAM_INIT.
 */
enum codist_status codist_lzma_begin(lzma_stream *stream,
				     const struct codist_lzma_config *config,
				     struct codist_bytes dictionary,
				     struct codist_error *err);

/*
 * Take in a part of the prefix. liblzma takes in all that its window has room
 * for, and would encode most of that only when it is called with the query. So
 * it gets little at a time. What it puts out is counted in the stream only.
 */
enum codist_status codist_lzma_feed(lzma_stream *stream,
				    struct codist_bytes prefix,
				    struct codist_error *err);

/* End the stream with x; *bits are those of all of it. */
enum codist_status codist_lzma_finish(lzma_stream *stream,
				      struct codist_bytes x, double *bits,
				      struct codist_error *err);

#endif
