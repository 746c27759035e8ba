/*
 * options.h - what can be said of a frame of libzstd's
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BACKENDS_ZSTD_OPTIONS_H
#define CODIST_BACKENDS_ZSTD_OPTIONS_H

#include <codist/plugin.h>

/* For dictionaries of raw content, allocators, and buffers that stay. */
#define ZSTD_STATIC_LINKING_ONLY
#include <zstd.h>

struct codist_zstd_config {
	int64_t level;
	int strategy; /* 0: the level's, else a ZSTD_strategy */
	int64_t window_log, chain_log, hash_log, search_log;
	int64_t min_match, target_length; /* 0: the level's */
	int long_distance, checksum, content_size;
};

extern const struct codist_option codist_zstd_options[];

/* For struct codist_plugin. */
enum codist_status codist_zstd_check(const void *config,
				     struct codist_error *err);

/* Give a context all of the config. */
enum codist_status codist_zstd_configure(ZSTD_CCtx *context,
					 const struct codist_zstd_config *config,
					 struct codist_error *err);

/* The status of an error code that a call gave. */
enum codist_status codist_zstd_error(const char *call, size_t code,
				     struct codist_error *err);

#endif
