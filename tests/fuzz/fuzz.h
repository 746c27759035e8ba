/*
 * fuzz.h - what a fuzz target is to libFuzzer, and to replay.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_TESTS_FUZZ_H
#define CODIST_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* Try one input. What must not happen ends the process by abort(). */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* assert(), whatever NDEBUG says. */
#define FUZZ_PROMISE(condition)                                         \
	do {                                                            \
		if (!(condition)) {                                     \
			fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, \
				__LINE__, #condition);                  \
			abort();                                        \
		}                                                       \
	} while (0)

#endif
