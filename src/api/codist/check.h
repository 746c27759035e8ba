/*
 * codist/check.h - whether a backend keeps what backends promise
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_CHECK_H
#define CODIST_CHECK_H

#include <codist/backend.h>

#ifdef __cplusplus
extern "C" {
#endif

enum codist_verdict {
	CODIST_HOLDS,
	CODIST_FAILS,
	CODIST_NOT_APPLICABLE, /* it need not, or cannot be tried */
};

#define CODIST_DETAIL_SIZE 512

/* One thing that is promised, and what was found. */
struct codist_property {
	const char *name; /* a sentence, no full stop; static */
	enum codist_verdict verdict;
	/* The first counterexample, or why it does not apply; else "". */
	char detail[CODIST_DETAIL_SIZE];
};

#define CODIST_N_PROPERTIES 8

/*
 * codist_backend_check() tries a backend on generated prefixes and samples:
 * empty ones and single bytes, noise, repetitions, and copies from near and far.
 * They are the same each time.
 *
 *   backend      a spec of codist_backends
 *   properties   receives [CODIST_N_PROPERTIES]
 *
 * That a property fails is a result: CODIST_ENOMEM is the only other one. A
 * lack of counterexamples is no proof. Some two thousand lengths are asked for.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_backend_check(const struct codist_spec *backend,
		     struct codist_property properties[CODIST_N_PROPERTIES],
		     struct codist_error *err);

#ifdef __cplusplus
}
#endif

#endif
