/*
 * zstd.c - Zstandard's frames, and what a dictionary leaves of them
 *
 * A length is that of one frame made in one call, so that libzstd knows the
 * size and fits its parameters and the frame's header to it. That holds for p
 * and for p with x alike, and so nothing of p can be kept: with another size
 * p would have been compressed in another way. What is quick is libzstd's own
 * start, with a context that is used again.
 *
 * zstd-dict is another quantity, in which p is prepared once.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/backend.h>

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define ZSTD_STATIC_LINKING_ONLY /* for ZSTD_CCtx_loadDictionary_advanced() */
#include <zstd.h>
#include <zstd_errors.h>

struct config {
	int64_t level;
	int strategy; /* 0: the level's, else a ZSTD_strategy */
	int64_t window_log, chain_log, hash_log, search_log;
	int64_t min_match, target_length; /* 0: the level's */
	int long_distance, checksum, content_size;
};

struct coder {
	const struct config *config;
	ZSTD_CCtx *plain;
	ZSTD_CCtx *primed;  /* with the dictionary; NULL until prime() */
	unsigned char *out; /* [capacity] */
	size_t capacity;
};

/* The options that libzstd can tell the bounds of. */
static const struct parameter {
	const char *name;
	ZSTD_cParameter parameter;
	size_t offset; /* of an int64_t in the config */
} parameters[] = {
	{ "level", ZSTD_c_compressionLevel, offsetof(struct config, level) },
	{ "window_log", ZSTD_c_windowLog, offsetof(struct config, window_log) },
	{ "chain_log", ZSTD_c_chainLog, offsetof(struct config, chain_log) },
	{ "hash_log", ZSTD_c_hashLog, offsetof(struct config, hash_log) },
	{ "search_log", ZSTD_c_searchLog, offsetof(struct config, search_log) },
	{ "min_match", ZSTD_c_minMatch, offsetof(struct config, min_match) },
	{ "target_length", ZSTD_c_targetLength,
	  offsetof(struct config, target_length) },
};

#define N_PARAMETERS (sizeof(parameters) / sizeof(parameters[0]))

static int value_of(const struct config *config, const struct parameter *p)
{
	int64_t value;

	memcpy(&value, (const char *)config + p->offset, sizeof(value));
	return (int)value;
}

static enum codist_status library_error(const char *call, size_t code,
					struct codist_error *err)
{
	if (ZSTD_getErrorCode(code) == ZSTD_error_memory_allocation)
		return codist_no_memory(err, "zstd");
	return codist_fail(err, CODIST_ELIBRARY, "libzstd %s: %s: %s",
			   ZSTD_versionString(), call,
			   ZSTD_getErrorName(code));
}

static enum codist_status set(ZSTD_CCtx *context, ZSTD_cParameter parameter,
			      int value, struct codist_error *err)
{
	size_t code = ZSTD_CCtx_setParameter(context, parameter, value);

	return ZSTD_isError(code) ?
		       library_error("ZSTD_CCtx_setParameter", code, err) :
		       CODIST_OK;
}

static enum codist_status set_all(ZSTD_CCtx *context, const struct config *c,
				  struct codist_error *err)
{
	for (size_t i = 0; i < N_PARAMETERS; i++)
		CODIST_TRY(set(context, parameters[i].parameter,
			       value_of(c, &parameters[i]), err));
	CODIST_TRY(set(context, ZSTD_c_strategy, c->strategy, err));
	CODIST_TRY(set(context, ZSTD_c_enableLongDistanceMatching,
		       c->long_distance ? ZSTD_ps_enable : ZSTD_ps_disable,
		       err));
	CODIST_TRY(set(context, ZSTD_c_checksumFlag, c->checksum, err));
	return set(context, ZSTD_c_contentSizeFlag, c->content_size, err);
}

static enum codist_status context_new(ZSTD_CCtx **context,
				      const struct config *config,
				      struct codist_error *err)
{
	enum codist_status status;

	*context = ZSTD_createCCtx();
	if (!*context)
		return codist_no_memory(err, "zstd");
	status = set_all(*context, config, err);
	if (status != CODIST_OK) {
		ZSTD_freeCCtx(*context);
		*context = NULL;
	}
	return status;
}

static enum codist_status init(void *state, const void *config,
			       struct codist_error *err)
{
	struct coder *coder = state;

	coder->config = config;
	return context_new(&coder->plain, coder->config, err);
}

static void release(void *state)
{
	struct coder *coder = state;

	ZSTD_freeCCtx(coder->plain);
	ZSTD_freeCCtx(coder->primed);
	free(coder->out);
}

static enum codist_status compress(struct coder *coder, ZSTD_CCtx *context,
				   struct codist_bytes x, double *bits,
				   struct codist_error *err)
{
	size_t bound = ZSTD_compressBound(x.nbytes), n;

	if (ZSTD_isError(bound))
		return library_error("ZSTD_compressBound", bound, err);
	if (coder->capacity < bound) {
		unsigned char *out = realloc(coder->out, bound);

		if (!out)
			return codist_no_memory(err, "a frame");
		coder->out = out;
		coder->capacity = bound;
	}
	n = ZSTD_compress2(context, coder->out, coder->capacity, x.data,
			   x.nbytes);
	if (ZSTD_isError(n))
		return library_error("ZSTD_compress2", n, err);
	*bits = 8 * (double)n;
	return CODIST_OK;
}

static enum codist_status length(void *state, struct codist_bytes x,
				 double *bits, struct codist_error *err)
{
	struct coder *coder = state;

	return compress(coder, coder->plain, x, bits, err);
}

