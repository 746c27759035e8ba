/*
 * data.h - what codist data found
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_CLI_DATA_H
#define CODIST_CLI_DATA_H

#include "source.h"

/* Samples of a part that stand elsewhere as well. */
struct matches {
	size_t *of;     /* [n_samples], by codist_dataset_match(), or NULL */
	const struct codist_dataset *among; /* where those are */
	size_t n;       /* how many have one that is not themselves */
	size_t n_other_class; /* of these, how many are of another class there */
};

/* A part and what is told of it. */
struct part {
	const char *name;
	struct source source;
	size_t *in_class;         /* [n_classes] */
	size_t shortest, longest; /* samples, in bytes */
	double median;
	struct matches repeats;   /* of an earlier sample */
	struct matches in_other;  /* part */
};

/* 1 if sample i of a part has a match that is not itself. */
int is_match(const struct part *part, const struct matches *matches, size_t i);

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
