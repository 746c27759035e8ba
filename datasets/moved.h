/*
 * moved.h - an image moved by whole pixels
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DATASETS_MOVED_H
#define CODIST_DATASETS_MOVED_H

#include <codist/dataset.h>

/* What leaves the image is lost, and 0 comes in. */
void codist_image_move(const struct codist_image *image, int64_t down,
		       int64_t right, unsigned char *out);

#endif
