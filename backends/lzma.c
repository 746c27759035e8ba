/*
 * lzma.c - liblzma's streams: LZMA1, LZMA2, .lzma and .xz
 *
 * An encoder takes up to hundreds of megabytes, most of it tables that a query
 * hardly touches. They lie in a snapshot: the stream goes on behind the prefix,
 * and all is set back. The same for a stream of its own, which goes on behind
 * nothing, so that the tables are cleared but once.
 *
 * The tables are not made smaller where the data would fit into smaller ones:
 * their size decides which strings share an entry, and so, now and then, a
 * length.
 *
 * liblzma holds back some 4 KB of input until it has seen more, or the end. So
 * the end of the prefix is encoded again for each query, which is most of the
 * time that a short query takes. A preset dictionary, of lzma-dict, is taken in
 * wholly.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "lzma/options.h"

#include "base/snapshot.h"

#include <codist/backend.h>

#define OUT_SIZE 65536
#define PIECE 4096
#define SHORT ((size_t)1 << 20)
/* Beside the filter's memory, a container takes at most some tens of KB. */
#define CONTAINER_SIZE ((size_t)1 << 20)

/* An encoder in a memory of its own. */
struct encoder {
	struct codist_snapshot memory;
	lzma_allocator allocator;
	lzma_stream stream;
	lzma_stream saved[2]; /* of CODIST_SNAPSHOT_FIRST and _SECOND */
};

/*
 * The first state of `fresh` is the beginning of a stream, and its second the
 * end of a short prefix: what a short prefix changes is quickly copied. A long
 * prefix, or a dictionary, is the first state of `filled`.
 */
struct coder {
	const struct codist_lzma_config *config;
	struct encoder fresh, filled;
	int is_fresh;           /* `fresh` has its first state */
	struct encoder *primed; /* NULL: no prefix */
	uint8_t out[OUT_SIZE];
};

static enum codist_status library_error(const char *call, lzma_ret code,
					struct codist_error *err)
{
	if (code == LZMA_MEM_ERROR)
		return codist_no_memory(err, "lzma");
	return codist_fail(err, CODIST_ELIBRARY, "liblzma %s: %s: error %d",
			   lzma_version_string(), call, (int)code);
}

static void *take(void *memory, size_t n, size_t size)
{
	return codist_snapshot_take(memory, n * size);
}

static void give(void *memory, void *bytes)
{
	(void)memory;
	(void)bytes;
}

static lzma_ret begin_container(lzma_stream *stream,
				const struct codist_lzma_config *c,
				lzma_options_lzma *options)
{
	lzma_filter filters[2];

	codist_lzma_filters_of(filters, c, options);
	switch (c->container) {
	case CODIST_LZMA_XZ:
		return lzma_stream_encoder(stream, filters,
					   codist_lzma_check_of(c));
	case CODIST_LZMA_ALONE:
		return lzma_alone_encoder(stream, options);
	default:
		return lzma_raw_encoder(stream, filters);
	}
}

/* Begin a stream, with a dictionary or with an empty one. */
static enum codist_status begin(struct encoder *encoder,
				const struct codist_lzma_config *c,
				struct codist_bytes dictionary,
				struct codist_error *err)
{
	size_t capacity = (size_t)codist_lzma_encoder_size(c) + CONTAINER_SIZE;
	lzma_options_lzma options;
	lzma_ret code;

	if (!encoder->memory.capacity &&
	    !codist_snapshot_init(&encoder->memory, capacity))
		return codist_no_memory(err, "lzma");
	if (!codist_snapshot_empty(&encoder->memory))
		return codist_no_memory(err, "lzma");
	codist_lzma_options_of(&options, c);
	/* More than that is not looked at, nor can it be told. */
	if (dictionary.nbytes > options.dict_size) {
		dictionary.data += dictionary.nbytes - options.dict_size;
		dictionary.nbytes = options.dict_size;
	}
	options.preset_dict = dictionary.nbytes ? dictionary.data : NULL;
	options.preset_dict_size = (uint32_t)dictionary.nbytes;
	encoder->allocator = (lzma_allocator){ take, give, &encoder->memory };
	encoder->stream = (lzma_stream)LZMA_STREAM_INIT;
	encoder->stream.allocator = &encoder->allocator;
	code = begin_container(&encoder->stream, c, &options);
	return code == LZMA_OK ?
		       CODIST_OK :
		       library_error("begin an encoder", code, err);
}

