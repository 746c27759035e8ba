/*
 * data.h - what codist data found
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_CLI_DATA_H
#define CODIST_CLI_DATA_H

#include "source.h"

/* A part and what is told of it. */
struct part {
	const char *name;
	struct source source;
	size_t *in_class;   /* [n_classes] */
	size_t n_repeats;   /* samples that repeat an earlier one */
	size_t n_in_other;  /* samples that stand in the other part, too */
};

/* Train and test, of which one may be missing. */
struct parts {
	struct part items[2];
	struct part *present[2]; /* [n] */
	size_t n;
	const struct specs *transforms;
};

/* parts_print() prints all that is known of them on the standard output. */
enum codist_status parts_print(const struct parts *parts, enum format format,
			       struct codist_error *err);

#endif
