/*
 * brotli.c - Brotli's streams, of a size that is not told
 *
 * The encoder takes its input in blocks, of 2^14 bytes or more, and works on one
 * when it is full or the stream ends. What the prefix has of full blocks is done
 * once; the encoder's heap is set back to that after each query. It is large, so
 * that this pays from some blocks on, and a shorter prefix is joined with the
 * query.
 *
 * Three things about how it is fed would change the length, and so each stream
 * is fed in the same way, however prefix and query are cut:
 *  - a block that just fills is closed, and another one ends the stream, unless
 *    the end comes together with the last input. So the prefix's last byte waits
 *    for the query, as the query may be empty;
 *  - the encoder takes what it sees of the input when the first block is full
 *    for the size of all, and so no call crosses the end of a block;
 *  - qualities 0 and 1 work on whatever one call brings, and so get all at once.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/heap.h"

#include <codist/backend.h>

#include <assert.h>
#include <brotli/encode.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LEAST_BLOCK ((size_t)1 << 14)
#define GREATEST_BLOCK_LOG 18 /* unless one asks for more */
#define FIRST_IN_BLOCKS 2     /* the lowest such quality */

struct config {
	int64_t quality, lgwin;
	int large_window, mode;
	int64_t lgblock;   /* 0: the quality's */
	int64_t size_hint; /* 0: none */
	int64_t npostfix, ndirect;
	int literal_context;
};

/* A stream that is being made. */
struct stream {
	struct codist_heap heap;
	BrotliEncoderState *encoder;
	size_t n_in, n_out; /* bytes */
	jmp_buf no_memory;
};

struct coder {
	const struct config *config;
	struct stream plain;

	struct stream primed; /* with the prefix's blocks */
	size_t saved_in, saved_out;

	unsigned char *joined; /* the prefix's rest, then room for x; or NULL */
	size_t joined_capacity, rest_nbytes;
};

/*
 * As it is built by default, the encoder ends the process when it gets no
 * memory. So it never comes to know; what it leaves behind is all in the heap.
 */
static void *take(void *state, size_t nbytes)
{
	struct stream *stream = state;
	void *memory = codist_heap_take(&stream->heap, nbytes);

	if (!memory)
		longjmp(stream->no_memory, 1);
	return memory;
}

static void give(void *state, void *memory)
{
	struct stream *stream = state;

	codist_heap_give(&stream->heap, memory);
}

static int version_part(int shift, unsigned mask)
{
	return (int)(BrotliEncoderVersion() >> shift & mask);
}

static char version_text[48];

static void write_version(void)
{
	snprintf(version_text, sizeof(version_text), "%d.%d.%d",
		 version_part(24, 0xff), version_part(12, 0xfff),
		 version_part(0, 0xfff));
}

static const char *version(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, write_version);
	return version_text;
}

static enum codist_status library_error(const char *call,
					struct codist_error *err)
{
	return codist_fail(err, CODIST_ELIBRARY, "libbrotlienc %s: %s failed",
			   version(), call);
}

static enum codist_status begin(struct stream *stream, const struct config *c,
				struct codist_error *err)
{
	const struct {
		BrotliEncoderParameter parameter;
		int64_t value;
	} settings[] = {
		{ BROTLI_PARAM_QUALITY, c->quality },
		{ BROTLI_PARAM_MODE, c->mode },
		{ BROTLI_PARAM_LARGE_WINDOW, c->large_window },
		{ BROTLI_PARAM_LGWIN, c->lgwin },
		{ BROTLI_PARAM_LGBLOCK, c->lgblock },
		{ BROTLI_PARAM_SIZE_HINT, c->size_hint },
		{ BROTLI_PARAM_NPOSTFIX, c->npostfix },
		{ BROTLI_PARAM_NDIRECT, c->ndirect },
		{ BROTLI_PARAM_DISABLE_LITERAL_CONTEXT_MODELING, !c->literal_context },
	};

