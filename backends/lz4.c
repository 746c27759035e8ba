/*
 * lz4.c - LZ4's frames, and its bare blocks
 *
 * A frame is made as LZ4F_compressFrame() makes one of bytes that lie together,
 * but here block by block, by the functions that it calls itself: what is done of
 * a prefix's full blocks can then be kept. Linked blocks know of those before
 * them by the state, in which there are pointers into the bytes; so these stay
 * where they are, and another query is copied behind the prefix.
 *
 * A frame that ends within its first block has it compressed by itself, which can
 * give another length than the first of linked ones. So only a prefix of more
 * than a block has something done once.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/backend.h>

#include <lz4.h>
#include <lz4hc.h>
#include <stdlib.h>
#include <string.h>

#define HEADER 7
#define CONTENT_SIZE 8
#define WORD 4 /* a block's size, a checksum, and what ends a frame */
#define FASTEST (-65536)

/* Behind a prefix, for queries, and so much as it is long: a longer query makes
 * all be done anew. Memory that is not used is not mapped. */
#define LEAST_ROOM ((size_t)1 << 16)

enum format { FRAME, BLOCK };

struct config {
	int64_t level;
	int format;
	int block_size; /* from 0: 64 KB, 256 KB, 1 MB, 4 MB */
	int independent, content_size, content_checksum, block_checksum;
};

/* What LZ4 knows of the blocks before. */
union state {
	LZ4_stream_t fast;
	LZ4_streamHC_t high;
};

struct coder {
	const struct config *config;
	union state work, saved;
	size_t done, done_nbytes; /* of the prefix, and what came out */

	unsigned char *joined; /* [joined_capacity] the prefix, then room */
	size_t joined_capacity;
	struct codist_bytes prefix; /* borrowed */
	char *out; /* [out_capacity] */
	size_t out_capacity;
};

static int is_high(const struct config *c)
{
	return c->level >= LZ4HC_CLEVEL_MIN;
}

/* As LZ4F has it: the default is 1. */
static int acceleration(const struct config *c)
{
	return c->level < 0 ? (int)-c->level + 1 : 1;
}

static size_t block_size(const struct config *c)
{
	return (size_t)1 << (16 + 2 * c->block_size);
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

	free(coder->joined);
	free(coder->out);
}

static enum codist_status make_out(struct coder *coder, size_t nbytes,
				   struct codist_error *err)
{
	char *out;

	if (nbytes <= coder->out_capacity)
		return CODIST_OK;
	out = realloc(coder->out, nbytes);
	if (!out)
		return codist_no_memory(err, "a block");
	coder->out = out;
	coder->out_capacity = nbytes;
	return CODIST_OK;
}

/* One block that knows of none before; 0: more than `room` bytes. */
static int compress_alone(struct coder *coder, const char *x, int nbytes,
			  int room)
{
	const struct config *c = coder->config;

	return is_high(c) ? LZ4_compress_HC_extStateHC(&coder->work.high, x,
						       coder->out, nbytes,
						       room, (int)c->level) :
			    LZ4_compress_fast_extState(&coder->work.fast, x,
						       coder->out, nbytes,
						       room, acceleration(c));
}

static int compress_next(struct coder *coder, const char *x, int nbytes,
			 int room)
{
	const struct config *c = coder->config;

	return is_high(c) ? LZ4_compress_HC_continue(&coder->work.high, x,
						     coder->out, nbytes,
						     room) :
			    LZ4_compress_fast_continue(&coder->work.fast, x,
						       coder->out, nbytes,
						       room, acceleration(c));
}

static void begin_links(struct coder *coder)
{
	union state *work = &coder->work;

	if (is_high(coder->config)) {
		LZ4_initStreamHC(&work->high, sizeof(work->high));
		LZ4_resetStreamHC_fast(&work->high, (int)coder->config->level);
	} else {
		LZ4_initStream(&work->fast, sizeof(work->fast));
	}
}

/*
 * Add up the blocks of x from `done` on. What does not get shorter is stored;
 * the room is as LZ4F gives it, as a block that is given up leaves another state
 * behind.
 */
