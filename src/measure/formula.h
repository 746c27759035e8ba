/*
 * formula.h - from lengths in bits to the score of a measure by formula
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_MEASURE_FORMULA_H
#define CODIST_MEASURE_FORMULA_H

#include <codist/measure.h>

/* What a measure by formula needs of each pair, by its options. */
struct codist_needs {
	int xy, yx; /* C(xsy), C(ysx) */
	int twice;  /* C(xsx) of each item */
};

/* codist_formula_needs() tells; all 0 for a measure of another kind. */
struct codist_needs codist_formula_needs(const struct codist_spec *measure);

/* codist_formula_separator() is its separator, "" if it joins nothing. */
const char *codist_formula_separator(const struct codist_spec *measure);

/*
 * codist_formula() is the score.
 *
 *   bits    lengths in bits, as the coder gives them; `joint` is not read, and
 *           what is not needed may be anything
 *   empty   C() in bits
 */
double codist_formula(const struct codist_spec *measure,
		      const struct codist_lengths *bits, double empty);

#endif
