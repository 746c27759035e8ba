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

/* Drop from samples, numbered by class, what is too many; the rest joined. */
static void assert_left(const char *const *samples, const char *const *others,
			const char *expected, size_t n_expected)
{
	struct codist_dataset set = set_of(samples), other = { 0 };
	size_t n_before = set.n_samples, n_dropped = SIZE_MAX;

	set.sample_names = calloc(n_before + 1, sizeof(*set.sample_names));
	assert_non_null(set.sample_names);
	for (size_t i = 0; i < n_before; i++) {
		struct codist_bytes x = codist_dataset_sample(&set, i);

		set.labels[i] = (unsigned)i;
		if (i % 2 == 0) {
			set.sample_names[i] = strndup((const char *)x.data,
						      x.nbytes);
			assert_non_null(set.sample_names[i]);
		}
	}
	if (others)
		other = set_of(others);
	assert_int_equal(codist_dataset_drop_duplicates(
				 &set, others ? &other : NULL, &n_dropped,
				 NULL), CODIST_OK);
	assert_int_equal(n_dropped, n_before - n_expected);
	assert_int_equal(set.n_samples, n_expected);
	assert_int_equal(set.starts[n_expected], strlen(expected));
	assert_memory_equal(set.bytes, expected, strlen(expected));
	for (size_t i = 0; i < set.n_samples; i++) {
		struct codist_bytes x = codist_dataset_sample(&set, i);
		const char *name = set.sample_names[i];

		/* Its label is its old place, which has the bytes still. */
		assert_int_equal(x.nbytes, strlen(samples[set.labels[i]]));
		assert_memory_equal(x.data, samples[set.labels[i]], x.nbytes);
		assert_int_equal(name == NULL, set.labels[i] % 2);
		if (name)
			assert_memory_equal(x.data, name, x.nbytes);
	}
	codist_dataset_release(&set);
	codist_dataset_release(&other);
}

static void duplicates_are_dropped_and_the_first_is_kept(void **state)
{
	(void)state;
	assert_left(SAMPLES("a", "bb", "a", "", "bb", "c", "", "a"), NULL,
		    "abbc", 4);
	assert_left(SAMPLES("a", "b"), NULL, "ab", 2);
	/* Of another set, also the first. */
	assert_left(SAMPLES("a", "bb", "a", "", "c"), SAMPLES("a", "x", ""),
		    "bbc", 2);
	assert_left(SAMPLES("a", "a"), SAMPLES("a"), "", 0);
	assert_left(SAMPLES("a", "a"), SAMPLES("b"), "aa", 2);
}

static void the_earliest_of_equal_samples_is_named(void **state)
{
	struct codist_dataset set = set_of(SAMPLES("b", "a", "c", "a", "b",
						   "a"));
	struct codist_dataset other = set_of(SAMPLES("c", "a", "a", "c"));
	static const size_t within[] = { 0, 1, 2, 1, 0, 1 };
	static const size_t among[] = { SIZE_MAX, 1, 0, 1, SIZE_MAX, 1 };
	size_t match[6];

	(void)state;
	assert_int_equal(codist_dataset_match(&set, NULL, match, NULL),
			 CODIST_OK);
	assert_memory_equal(match, within, sizeof(match));
	assert_int_equal(codist_dataset_match(&set, &other, match, NULL),
			 CODIST_OK);
	assert_memory_equal(match, among, sizeof(match));
	codist_dataset_release(&set);
	codist_dataset_release(&other);
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
		cmocka_unit_test(duplicates_are_dropped_and_the_first_is_kept),
		cmocka_unit_test(the_earliest_of_equal_samples_is_named),
		cmocka_unit_test(a_checksum_is_that_of_all_bytes_in_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
