/*
 * bzip2.c - libbz2's streams
 *
 * Whatever a stream is fed, its block is sorted anew when the stream ends, and
 * that is what takes the time. But the way to there can be kept: after a
 * prefix, what libbz2 knows is its state struct, the first thing that it
 * allocates, and the bytes of the block so far, at the start of the third.
 * Sorting puts the block's bytes back in place; a query that fills the block
 * overwrites them. So both are copied back after each query, which takes
 * microseconds. The other memory is scratch for sorting and coding.
 *
 * The end must come together with the last input. When a block is just full,
 * it is closed at once unless the stream is known to end there, and then a
 * last run that was still open goes to a block of its own. So the prefix's last
 * byte waits for the query, as the query may be empty.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/arena.h"

#include <codist/backend.h>

#include <assert.h>
#include <bzlib.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define OUT_SIZE 16384
#define LEVEL_BYTES ((size_t)100000)
/* libbz2 takes 8 bytes for each of the block's, and its tables. */
#define ARENA_SIZE(level) (8 * LEVEL_BYTES * (size_t)(level) + ((size_t)1 << 20))

enum { STATE, SORTED, BLOCK, N_PARTS = 4 }; /* in libbz2's order */

struct config {
	int64_t level;
	int64_t workfactor;
};

/* A part of libbz2's memory. */
struct part {
	unsigned char *bytes;
	size_t nbytes;
};

struct coder {
	const struct config *config;
	struct codist_arena arena;
	struct part parts[N_PARTS]; /* [n_parts] */
	int n_parts;
	bz_stream stream;

	int is_primed;
	bz_stream primed;      /* the stream as after prime() */
	struct codist_bytes last; /* the prefix's last byte; borrowed */
	unsigned char *saved;  /* the state, then the block */
	size_t saved_capacity, saved_block;
	char out[OUT_SIZE];
};

static void *take(void *state, int items, int size)
{
	struct coder *coder = state;
	size_t nbytes = (size_t)items * (size_t)size;
	unsigned char *bytes = codist_arena_take(&coder->arena, nbytes);

	if (bytes && coder->n_parts < N_PARTS)
		coder->parts[coder->n_parts++] = (struct part){ bytes, nbytes };
	return bytes;
}

static void give(void *state, void *bytes)
{
	(void)state;
	(void)bytes;
}

static enum codist_status library_error(const char *call, int code,
					struct codist_error *err)
{
	if (code == BZ_MEM_ERROR)
		return codist_no_memory(err, "bzip2");
	return codist_fail(err, CODIST_ELIBRARY, "libbz2 %s: %s: error %d",
			   BZ2_bzlibVersion(), call, code);
}

static enum codist_status begin(struct coder *coder, struct codist_error *err)
{
	int code;

	codist_arena_empty(&coder->arena);
	coder->n_parts = 0;
	coder->stream = (bz_stream){ .bzalloc = take, .bzfree = give,
				     .opaque = coder };
	code = BZ2_bzCompressInit(&coder->stream, (int)coder->config->level, 0,
				  (int)coder->config->workfactor);
	if (code != BZ_OK)
		return library_error("BZ2_bzCompressInit", code, err);
	assert(coder->n_parts == N_PARTS);
	return CODIST_OK;
}

static enum codist_status init(void *state, const void *config,
			       struct codist_error *err)
{
	struct coder *coder = state;
	enum codist_status status;

	coder->config = config;
	if (!codist_arena_init(&coder->arena,
			       ARENA_SIZE(coder->config->level)))
		return codist_no_memory(err, "bzip2");
	status = begin(coder, err);
	if (status != CODIST_OK)
		codist_arena_release(&coder->arena);
	return status;
}

static void release(void *state)
{
	struct coder *coder = state;

	codist_arena_release(&coder->arena);
	free(coder->saved);
}

static void give_input(bz_stream *stream, const unsigned char *bytes,
		       unsigned n)
{
	/* libbz2 does not write to its input. */
	memcpy(&stream->next_in, &bytes, sizeof(stream->next_in));
	stream->avail_in = n;
}

/* Take x in, by pieces, as libbz2 counts input in unsigned ints. */
static enum codist_status feed(struct coder *coder, struct codist_bytes x,
			       struct codist_error *err)
{
	bz_stream *stream = &coder->stream;

	while (x.nbytes > 0) {
		unsigned n = x.nbytes < UINT_MAX ? (unsigned)x.nbytes :
						   UINT_MAX;

		give_input(stream, x.data, n);
		x.data += n;
		x.nbytes -= n;
		while (stream->avail_in > 0) {
			int code;

			stream->next_out = coder->out;
			stream->avail_out = OUT_SIZE;
			code = BZ2_bzCompress(stream, BZ_RUN);
			if (code != BZ_RUN_OK)
				return library_error("BZ2_bzCompress", code,
						     err);
		}
	}
	return CODIST_OK;
}