static enum codist_status save(struct encoder *encoder,
			       enum codist_snapshot_state state,
			       struct codist_error *err)
{
	struct codist_snapshot *memory = &encoder->memory;

	encoder->saved[state] = encoder->stream;
	if (state == CODIST_SNAPSHOT_FIRST ? codist_snapshot_save(memory) :
					     codist_snapshot_save_second(memory))
		return CODIST_OK;
	return codist_no_memory(err, "lzma's state");
}

static enum codist_status restore(struct encoder *encoder,
				  enum codist_snapshot_state state,
				  struct codist_error *err)
{
	if (!codist_snapshot_restore(&encoder->memory, state))
		return codist_no_memory(err, "lzma's state");
	encoder->stream = encoder->saved[state];
	return CODIST_OK;
}

static enum codist_status code_bytes(struct coder *coder, lzma_stream *stream,
				     struct codist_bytes x, lzma_action action,
				     struct codist_error *err)
{
	lzma_ret code;

	stream->next_in = x.data;
	stream->avail_in = x.nbytes;
	do {
		stream->next_out = coder->out;
		stream->avail_out = OUT_SIZE;
		code = lzma_code(stream, action);
	} while (code == LZMA_OK &&
		 (action == LZMA_FINISH || stream->avail_in > 0 ||
		  stream->avail_out == 0));
	if (code != (action == LZMA_FINISH ? LZMA_STREAM_END : LZMA_OK))
		return library_error("lzma_code", code, err);
	return CODIST_OK;
}

/* End the stream with x, from the state in which it is. */
static enum codist_status finish(struct coder *coder, struct encoder *encoder,
				 struct codist_bytes x, double *bits,
				 struct codist_error *err)
{
	enum codist_status status = code_bytes(coder, &encoder->stream, x,
					       LZMA_FINISH, err);

	*bits = 8 * (double)encoder->stream.total_out;
	return status;
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

	codist_snapshot_release(&coder->fresh.memory);
	codist_snapshot_release(&coder->filled.memory);
}

/* Have `fresh` at its first state. */
static enum codist_status freshen(struct coder *coder, struct codist_error *err)
{
	static const struct codist_bytes nothing = { NULL, 0 };
	struct encoder *fresh = &coder->fresh;

	if (coder->is_fresh) {
		coder->is_fresh = 0;
		CODIST_TRY(restore(fresh, CODIST_SNAPSHOT_FIRST, err));
	} else {
		CODIST_TRY(begin(fresh, coder->config, nothing, err));
		CODIST_TRY(save(fresh, CODIST_SNAPSHOT_FIRST, err));
	}
	coder->is_fresh = 1;
	return CODIST_OK;
}

static enum codist_status length(void *state, struct codist_bytes x,
				 double *bits, struct codist_error *err)
{
	struct coder *coder = state;
	struct encoder *primed = coder->primed;
	enum codist_status status;

	if (primed == &coder->fresh)
		coder->primed = NULL; /* until it is back */
	CODIST_TRY(freshen(coder, err));
	status = finish(coder, &coder->fresh, x, bits, err);
	if (primed != &coder->fresh)
		return status;
	CODIST_TRY(restore(primed, CODIST_SNAPSHOT_SECOND, err));
	coder->primed = primed;
	return status;
}

/*
 * liblzma takes in all that its window has room for, and would encode most of
 * that only when it is called with the query. So it gets little at a time.
 */
static enum codist_status feed(struct coder *coder, struct encoder *encoder,
			       struct codist_bytes prefix,
			       struct codist_error *err)
{
	while (prefix.nbytes > 0) {
		struct codist_bytes piece = prefix;

		if (piece.nbytes > PIECE)
			piece.nbytes = PIECE;
		CODIST_TRY(code_bytes(coder, &encoder->stream, piece, LZMA_RUN,
				      err));
		prefix.data += piece.nbytes;
		prefix.nbytes -= piece.nbytes;
	}
	return CODIST_OK;
}

