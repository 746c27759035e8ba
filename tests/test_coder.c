/*
 * test_coder.c - what a coder does for a backend that has few functions, or fails
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <codist.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include <string.h>

static enum codist_status init(void *coder, const void *config,
			       struct codist_error *err)
{
	(void)coder;
	(void)config;
	(void)err;
	return CODIST_OK;
}

static void release(void *coder)
{
	(void)coder;
}

static enum codist_status length(void *coder, struct codist_bytes x,
				 double *bits, struct codist_error *err)
{
	(void)coder;
	(void)err;
	*bits = 8 * (double)x.nbytes;
	return CODIST_OK;
}

/* It cannot take in an empty prefix. */
static enum codist_status prime(void *coder, struct codist_bytes prefix,
				struct codist_error *err)
{
	(void)coder;
	return prefix.nbytes ? CODIST_OK :
			       codist_fail(err, CODIST_ELIBRARY, "too short");
}

static int n_asked; /* for the length of nothing behind a prefix */

static enum codist_status length_primed(void *coder, struct codist_bytes x,
					const void *prepared, double *bits,
					struct codist_error *err)
{
	(void)prepared;
	n_asked += x.nbytes == 0;
	return length(coder, x, bits, err);
}

static const struct codist_backend picky = {
	.plugin = { .name = "picky", .summary = "takes no empty prefix" },
	.library = "none",
	.init = init,
	.release = release,
	.length = length,
	.prime = prime,
	.length_primed = length_primed,
};

static void a_prefix_that_was_not_taken_in_is_not_used(void **state)
{
	struct codist_spec spec = { .plugin = &picky.plugin };
	struct codist_bytes empty = { NULL, 0 }, p = { (const void *)"p", 1 };
	struct codist_coder *coder = NULL;
	struct codist_error err = { 0 };
	double bits = 0;

	(void)state;
	assert_int_equal(codist_coder_new(&coder, &spec, &err), CODIST_OK);
	assert_int_equal(codist_coder_prime(coder, p, &err), CODIST_OK);
	assert_int_equal(codist_coder_prime(coder, empty, &err),
			 CODIST_ELIBRARY);
	assert_int_equal(codist_coder_length_primed(coder, p, NULL, &bits,
						    &err),
			 CODIST_ELIBRARY);
	assert_non_null(strstr(err.message, "picky: there is no prefix"));
	assert_int_equal(codist_coder_length(coder, p, &bits, &err), CODIST_OK);
	assert_int_equal(codist_coder_prime(coder, p, &err), CODIST_OK);
	assert_int_equal(codist_coder_length_primed(coder, p, NULL, &bits,
						    &err),
			 CODIST_OK);
	assert_true(bits == 8);
	codist_coder_free(coder);
}

static void what_nothing_costs_is_asked_once_for_each_prefix(void **state)
{
	struct codist_spec spec = { .plugin = &picky.plugin };
	struct codist_bytes p = { (const void *)"p", 1 };
	struct codist_bytes x = { (const void *)"xyz", 3 };
	struct codist_coder *coder = NULL;
	double bits = 0;

	(void)state;
	n_asked = 0;
	assert_int_equal(codist_coder_new(&coder, &spec, NULL), CODIST_OK);
	for (int i = 1; i <= 2; i++) {
		assert_int_equal(codist_coder_prime(coder, p, NULL), CODIST_OK);
		for (int k = 0; k < 3; k++) {
			assert_int_equal(codist_coder_length_added(
				coder, x, NULL, &bits, NULL), CODIST_OK);
			assert_true(bits == 24);
		}
		assert_int_equal(n_asked, i);
	}
	codist_coder_free(coder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_prefix_that_was_not_taken_in_is_not_used),
		cmocka_unit_test(
			what_nothing_costs_is_asked_once_for_each_prefix),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