	codist_heap_empty(&stream->heap);
	stream->n_in = stream->n_out = 0;
	if (setjmp(stream->no_memory))
		return codist_no_memory(err, "brotli");
	stream->encoder = BrotliEncoderCreateInstance(take, give, stream);
	if (!stream->encoder)
		return library_error("BrotliEncoderCreateInstance", err);
	for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]); i++)
		if (!BrotliEncoderSetParameter(stream->encoder,
					       settings[i].parameter,
					       (uint32_t)settings[i].value))
			return library_error("BrotliEncoderSetParameter", err);
	return CODIST_OK;
}

/* Take a piece in, and all out that comes of it. */
static enum codist_status put(struct stream *stream, struct codist_bytes piece,
			      BrotliEncoderOperation operation,
			      struct codist_error *err)
{
	size_t n_in = piece.nbytes, n_out = 0;
	const uint8_t *in = piece.data;

	stream->n_in += piece.nbytes;
	if (setjmp(stream->no_memory))
		return codist_no_memory(err, "brotli");
	do {
		size_t n = 0;

		if (!BrotliEncoderCompressStream(stream->encoder, operation,
						 &n_in, &in, &n_out, NULL,
						 NULL))
			return library_error("BrotliEncoderCompressStream",
					     err);
		while (BrotliEncoderHasMoreOutput(stream->encoder)) {
			n = 0;
			BrotliEncoderTakeOutput(stream->encoder, &n);
			stream->n_out += n;
		}
	} while (n_in > 0 || (operation == BROTLI_OPERATION_FINISH &&
			      !BrotliEncoderIsFinished(stream->encoder)));
	return CODIST_OK;
}

/* Take x in by the least blocks, but for its last byte at least. */
static enum codist_status put_blocks(struct stream *stream,
				     struct codist_bytes *x,
				     struct codist_error *err)
{
	for (;;) {
		size_t n = LEAST_BLOCK - stream->n_in % LEAST_BLOCK;
		struct codist_bytes piece = { x->data, n };

		if (x->nbytes <= n)
			return CODIST_OK;
		CODIST_TRY(put(stream, piece, BROTLI_OPERATION_PROCESS, err));
		x->data += n;
		x->nbytes -= n;
	}
}

static enum codist_status finish(struct stream *stream,
				 const struct config *config,
				 struct codist_bytes x, double *bits,
				 struct codist_error *err)
{
	if (config->quality >= FIRST_IN_BLOCKS)
		CODIST_TRY(put_blocks(stream, &x, err));
	CODIST_TRY(put(stream, x, BROTLI_OPERATION_FINISH, err));
	*bits = 8 * (double)stream->n_out;
	return CODIST_OK;
}

static enum codist_status init(void *state, const void *config,
			       struct codist_error *err)
{
	struct coder *coder = state;

	(void)err;
	coder->config = config;
	return CODIST_OK;
}

static void release(void *state)
{
	struct coder *coder = state;

	codist_heap_empty(&coder->plain.heap);
	codist_heap_empty(&coder->primed.heap);
	free(coder->joined);
}

static enum codist_status length(void *state, struct codist_bytes x,
				 double *bits, struct codist_error *err)
{
	struct coder *coder = state;
	enum codist_status status = begin(&coder->plain, coder->config, err);

	if (status == CODIST_OK)
		status = finish(&coder->plain, coder->config, x, bits, err);
	codist_heap_empty(&coder->plain.heap);
	return status;
}

/* Room for n bytes behind the prefix's rest. */
static enum codist_status make_room(struct coder *coder, size_t n,
				    struct codist_error *err)
{
	size_t total = coder->rest_nbytes + n;
	unsigned char *joined;

	if (total < n)
		return codist_no_memory(err, "a prefix and a sample");
	if (total <= coder->joined_capacity)
		return CODIST_OK;
	joined = realloc(coder->joined, total);
	if (!joined)
		return codist_no_memory(err, "a prefix and a sample");
	coder->joined = joined;
	coder->joined_capacity = total;
	return CODIST_OK;
}

/* What is done of a prefix once: so many bytes, of full blocks. */
static size_t full_blocks(const struct config *config, size_t nbytes)
{
	int64_t log = GREATEST_BLOCK_LOG;

	if (config->quality < FIRST_IN_BLOCKS || nbytes == 0)
		return 0;
	if (config->lgblock > log)
		log = config->lgblock;
	return (nbytes - 1) >> log << log;
}