static enum codist_status prime(void *state, struct codist_bytes prefix,
				struct codist_error *err)
{
	static const struct codist_bytes nothing = { NULL, 0 };
	struct coder *coder = state;

	coder->primed = NULL;
	if (prefix.nbytes <= SHORT) {
		CODIST_TRY(freshen(coder, err));
		CODIST_TRY(feed(coder, &coder->fresh, prefix, err));
		CODIST_TRY(save(&coder->fresh, CODIST_SNAPSHOT_SECOND, err));
		coder->primed = &coder->fresh;
		return CODIST_OK;
	}
	CODIST_TRY(begin(&coder->filled, coder->config, nothing, err));
	CODIST_TRY(feed(coder, &coder->filled, prefix, err));
	CODIST_TRY(save(&coder->filled, CODIST_SNAPSHOT_FIRST, err));
	coder->primed = &coder->filled;
	return CODIST_OK;
}

static enum codist_status prime_dictionary(void *state,
					   struct codist_bytes prefix,
					   struct codist_error *err)
{
	struct coder *coder = state;

	coder->primed = NULL;
	CODIST_TRY(begin(&coder->filled, coder->config, prefix, err));
	CODIST_TRY(save(&coder->filled, CODIST_SNAPSHOT_FIRST, err));
	coder->primed = &coder->filled;
	return CODIST_OK;
}

static enum codist_status length_primed(void *state, struct codist_bytes x,
					const void *prepared, double *bits,
					struct codist_error *err)
{
	struct coder *coder = state;
	struct encoder *primed = coder->primed;
	enum codist_status status, restored;

	(void)prepared;
	if (!primed)
		return codist_fail(err, CODIST_ELIBRARY,
				   "lzma: the prefix was lost to an error");
	status = finish(coder, primed, x, bits, err);
	restored = restore(primed,
			   primed == &coder->fresh ? CODIST_SNAPSHOT_SECOND :
						     CODIST_SNAPSHOT_FIRST,
			   err);
	if (restored != CODIST_OK)
		coder->primed = NULL;
	return status != CODIST_OK ? status : restored;
}

/* Two encoders, each an image and at most as much in copies of its pages. */
static size_t memory(const void *config, size_t prefix, size_t query)
{
	(void)prefix;
	(void)query;
	return sizeof(struct coder) +
	       4 * ((size_t)codist_lzma_encoder_size(config) + CONTAINER_SIZE);
}

/* An .xz is padded to words of 4 bytes. */
static double granularity(const void *config)
{
	const struct codist_lzma_config *c = config;

	return c->container == CODIST_LZMA_XZ ? 32 : 8;
}

static const char *version(void)
{
	return lzma_version_string();
}

#define LZMA_BACKEND \
	.library = "liblzma", \
	.version = version, \
	.coder_size = sizeof(struct coder), \
	.init = init, \
	.release = release, \
	.length = length, \
	.length_primed = length_primed, \
	.granularity = granularity, \
	.memory = memory

const struct codist_backend codist_backend_lzma = {
	.plugin = {
		.name = "lzma",
		.summary = "liblzma: LZMA in an .xz, an .lzma or raw",
		.options = codist_lzma_options,
		.config_size = sizeof(struct codist_lzma_config),
		.check = codist_lzma_check,
	},
	.prime = prime,
	LZMA_BACKEND,
};

const struct codist_backend codist_backend_lzma_dict = {
	.plugin = {
		.name = "lzma-dict",
		.summary = "liblzma, a raw stream of x with p as its preset "
			   "dictionary",
		.options = codist_lzma_dict_options,
		.config_size = sizeof(struct codist_lzma_config),
		.check = codist_lzma_check,
	},
	.prime = prime_dictionary,
	.is_dictionary = 1,
	LZMA_BACKEND,
};
