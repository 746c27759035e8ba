/*
 * compare.h - one pipeline over several backends, and how they did
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_CLI_COMPARE_H
#define CODIST_CLI_COMPARE_H

#include "front.h"
#include "job.h"

struct compare_config {
	struct job job;
	struct texts backends; /* lists of specs */
	const char *store;
	enum format format;
};

/* How one backend did. */
struct contender {
	const struct codist_spec *backend;
	const struct codist_result *result;
	/* Samples that only the first backend classified correctly, or only
	 * this one; and what follows, by McNemar's test. */
	size_t n_first_only, n_this_only;
	double p, p_holm;
};

struct comparison {
	const struct compare_config *config;
	struct codist_spec *backends; /* [n_backends] */
	size_t n_backends;
	struct source train, test;
	int has_both;                 /* config->job.data has both */
	struct front front;
	size_t n_told;
	struct codist_comparison compared;
	struct contender *contenders; /* [n], of the study's runs, those that
					 are done */
	size_t n;
};

/* comparison_print() prints all contenders, in the config's format. */
enum codist_status comparison_print(struct comparison *comparison,
				    struct codist_error *err);

#endif
