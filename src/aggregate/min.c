/*
 * min.c - the nearest reference speaks for its class
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "aggregate/row.h"

static void fold(const void *config, const struct codist_row *row,
		 void *scratch, double *class_scores)
{
	(void)config;
	(void)scratch;
	codist_row_smallest(row, class_scores);
}

const struct codist_aggregator codist_aggregator_min = {
	.plugin = {
		.name = "min",
		.summary = "the nearest reference speaks for its class",
	},
	.fold = fold,
};
