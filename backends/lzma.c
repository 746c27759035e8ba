/*
 * lzma.c - liblzma's streams: LZMA1, LZMA2, .lzma and .xz
 *
 * An encoder takes up to hundreds of megabytes, most of it tables that a query
 * hardly touches. They lie in a snapshot: the stream goes on behind the prefix,
 * and all is set back. The same for a stream of its own, which goes on behind
 * nothing, so that the tables are cleared but once. Where prefix and query are
 * short, even that takes longer than the query, and an encoder is set back by
 * what is known of liblzma (lzma/brief.h).
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

#include "lzma/brief.h"
#include "lzma/stream.h"

#include "base/snapshot.h"

#include <codist/backend.h>

#define SHORT ((size_t)1 << 20)

/* An encoder in a memory of its own. */
struct encoder {
	struct codist_snapshot memory;
	lzma_allocator allocator;
	lzma_stream stream;
	lzma_stream saved[2]; /* of CODIST_SNAPSHOT_FIRST and _SECOND */
};

/*
 * What is brief has an encoder of its own. Else the first state of `fresh` is the beginning of a stream, and its second the
 * end of a short prefix: what a short prefix changes is quickly copied. A long
 * prefix, or a dictionary, is the first state of `filled`.
 */
struct coder {
	const struct codist_lzma_config *config;
	struct encoder fresh, filled;
	int is_fresh;           /* `fresh` has its first state */
	struct encoder *primed; /* NULL: no prefix */

	struct codist_lzma_brief *brief; /* NULL: none, or not made yet */
	int is_brief_tried, is_brief_primed;
};

static void *take(void *memory, size_t n, size_t size)
{
	return codist_snapshot_take(memory, n * size);
}

static void give(void *memory, void *bytes)
{
	(void)memory;
	(void)bytes;
}

/* Begin a stream, with a dictionary or with an empty one. */
static enum codist_status begin(struct encoder *encoder,
				const struct codist_lzma_config *c,
				struct codist_bytes dictionary,
				struct codist_error *err)
{
	size_t capacity = (size_t)codist_lzma_encoder_size(c) +
			  CODIST_LZMA_CONTAINER_SIZE;

	if (!encoder->memory.capacity &&
	    !codist_snapshot_init(&encoder->memory, capacity))
		return codist_no_memory(err, "lzma");
	if (!codist_snapshot_empty(&encoder->memory))
		return codist_no_memory(err, "lzma");
	encoder->allocator = (lzma_allocator){ take, give, &encoder->memory };
	encoder->stream = (lzma_stream)LZMA_STREAM_INIT;
	encoder->stream.allocator = &encoder->allocator;
	return codist_lzma_begin(&encoder->stream, c, dictionary, err);
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

	codist_lzma_brief_free(coder->brief);
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

/* Whether the encoder for what is brief can be had. */
static enum codist_status try_brief(struct coder *coder, int *is_there,
				    struct codist_error *err)
{
	if (!coder->is_brief_tried && codist_lzma_brief_allows(coder->config))
		CODIST_TRY(codist_lzma_brief_new(&coder->brief, coder->config,
						 err));
	coder->is_brief_tried = 1;
	*is_there = coder->brief != NULL;
	return CODIST_OK;
}

static enum codist_status length(void *state, struct codist_bytes x,
				 double *bits, struct codist_error *err)
{
	struct coder *coder = state;
	struct encoder *primed = coder->primed;
	enum codist_status status;
	int is_brief = 0;

	if (x.nbytes <= CODIST_LZMA_BRIEF)
		CODIST_TRY(try_brief(coder, &is_brief, err));
	if (is_brief)
		return codist_lzma_brief_length(coder->brief, x, bits, err);
	if (primed == &coder->fresh)
		coder->primed = NULL; /* until it is back */
	CODIST_TRY(freshen(coder, err));
	status = codist_lzma_finish(&coder->fresh.stream, x, bits, err);
	if (primed != &coder->fresh)
		return status;
	CODIST_TRY(restore(primed, CODIST_SNAPSHOT_SECOND, err));
	coder->primed = primed;
	return status;
}

static enum codist_status prime_short(struct coder *coder,
				      struct codist_bytes prefix,
				      struct codist_error *err)
{
	CODIST_TRY(freshen(coder, err));
	CODIST_TRY(codist_lzma_feed(&coder->fresh.stream, prefix, err));
	CODIST_TRY(save(&coder->fresh, CODIST_SNAPSHOT_SECOND, err));
	coder->primed = &coder->fresh;
	return CODIST_OK;
}

static enum codist_status prime(void *state, struct codist_bytes prefix,
				struct codist_error *err)
{
	static const struct codist_bytes nothing = { NULL, 0 };
	struct coder *coder = state;
	int is_brief = 0;

	coder->primed = NULL;
	coder->is_brief_primed = 0;
	if (prefix.nbytes <= CODIST_LZMA_BRIEF)
		CODIST_TRY(try_brief(coder, &is_brief, err));
	if (is_brief) {
		CODIST_TRY(codist_lzma_brief_prime(coder->brief, prefix, err));
		coder->is_brief_primed = 1;
		return CODIST_OK;
	}
	if (prefix.nbytes <= SHORT)
		return prime_short(coder, prefix, err);
	CODIST_TRY(begin(&coder->filled, coder->config, nothing, err));
	CODIST_TRY(codist_lzma_feed(&coder->filled.stream, prefix, err));
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
	struct encoder *primed;
	enum codist_status status, restored;

	(void)prepared;
	if (coder->is_brief_primed && x.nbytes <= CODIST_LZMA_BRIEF)
		return codist_lzma_brief_joined(coder->brief, x, bits, err);
	if (coder->is_brief_primed && !coder->primed)
		CODIST_TRY(prime_short(coder,
				       codist_lzma_brief_prefix(coder->brief),
				       err));
	primed = coder->primed;
	if (!primed)
		return codist_fail(err, CODIST_ELIBRARY,
				   "lzma: the prefix was lost to an error");
	status = codist_lzma_finish(&primed->stream, x, bits, err);
	restored = restore(primed,
			   primed == &coder->fresh ? CODIST_SNAPSHOT_SECOND :
						     CODIST_SNAPSHOT_FIRST,
			   err);
	if (restored != CODIST_OK)
		coder->primed = NULL;
	return status != CODIST_OK ? status : restored;
}

/*
 * Two encoders, each an image and at most as much in copies of its pages; and
 * the one for what is brief, which may be all that is needed.
 */
static size_t memory(const void *config, size_t prefix, size_t query)
{
	size_t encoder = (size_t)codist_lzma_encoder_size(config);
	size_t brief = codist_lzma_brief_allows(config) ?
			       encoder + CODIST_LZMA_BRIEF_MEMORY : 0;

	if (brief && prefix <= CODIST_LZMA_BRIEF && query <= CODIST_LZMA_BRIEF)
		return sizeof(struct coder) + brief;
	return sizeof(struct coder) + brief +
	       4 * (encoder + CODIST_LZMA_CONTAINER_SIZE);
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
