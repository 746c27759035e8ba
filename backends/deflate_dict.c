/*
 * deflate_dict.c - zlib's deflate, with p as the preset dictionary
 *
 * The length is that of a stream of x alone, whose matches may reach into the
 * last window of p (RFC 1950, FDICT). As p is neither written nor counted, it
 * costs nothing but the 4 bytes that name it in zlib framing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "deflate/library.h"
#include "deflate/options.h"

#include <codist/backend.h>

struct coder {
	struct codist_deflate_library *library;
	int exact;
};

static enum codist_status init(void *state, const void *config,
			       struct codist_error *err)
{
	struct coder *coder = state;
	const struct codist_deflate_options *options = config;
	struct codist_deflate_params params = codist_deflate_params_of(options);

	coder->exact = options->unit == CODIST_DEFLATE_BIT;
	return codist_deflate_library_new(&coder->library, &params, err);
}

static void release(void *state)
{
	struct coder *coder = state;

	codist_deflate_library_free(coder->library);
}

static enum codist_status length(void *state, struct codist_bytes x,
				 double *bits, struct codist_error *err)
{
	struct coder *coder = state;

	return codist_deflate_library_length(coder->library, x, coder->exact,
					     bits, err);
}

static enum codist_status prime(void *state, struct codist_bytes prefix,
				struct codist_error *err)
{
	struct coder *coder = state;

	return codist_deflate_library_set_dictionary(coder->library, prefix,
						     err);
}

static enum codist_status length_primed(void *state, struct codist_bytes x,
					const void *prepared, double *bits,
					struct codist_error *err)
{
	struct coder *coder = state;

	(void)prepared;
	return codist_deflate_library_length_primed(coder->library, x,
						    coder->exact, bits, err);
}

static double granularity(const void *config)
{
	return codist_deflate_granularity(config);
}

/* zlib's state with a copy of it; level 0 writes its blocks out. */
static size_t memory(const void *config, size_t prefix, size_t query)
{
	const struct codist_deflate_options *options = config;

	(void)prefix;
	return ((size_t)1 << 20) + (options->level == 0 ? 2 * query : 0);
}

static enum codist_status check(const void *config, struct codist_error *err)
{
	const struct codist_deflate_options *options = config;
	int wbits = (int)options->wbits;

	if (wbits > 15)
		return codist_fail(err, CODIST_EUSAGE,
				   "backend deflate-dict: wbits=%d, a gzip "
				   "stream takes no dictionary; expected "
				   "-15..-9 (raw) or 8..15 (zlib)",
				   wbits);
	return codist_deflate_check_window("deflate-dict", wbits, 0, err);
}

static const struct codist_option options[] = {
	CODIST_DEFLATE_ROWS(0, "-15..-9 raw, 8..15 zlib; gzip framing takes "
			       "no dictionary"),
	{ .name = NULL },
};

const struct codist_backend codist_backend_deflate_dict = {
	.plugin = {
		.name = "deflate-dict",
		.summary = "zlib's deflate, a stream of x with p as its preset "
			   "dictionary",
		.options = options,
		.config_size = sizeof(struct codist_deflate_options),
		.check = check,
	},
	.library = "zlib",
	.version = codist_deflate_library_version,
	.coder_size = sizeof(struct coder),
	.init = init,
	.release = release,
	.length = length,
	.prime = prime,
	.length_primed = length_primed,
	.granularity = granularity,
	.memory = memory,
	.is_dictionary = 1,
};
