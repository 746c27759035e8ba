/*
 * library.h - deflate's lengths by zlib itself
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_DEFLATE_LIBRARY_H
#define CODIST_DEFLATE_LIBRARY_H

#include <codist/base.h>

/* deflateInit2()'s parameters, in its numbers. */
struct codist_deflate_params {
	int level, wbits, memlevel, strategy;
};

/* A stream of zlib's and its state after a prefix. Not thread-safe. */
struct codist_deflate_library;

enum codist_status
codist_deflate_library_new(struct codist_deflate_library **library,
			   const struct codist_deflate_params *params,
			   struct codist_error *err);
void codist_deflate_library_free(struct codist_deflate_library *library);

/*
 * The lengths of complete streams, in bits: whole bytes, or up to the padding
 * of the body's last byte if `exact` is 1.
 */
enum codist_status
codist_deflate_library_length(struct codist_deflate_library *library,
			      struct codist_bytes x, int exact, double *bits,
			      struct codist_error *err);
enum codist_status
codist_deflate_library_prime(struct codist_deflate_library *library,
			     struct codist_bytes prefix,
			     struct codist_error *err);
/* Take in a dictionary instead: lengths are then of streams of x alone. */
enum codist_status
codist_deflate_library_set_dictionary(struct codist_deflate_library *library,
				      struct codist_bytes dictionary,
				      struct codist_error *err);
enum codist_status
codist_deflate_library_length_primed(struct codist_deflate_library *library,
				     struct codist_bytes x, int exact,
				     double *bits, struct codist_error *err);

const char *codist_deflate_library_version(void);

#endif
