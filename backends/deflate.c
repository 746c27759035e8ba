/*
 * deflate.c - zlib: raw, zlib and gzip streams
 *
 * All that zlib allocates lies in one arena, so that the state after a prefix
 * is a span of bytes, copied back after each query.
 *
 * A prefix goes in by one call without a flush, and the query by a second one
 * that finishes the stream. That this is said matters: zlib slides its window
 * when it is called with little input left, and a string at the window's very
 * start cannot be matched, so that in a rare case (a match at the greatest
 * distance, just where the window slides) the length depends on where the
 * input was cut. Level 0 cuts its stored blocks by how it is fed and drained,
 * and is therefore always given p and x as one piece, and room for all output.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/arena.h"

#include <codist/backend.h>

#include <assert.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

struct config {
	int64_t level;
	int64_t wbits;
	int64_t memlevel;
	int strategy; /* in the order of Z_DEFAULT_STRATEGY.. */
	int unit;
};

enum { UNIT_BYTE, UNIT_BIT };

/* zlib asks for 384 KB at most, successors of it for somewhat more. */
#define ARENA_SIZE ((size_t)4 << 20)
#define OUT_SIZE 16384

struct coder {
	const struct config *config;
	struct codist_arena arena;
	z_stream stream;
	z_stream primed; /* the stream as after prime() */
	int is_primed;
	int is_used;     /* the stream is not as fresh */
	struct codist_bytes prefix; /* level 0 only, borrowed */
	unsigned char *joined;      /* level 0 only */
	unsigned char out[OUT_SIZE];
};

static voidpf take(voidpf arena, uInt items, uInt size)
{
	return codist_arena_take(arena, (size_t)items * size);
}

static void give(voidpf arena, voidpf address)
{
	(void)arena;
	(void)address;
}

static enum codist_status library_error(const struct coder *coder,
					const char *call, int code,
					struct codist_error *err)
{
	const char *message = coder->stream.msg ? coder->stream.msg :
						  zError(code);

	return codist_fail(err, CODIST_ELIBRARY, "zlib %s: %s: %s",
			   zlibVersion(), call, message);
}

static enum codist_status init(void *state, const void *config,
			       struct codist_error *err)
{
	struct coder *coder = state;
	const struct config *c = config;
	int code;

	coder->config = c;
	if (!codist_arena_init(&coder->arena, ARENA_SIZE))
		return codist_no_memory(err, "deflate");
	coder->stream.zalloc = take;
	coder->stream.zfree = give;
	coder->stream.opaque = &coder->arena;
	code = deflateInit2(&coder->stream, (int)c->level, Z_DEFLATED,
			    (int)c->wbits, (int)c->memlevel, c->strategy);
	if (code == Z_OK)
		return CODIST_OK;
	codist_arena_release(&coder->arena);
	return library_error(coder, "deflateInit2", code, err);
}

static void release(void *state)
{
	struct coder *coder = state;

	codist_arena_release(&coder->arena);
	free(coder->joined);
}

/* zlib counts input in unsigned ints; longer input goes in by pieces. */
static enum codist_status feed(struct coder *coder, struct codist_bytes x,
			       int flush, struct codist_error *err)
{
	z_stream *stream = &coder->stream;
	int code;

	coder->is_used = 1;
	stream->next_in = (z_const Bytef *)x.data;
	do {
		size_t piece = x.nbytes < UINT_MAX ? x.nbytes : UINT_MAX;

		x.nbytes -= piece;
		stream->avail_in = (uInt)piece;
		do {
			stream->next_out = coder->out;
			stream->avail_out = OUT_SIZE;
			code = deflate(stream, x.nbytes ? Z_NO_FLUSH : flush);
			if (code != Z_OK && code != Z_STREAM_END &&
			    code != Z_BUF_ERROR)
				return library_error(coder, "deflate", code,
						     err);
		} while (stream->avail_out == 0);
	} while (x.nbytes > 0);
	assert(flush != Z_FINISH || code == Z_STREAM_END);
	return CODIST_OK;
}

static enum codist_status reset(struct coder *coder, struct codist_error *err)
{
	int code;

	if (!coder->is_used)
		return CODIST_OK;
	code = deflateReset(&coder->stream);
	if (code != Z_OK)
		return library_error(coder, "deflateReset", code, err);
	coder->is_used = 0;
	return CODIST_OK;
}