/*
 * libzstd digests the dictionary at the first frame. It is copied: by reference,
 * an x that lies right behind it in memory would be taken for one piece with it,
 * and could have another length.
 */
static enum codist_status prime(void *state, struct codist_bytes prefix,
				struct codist_error *err)
{
	struct coder *coder = state;
	size_t code;

	if (!coder->primed)
		CODIST_TRY(context_new(&coder->primed, coder->config, err));
	code = ZSTD_CCtx_loadDictionary_advanced(
		coder->primed, prefix.data, prefix.nbytes, ZSTD_dlm_byCopy,
		ZSTD_dct_rawContent);
	return ZSTD_isError(code) ?
		       library_error("ZSTD_CCtx_loadDictionary_advanced", code,
				     err) :
		       CODIST_OK;
}

static enum codist_status length_primed(void *state, struct codist_bytes x,
					const void *prepared, double *bits,
					struct codist_error *err)
{
	struct coder *coder = state;

	(void)prepared;
	assert(coder->primed);
	return compress(coder, coder->primed, x, bits, err);
}

static enum codist_status check(const void *config, struct codist_error *err)
{
	const struct config *c = config;

	for (size_t i = 0; i < N_PARAMETERS; i++) {
		ZSTD_bounds bounds =
			ZSTD_cParam_getBounds(parameters[i].parameter);
		int value = value_of(c, &parameters[i]);

		if (ZSTD_isError(bounds.error))
			return library_error("ZSTD_cParam_getBounds",
					     bounds.error, err);
		if (value != 0 && (value < bounds.lowerBound ||
				   value > bounds.upperBound))
			return codist_fail(err, CODIST_EUSAGE,
					   "zstd: %s=%d, libzstd %s expects "
					   "%d..%d, or 0 for the default",
					   parameters[i].name, value,
					   ZSTD_versionString(),
					   bounds.lowerBound,
					   bounds.upperBound);
	}
	return CODIST_OK;
}

static const char *version(void)
{
	return ZSTD_versionString();
}

static const char *const strategies[] = {
	"level", "fast", "dfast", "greedy", "lazy", "lazy2", "btlazy2",
	"btopt", "btultra", "btultra2", NULL
};
static const char *const switches[] = { "off", "on", NULL };

#define FIELD(name) .offset = offsetof(struct config, name)

static const struct codist_option options[] = {
	{ .name = "level", .type = CODIST_INTEGER, FIELD(level),
	  .minimum = -131072, .maximum = 22, .fallback = "3",
	  .help = "effort; negative ones are quicker still. The options below "
		  "that are 0 are the level's, which depend on the size" },
	{ .name = "strategy", .type = CODIST_CHOICE, FIELD(strategy),
	  .choices = strategies, .fallback = "level",
	  .help = "how matches are looked for, from quick to thorough" },
	{ .name = "window_log", .type = CODIST_INTEGER, FIELD(window_log),
	  .minimum = 0, .maximum = 31, .fallback = "0",
	  .help = "a window of 2^window_log bytes" },
	{ .name = "chain_log", .type = CODIST_INTEGER, FIELD(chain_log),
	  .minimum = 0, .maximum = 30, .fallback = "0",
	  .help = "size of the table of chains or trees, likewise" },
	{ .name = "hash_log", .type = CODIST_INTEGER, FIELD(hash_log),
	  .minimum = 0, .maximum = 30, .fallback = "0",
	  .help = "size of the hash table, likewise" },
	{ .name = "search_log", .type = CODIST_INTEGER, FIELD(search_log),
	  .minimum = 0, .maximum = 30, .fallback = "0",
	  .help = "tries for each match, likewise" },
	{ .name = "min_match", .type = CODIST_INTEGER, FIELD(min_match),
	  .minimum = 0, .maximum = 7, .fallback = "0",
	  .help = "the shortest match that is looked for" },
	{ .name = "target_length", .type = CODIST_INTEGER,
	  FIELD(target_length),
	  .minimum = 0, .maximum = 131072, .fallback = "0",
	  .help = "a match that long is good enough; of the fast strategy, "
		  "the step" },
	{ .name = "long", .type = CODIST_CHOICE, FIELD(long_distance),
	  .choices = switches, .fallback = "off",
	  .help = "look for long matches far away as well" },
	{ .name = "checksum", .type = CODIST_CHOICE, FIELD(checksum),
	  .choices = switches, .fallback = "off",
	  .help = "4 bytes at the end of the frame" },
	{ .name = "content_size", .type = CODIST_CHOICE, FIELD(content_size),
	  .choices = switches, .fallback = "on",
	  .help = "tell the size in the frame's header" },
	{ .name = NULL },
};

const struct codist_backend codist_backend_zstd = {
	.plugin = {
		.name = "zstd",
		.summary = "Zstandard, a frame of known size",
		.options = options,
		.config_size = sizeof(struct config),
		.check = check,
	},
	.library = "libzstd",
	.version = version,
	.coder_size = sizeof(struct coder),
	.init = init,
	.release = release,
	.length = length,
};

const struct codist_backend codist_backend_zstd_dict = {
	.plugin = {
		.name = "zstd-dict",
		.summary = "Zstandard, a frame of x with p as its raw content "
			   "dictionary",
		.options = options,
		.config_size = sizeof(struct config),
		.check = check,
	},
	.library = "libzstd",
	.version = version,
	.coder_size = sizeof(struct coder),
	.init = init,
	.release = release,
	.length = length,
	.prime = prime,
	.length_primed = length_primed,
	.is_dictionary = 1,
};
