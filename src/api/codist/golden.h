/*
 * codist/golden.h - which compressor a backend really is, told by its lengths
 *
 * A version is only what a library says of itself: a zlib that was patched, or
 * built for a processor that compresses by itself, may bear the version of the
 * plain one and give other lengths. So the lengths of a built-in sample, which
 * never changes, are condensed to a digest that stands beside results, and can
 * be compared with digests known of versions.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_GOLDEN_H
#define CODIST_GOLDEN_H

#include <codist/backend.h>

#ifdef __cplusplus
extern "C" {
#endif

/* 16 hexadecimal digits and a NUL. */
#define CODIST_GOLDEN_SIZE 17

/* How a digest compares with what codist knows. */
enum codist_golden_verdict {
	CODIST_GOLDEN_UNKNOWN, /* nothing is known of a backend so spelled */
	CODIST_GOLDEN_AS_KNOWN, /* the same as of this version */
	CODIST_GOLDEN_DIFFERS,  /* another than that of this version */
	/* Nothing is known of this version, and of another one this: */
	CODIST_GOLDEN_AS_OTHER_VERSION,
	CODIST_GOLDEN_UNLIKE_OTHER_VERSION,
};

struct codist_golden {
	char digest[CODIST_GOLDEN_SIZE];
	enum codist_golden_verdict verdict;
	/* The version that it was compared with, static; NULL if unknown. */
	const char *version;
};

/*
 * codist_golden_measure() has a backend compress the sample, which is 10 pieces
 * of up to 5000 bytes, alone and where they have one behind a prefix: words,
 * runs, noise, copies, and almost nothing.
 *
 * The digest is the start of the SHA-256 of these lengths in bits, written in
 * decimal with a line feed behind each. It depends on the spec and on the
 * library, but on nothing else, and on no `engine`. That two are equal means
 * that all lengths of the sample are, and no more.
 *
 * Fails where the backend does.
 */
CODIST_API CODIST_MUST_USE enum codist_status
codist_golden_measure(struct codist_golden *golden,
		      const struct codist_spec *backend,
		      struct codist_error *err);

#ifdef __cplusplus
}
#endif

#endif
