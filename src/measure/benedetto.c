/*
 * benedetto.c - relative entropy by appended lengths
 *
 * What x costs behind y, less what it costs behind itself, by its bytes:
 * D. Benedetto, E. Caglioti and V. Loreto, Language trees and zipping, Phys.
 * Rev. Letters 88 (2002), eq. 1, S_AB = (Delta_Ab - Delta_Bb) / |b|, where
 * Delta_Ab = L_A+b - L_A. Here A is y, and both B and the b appended are x. The
 * symmetric form, by which they drew trees, is
 * (Delta_Ab - Delta_Bb) / Delta_Bb + (Delta_Ba - Delta_Aa) / Delta_Aa.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/measure.h>

struct config {
	struct codist_lengths_options lengths;
	int symmetric;
};

static double formula(const void *config, const struct codist_lengths *l)
{
	const struct config *c = config;
	double x_by_y = l->yx - l->y, x_by_x = l->xx - l->x;
	double y_by_x = l->xy - l->x, y_by_y = l->yy - l->y;

	if (c->symmetric)
		return codist_quotient(x_by_y - x_by_x, x_by_x) +
		       codist_quotient(y_by_x - y_by_y, y_by_y);
	return codist_quotient(x_by_y - x_by_x, (double)l->x_nbytes);
}

static int is_directed(const void *config)
{
	const struct config *c = config;

	return !c->symmetric;
}

static const char *const no_yes[] = { "no", "yes", NULL };

static const struct codist_option options[] = {
	{ .name = "symmetric", .type = CODIST_CHOICE,
	  .offset = offsetof(struct config, symmetric),
	  .choices = no_yes, .fallback = "no",
	  .help = "the sum of both ways, each by what an item costs behind "
		  "itself, in place of its bytes: (C(x|y) - C(x|x)) / C(x|x) "
		  "+ (C(y|x) - C(y|y)) / C(y|y)" },
	CODIST_LENGTHS_OPTIONS(struct config, lengths),
	{ .name = NULL },
};

const struct codist_measure codist_measure_benedetto = {
	.plugin = {
		.name = "benedetto",
		.summary = "relative entropy by appended lengths (Benedetto, "
			   "Caglioti and Loreto 2002): (C(x|y) - C(x|x)) / |x|, "
			   "where C(x|y) is C(yx) - C(y)",
		.options = options,
		.config_size = sizeof(struct config),
		.check = codist_lengths_check,
	},
	.needs_backend = 1,
	.is_directed = is_directed,
	.wants = CODIST_WANTS_BOTH | CODIST_WANTS_TWICE,
	.formula = formula,
};
