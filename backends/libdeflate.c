/*
 * libdeflate.c - libdeflate: deflate for whole buffers
 *
 * There is no stream to go on with, and so p and x are compressed anew each time.
 * The library's version is known to its header only, which need not be that of
 * the library at hand; so it is not told.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/backend.h>

#include <libdeflate.h>
#include <stdlib.h>

struct config {
	int64_t level;
	int format; /* index of formats[] */
};

struct coder {
	const struct config *config;
	struct libdeflate_compressor *compressor;
	unsigned char *out; /* [capacity] */
	size_t capacity;
};

/* What the formats differ in. */
static const struct format {
	size_t (*bound)(struct libdeflate_compressor *compressor,
			size_t nbytes);
	size_t (*compress)(struct libdeflate_compressor *compressor,
			   const void *in, size_t in_nbytes, void *out,
			   size_t room);
} formats[] = {
	{ libdeflate_zlib_compress_bound, libdeflate_zlib_compress },
	{ libdeflate_gzip_compress_bound, libdeflate_gzip_compress },
	{ libdeflate_deflate_compress_bound, libdeflate_deflate_compress },
};

static enum codist_status init(void *state, const void *config,
			       struct codist_error *err)
{
	struct coder *coder = state;

	coder->config = config;
	coder->compressor =
		libdeflate_alloc_compressor((int)coder->config->level);
	return coder->compressor ? CODIST_OK :
				   codist_no_memory(err, "libdeflate");
}

static void release(void *state)
{
	struct coder *coder = state;

	libdeflate_free_compressor(coder->compressor);
	free(coder->out);
}

static enum codist_status length(void *state, struct codist_bytes x,
				 double *bits, struct codist_error *err)
{
	struct coder *coder = state;
	const struct format *format = &formats[coder->config->format];
	size_t bound = format->bound(coder->compressor, x.nbytes), n;

	if (coder->capacity < bound) {
		unsigned char *out = realloc(coder->out, bound);

		if (!out)
			return codist_no_memory(err, "a deflate stream");
		coder->out = out;
		coder->capacity = bound;
	}
	n = format->compress(coder->compressor, x.nbytes ? x.data : coder->out,
			     x.nbytes, coder->out, coder->capacity);
	if (n == 0)
		return codist_fail(err, CODIST_ELIBRARY,
				   "libdeflate: no stream was made of %zu "
				   "bytes, in room for %zu",
				   x.nbytes, coder->capacity);
	*bits = 8 * (double)n;
	return CODIST_OK;
}

/* The compressor's own was measured, and rounded up. */
static size_t memory(const void *config, size_t prefix, size_t query)
{
	const struct config *c = config;
	size_t total = prefix + query;

	return 2 * total + total / 1000 +
	       ((size_t)(c->level >= 10 ? 12 : 2) << 20);
}

static const char *const format_names[] = { "zlib", "gzip", "deflate", NULL };

static const struct codist_option options[] = {
	{ .name = "level", .type = CODIST_INTEGER,
	  .offset = offsetof(struct config, level),
	  .minimum = 0, .maximum = 12, .fallback = "6",
	  .help = "effort; 0 stores" },
	{ .name = "format", .type = CODIST_CHOICE,
	  .offset = offsetof(struct config, format),
	  .choices = format_names, .fallback = "zlib",
	  .help = "what stands around the deflate stream: 6 bytes of zlib's, "
		  "18 of gzip's, or nothing" },
	{ .name = NULL },
};

const struct codist_backend codist_backend_libdeflate = {
	.plugin = {
		.name = "libdeflate",
		.summary = "libdeflate, deflate of whole buffers",
		.options = options,
		.config_size = sizeof(struct config),
	},
	.library = "libdeflate",
	.coder_size = sizeof(struct coder),
	.init = init,
	.release = release,
	.length = length,
	.memory = memory,
};
