/*
 * formula.c - from lengths in bits to the score of a measure by formula
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "measure/formula.h"

#include <math.h>

static const struct codist_measure *measure_of(const struct codist_spec *spec)
{
	return (const struct codist_measure *)spec->plugin;
}

struct codist_needs codist_formula_needs(const struct codist_spec *spec)
{
	const struct codist_measure *measure = measure_of(spec);
	const struct codist_lengths_options *options = spec->config;
	struct codist_needs needs = { 0 };

	if (!measure->formula)
		return needs;
	needs.xy = (measure->wants & CODIST_WANTS_BOTH) != 0;
	needs.yx = needs.xy;
	needs.twice = (measure->wants & CODIST_WANTS_TWICE) != 0;
	if (!(measure->wants & CODIST_WANTS_JOINT))
		return needs;
	needs.xy |= options->order != CODIST_ORDER_YX;
	needs.yx |= options->order != CODIST_ORDER_XY;
	return needs;
}

const char *codist_formula_separator(const struct codist_spec *spec)
{
	const struct codist_lengths_options *options = spec->config;
	const struct codist_measure *measure = measure_of(spec);

	return measure->formula && measure->wants ? options->separator : "";
}

static double in_unit(const struct codist_lengths_options *options,
		      double bits)
{
	return options->unit == CODIST_UNIT_BYTE ? ceil(bits / 8) : bits;
}

double codist_formula(const struct codist_spec *spec,
		      const struct codist_lengths *bits, double empty)
{
	const struct codist_measure *measure = measure_of(spec);
	const struct codist_lengths_options *options = spec->config;
	struct codist_needs needs = codist_formula_needs(spec);
	struct codist_lengths l = { .joint = NAN, .x_nbytes = bits->x_nbytes,
				    .y_nbytes = bits->y_nbytes };
	double nothing = options->empty == CODIST_EMPTY_SUBTRACT ?
				 in_unit(options, empty) : 0;

	l.x = in_unit(options, bits->x) - nothing;
	l.y = in_unit(options, bits->y) - nothing;
	l.xy = needs.xy ? in_unit(options, bits->xy) - nothing : NAN;
	l.yx = needs.yx ? in_unit(options, bits->yx) - nothing : NAN;
	l.xx = needs.twice ? in_unit(options, bits->xx) - nothing : NAN;
	l.yy = needs.twice ? in_unit(options, bits->yy) - nothing : NAN;
	if (measure->wants & CODIST_WANTS_JOINT)
		l.joint = options->order == CODIST_ORDER_XY  ? l.xy :
			  options->order == CODIST_ORDER_YX  ? l.yx :
			  options->order == CODIST_ORDER_MIN ?
				  fmin(l.xy, l.yx) : (l.xy + l.yx) / 2;
	return measure->formula(spec->config, &l);
}
