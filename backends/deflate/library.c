/*
 * library.c - deflate's lengths by zlib itself
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
 * A dictionary is no input, and so the state with it can be kept at any level.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "library.h"

#include "base/arena.h"

#include <assert.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* zlib asks for 384 KB at most, successors of it for somewhat more. */
#define ARENA_SIZE ((size_t)4 << 20)
#define OUT_SIZE 16384
#define MOST_WINDOW ((size_t)1 << 15)

struct codist_deflate_library {
	struct codist_deflate_params params;
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

static enum codist_status library_error(const struct codist_deflate_library *library,
					const char *call, int code,
					struct codist_error *err)
{
	const char *message = library->stream.msg ? library->stream.msg :
						  zError(code);

	return codist_fail(err, CODIST_ELIBRARY, "zlib %s: %s: %s",
			   zlibVersion(), call, message);
}

enum codist_status
codist_deflate_library_new(struct codist_deflate_library **made,
			   const struct codist_deflate_params *params,
			   struct codist_error *err)
{
	struct codist_deflate_library *library = calloc(1, sizeof(*library));
	enum codist_status status;
	int code;

	*made = NULL;
	if (!library || !codist_arena_init(&library->arena, ARENA_SIZE)) {
		free(library);
		return codist_no_memory(err, "deflate");
	}
	library->params = *params;
	library->stream.zalloc = take;
	library->stream.zfree = give;
	library->stream.opaque = &library->arena;
	code = deflateInit2(&library->stream, params->level, Z_DEFLATED,
			    params->wbits, params->memlevel,
			    params->strategy);
	if (code == Z_OK) {
		*made = library;
		return CODIST_OK;
	}
	status = library_error(library, "deflateInit2", code, err);
	codist_deflate_library_free(library);
	return status;
}

void codist_deflate_library_free(struct codist_deflate_library *library)
{
	if (!library)
		return;
	codist_arena_release(&library->arena);
	free(library->joined);
	free(library);
}

/* zlib counts input in unsigned ints; longer input goes in by pieces. */
static enum codist_status feed(struct codist_deflate_library *library, struct codist_bytes x,
			       int flush, struct codist_error *err)
{
	z_stream *stream = &library->stream;
	int code;

	library->is_used = 1;
	stream->next_in = (z_const Bytef *)x.data;
	do {
		size_t piece = x.nbytes < UINT_MAX ? x.nbytes : UINT_MAX;

		x.nbytes -= piece;
		stream->avail_in = (uInt)piece;
		do {
			stream->next_out = library->out;
			stream->avail_out = OUT_SIZE;
			code = deflate(stream, x.nbytes ? Z_NO_FLUSH : flush);
			if (code != Z_OK && code != Z_STREAM_END &&
			    code != Z_BUF_ERROR)
				return library_error(library, "deflate", code,
						     err);
		} while (stream->avail_out == 0);
	} while (x.nbytes > 0);
	assert(flush != Z_FINISH || code == Z_STREAM_END);
	return CODIST_OK;
}

static enum codist_status reset(struct codist_deflate_library *library, struct codist_error *err)
{
	int code;

	if (!library->is_used)
		return CODIST_OK;
	code = deflateReset(&library->stream);
	if (code != Z_OK)
		return library_error(library, "deflateReset", code, err);
	library->is_used = 0;
	return CODIST_OK;
}

static void restore(struct codist_deflate_library *library)
{
	codist_arena_restore(&library->arena);
	library->stream = library->primed;
	library->is_used = 1;
}

static double trailer_bits(const struct codist_deflate_library *library)
{
	int wbits = library->params.wbits;

	return wbits < 0 ? 0 : wbits < 16 ? 32 : 64;
}

/*
 * The body's exact bits. Finishing pads to a byte and tells bytes only;
 * ending the block instead, with Z_BLOCK, leaves the last bits pending, where
 * deflatePending() counts them. Both write the same block, unless zlib had no
 * symbol left for it: then only finishing writes one, of 10 bits, empty.
 * `finished` is the bits of the finished stream, of whole bytes.
 */
static enum codist_status count_bits(struct codist_deflate_library *library, struct codist_bytes x,
				     double finished, double *bits,
				     struct codist_error *err)
{
	double body = finished - trailer_bits(library);
	double ended;
	unsigned nbytes;
	int nbits, code;

	CODIST_TRY(feed(library, x, Z_BLOCK, err));
	code = deflatePending(&library->stream, &nbytes, &nbits);
	if (code != Z_OK)
		return library_error(library, "deflatePending", code, err);
	ended = 8.0 * (double)library->stream.total_out + 8.0 * nbytes + nbits;
	if (ended <= body - 8)
		ended += 10;
	if (ended > body || ended <= body - 8)
		return codist_fail(err, CODIST_ELIBRARY,
				   "zlib %s: cannot tell bits: %.0f when the "
				   "block is ended, %.0f when the stream is; "
				   "use unit=byte",
				   zlibVersion(), ended, body);
	*bits = ended + trailer_bits(library);
	return CODIST_OK;
}

/* Level 0: one piece in, room for all of it out. */
static enum codist_status store(struct codist_deflate_library *library,
				struct codist_bytes x, double *bits,
				struct codist_error *err)
{
	z_stream *stream = &library->stream;
	uLong bound;
	unsigned char *out;
	int code;

