/*
 * test_huffman_plain.c - the same without what is written for one processor
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#define SIZER_PLAIN
#include "../backends/deflate/huffman.c"
#include "test_huffman.c"
