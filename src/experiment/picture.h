/*
 * picture.h - samples that are images, as small PNGs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_EXPERIMENT_PICTURE_H
#define CODIST_EXPERIMENT_PICTURE_H

#include "base/text.h"

#include <codist/dataset.h>

/* No side of a picture has more pixels. */
#define CODIST_PICTURE_SIDE 96

/* How to read the samples of a set as images. */
struct codist_picture {
	size_t rows, columns, n_channels; /* channels: 1, or 3 of colour */
	size_t row_step, column_step, channel_step; /* bytes */
	unsigned largest; /* byte of the set, which is shown as white */
	size_t shrink;    /* so many pixels a side become one */
};

/* codist_picture_init() is 1 if the samples are images. */
int codist_picture_init(struct codist_picture *picture,
			const struct codist_dataset *set);

/*
 * codist_picture_png() adds the bytes of a PNG of a sample. They are the same
 * whatever libraries there are, as nothing is compressed.
 */
void codist_picture_png(const struct codist_picture *picture,
			struct codist_bytes sample, struct codist_text *png);

/* The greatest byte of all samples, or 1 where they are all 0. */
unsigned codist_largest_byte(const struct codist_dataset *set);

#endif