static enum codist_status put_blocks(struct coder *coder,
				     struct codist_bytes x, size_t done,
				     int are_linked, size_t *nbytes,
				     struct codist_error *err)
{
	const struct config *c = coder->config;
	size_t most = block_size(c);
	const char *bytes = (const char *)x.data;

	CODIST_TRY(make_out(coder, most, err));
	if (are_linked && done == 0)
		begin_links(coder);
	while (done < x.nbytes) {
		size_t n = x.nbytes - done < most ? x.nbytes - done : most;
		int made = (are_linked ? compress_next : compress_alone)(
			coder, bytes + done, (int)n, (int)n - 1);

		*nbytes += WORD + (made > 0 ? (size_t)made : n);
		if (c->block_checksum)
			*nbytes += WORD;
		done += n;
	}
	return CODIST_OK;
}

static int has_links(const struct config *c, size_t nbytes)
{
	return !c->independent && nbytes > block_size(c);
}

/* All of a frame but its blocks; of no bytes LZ4F does not tell the size. */
static size_t framing(const struct config *c, size_t nbytes)
{
	size_t n = HEADER + WORD;

	if (c->content_size && nbytes > 0)
		n += CONTENT_SIZE;
	if (c->content_checksum)
		n += WORD;
	return n;
}

static enum codist_status block(struct coder *coder, struct codist_bytes x,
				double *bits, struct codist_error *err)
{
	int n, room;

	if (x.nbytes > LZ4_MAX_INPUT_SIZE)
		return codist_fail(err, CODIST_EUSAGE,
				   "lz4: %zu bytes, but with format=block "
				   "liblz4 %s takes %d at most",
				   x.nbytes, LZ4_versionString(),
				   LZ4_MAX_INPUT_SIZE);
	room = LZ4_compressBound((int)x.nbytes);
	CODIST_TRY(make_out(coder, (size_t)room, err));
	n = compress_alone(coder, x.nbytes ? (const char *)x.data : "",
			   (int)x.nbytes, room);
	if (n <= 0)
		return codist_fail(err, CODIST_ELIBRARY,
				   "liblz4 %s: no block was made of %zu bytes",
				   LZ4_versionString(), x.nbytes);
	*bits = 8 * (double)n;
	return CODIST_OK;
}

static enum codist_status length(void *state, struct codist_bytes x,
				 double *bits, struct codist_error *err)
{
	struct coder *coder = state;
	size_t n = framing(coder->config, x.nbytes);

	if (coder->config->format == BLOCK)
		return block(coder, x, bits, err);
	CODIST_TRY(put_blocks(coder, x, 0, has_links(coder->config, x.nbytes),
			      &n, err));
	*bits = 8 * (double)n;
	return CODIST_OK;
}

/* The prefix in a place with room for n bytes behind, its full blocks done. */
static enum codist_status place(struct coder *coder, size_t n,
				struct codist_error *err)
{
	const struct config *c = coder->config;
	size_t p = coder->prefix.nbytes, total = p + n, most = block_size(c);
	struct codist_bytes full;

	if (total < n)
		return codist_no_memory(err, "a prefix and a sample");
	if (coder->joined_capacity < total) {
		free(coder->joined);
		coder->joined_capacity = 0;
		coder->joined = malloc(total);
		if (!coder->joined)
			return codist_no_memory(err, "a prefix and a sample");
		coder->joined_capacity = total;
	}
	if (p)
		memcpy(coder->joined, coder->prefix.data, p);
	coder->done = coder->done_nbytes = 0;
	if (c->format == BLOCK || p <= most)
		return CODIST_OK;
	full = (struct codist_bytes){ coder->joined, p / most * most };
	CODIST_TRY(put_blocks(coder, full, 0, has_links(c, p),
			      &coder->done_nbytes, err));
	coder->saved = coder->work;
	coder->done = full.nbytes;
	return CODIST_OK;
}

static enum codist_status prime(void *state, struct codist_bytes prefix,
				struct codist_error *err)
{
	struct coder *coder = state;

	coder->prefix = prefix;
	return place(coder, prefix.nbytes + LEAST_ROOM, err);
}

