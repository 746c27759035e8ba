/*
 * classes.h - which labels of a set are kept: "0-4", "3+8", "0+2-5"
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DATASETS_CLASSES_H
#define CODIST_DATASETS_CLASSES_H

#include <codist/base.h>

/*
 * Set keep[label] to 1 for each label that `text` lists, and else to 0; "all"
 * keeps all. CODIST_EUSAGE if it does not parse.
 */
enum codist_status codist_classes_parse(const char *text,
					unsigned char keep[256],
					struct codist_error *err);

#endif
