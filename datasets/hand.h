/*
 * hand.h - one person's handwriting
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DATASETS_HAND_H
#define CODIST_DATASETS_HAND_H

#include "base/random.h"
#include "digits.h"

struct codist_hand {
	int slant, turn;  /* to the right, in parts of CODIST_PEN_ONE */
	int width;        /* of what is CODIST_PEN_ONE high */
	int radius;       /* of the pen */
	int styles[10];   /* the way it mostly writes a digit */
	/* How its points differ from those of the table. */
	int wobble[10][CODIST_GLYPH_STROKES][CODIST_STROKE_POINTS][2];
};

void codist_hand_init(struct codist_hand *hand, struct codist_random *random);

/* Write a digit once, on an image of codist_pen_draw(). */
void codist_hand_write(const struct codist_hand *hand, unsigned digit,
		       struct codist_random *random, unsigned char *image);

#endif