static enum codist_status length_primed(void *state, struct codist_bytes x,
					const void *prepared, double *bits,
					struct codist_error *err)
{
	struct coder *coder = state;
	size_t p = coder->prefix.nbytes, n;
	struct codist_bytes joined;

	(void)prepared;
	if (coder->joined_capacity < p ||
	    coder->joined_capacity - p < x.nbytes)
		CODIST_TRY(place(coder, 2 * x.nbytes, err));
	if (x.nbytes)
		memcpy(coder->joined + p, x.data, x.nbytes);
	joined = (struct codist_bytes){ coder->joined, p + x.nbytes };
	if (coder->done == 0)
		return length(coder, joined, bits, err);
	coder->work = coder->saved;
	n = framing(coder->config, joined.nbytes) + coder->done_nbytes;
	CODIST_TRY(put_blocks(coder, joined, coder->done,
			      has_links(coder->config, joined.nbytes), &n,
			      err));
	*bits = 8 * (double)n;
	return CODIST_OK;
}

static size_t memory(const void *config, size_t prefix, size_t query)
{
	const struct config *c = config;
	size_t total = prefix + query;

	return sizeof(struct coder) + total + LEAST_ROOM +
	       (c->format == BLOCK ? total + total / 255 + 16 : block_size(c));
}

static enum codist_status check(const void *config, struct codist_error *err)
{
	const struct config *c = config;

	if (c->format == BLOCK &&
	    (c->block_size || c->independent || c->content_size ||
	     c->content_checksum || c->block_checksum))
		return codist_fail(err, CODIST_EUSAGE,
				   "lz4: with format=block there is one block "
				   "and nothing else; block_size, blocks, "
				   "content_size, content_checksum and "
				   "block_checksum are for format=frame");
	return CODIST_OK;
}

static const char *version(void)
{
	return LZ4_versionString();
}

static const char *const formats[] = { "frame", "block", NULL };
static const char *const sizes[] = { "64k", "256k", "1m", "4m", NULL };
static const char *const links[] = { "linked", "independent", NULL };
static const char *const switches[] = { "off", "on", NULL };

#define FIELD(name) .offset = offsetof(struct config, name)

static const struct codist_option options[] = {
	{ .name = "level", .type = CODIST_INTEGER, FIELD(level),
	  .minimum = FASTEST, .maximum = LZ4HC_CLEVEL_MAX, .fallback = "0",
	  .help = "effort; below 3 it is the fast LZ4, below 0 with an "
		  "acceleration of 1 - level, and from 3 on LZ4 HC" },
	{ .name = "format", .type = CODIST_CHOICE, FIELD(format),
	  .choices = formats, .fallback = "frame",
	  .help = "a frame of blocks, or one block alone" },
	{ .name = "block_size", .type = CODIST_CHOICE, FIELD(block_size),
	  .choices = sizes, .fallback = "64k",
	  .help = "bytes in a frame's block" },
	{ .name = "blocks", .type = CODIST_CHOICE, FIELD(independent),
	  .choices = links, .fallback = "linked",
	  .help = "whether a frame's blocks know of those before them" },
	{ .name = "content_size", .type = CODIST_CHOICE, FIELD(content_size),
	  .choices = switches, .fallback = "off",
	  .help = "8 bytes in the frame's header" },
	{ .name = "content_checksum", .type = CODIST_CHOICE,
	  FIELD(content_checksum), .choices = switches, .fallback = "off",
	  .help = "4 bytes at the end of the frame" },
	{ .name = "block_checksum", .type = CODIST_CHOICE,
	  FIELD(block_checksum), .choices = switches, .fallback = "off",
	  .help = "4 bytes behind each block" },
	{ .name = NULL },
};

const struct codist_backend codist_backend_lz4 = {
	.plugin = {
		.name = "lz4",
		.summary = "LZ4 and LZ4 HC, a frame or a block",
		.options = options,
		.config_size = sizeof(struct config),
		.check = check,
	},
	.library = "liblz4",
	.version = version,
	.coder_size = sizeof(struct coder),
	.init = init,
	.release = release,
	.length = length,
	.prime = prime,
	.length_primed = length_primed,
	.memory = memory,
};
