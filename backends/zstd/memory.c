/*
 * memory.c - what libzstd's contexts take, by its own estimates
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "memory.h"

/* The window of long distance matching, if none is asked for. */
#define LONG_WINDOW_LOG 27

/* What stands in the config goes before what stands in the level's row. */
static void override(unsigned *parameter, int64_t value)
{
	if (value != 0)
		*parameter = (unsigned)value;
}

/*
 * The parameters for that many bytes, 0: of unknown number, and behind a
 * dictionary of `dictionary` bytes.
 */
static ZSTD_compressionParameters fit(const struct codist_zstd_config *c,
				      size_t nbytes, size_t dictionary)
{
	ZSTD_compressionParameters found =
		ZSTD_getCParams((int)c->level, nbytes, dictionary);

	if (c->long_distance)
		found.windowLog = LONG_WINDOW_LOG;
	override(&found.windowLog, c->window_log);
	override(&found.chainLog, c->chain_log);
	override(&found.hashLog, c->hash_log);
	override(&found.searchLog, c->search_log);
	override(&found.minMatch, c->min_match);
	if (c->strategy)
		found.strategy = (ZSTD_strategy)c->strategy;
	return nbytes ? ZSTD_adjustCParams(found, nbytes, dictionary) : found;
}

/*
 * A context's size, as libzstd tells, but for what long distance matching takes:
 * a table of 2^(window_log - 7) entries of 8 bytes, and less than a MB.
 */
static size_t context_size(const struct codist_zstd_config *c,
			   ZSTD_compressionParameters of)
{
	size_t n = ZSTD_estimateCCtxSize_usingCParams(of);

	if (c->long_distance)
		n += ((size_t)1 << of.windowLog >> 3) + ((size_t)1 << 20);
	return n;
}

/* The rows for smaller inputs may ask for more than that for the greatest. */
size_t codist_zstd_context_most(const struct codist_zstd_config *c,
				size_t nbytes)
{
	const size_t rows[] = { nbytes + 1, (size_t)256 << 10,
				(size_t)128 << 10, (size_t)16 << 10 };
	size_t greatest = 0;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		size_t n = rows[i] <= rows[0] ?
				   context_size(c, fit(c, rows[i], 0)) :
				   0;

		if (n > greatest)
			greatest = n;
	}
	return greatest;
}

size_t codist_zstd_dictionary_most(const struct codist_zstd_config *c,
				   size_t dictionary)
{
	ZSTD_compressionParameters of = fit(c, 0, dictionary);

	if (dictionary == 0)
		return 0;
	return context_size(c, of) +
	       ZSTD_estimateCDictSize_advanced(dictionary, of,
					       ZSTD_dlm_byCopy);
}