	/* zlib 1.2.13's deflateBound() is short by bytes for small windows. */
	bound = deflateBound(stream, (uLong)x.nbytes) + x.nbytes / 16 + 64;
	if (x.nbytes > UINT_MAX || bound > UINT_MAX)
		return codist_fail(err, CODIST_EUSAGE,
				   "zlib: level=0 takes up to 4 GiB at once, "
				   "found %zu bytes",
				   x.nbytes);
	out = malloc(bound);
	if (!out)
		return codist_no_memory(err, "stored blocks");
	library->is_used = 1;
	stream->next_in = (z_const Bytef *)x.data;
	stream->avail_in = (uInt)x.nbytes;
	stream->next_out = out;
	stream->avail_out = (uInt)bound;
	code = deflate(stream, Z_FINISH);
	free(out);
	if (code != Z_STREAM_END)
		return library_error(library, "deflate", code, err);
	*bits = 8.0 * (double)stream->total_out;
	return CODIST_OK;
}

static enum codist_status finish(struct codist_deflate_library *library,
				 struct codist_bytes x, double *bits,
				 struct codist_error *err)
{
	if (library->params.level == 0)
		return store(library, x, bits, err);
	CODIST_TRY(feed(library, x, Z_FINISH, err));
	*bits = 8.0 * (double)library->stream.total_out;
	return CODIST_OK;
}

enum codist_status
codist_deflate_library_length(struct codist_deflate_library *library,
			      struct codist_bytes x, int exact, double *bits,
			      struct codist_error *err)
{
	enum codist_status status = reset(library, err);

	if (status == CODIST_OK)
		status = finish(library, x, bits, err);
	if (status == CODIST_OK && exact && library->params.level > 0) {
		status = reset(library, err);
		if (status == CODIST_OK)
			status = count_bits(library, x, *bits, bits, err);
	}
	if (library->is_primed)
		restore(library);
	return status;
}

static enum codist_status keep(struct codist_deflate_library *library,
			       struct codist_error *err)
{
	if (!codist_arena_save(&library->arena))
		return codist_no_memory(err, "deflate's state");
	library->primed = library->stream;
	library->is_primed = 1;
	return CODIST_OK;
}

enum codist_status
codist_deflate_library_prime(struct codist_deflate_library *library,
			     struct codist_bytes prefix,
			     struct codist_error *err)
{
	library->is_primed = 0;
	if (library->params.level == 0) {
		library->prefix = prefix;
		return CODIST_OK;
	}
	CODIST_TRY(reset(library, err));
	CODIST_TRY(feed(library, prefix, Z_NO_FLUSH, err));
	return keep(library, err);
}

/*
 * zlib looks at the last window of a dictionary, and of the rest only takes a
 * checksum, which costs the same 4 bytes whatever it is. An empty one is none.
 */
enum codist_status
codist_deflate_library_set_dictionary(struct codist_deflate_library *library,
				      struct codist_bytes dictionary,
				      struct codist_error *err)
{
	size_t skipped = dictionary.nbytes > MOST_WINDOW ?
				 dictionary.nbytes - MOST_WINDOW :
				 0;
	int code;

	library->is_primed = 0;
	CODIST_TRY(reset(library, err));
	if (dictionary.nbytes > 0) {
		library->is_used = 1;
		code = deflateSetDictionary(
			&library->stream, dictionary.data + skipped,
			(uInt)(dictionary.nbytes - skipped));
		if (code != Z_OK)
			return library_error(library, "deflateSetDictionary",
					     code, err);
	}
	return keep(library, err);
}

static enum codist_status store_primed(struct codist_deflate_library *library,
				       struct codist_bytes x, double *bits,
				       struct codist_error *err)
{
	struct codist_bytes joined = { NULL, library->prefix.nbytes + x.nbytes };
	unsigned char *room = realloc(library->joined, joined.nbytes + 1);

	if (!room)
		return codist_no_memory(err, "a prefix and a sample");
	library->joined = room;
	if (library->prefix.nbytes)
		memcpy(room, library->prefix.data, library->prefix.nbytes);
	if (x.nbytes)
		memcpy(room + library->prefix.nbytes, x.data, x.nbytes);
	joined.data = room;
	CODIST_TRY(reset(library, err));
	return store(library, joined, bits, err);
}

enum codist_status
codist_deflate_library_length_primed(struct codist_deflate_library *library,
				     struct codist_bytes x, int exact,
				     double *bits, struct codist_error *err)
{
	enum codist_status status;

	if (!library->is_primed) {
		assert(library->params.level == 0);
		return store_primed(library, x, bits, err);
	}
	status = finish(library, x, bits, err);
	restore(library);
	if (status == CODIST_OK && exact && library->params.level > 0) {
		status = count_bits(library, x, *bits, bits, err);
		restore(library);
	}
	return status;
}

const char *codist_deflate_library_version(void)
{
	return zlibVersion();
}
