/*
 * label.h - names made fit to be drawn
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_EXPERIMENT_LABEL_H
#define CODIST_EXPERIMENT_LABEL_H

#include <codist/base.h>

/*
 * codist_label_new() copies a name as UTF-8 of one line: what is neither is
 * replaced by U+FFFD. Where it would be wider than `width` at that size, an
 * ellipsis stands for its middle, since names of classes often differ at one
 * of the ends. For free(); NULL when out of memory.
 */
char *codist_label_new(const char *name, double size, double width);

struct codist_labels {
	size_t n;
	char **texts; /* [n] */
	double width; /* of the widest */
};

/*
 * codist_labels_init() makes a label of each of n > 0 names, to be released
 * with codist_labels_release(), after a failure too.
 */
enum codist_status codist_labels_init(struct codist_labels *labels, size_t n,
				      const char *const *names, double size,
				      double width, struct codist_error *err)
	CODIST_MUST_USE;

/* codist_labels_release() frees them; harmless on {0}. */
void codist_labels_release(struct codist_labels *labels);

#endif
