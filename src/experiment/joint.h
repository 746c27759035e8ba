/*
 * joint.h - lengths of items, alone and joined in pairs, on many threads
 *
 * One compressor and one separator; all measures by formula live on these
 * lengths, which are in bits.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_EXPERIMENT_JOINT_H
#define CODIST_EXPERIMENT_JOINT_H

#include <codist/measure.h>

struct codist_joint_worker; /* see joint.c */

struct codist_joint {
	const struct codist_spec *backend;
	unsigned char *separator; /* [n_separator] */
	size_t n_separator;
	unsigned n_threads;
	struct codist_joint_worker *workers; /* [n_threads] */
	size_t prepared_memory; /* bytes for what is prepared of items */

	void *user; /* handed to the hooks, which are those of tiles.h */
	void (*done)(void *user, unsigned thread, size_t n_pairs);
	enum codist_status (*tick)(void *user, struct codist_error *err);
	/* As codist_blame(), of items[i] of those handed in for lengths alone. */
	enum codist_status (*blame)(void *user,
				    const struct codist_bytes *items, size_t i,
				    enum codist_status status,
				    struct codist_error *err);
};

/*
 * codist_joint_init() readies a zeroed struct whose hooks are set.
 *
 *   separator   as in struct codist_lengths_options, checked
 */
enum codist_status codist_joint_init(struct codist_joint *joint,
				     const struct codist_spec *backend,
				     const char *separator, unsigned n_threads,
				     struct codist_error *err);
void codist_joint_release(struct codist_joint *joint);

/* codist_joint_alone() fills lengths[n] with C(x) of each item. */
enum codist_status codist_joint_alone(struct codist_joint *joint,
				      const struct codist_bytes *items,
				      size_t n, double *lengths,
				      struct codist_error *err);

/* codist_joint_twice() likewise, with C(xsx), s being the separator. */
enum codist_status codist_joint_twice(struct codist_joint *joint,
				      const struct codist_bytes *items,
				      size_t n, double *lengths,
				      struct codist_error *err);

/* Pairs of outer and inner items, of which C(outer s inner) is wanted. */
struct codist_joint_pairs {
	const struct codist_bytes *outer; /* [n_outer] */
	const struct codist_bytes *inner; /* [n_inner] */
	size_t n_outer, n_inner;
	/* As in struct codist_tiles, with `range_user` as its user. */
	void (*range)(void *user, size_t outer, size_t *first, size_t *end);
	void *range_user;
	/* Of pair (o, i) the length goes to lengths[o * step_o + i * step_i]. */
	double *lengths;
	size_t outer_step, inner_step;
};

/*
 * codist_joint_lengths() computes them: the coder takes in each outer item and
 * the separator once, and what can be told of an inner item is computed before.
 */
enum codist_status codist_joint_lengths(struct codist_joint *joint,
					const struct codist_joint_pairs *pairs,
					struct codist_error *err);

#endif
