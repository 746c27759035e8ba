/*
 * digits.h - how digits are written: strokes of a pen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DATASETS_DIGITS_H
#define CODIST_DATASETS_DIGITS_H

#define CODIST_GLYPH_STROKES 3
#define CODIST_STROKE_POINTS 11

/* A smooth line through points; x goes right, y goes down. */
struct codist_stroke {
	int n_points;
	int points[CODIST_STROKE_POINTS][2]; /* [n_points] */
};

struct codist_glyph {
	int n_strokes;
	struct codist_stroke strokes[CODIST_GLYPH_STROKES]; /* [n_strokes] */
};

#define CODIST_DIGIT_STYLES 3

/* Each digit in some styles, on a grid of 0..100. */
extern const struct codist_glyph codist_digits[10][CODIST_DIGIT_STYLES];

#endif
