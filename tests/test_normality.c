/*
 * test_normality.c - compressors whose deviations are known by hand
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

#define ITEM(text) { (const unsigned char *)(text), sizeof(text) - 1 }

static struct codist_normality measure(const char *backend,
				       const struct codist_bytes *items,
				       size_t n, size_t window_limit)
{
	struct codist_normality_how how = { .window_limit = window_limit };
	struct codist_error err = { 0 };
	struct codist_normality normality = { 0 };
	struct codist_spec spec;

	if (codist_spec_init(&spec, &codist_backends, backend, &err) ||
	    codist_normality_measure(&normality, &spec, items, n, &how, &err))
		fail_msg("%s", err.message);
	codist_spec_release(&spec);
	return normality;
}

static void assert_miss(const struct codist_miss *miss, size_t n, double mean,
			double most, size_t n_over)
{
	assert_int_equal(miss->n, n);
	assert_true(miss->mean == mean);
	assert_true(miss->most == most);
	assert_int_equal(miss->n_over, n_over);
}

/* C(xx) - C(x) = |x|, and all the other conditions hold. */
static void counting_bytes_is_normal_but_for_idempotence(void **state)
{
	const struct codist_bytes items[] = { ITEM("abc"), ITEM(""),
					      ITEM("abcde") };
	struct codist_normality found = measure("null", items, 3, 1000);

	(void)state;
	assert_true(found.empty == 0);
	/* 24, 0 and 40 bits; log2 of 48 and of 80 are below 24 and 40 */
	assert_miss(&found.idempotence, 3, 64.0 / 3, 40, 2);
	assert_miss(&found.symmetry, 3, 0, 0, 0);
	assert_miss(&found.monotonicity, 6, 0, 0, 0);
	assert_miss(&found.distributivity, 3, 0, 0, 0);
	assert_true(found.tie_rate == 1);
	assert_int_equal(found.window, 0);
	assert_false(found.window_is_limit);
}

/*
 * By Python's zlib, level 9 and wbits -15, of x, y, xx, xy, yx and yy with x =
 * b"a" * 20 and y = b"abcdefgh" * 3: 5, 12, 6, 14, 14 and 13 bytes.
 */
static void deflate_misses_what_zlib_says_it_does(void **state)
{
	const struct codist_bytes items[] = { ITEM("aaaaaaaaaaaaaaaaaaaa"),
					      ITEM("abcdefghabcdefgh"
						   "abcdefgh") };
	struct codist_normality found =
		measure("deflate:level=9,wbits=-15", items, 2, 1000);

	(void)state;
	assert_true(found.empty == 16);
	/* log2 of 320 and of 384 are above 8 */
	assert_miss(&found.idempotence, 2, 8, 8, 0);
	assert_miss(&found.symmetry, 1, 0, 0, 0);
	assert_miss(&found.monotonicity, 2, 0, 0, 0);
	assert_int_equal(found.distributivity.n, 0);
	assert_true(found.tie_rate == 0);
}

/* zlib's matches reach 262 bytes less far than its window is wide. */
static void the_window_is_what_the_compressor_can_reach(void **state)
{
	const struct codist_bytes item = ITEM("x");
	struct codist_normality found;

	(void)state;
	assert_int_equal(measure("deflate:wbits=10", &item, 1, 0).window,
			 1024 - 262);
	assert_int_equal(measure("deflate:level=9", &item, 1, 0).window,
			 32768 - 262);
	found = measure("deflate:level=9", &item, 1, 5000);
	assert_int_equal(found.window, 5000);
	assert_true(found.window_is_limit);
	assert_int_equal(found.symmetry.n, 0);
}

static int stop(void *user, size_t done, size_t total)
{
	(void)user;
	(void)total;
	return done >= 2;
}

static void it_can_be_stopped(void **state)
{
	const struct codist_bytes items[] = { ITEM("a"), ITEM("b") };
	struct codist_normality_how how = { .progress = stop };
	struct codist_error err = { 0 };
	struct codist_normality normality = { 0 };
	struct codist_spec spec;

	(void)state;
	assert_int_equal(codist_spec_init(&spec, &codist_backends, "null",
					  &err), CODIST_OK);
	assert_int_equal(codist_normality_measure(&normality, &spec, items, 2,
						  &how, &err),
			 CODIST_ECANCELLED);
	codist_spec_release(&spec);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counting_bytes_is_normal_but_for_idempotence),
		cmocka_unit_test(deflate_misses_what_zlib_says_it_does),
		cmocka_unit_test(the_window_is_what_the_compressor_can_reach),
		cmocka_unit_test(it_can_be_stopped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
