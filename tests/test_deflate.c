/*
 * test_deflate.c - zlib's lengths, against the library called plainly
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <codist.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static double length_of(const char *spec_text, const char *p, const char *x)
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

/*
 * RFC 1951: an empty stream is one fixed block, 3 bits of header and 7 of
 * end-of-block, so 2 bytes; RFC 1950 and 1952 add 6 and 18 bytes.
 */
static void an_empty_stream_is_ten_bits_and_its_framing(void **state)
{
	(void)state;
	assert_true(length_of("deflate:wbits=-15", "", "") == 16);
	assert_true(length_of("deflate:wbits=-15,unit=bit", "", "") == 10);
	assert_true(length_of("deflate:wbits=15", "", "") == 64);
	assert_true(length_of("deflate:wbits=31", "", "") == 160);
	assert_true(length_of("deflate:wbits=31,unit=bit", "", "") == 154);
}

/*
 * Literals 'a'..'d' have 8 bits each in the fixed code: 3 + 4 * 8 + 7 = 42.
 */
static void four_literals_are_42_bits(void **state)
{
	(void)state;
	assert_true(length_of("deflate:wbits=-15,unit=bit", "ab", "cd") == 42);
	assert_true(length_of("deflate:wbits=-15", "ab", "cd") == 48);
}

static void an_impossible_window_is_refused(void **state)
{
	struct codist_error err = { 0 };
	struct codist_spec spec;

	(void)state;
	assert_int_equal(codist_spec_init(&spec, &codist_backends,
					  "deflate:wbits=17", &err),
			 CODIST_EUSAGE);
	assert_non_null(strstr(err.message, "wbits=17"));
	assert_int_equal(codist_spec_init(&spec, &codist_backends,
					  "deflate:lewel=9", &err),
			 CODIST_EUSAGE);
	assert_non_null(strstr(err.message, "'level'"));
	assert_int_equal(codist_spec_init(&spec, &codist_backends,
					  "deflate:level=9,level=9", &err),
			 CODIST_EUSAGE);
	assert_non_null(strstr(err.message, "twice"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_stream_is_ten_bits_and_its_framing),
		cmocka_unit_test(four_literals_are_42_bits),
		cmocka_unit_test(an_impossible_window_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
