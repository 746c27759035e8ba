/*
 * length.c - how far the compressed lengths are apart
 *
 * |C(x) - C(y)|, a control: it knows how much there is to tell of each item,
 * and nothing of what they have in common.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/measure.h>

#include <math.h>

struct config {
	struct codist_lengths_options lengths;
};

static double formula(const void *config, const struct codist_lengths *l)
{
	(void)config;
	return fabs(l->x - l->y);
}

static const struct codist_option options[] = {
	{ .name = "unit", .type = CODIST_CHOICE,
	  .offset = offsetof(struct config, lengths.unit),
	  .choices = codist_lengths_units, .fallback = "bit",
	  .help = "count lengths in bits, or in bytes with parts of one "
		  "rounded up" },
	{ .name = NULL },
};

const struct codist_measure codist_measure_length = {
	.plugin = {
		.name = "length",
		.summary = "difference of the compressed lengths, as a "
			   "control: |C(x) - C(y)|",
		.options = options,
		.config_size = sizeof(struct config),
	},
	.needs_backend = 1,
	.formula = formula,
};
