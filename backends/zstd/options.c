/*
 * options.c - what can be said of a frame of libzstd's
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "options.h"

#include <stddef.h>
#include <string.h>
#include <zstd_errors.h>

/* The options that libzstd can tell the bounds of. */
static const struct parameter {
	const char *name;
	ZSTD_cParameter parameter;
	size_t offset; /* of an int64_t in the config */
} parameters[] = {
	{ "level", ZSTD_c_compressionLevel, offsetof(struct codist_zstd_config, level) },
	{ "window_log", ZSTD_c_windowLog, offsetof(struct codist_zstd_config, window_log) },
	{ "chain_log", ZSTD_c_chainLog, offsetof(struct codist_zstd_config, chain_log) },
	{ "hash_log", ZSTD_c_hashLog, offsetof(struct codist_zstd_config, hash_log) },
	{ "search_log", ZSTD_c_searchLog, offsetof(struct codist_zstd_config, search_log) },
	{ "min_match", ZSTD_c_minMatch, offsetof(struct codist_zstd_config, min_match) },
	{ "target_length", ZSTD_c_targetLength,
	  offsetof(struct codist_zstd_config, target_length) },
};

#define N_PARAMETERS (sizeof(parameters) / sizeof(parameters[0]))

static int value_of(const struct codist_zstd_config *config, const struct parameter *p)
{
	int64_t value;

	memcpy(&value, (const char *)config + p->offset, sizeof(value));
	return (int)value;
}

enum codist_status codist_zstd_error(const char *call, size_t code,
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
		       codist_zstd_error("ZSTD_CCtx_setParameter", code, err) :
		       CODIST_OK;
}

enum codist_status codist_zstd_configure(ZSTD_CCtx *context,
					 const struct codist_zstd_config *c,
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

enum codist_status codist_zstd_check(const void *config,
				     struct codist_error *err)
{
	const struct codist_zstd_config *c = config;

	for (size_t i = 0; i < N_PARAMETERS; i++) {
		ZSTD_bounds bounds =
			ZSTD_cParam_getBounds(parameters[i].parameter);
		int value = value_of(c, &parameters[i]);

		if (ZSTD_isError(bounds.error))
			return codist_zstd_error("ZSTD_cParam_getBounds",
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

static const char *const strategies[] = {
	"level", "fast", "dfast", "greedy", "lazy", "lazy2", "btlazy2",
	"btopt", "btultra", "btultra2", NULL
};
static const char *const switches[] = { "off", "on", NULL };

#define FIELD(name) .offset = offsetof(struct codist_zstd_config, name)

const struct codist_option codist_zstd_options[] = {
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
