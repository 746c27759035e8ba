/*
 * classes.h - which labels of a set are kept: "0-4", "3+8", "0+2-5"
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DATASETS_CLASSES_H
#define CODIST_DATASETS_CLASSES_H

#include <codist/base.h>

enum {
	CODIST_LABEL_DROPPED,
	CODIST_LABEL_KEPT,  /* one of a range, of which some may not be there */
	CODIST_LABEL_NAMED, /* listed by itself */
};

/*
 * Set keep[label] for each label; "all" is a range. CODIST_EUSAGE if `text`
 * does not parse.
 */
enum codist_status codist_classes_parse(const char *text,
					unsigned char keep[256],
					struct codist_error *err);

#endif