static enum codist_status prime(void *state, struct codist_bytes prefix,
				struct codist_error *err)
{
	struct coder *coder = state;
	struct stream *stream = &coder->primed;
	size_t done = full_blocks(coder->config, prefix.nbytes);
	struct codist_bytes blocks = { prefix.data, done + 1 };

	coder->rest_nbytes = 0;
	CODIST_TRY(make_room(coder, prefix.nbytes - done + 1, err));
	CODIST_TRY(begin(stream, coder->config, err));
	if (done > 0)
		CODIST_TRY(put_blocks(stream, &blocks, err));
	if (!codist_heap_save(&stream->heap))
		return codist_no_memory(err, "brotli's state");
	coder->saved_in = stream->n_in;
	coder->saved_out = stream->n_out;
	coder->rest_nbytes = prefix.nbytes - done;
	if (coder->rest_nbytes)
		memcpy(coder->joined, prefix.data + done, coder->rest_nbytes);
	return CODIST_OK;
}

static enum codist_status length_primed(void *state, struct codist_bytes x,
					const void *prepared, double *bits,
					struct codist_error *err)
{
	struct coder *coder = state;
	struct stream *stream = &coder->primed;
	struct codist_bytes joined;
	enum codist_status status;

	(void)prepared;
	CODIST_TRY(make_room(coder, x.nbytes, err));
	joined.data = coder->joined;
	joined.nbytes = coder->rest_nbytes + x.nbytes;
	if (x.nbytes)
		memcpy(coder->joined + coder->rest_nbytes, x.data, x.nbytes);
	status = finish(stream, coder->config, joined, bits, err);
	codist_heap_restore(&stream->heap);
	stream->n_in = coder->saved_in;
	stream->n_out = coder->saved_out;
	return status;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/*
 * The library cannot tell before version 1.1. What stays with a stream is the
 * window, twice, and the table by which matches are found, the greatest of its
 * kind here. They are touched only as far as there is input, unless they are
 * copied. What comes and goes was measured, per byte of a block, and rounded up.
 */
static size_t memory(const void *config, size_t prefix, size_t query)
{
	const struct config *c = config;
	int has_blocks = full_blocks(c, prefix) > 0;
	size_t total = prefix + query, greatest = (size_t)1 << c->lgwin;
	size_t window = has_blocks ? greatest : least(greatest, total);
	size_t block = (size_t)1 << (c->lgblock > GREATEST_BLOCK_LOG ?
					     c->lgblock :
					     GREATEST_BLOCK_LOG);
	int is_best = c->quality >= 10;
	size_t table = c->quality < 5 ? (size_t)4 << 20 :
		       !is_best	      ? (size_t)32 << 20 :
					8 * window + ((size_t)1 << 19);
	size_t stays = table + 2 * (window > block ? window : block);
	size_t passes = (is_best ? 320 : 96) * least(block, total) +
			4 * least(total, (size_t)1 << 24);

	if (c->lgwin > BROTLI_MAX_WINDOW_BITS)
		stays += (size_t)64 << 20; /* a table of rolling hashes */
	if (has_blocks)
		stays *= 3; /* the primed, its copy, and one for C(x) */
	return stays + passes + 2 * total + ((size_t)4 << 20);
}

static enum codist_status check(const void *config, struct codist_error *err)
{
	const struct config *c = config;

