/*
 * test_contents.c - checksums and duplicates, by hand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <codist.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

/* A set of one class, a sample for each string up to NULL. */
static struct codist_dataset set_of(const char *const *samples)
{
	struct codist_dataset set;
	size_t n = 0, nbytes = 0;

	while (samples[n])
		nbytes += strlen(samples[n++]);
	if (codist_dataset_allocate(&set, "strings", n, 1, nbytes, NULL))
		fail();
	for (size_t i = 0; i < n; i++) {
		size_t length = strlen(samples[i]);

		memcpy(set.bytes + set.starts[i], samples[i], length);
		set.starts[i + 1] = set.starts[i] + length;
	}
	return set;
}

static size_t count(const char *const *samples, const char *const *others)
{
	struct codist_dataset set = set_of(samples), other = { 0 };
	size_t n_samples = SIZE_MAX;

	if (others)
		other = set_of(others);
	assert_int_equal(codist_dataset_duplicates(&set,
						   others ? &other : NULL,
						   &n_samples, NULL),
			 CODIST_OK);
	codist_dataset_release(&set);
	codist_dataset_release(&other);
	return n_samples;
}

#define SAMPLES(...) ((const char *const[]){ __VA_ARGS__, NULL })

static void a_sample_that_repeats_an_earlier_one_is_a_duplicate(void **state)
{
	(void)state;
	assert_int_equal(count(SAMPLES("a"), NULL), 0);
	assert_int_equal(count(SAMPLES("a", "b", "c"), NULL), 0);
	/* The 2nd and 3rd a, the 2nd b. */
	assert_int_equal(count(SAMPLES("a", "b", "a", "b", "c", "a"), NULL),
			 3);
}

static void a_sample_is_no_duplicate_of_what_it_begins_with(void **state)
{
	(void)state;
	assert_int_equal(count(SAMPLES("a", "ab", "abc", "", "b"), NULL), 0);
	assert_int_equal(count(SAMPLES("ab", "c", "abc", "", ""), NULL), 1);
}

static void each_sample_that_stands_in_the_other_set_counts(void **state)
{
	(void)state;
	/* Both x, though they are equal; y but once, though it is there twice. */
	assert_int_equal(count(SAMPLES("x", "q", "x", "y"),
			       SAMPLES("y", "x", "z", "y")),
			 3);
	assert_int_equal(count(SAMPLES("x", ""), SAMPLES("xx", "y")), 0);
	assert_int_equal(count(SAMPLES("x", ""), SAMPLES("", "y")), 1);
}

static void assert_checksum(const char *const *samples, const char *expected)
{
	struct codist_dataset set = set_of(samples);
	char text[CODIST_CHECKSUM_SIZE];

	codist_dataset_checksum(&set, text);
	assert_string_equal(text, expected);
	codist_dataset_release(&set);
}

/* "abc" and 56 bytes are the examples of FIPS 180-2, appendix B. */
static void a_checksum_is_that_of_all_bytes_in_order(void **state)
{
	static const char abc[] = "ba7816bf8f01cfea414140de5dae2223"
				  "b00361a396177a9cb410ff61f20015ad";

	(void)state;
	assert_checksum(SAMPLES("abc"), abc);
	assert_checksum(SAMPLES("a", "", "bc"), abc);
	assert_checksum(SAMPLES("abcdbcdecdefdefgefghfghighijhijk",
				"ijkljklmklmnlmnomnopnopq"),
			"248d6a61d20638b8e5c026930c3e6039"
			"a33ce45964ff2167f6ecedd419db06c1");
	/* sha256sum </dev/null */
	assert_checksum(SAMPLES(""), "e3b0c44298fc1c149afbf4c8996fb924"
				     "27ae41e4649b934ca495991b7852b855");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_sample_that_repeats_an_earlier_one_is_a_duplicate),
		cmocka_unit_test(
			a_sample_is_no_duplicate_of_what_it_begins_with),
		cmocka_unit_test(
			each_sample_that_stands_in_the_other_set_counts),
		cmocka_unit_test(a_checksum_is_that_of_all_bytes_in_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