static void restore(struct coder *coder)
{
	codist_arena_restore(&coder->arena);
	coder->stream = coder->primed;
	coder->is_used = 1;
}

static double trailer_bits(const struct config *config)
{
	return config->wbits < 0 ? 0 : config->wbits < 16 ? 32 : 64;
}

/*
 * The body's exact bits. Finishing pads to a byte and tells bytes only;
 * ending the block instead, with Z_BLOCK, leaves the last bits pending, where
 * deflatePending() counts them. Both write the same block, unless zlib had no
 * symbol left for it: then only finishing writes one, of 10 bits, empty.
 * `finished` is the bits of the finished stream, of whole bytes.
 */
static enum codist_status count_bits(struct coder *coder, struct codist_bytes x,
				     double finished, double *bits,
				     struct codist_error *err)
{
	double body = finished - trailer_bits(coder->config);
	double ended;
	unsigned nbytes;
	int nbits, code;

	CODIST_TRY(feed(coder, x, Z_BLOCK, err));
	code = deflatePending(&coder->stream, &nbytes, &nbits);
	if (code != Z_OK)
		return library_error(coder, "deflatePending", code, err);
	ended = 8.0 * (double)coder->stream.total_out + 8.0 * nbytes + nbits;
	if (ended <= body - 8)
		ended += 10;
	if (ended > body || ended <= body - 8)
		return codist_fail(err, CODIST_ELIBRARY,
				   "zlib %s: cannot tell bits: %.0f when the "
				   "block is ended, %.0f when the stream is; "
				   "use unit=byte",
				   zlibVersion(), ended, body);
	*bits = ended + trailer_bits(coder->config);
	return CODIST_OK;
}

/* Level 0: one piece in, room for all of it out. */
static enum codist_status store(struct coder *coder, struct codist_bytes x,
				double *bits, struct codist_error *err)
{
	z_stream *stream = &coder->stream;
	uLong bound;
	unsigned char *out;
	int code;

	CODIST_TRY(reset(coder, err));
	bound = deflateBound(stream, (uLong)x.nbytes);
	if (x.nbytes > UINT_MAX || bound > UINT_MAX)
		return codist_fail(err, CODIST_EUSAGE,
				   "backend deflate: level=0 takes up to 4 GiB "
				   "at once, found %zu bytes",
				   x.nbytes);
	out = malloc(bound);
	if (!out)
		return codist_no_memory(err, "stored blocks");
	coder->is_used = 1;
	stream->next_in = (z_const Bytef *)x.data;
	stream->avail_in = (uInt)x.nbytes;
	stream->next_out = out;
	stream->avail_out = (uInt)bound;
	code = deflate(stream, Z_FINISH);
	free(out);
	if (code != Z_STREAM_END)
		return library_error(coder, "deflate", code, err);
	*bits = 8.0 * (double)stream->total_out;
	return CODIST_OK;
}

static enum codist_status length(void *state, struct codist_bytes x,
				 double *bits, struct codist_error *err)
{
	struct coder *coder = state;
	enum codist_status status;

	if (coder->config->level == 0)
		return store(coder, x, bits, err);
	status = reset(coder, err);
	if (status == CODIST_OK)
		status = feed(coder, x, Z_FINISH, err);
	*bits = 8.0 * (double)coder->stream.total_out;
	if (status == CODIST_OK && coder->config->unit == UNIT_BIT) {
		status = reset(coder, err);
		if (status == CODIST_OK)
			status = count_bits(coder, x, *bits, bits, err);
	}
	if (coder->is_primed)
		restore(coder);
	return status;
}

static enum codist_status prime(void *state, struct codist_bytes prefix,
				struct codist_error *err)
{
	struct coder *coder = state;

	if (coder->config->level == 0) {
		coder->prefix = prefix;
		return CODIST_OK;
	}
	coder->is_primed = 0;
	CODIST_TRY(reset(coder, err));
	CODIST_TRY(feed(coder, prefix, Z_NO_FLUSH, err));
	if (!codist_arena_save(&coder->arena))
		return codist_no_memory(err, "deflate's state");
	coder->primed = coder->stream;
	coder->is_primed = 1;
	return CODIST_OK;
}

