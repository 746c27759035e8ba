/*
 * combine.h - an item of the key `combine`, on its way to runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_STUDY_COMBINE_H
#define CODIST_STUDY_COMBINE_H

#include "study/fits.h"

struct codist_combining {
	struct codist_study *study;
	struct codist_problems *problems;
	struct codist_error *err;
	size_t n_grid;           /* runs that can be members */
	const char *name;
	size_t line;
	size_t *members;         /* [n_members], in the order asked for */
	unsigned char *is_member; /* [n_grid] */
	size_t n_members;
	int is_fitted;
	double *weights;         /* [n_weights] */
	size_t n_weights;        /* 0: equal, or fitted */
};

/* codist_combining_select() adds the members that `of` asks for. */
enum codist_status codist_combining_select(struct codist_combining *r,
					   const struct codist_yaml *of);

/* codist_combining_add() appends a sum for each set of samples. */
enum codist_status codist_combining_add(struct codist_combining *r);

/* What a run has at a key, and its length; NULL: nothing. */
const char *codist_combining_value(const struct codist_study_run *run,
				   enum codist_key key, size_t *length);

#endif
