/*
 * hand.c - one person's handwriting
 *
 * What two hands differ in is more than what one varies in from digit to
 * digit; both are measured by eye and by how hard deflate finds the digits to
 * tell apart. Random numbers are drawn one a statement, since C leaves the
 * order within an expression open.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "hand.h"
#include "pen.h"

#define ONE CODIST_PEN_ONE

/* Within -most..most, and likelier in the middle. */
static int about_zero(struct codist_random *random, int most)
{
	int sum = codist_random_within(random, -most, most);

	sum += codist_random_within(random, -most, most);
	return sum / 2;
}

void codist_hand_init(struct codist_hand *hand, struct codist_random *random)
{
	/* Most people slant to the right. */
	hand->slant = 20 + about_zero(random, 80);
	hand->turn = about_zero(random, 15);
	hand->width = codist_random_within(random, 216, 296);
	hand->radius = codist_random_within(random, 220, 400);
	for (int digit = 0; digit < 10; digit++) {
		int *wobble = &hand->wobble[digit][0][0][0];

		hand->styles[digit] = codist_random_within(
			random, 0, CODIST_DIGIT_STYLES - 1);
		for (int i = 0; i < CODIST_GLYPH_STROKES *
				    CODIST_STROKE_POINTS * 2; i++)
			wobble[i] = about_zero(random, 8 * ONE);
	}
}

static void vary(struct codist_glyph *glyph, const struct codist_hand *hand,
		 unsigned digit, struct codist_random *random)
{
	for (int s = 0; s < glyph->n_strokes; s++) {
		struct codist_stroke *stroke = &glyph->strokes[s];

		for (int i = 0; i < stroke->n_points; i++) {
			for (int k = 0; k < 2; k++) {
				int *at = &stroke->points[i][k];

				*at = (*at - 50) * ONE +
				      hand->wobble[digit][s][i][k] +
				      about_zero(random, 4 * ONE);
			}
		}
	}
}

void codist_hand_write(const struct codist_hand *hand, unsigned digit,
		       struct codist_random *random, unsigned char *image)
{
	struct codist_glyph glyph;
	struct codist_pen pen;
	int style = hand->styles[digit], slant, turn;

	if (codist_random_within(random, 1, 100) > 70)
		style = codist_random_within(random, 0,
					     CODIST_DIGIT_STYLES - 1);
	glyph = codist_digits[digit][style];
	vary(&glyph, hand, digit, random);
	slant = hand->slant + about_zero(random, 30);
	turn = hand->turn + about_zero(random, 30);
	pen.matrix[0][0] = hand->width + about_zero(random, 20);
	pen.matrix[0][1] = -slant - turn;
	pen.matrix[1][0] = turn;
	pen.matrix[1][1] = ONE;
	pen.size = 20 * ONE - codist_random_within(random, 0, 400);
	pen.radius = hand->radius + about_zero(random, 60);
	pen.edge = codist_random_within(random, 256, 556);
	pen.shift[0] = about_zero(random, 150);
	pen.shift[1] = about_zero(random, 150);
	codist_pen_draw(&pen, &glyph, image);
}
