/*
 * by_spec.h - what a backend says, asked once by the text of its spec
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef CODIST_TESTS_BY_SPEC_H
#define CODIST_TESTS_BY_SPEC_H

#include <codist.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

/* The bits of x behind p, both text. */
static inline double length_of(const char *spec_text, const char *p,
			       const char *x)
{
	struct codist_error err = { 0 };
	struct codist_spec spec;
	struct codist_coder *coder = NULL;
	struct codist_bytes prefix = { (const unsigned char *)p, strlen(p) };
	struct codist_bytes query = { (const unsigned char *)x, strlen(x) };
	double bits = 0;

	if (codist_spec_init(&spec, &codist_backends, spec_text, &err) ||
	    codist_coder_new(&coder, &spec, &err) ||
	    codist_coder_prime(coder, prefix, &err) ||
	    codist_coder_length_primed(coder, query, NULL, &bits, &err))
		fail_msg("%s", err.message);
	codist_coder_free(coder);
	codist_spec_release(&spec);
	return bits;
}

/* Misuse, and the message has these words. */
static inline void assert_refused(const char *text, const char *words)
{
	struct codist_error err = { 0 };
	struct codist_spec spec;

	assert_int_equal(codist_spec_init(&spec, &codist_backends, text, &err),
			 CODIST_EUSAGE);
	if (!strstr(err.message, words))
		fail_msg("'%s' does not say '%s'", err.message, words);
}

#endif
