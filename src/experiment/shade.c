/*
 * shade.c - shares as shades of blue
 *
 * Lightness falls evenly in Oklab (Ottosson 2020, "A perceptual color space
 * for image processing"), at one hue. The chroma grows with the distance from
 * white up to what sRGB can show of that hue down to the darkest shade.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/shade.h"

#include <math.h>

#define DARKEST 0.36
#define HUE 4.45 /* radians, 255 degrees */
#define CHROMA_BY_DARKNESS 0.4
#define CHROMA_MOST 0.105

/* Linear light of a share's shade. */
static struct codist_colour light_of(double share)
{
	double lightness = 1 - (1 - DARKEST) * share;
	double chroma = fmin(CHROMA_BY_DARKNESS * (1 - lightness),
			     CHROMA_MOST);
	double a = chroma * cos(HUE), b = chroma * sin(HUE);
	double l = pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
	double m = pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
	double s = pow(lightness - 0.0894841775 * a - 1.2914855480 * b, 3);

	return (struct codist_colour){
		.red = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
		.green = -1.2684380046 * l + 2.6097574011 * m -
			 0.3413193965 * s,
		.blue = -0.0041960863 * l - 0.7034186147 * m +
			1.7076147010 * s,
	};
}

/* The transfer function of sRGB, IEC 61966-2-1. */
static double encode(double light)
{
	light = fmin(fmax(light, 0), 1);
	return light <= 0.0031308 ? 12.92 * light :
				    1.055 * pow(light, 1 / 2.4) - 0.055;
}

struct codist_colour codist_shade(double share)
{
	struct codist_colour light = light_of(share);

	return (struct codist_colour){
		encode(light.red), encode(light.green), encode(light.blue),
	};
}

/*
 * By the contrast ratio of WCAG 2, (Y1 + 0.05) / (Y2 + 0.05), black and white
 * are equally far from the luminance sqrt(1.05 * 0.05) - 0.05.
 */
struct codist_colour codist_shade_ink(double share)
{
	struct codist_colour light = light_of(share);
	double luminance = 0.2126 * light.red + 0.7152 * light.green +
			   0.0722 * light.blue;

	if (luminance > sqrt(1.05 * 0.05) - 0.05)
		return (struct codist_colour){ 0, 0, 0 };
	return (struct codist_colour){ 1, 1, 1 };
}
