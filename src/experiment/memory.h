/*
 * memory.h - how many threads the memory allows for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_EXPERIMENT_MEMORY_H
#define CODIST_EXPERIMENT_MEMORY_H

#include <stddef.h>

/*
 * codist_threads_within() is as many threads as are wanted, or as coders of
 * `coder_memory` bytes (0: not known) fit into three quarters of `memory`, but
 * one.
 */
unsigned codist_threads_within(unsigned wanted, size_t coder_memory,
			       size_t memory);

#endif
