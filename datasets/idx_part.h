/*
 * idx_part.h - the two files of a part of an IDX data set
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DATASETS_IDX_PART_H
#define CODIST_DATASETS_IDX_PART_H

#include <codist/base.h>

/*
 * Find images and labels by one path, which is that of the images ("images" in
 * its name becomes the labels' "labels", "idx3" becomes "idx1"), or a folder
 * and a part, "mnist/train" or "mnist/test". Both strings are for free().
 *
 * CODIST_EMISSING: neither is there. CODIST_EIO: one without the other.
 */
enum codist_status codist_idx_part_look(const char *path, char **images,
					char **labels,
					struct codist_error *err);

/*
 * The same, and a relative path by which nothing is there is looked for in the
 * data directory.
 */
enum codist_status codist_idx_part_find(const char *path, char **images,
					char **labels,
					struct codist_error *err);

#endif
