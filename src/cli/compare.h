/*
 * compare.h - one pipeline over several backends, and how they did
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_CLI_COMPARE_H
#define CODIST_CLI_COMPARE_H

#include "job.h"

struct compare_config {
	struct job job;
	struct texts backends; /* lists of specs */
	enum format format;
};

/* How one backend did. */
struct contender {
	const struct codist_spec *backend;
	size_t n, n_correct; /* test samples */
	struct codist_ties ties;
	double mean_bits;  /* of all scores */
	double least_bits; /* mean over the samples, of the least of each */
	/* Samples that only the first backend classified correctly, or only
	 * this one; and what follows, by McNemar's test. */
	size_t n_first_only, n_this_only;
	double p, p_holm;
	struct codist_cost cost;
	double memory; /* bytes, the process's peak; 0: not known */
};

struct comparison {
	const struct compare_config *config;
	struct codist_spec *backends; /* [n_backends] */
	size_t n_backends;
	struct source train, test;
	struct contender *contenders; /* [n], of the n_backends that ran */
	size_t n;
	unsigned *first; /* [test.set.n_samples], what the first predicted */
};

/* comparison_print() prints all contenders, in the config's format. */
enum codist_status comparison_print(const struct comparison *comparison,
				    struct codist_error *err);

#endif