static enum codist_status store_primed(struct coder *coder,
				       struct codist_bytes x, double *bits,
				       struct codist_error *err)
{
	struct codist_bytes joined = { NULL, coder->prefix.nbytes + x.nbytes };
	unsigned char *room = realloc(coder->joined, joined.nbytes + 1);

	if (!room)
		return codist_no_memory(err, "a prefix and a sample");
	coder->joined = room;
	if (coder->prefix.nbytes)
		memcpy(room, coder->prefix.data, coder->prefix.nbytes);
	if (x.nbytes)
		memcpy(room + coder->prefix.nbytes, x.data, x.nbytes);
	joined.data = room;
	return store(coder, joined, bits, err);
}

static enum codist_status length_primed(void *state, struct codist_bytes x,
					double *bits, struct codist_error *err)
{
	struct coder *coder = state;
	enum codist_status status;

	if (coder->config->level == 0)
		return store_primed(coder, x, bits, err);
	assert(coder->is_primed);
	status = feed(coder, x, Z_FINISH, err);
	*bits = 8.0 * (double)coder->stream.total_out;
	restore(coder);
	if (status == CODIST_OK && coder->config->unit == UNIT_BIT) {
		status = count_bits(coder, x, *bits, bits, err);
		restore(coder);
	}
	return status;
}

static const char *version(void)
{
	return zlibVersion();
}

static double granularity(const void *config)
{
	const struct config *c = config;

	return c->unit == UNIT_BIT ? 1 : 8;
}

static enum codist_status check(const void *config, struct codist_error *err)
{
	const struct config *c = config;
	int64_t w = c->wbits;

	if ((w >= -15 && w <= -9) || (w >= 8 && w <= 15) ||
	    (w >= 25 && w <= 31))
		return CODIST_OK;
	if (w == -8 || w == 24)
		return codist_fail(err, CODIST_EUSAGE,
				   "backend deflate: wbits=%d, zlib refuses a "
				   "window of 2^8 bytes in %s streams; the "
				   "next is wbits=%d",
				   (int)w, w < 0 ? "raw" : "gzip",
				   w < 0 ? -9 : 25);
	return codist_fail(err, CODIST_EUSAGE,
			   "backend deflate: wbits=%d, expected -15..-9 (raw), "
			   "8..15 (zlib) or 25..31 (gzip)",
			   (int)w);
}

static const char *const strategies[] = { "default", "filtered", "huffman",
					  "rle", "fixed", NULL };
static const char *const units[] = { "byte", "bit", NULL };

static const struct codist_option options[] = {
	{ .name = "level", .type = CODIST_INTEGER,
	  .offset = offsetof(struct config, level),
	  .minimum = 0, .maximum = 9, .fallback = "6",
	  .help = "effort; 0 stores" },
	{ .name = "wbits", .type = CODIST_INTEGER,
	  .offset = offsetof(struct config, wbits),
	  .minimum = -15, .maximum = 31, .fallback = "15",
	  .help = "window of 2^|wbits| bytes and framing: -15..-9 raw, "
		  "8..15 zlib, 25..31 gzip (16 more than the window's)" },
	{ .name = "memlevel", .type = CODIST_INTEGER,
	  .offset = offsetof(struct config, memlevel),
	  .minimum = 1, .maximum = 9, .fallback = "8",
	  .help = "memory for the hash table and the block of symbols" },
	{ .name = "strategy", .type = CODIST_CHOICE,
	  .offset = offsetof(struct config, strategy),
	  .choices = strategies, .fallback = "default",
	  .help = "what matches are looked for, and which codes are used" },
	{ .name = "unit", .type = CODIST_CHOICE,
	  .offset = offsetof(struct config, unit),
	  .choices = units, .fallback = "byte",
	  .help = "count whole bytes, or bits before the padding of the last "
		  "byte" },
	{ .name = NULL },
};

const struct codist_backend codist_backend_deflate = {
	.plugin = {
		.name = "deflate",
		.summary = "zlib's deflate, raw or in zlib or gzip framing",
		.options = options,
		.config_size = sizeof(struct config),
		.check = check,
	},
	.library = "zlib",
	.version = version,
	.coder_size = sizeof(struct coder),
	.init = init,
	.release = release,
	.length = length,
	.prime = prime,
	.length_primed = length_primed,
	.granularity = granularity,
};
