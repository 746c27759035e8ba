/*
 * colour.h - one number for three
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DATASETS_COLOUR_H
#define CODIST_DATASETS_COLOUR_H

#define CODIST_GREY_HELP "(299 red + 587 green + 114 blue) / 1000, rounded"

/* The luma of ITU-R BT.601, rounded to the nearest. */
static inline unsigned char codist_grey(unsigned red, unsigned green,
					unsigned blue)
{
	return (unsigned char)((299 * red + 587 * green + 114 * blue + 500) /
			       1000);
}

#endif
