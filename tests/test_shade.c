/*
 * test_shade.c - the shades, measured by other standards than they are made by
 *
 * They are made in Oklab; here they are measured by the lightness of CIE 1976
 * and the contrast ratio of WCAG 2.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/shade.h"

#include "scratch.h"

#include <math.h>

static double linear(double value)
{
	return value <= 0.04045 ? value / 12.92 :
				  pow((value + 0.055) / 1.055, 2.4);
}

static double luminance(struct codist_colour colour)
{
	return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) +
	       0.0722 * linear(colour.blue);
}

static void nothing_is_white(void **state)
{
	struct codist_colour colour = codist_shade(0);

	(void)state;
	assert_true(fabs(colour.red - 1) < 1e-6);
	assert_true(fabs(colour.green - 1) < 1e-6);
	assert_true(fabs(colour.blue - 1) < 1e-6);
}

/* L* = 116 Y^(1/3) - 16 falls from 100 in steps that differ by under 5 %. */
static void equal_steps_of_the_share_look_equal(void **state)
{
	double before = 100, least = 100, most = 0;

	(void)state;
	for (int i = 1; i <= 20; i++) {
		double now = 116 * cbrt(luminance(codist_shade(i / 20.0))) -
			     16;

		least = fmin(least, before - now);
		most = fmax(most, before - now);
		before = now;
	}
	assert_true(before < 30);
	assert_true(least > 0.95 * most);
}

/* WCAG 2.1, success criterion 1.4.3: at least 4.5 to 1. */
static void numbers_stand_out_from_every_shade(void **state)
{
	(void)state;
	for (int i = 0; i <= 1000; i++) {
		double ink = luminance(codist_shade_ink(i / 1000.0)) + 0.05;
		double shade = luminance(codist_shade(i / 1000.0)) + 0.05;

		assert_true(fmax(ink, shade) / fmin(ink, shade) >= 4.5);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_white),
		cmocka_unit_test(equal_steps_of_the_share_look_equal),
		cmocka_unit_test(numbers_stand_out_from_every_shade),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
