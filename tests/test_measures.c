/*
 * test_measures.c - scores of single pairs by hand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <codist.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

static struct codist_bytes bytes_of(const char *text)
{
	return (struct codist_bytes){ (const unsigned char *)text,
				      strlen(text) };
}

static double conditional(const char *backend, const char *p, const char *x)
{
	const struct codist_measure *measure =
		(const struct codist_measure *)codist_registry_find(
			&codist_measures, "conditional");
	struct codist_error err = { 0 };
	struct codist_spec spec;
	struct codist_coder *coder;
	double base, score;

	if (codist_spec_init(&spec, &codist_backends, backend, &err) ||
	    codist_coder_new(&coder, &spec, &err) ||
	    measure->reference(NULL, coder, bytes_of(p), &base, &err) ||
	    measure->score(NULL, coder, base, 0, bytes_of(x), 0, &score, &err))
		fail_msg("%s", err.message);
	codist_coder_free(coder);
	codist_spec_release(&spec);
	return score;
}

/*
 * RFC 1951, fixed code, with 3 bits of header and 7 at the end:
 *
 *   C(ab) = 3 + 2 * 8 + 7 = 26 bits, 4 bytes
 *   C(abcd) = 3 + 4 * 8 + 7 = 42 bits, 6 bytes
 *   C(zabcabc): four literals and a match of length 3 (7 bits) and distance 3
 *   (5 bits): 3 + 4 * 8 + 12 + 7 = 54 bits; C(zabc) = 42 (zlib never matches
 *   the very first byte, hence the z)
 */
static void conditional_is_what_a_sample_adds(void **state)
{
	static const char bits[] = "deflate:wbits=-15,unit=bit";
	static const char bytes[] = "deflate:wbits=-15";

	(void)state;
	assert_true(conditional(bits, "ab", "cd") == 42 - 26);
	assert_true(conditional(bytes, "ab", "cd") == 48 - 32);
	assert_true(conditional(bits, "zabc", "abc") == 54 - 42);
	assert_true(conditional(bits, "", "ab") == 26 - 10);
	assert_true(conditional(bits, "ab", "") == 0);
}

/* Without prime() in the backend: cat adds nothing and takes nothing away. */
static void conditional_needs_no_backend_that_primes(void **state)
{
	(void)state;
	assert_true(conditional("command:cat", "abc", "de") == 16);
	assert_true(conditional("command:cat", "", "de") == 16);
}

static double value(const char *text, const unsigned char *x, size_t nbytes)
{
	struct codist_bytes item = { x, nbytes };
	struct codist_error err = { 0 };
	struct codist_spec spec;
	double value;

	if (codist_spec_init(&spec, &codist_measures, text, &err) ||
	    ((const struct codist_measure *)spec.plugin)
		    ->value(spec.config, NULL, item, &value, &err))
		fail_msg("%s", err.message);
	codist_spec_release(&spec);
	return value;
}

static void pixels_are_counted_or_added_up(void **state)
{
	static const unsigned char x[] = { 0, 1, 255, 0, 128 };

	(void)state;
	assert_true(value("pixels", x, 5) == 3);
	assert_true(value("pixels:count=nonzero", x, 2) == 1);
	assert_true(value("pixels:count=sum", x, 5) == 384);
	assert_true(value("pixels:count=sum", NULL, 0) == 0);
}

static void pixels_are_as_far_apart_as_their_counts(void **state)
{
	const struct codist_measure *measure =
		(const struct codist_measure *)codist_registry_find(
			&codist_measures, "pixels");
	struct codist_bytes query = { NULL, 0 };
	double score;

	(void)state;
	assert_int_equal(measure->score(NULL, NULL, 0, 100.5, query, 98,
					&score, NULL),
			 CODIST_OK);
	assert_true(score == 2.5);
	assert_int_equal(measure->score(NULL, NULL, 0, 98, query, 100.5,
					&score, NULL),
			 CODIST_OK);
	assert_true(score == 2.5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(conditional_is_what_a_sample_adds),
		cmocka_unit_test(conditional_needs_no_backend_that_primes),
		cmocka_unit_test(pixels_are_counted_or_added_up),
		cmocka_unit_test(pixels_are_as_far_apart_as_their_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
