/*
 * classes.h - which classes of a set are kept: "0-4", "3+8", "0+2-5", "ham+spam"
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DATASETS_CLASSES_H
#define CODIST_DATASETS_CLASSES_H

#include <codist/dataset.h>

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

/*
 * Likewise by names, for sets whose classes are called anything: names or, where
 * all classes are whole numbers, ranges of them too. A backslash takes from '+',
 * from itself and from the word "all" what they mean here.
 *
 * codist_classes_check() refuses what no set could have (CODIST_EUSAGE);
 * codist_classes_choose() fills keep[c], [n_classes], with 0 or 1, and fails
 * with CODIST_EFORMAT for a name that the set does not know.
 */
enum codist_status codist_classes_check(const char *text,
					struct codist_error *err);
enum codist_status codist_classes_choose(const char *text,
					 const struct codist_dataset *set,
					 unsigned char *keep,
					 struct codist_error *err);

#endif
