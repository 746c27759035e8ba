/*
 * blocks.c - what methods can be ranked over, by the keys of a study
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/comparison.h>

const char *codist_blocks_name(enum codist_blocks blocks)
{
	static const char *const names[CODIST_N_BLOCKS] = {
		[CODIST_BLOCKS_DATA] = "data",
		[CODIST_BLOCKS_SEED] = "seed",
		[CODIST_BLOCKS_TRAIN_LIMIT] = "train.limit",
		[CODIST_BLOCKS_FOLD] = "folds",
	};

	return names[blocks];
}