/* Take x in, and end the stream with it. */
static enum codist_status finish(struct coder *coder, struct codist_bytes x,
				 double *bits, struct codist_error *err)
{
	bz_stream *stream = &coder->stream;
	int code;

	if (x.nbytes > UINT_MAX) {
		struct codist_bytes start = { x.data, x.nbytes - UINT_MAX };

		CODIST_TRY(feed(coder, start, err));
		x.data += start.nbytes;
		x.nbytes = UINT_MAX;
	}
	give_input(stream, x.data, (unsigned)x.nbytes);
	do {
		stream->next_out = coder->out;
		stream->avail_out = OUT_SIZE;
		code = BZ2_bzCompress(stream, BZ_FINISH);
	} while (code == BZ_FINISH_OK);
	if (code != BZ_STREAM_END)
		return library_error("BZ2_bzCompress", code, err);
	*bits = 8 * ((double)stream->total_out_hi32 * 4294967296.0 +
		     (double)stream->total_out_lo32);
	return CODIST_OK;
}

/* The block begins to be filled anew at times, but never holds more. */
static size_t block_bytes(const struct coder *coder, size_t nbytes)
{
	size_t most = LEVEL_BYTES * (size_t)coder->config->level;

	/* Runs of 4 bytes become 5. */
	return nbytes < most / 2 ? nbytes + nbytes / 4 + 1 : most;
}

static enum codist_status save(struct coder *coder, size_t nbytes,
			       struct codist_error *err)
{
	const struct part *state = &coder->parts[STATE];
	const struct part *block = &coder->parts[BLOCK];
	size_t kept = block_bytes(coder, nbytes);

	assert(kept <= block->nbytes);
	if (coder->saved_capacity < state->nbytes + kept) {
		unsigned char *saved = realloc(coder->saved,
					       state->nbytes + kept);

		if (!saved)
			return codist_no_memory(err, "bzip2's state");
		coder->saved = saved;
		coder->saved_capacity = state->nbytes + kept;
	}
	memcpy(coder->saved, state->bytes, state->nbytes);
	memcpy(coder->saved + state->nbytes, block->bytes, kept);
	coder->saved_block = kept;
	coder->primed = coder->stream;
	coder->is_primed = 1;
	return CODIST_OK;
}

/* Memory is taken in the same order each time, and so lies where it lay. */
static void restore(struct coder *coder)
{
	const struct part *state = &coder->parts[STATE];

	memcpy(state->bytes, coder->saved, state->nbytes);
	memcpy(coder->parts[BLOCK].bytes, coder->saved + state->nbytes,
	       coder->saved_block);
	coder->stream = coder->primed;
}

static enum codist_status length(void *state, struct codist_bytes x,
				 double *bits, struct codist_error *err)
{
	struct coder *coder = state;
	enum codist_status status = begin(coder, err);

	if (status == CODIST_OK)
		status = finish(coder, x, bits, err);
	if (coder->is_primed)
		restore(coder);
	return status;
}

static enum codist_status prime(void *state, struct codist_bytes prefix,
				struct codist_error *err)
{
	struct coder *coder = state;

	coder->is_primed = 0;
	coder->last = prefix;
	if (prefix.nbytes > 0) {
		coder->last.data += --prefix.nbytes;
		coder->last.nbytes = 1;
	}
	CODIST_TRY(begin(coder, err));
	CODIST_TRY(feed(coder, prefix, err));
	return save(coder, prefix.nbytes, err);
}

static enum codist_status length_primed(void *state, struct codist_bytes x,
					const void *prepared, double *bits,
					struct codist_error *err)
{
	struct coder *coder = state;
	enum codist_status status = CODIST_OK;

	(void)prepared;
	assert(coder->is_primed);
	if (x.nbytes > 0)
		status = feed(coder, coder->last, err);
	if (status == CODIST_OK)
		status = finish(coder, x.nbytes ? x : coder->last, bits, err);
	restore(coder);
	return status;
}

static size_t memory(const void *config, size_t prefix, size_t query)
{
	const struct config *c = config;

	(void)prefix;
	(void)query;
	return ARENA_SIZE(c->level) + LEVEL_BYTES * (size_t)c->level;
}

static const char *version(void)
{
	return BZ2_bzlibVersion();
}

static const struct codist_option options[] = {
	{ .name = "level", .type = CODIST_INTEGER,
	  .offset = offsetof(struct config, level),
	  .minimum = 1, .maximum = 9, .fallback = "9",
	  .help = "the block, in 100,000 bytes: what is sorted together" },
	{ .name = "workfactor", .type = CODIST_INTEGER,
	  .offset = offsetof(struct config, workfactor),
	  .minimum = 0, .maximum = 250, .fallback = "0",
	  .help = "how long to try the quick sort on repetitive blocks; 0 is "
		  "libbz2's default, 30. Changes no length" },
	{ .name = NULL },
};

const struct codist_backend codist_backend_bzip2 = {
	.plugin = {
		.name = "bzip2",
		.summary = "libbz2: block sorting, then move to front and "
			   "Huffman codes",
		.options = options,
		.config_size = sizeof(struct config),
	},
	.library = "libbz2",
	.version = version,
	.coder_size = sizeof(struct coder),
	.init = init,
	.release = release,
	.length = length,
	.prime = prime,
	.length_primed = length_primed,
	.memory = memory,
};
