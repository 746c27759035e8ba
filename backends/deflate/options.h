/*
 * options.h - what deflate and deflate-dict can be asked for alike
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DEFLATE_OPTIONS_H
#define CODIST_DEFLATE_OPTIONS_H

#include "library.h"

#include <codist/plugin.h>

/* A config, or a part of one, that CODIST_DEFLATE_ROWS fill. */
struct codist_deflate_options {
	int64_t level;
	int64_t wbits;
	int64_t memlevel;
	int strategy; /* in the order of zlib's Z_DEFAULT_STRATEGY.. */
	int unit;
};

enum { CODIST_DEFLATE_BYTE, CODIST_DEFLATE_BIT };

extern const char *const codist_deflate_strategies[];
extern const char *const codist_deflate_units[];

/* The rows, of options that begin at that offset of the config. */
#define CODIST_DEFLATE_ROWS(at, windows)                                    \
	{ .name = "level", .type = CODIST_INTEGER,                           \
	  .offset = (at) + offsetof(struct codist_deflate_options, level),   \
	  .minimum = 0, .maximum = 9, .fallback = "6",                       \
	  .help = "effort; 0 stores" },                                      \
	{ .name = "wbits", .type = CODIST_INTEGER,                           \
	  .offset = (at) + offsetof(struct codist_deflate_options, wbits),   \
	  .minimum = -15, .maximum = 31, .fallback = "15",                   \
	  .help = "window of 2^|wbits| bytes and framing: " windows },       \
	{ .name = "memlevel", .type = CODIST_INTEGER,                        \
	  .offset = (at) +                                                   \
		    offsetof(struct codist_deflate_options, memlevel),       \
	  .minimum = 1, .maximum = 9, .fallback = "8",                       \
	  .help = "memory for the hash table and the block of symbols" },    \
	{ .name = "strategy", .type = CODIST_CHOICE,                         \
	  .offset = (at) +                                                   \
		    offsetof(struct codist_deflate_options, strategy),       \
	  .choices = codist_deflate_strategies, .fallback = "default",       \
	  .help = "what matches are looked for, and which codes are used" }, \
	{ .name = "unit", .type = CODIST_CHOICE,                             \
	  .offset = (at) + offsetof(struct codist_deflate_options, unit),    \
	  .choices = codist_deflate_units, .fallback = "byte",               \
	  .help = "count whole bytes, or bits before the padding of the "    \
		  "last byte" }

struct codist_deflate_params
codist_deflate_params_of(const struct codist_deflate_options *options);

/* The step of lengths, in bits. */
double
codist_deflate_granularity(const struct codist_deflate_options *options);

/*
 * Refuse what is no window of zlib's: `backend` is the name for the message,
 * and `gzip` is 1 where that framing will do.
 */
enum codist_status codist_deflate_check_window(const char *backend, int wbits,
					       int gzip,
					       struct codist_error *err);

#endif
