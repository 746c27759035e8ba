/*
 * lengths.c - what measures by formula share: their options, their quotient
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <codist/measure.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const codist_lengths_orders[] = { "xy", "yx", "min", "mean", NULL };
const char *const codist_lengths_units[] = { "bit", "byte", NULL };
const char *const codist_lengths_empties[] = { "keep", "subtract", NULL };

/* What a measure's config is that has these options and no others. */
struct config {
	struct codist_lengths_options lengths;
};

const struct codist_option codist_lengths_options[] = {
	CODIST_LENGTHS_ORDER(struct config, lengths),
	CODIST_LENGTHS_OPTIONS(struct config, lengths),
	{ .name = NULL },
};

enum codist_status codist_lengths_check(const void *config,
					struct codist_error *err)
{
	const struct codist_lengths_options *options = config;
	unsigned char *bytes = malloc(strlen(options->separator) + 1);
	size_t n;

	if (!bytes)
		return codist_no_memory(err, "a separator");
	n = codist_separator(options->separator, bytes);
	free(bytes);
	if (n != SIZE_MAX)
		return CODIST_OK;
	return codist_fail(err, CODIST_EUSAGE,
			   "separator=%s, expected %s", options->separator,
			   CODIST_SEPARATOR_HELP);
}

double codist_quotient(double a, double b)
{
	if (b > 0)
		return a / b;
	return a <= 0 && b <= 0 ? 0 : INFINITY;
}