	if (c->lgwin > BROTLI_MAX_WINDOW_BITS && !c->large_window)
		return codist_fail(err, CODIST_EUSAGE,
				   "brotli: lgwin=%d, libbrotlienc %s expects "
				   "%d..%d, or large_window=on",
				   (int)c->lgwin, version(),
				   BROTLI_MIN_WINDOW_BITS,
				   BROTLI_MAX_WINDOW_BITS);
	if (c->lgblock > 0 && c->lgblock < BROTLI_MIN_INPUT_BLOCK_BITS)
		return codist_fail(err, CODIST_EUSAGE,
				   "brotli: lgblock=%d, libbrotlienc %s "
				   "expects %d..%d, or 0 for the quality's",
				   (int)c->lgblock, version(),
				   BROTLI_MIN_INPUT_BLOCK_BITS,
				   BROTLI_MAX_INPUT_BLOCK_BITS);
	if (c->ndirect > 15 << c->npostfix ||
	    c->ndirect % (1 << c->npostfix) != 0)
		return codist_fail(err, CODIST_EUSAGE,
				   "brotli: ndirect=%d, with npostfix=%d "
				   "libbrotlienc %s expects 0..%d in steps of "
				   "%d",
				   (int)c->ndirect, (int)c->npostfix,
				   version(), 15 << c->npostfix,
				   1 << c->npostfix);
	if ((c->ndirect || c->npostfix) && c->mode == BROTLI_MODE_FONT)
		return codist_fail(err, CODIST_EUSAGE,
				   "brotli: ndirect=%d, npostfix=%d, but with "
				   "mode=font libbrotlienc %s sets them itself",
				   (int)c->ndirect, (int)c->npostfix,
				   version());
	return CODIST_OK;
}

static const char *const modes[] = { "generic", "text", "font", NULL };
static const char *const switches[] = { "off", "on", NULL };

#define FIELD(name) .offset = offsetof(struct config, name)

static const struct codist_option options[] = {
	{ .name = "quality", .type = CODIST_INTEGER, FIELD(quality),
	  .minimum = BROTLI_MIN_QUALITY, .maximum = BROTLI_MAX_QUALITY,
	  .fallback = "11", .help = "effort" },
	{ .name = "lgwin", .type = CODIST_INTEGER, FIELD(lgwin),
	  .minimum = BROTLI_MIN_WINDOW_BITS,
	  .maximum = BROTLI_LARGE_MAX_WINDOW_BITS, .fallback = "22",
	  .help = "a window of 2^lgwin - 16 bytes; above 24 with "
		  "large_window=on only" },
	{ .name = "large_window", .type = CODIST_CHOICE, FIELD(large_window),
	  .choices = switches, .fallback = "off",
	  .help = "streams that are not those of RFC 7932" },
	{ .name = "mode", .type = CODIST_CHOICE, FIELD(mode),
	  .choices = modes, .fallback = "generic",
	  .help = "what the input is: anything, UTF-8, or a WOFF 2.0 font" },
	{ .name = "lgblock", .type = CODIST_INTEGER, FIELD(lgblock),
	  .minimum = 0, .maximum = BROTLI_MAX_INPUT_BLOCK_BITS,
	  .fallback = "0",
	  .help = "work on 2^lgblock bytes at a time, 16 or more, from quality "
		  "4 on; 0: the quality's" },
	{ .name = "size_hint", .type = CODIST_INTEGER, FIELD(size_hint),
	  .minimum = 0, .maximum = 1 << 30, .fallback = "0",
	  .help = "the size in bytes that the encoder is told to expect, which "
		  "matters to qualities 4 to 9 from 2^20 on; 0: it is told "
		  "none" },
	{ .name = "npostfix", .type = CODIST_INTEGER, FIELD(npostfix),
	  .minimum = 0, .maximum = 3, .fallback = "0",
	  .help = "distance codes with that many low bits apart, from quality "
		  "4 on" },
	{ .name = "ndirect", .type = CODIST_INTEGER, FIELD(ndirect),
	  .minimum = 0, .maximum = 120, .fallback = "0",
	  .help = "that many distances have codes of their own; at most 15, "
		  "and a multiple of 1, shifted left by npostfix" },
	{ .name = "literal_context", .type = CODIST_CHOICE,
	  FIELD(literal_context), .choices = switches, .fallback = "on",
	  .help = "codes of literals may depend on the two bytes before" },
	{ .name = NULL },
};

const struct codist_backend codist_backend_brotli = {
	.plugin = {
		.name = "brotli",
		.summary = "Brotli, a stream of a size that is not told",
		.options = options,
		.config_size = sizeof(struct config),
		.check = check,
	},
	.library = "libbrotlienc",
	.version = version,
	.coder_size = sizeof(struct coder),
	.init = init,
	.release = release,
	.length = length,
	.prime = prime,
	.length_primed = length_primed,
	.memory = memory,
};
