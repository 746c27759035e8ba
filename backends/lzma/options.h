/*
 * options.h - what can be said of a stream of liblzma's
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BACKENDS_LZMA_OPTIONS_H
#define CODIST_BACKENDS_LZMA_OPTIONS_H

#include <codist/plugin.h>

#include <lzma.h>

/* The raw ones come first, which are all that take a dictionary. */
enum { CODIST_LZMA1, CODIST_LZMA2, CODIST_LZMA_ALONE, CODIST_LZMA_XZ };

struct codist_lzma_config {
	int container, check;
	int64_t preset;
	int extreme;
	int64_t dict_size, nice_len; /* 0: the preset's */
	int64_t lc, lp, pb, depth;   /* -1: the preset's */
	int mode, mf;                /* 0: the preset's */
};

/* The options of lzma, and those of lzma-dict. */
extern const struct codist_option codist_lzma_options[];
extern const struct codist_option codist_lzma_dict_options[];

/* The check of both, for struct codist_plugin. */
enum codist_status codist_lzma_check(const void *config,
				     struct codist_error *err);

/* liblzma's options of a config that was checked; they have no dictionary. */
void codist_lzma_options_of(lzma_options_lzma *options,
			    const struct codist_lzma_config *config);

/* The filters of a stream with these options, which they point to. */
void codist_lzma_filters_of(lzma_filter filters[2],
			    const struct codist_lzma_config *config,
			    lzma_options_lzma *options);

/* The checksum in an .xz. */
lzma_check codist_lzma_check_of(const struct codist_lzma_config *config);

/* Bytes that liblzma says the encoder takes; UINT64_MAX: it would refuse. */
uint64_t codist_lzma_encoder_size(const struct codist_lzma_config *config);

#endif
