/*
 * idx_part.h - the two files of a part of an IDX data set
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DATASETS_IDX_PART_H
#define CODIST_DATASETS_IDX_PART_H

#include <codist/base.h>

/*
 * Find images and labels by one path, which is that of the images ("train" and
 * "images-idx3" in its name become the labels' "labels-idx1"), or a folder and
 * a part, "mnist/train" or "mnist/test". A relative path that is not there is
 * looked for in the data directory. Both strings are for free().
 */
enum codist_status codist_idx_part_find(const char *path, char **images,
					char **labels,
					struct codist_error *err);

#endif
