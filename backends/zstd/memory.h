/*
 * memory.h - what libzstd's contexts take, by its own estimates
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_BACKENDS_ZSTD_MEMORY_H
#define CODIST_BACKENDS_ZSTD_MEMORY_H

#include "options.h"

/* The bytes of a context that is used for inputs of up to `nbytes`. */
size_t codist_zstd_context_most(const struct codist_zstd_config *config,
				size_t nbytes);

/*
 * What a context takes more for a dictionary of that many bytes: these, what
 * they are digested to, and tables of that size.
 */
size_t codist_zstd_dictionary_most(const struct codist_zstd_config *config,
				   size_t dictionary);

#endif
