/*
 * zopfli.c - Zopfli: deflate, searched for as long as one likes
 *
 * Zopfli looks for the parse of all it is given, and so p and x are compressed
 * anew each time. It takes memory as it needs it, and ends the process when there
 * is none. It cannot tell its version.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/backend.h>

#include <stdlib.h>
#include <zopfli/zopfli.h>

#define MASTER_BLOCK ((size_t)1000000) /* what it works on at once */

struct config {
	int64_t iterations;
	int format; /* in the order of formats[] */
	int splits;
	int64_t most_blocks; /* 0: as many as it likes */
};

struct coder {
	const struct config *config;
};

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
	(void)state;
}

static enum codist_status length(void *state, struct codist_bytes x,
				 double *bits, struct codist_error *err)
{
	static const ZopfliFormat formats[] = { ZOPFLI_FORMAT_ZLIB,
						ZOPFLI_FORMAT_GZIP,
						ZOPFLI_FORMAT_DEFLATE };
	const struct coder *coder = state;
	const struct config *c = coder->config;
	ZopfliOptions how;
	unsigned char *out = NULL;
	size_t nbytes = 0;

	(void)err;
	ZopfliInitOptions(&how);
	how.numiterations = (int)c->iterations;
	how.blocksplitting = c->splits;
	how.blocksplittingmax = (int)c->most_blocks;
	ZopfliCompress(&how, formats[c->format], x.data, x.nbytes, &out,
		       &nbytes);
	free(out);
	*bits = 8 * (double)nbytes;
	return CODIST_OK;
}

/* Measured, and rounded up: it keeps three matches of each length there is. */
static size_t memory(const void *config, size_t prefix, size_t query)
{
	size_t total = prefix + query;
	size_t part = total < MASTER_BLOCK ? total : MASTER_BLOCK;

	(void)config;
	return 2 * total + 150 * part + ((size_t)4 << 20);
}

static const char *const formats[] = { "zlib", "gzip", "deflate", NULL };
static const char *const switches[] = { "off", "on", NULL };

#define FIELD(name) .offset = offsetof(struct config, name)

static const struct codist_option options[] = {
	{ .name = "iterations", .type = CODIST_INTEGER, FIELD(iterations),
	  .minimum = 1, .maximum = 1000000, .fallback = "15",
	  .help = "how often the parse is looked for anew, with the codes of "
		  "the one before" },
	{ .name = "format", .type = CODIST_CHOICE, FIELD(format),
	  .choices = formats, .fallback = "zlib",
	  .help = "what stands around the deflate stream: 6 bytes of zlib's, 18 "
		  "of gzip's, or nothing" },
	{ .name = "split", .type = CODIST_CHOICE, FIELD(splits),
	  .choices = switches, .fallback = "on",
	  .help = "look for where blocks had best end" },
	{ .name = "most_blocks", .type = CODIST_INTEGER, FIELD(most_blocks),
	  .minimum = 0, .maximum = 1000000, .fallback = "15",
	  .help = "so many blocks at most in 1,000,000 bytes; 0: any number" },
	{ .name = NULL },
};

const struct codist_backend codist_backend_zopfli = {
	.plugin = {
		.name = "zopfli",
		.summary = "Zopfli, deflate at its shortest",
		.options = options,
		.config_size = sizeof(struct config),
	},
	.library = "zopfli",
	.coder_size = sizeof(struct coder),
	.init = init,
	.release = release,
	.length = length,
	.memory = memory,
};
