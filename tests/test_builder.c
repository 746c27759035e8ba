/*
 * test_builder.c - sets that grow by a sample at a time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <codist.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void add(struct codist_builder *builder, const char *sample,
		const char *class_name, const char *sample_name)
{
	struct codist_bytes x = { (const unsigned char *)sample,
				  strlen(sample) };

	assert_int_equal(codist_builder_add(builder, x, class_name,
					    sample_name, NULL),
			 CODIST_OK);
}

/* A set with a sample of each of these classes; the list ends with NULL. */
static struct codist_dataset set_of(const char *const *names)
{
	struct codist_builder builder;
	struct codist_dataset set;

	codist_builder_init(&builder, "made");
	for (size_t i = 0; names[i]; i++)
		add(&builder, names[i], names[i], NULL);
	assert_int_equal(codist_builder_finish(&builder, &set, NULL),
			 CODIST_OK);
	codist_builder_release(&builder);
	return set;
}

static void assert_order(const char *const *names, const char *const *expected)
{
	struct codist_dataset set = set_of(names);
	size_t n = 0;

	for (; expected[n]; n++) {
		assert_true(n < set.n_classes);
		assert_string_equal(set.class_names[n], expected[n]);
	}
	assert_int_equal(set.n_classes, n);
	/* Each sample says its class. */
	for (size_t i = 0; i < set.n_samples; i++) {
		struct codist_bytes x = codist_dataset_sample(&set, i);
		const char *name = set.class_names[set.labels[i]];

		assert_int_equal(x.nbytes, strlen(name));
		assert_memory_equal(x.data, name, x.nbytes);
	}
	codist_dataset_release(&set);
}

#define NAMES(...) (const char *const[]){ __VA_ARGS__, NULL }

static void classes_that_are_whole_numbers_stand_by_value(void **state)
{
	(void)state;
	assert_order(NAMES("10", "9", "0", "100", "9", "-2", "-10"),
		     NAMES("-10", "-2", "0", "9", "10", "100"));
	/* 2^64 and its neighbours, which no integer type holds. */
	assert_order(NAMES("18446744073709551617", "18446744073709551616",
			   "2", "-18446744073709551616"),
		     NAMES("-18446744073709551616", "2",
			   "18446744073709551616", "18446744073709551617"));
}

static void all_other_classes_stand_by_their_bytes(void **state)
{
	(void)state;
	assert_order(NAMES("earn", "acq", "Trade", "earn", "acquired"),
		     NAMES("Trade", "acq", "acquired", "earn"));
	/* One name that is no number, or not as a number is written: all. */
	assert_order(NAMES("10", "9", "x"), NAMES("10", "9", "x"));
	assert_order(NAMES("10", "9", "09"), NAMES("09", "10", "9"));
	assert_order(NAMES("10", "9", "+1"), NAMES("+1", "10", "9"));
	assert_order(NAMES("10", "9", "-0"), NAMES("-0", "10", "9"));
	assert_order(NAMES("10", "9", "-"), NAMES("-", "10", "9"));
	assert_order(NAMES("10", "9", ""), NAMES("", "10", "9"));
	/* Bytes are unsigned: those of UTF-8 come after ASCII. */
	assert_order(NAMES("\xc3\xa4", "z", "\xff", "a b"),
		     NAMES("a b", "z", "\xc3\xa4", "\xff"));
}

static void samples_come_in_order_with_their_names_and_bytes(void **state)
{
	struct codist_builder builder;
	struct codist_dataset set;
	char text[8];

	(void)state;
	codist_builder_init(&builder, "made");
	add(&builder, "xyz", "b", NULL);
	add(&builder, "", "a", "second");
	add(&builder, "\xff\x01", "b", "third sample");
	add(&builder, "w", "b", NULL);
	assert_int_equal(codist_builder_add_class(&builder, "aa", NULL),
			 CODIST_OK);
	assert_int_equal(codist_builder_add_class(&builder, "b", NULL),
			 CODIST_OK);
	assert_int_equal(codist_builder_finish(&builder, &set, NULL),
			 CODIST_OK);
	codist_builder_release(&builder);
	assert_string_equal(set.name, "made");
	assert_int_equal(set.n_samples, 4);
	assert_int_equal(set.n_classes, 3);
	assert_string_equal(set.class_names[1], "aa");
	assert_int_equal(set.rank, 0);
	assert_memory_equal(set.bytes, "xyz\xff\x01w", 6);
	assert_int_equal(set.starts[0], 0);
	assert_int_equal(set.starts[1], 3);
	assert_int_equal(set.starts[2], 3);
	assert_int_equal(set.starts[3], 5);
	assert_int_equal(set.starts[4], 6);
	assert_int_equal(set.labels[0], 2);
	assert_int_equal(set.labels[1], 0);
	codist_dataset_sample_name(&set, 0, text, sizeof(text));
	assert_string_equal(text, "0");
	codist_dataset_sample_name(&set, 1, text, sizeof(text));
	assert_string_equal(text, "second");
	codist_dataset_sample_name(&set, 2, text, sizeof(text));
	assert_string_equal(text, "third s");
	codist_dataset_sample_name(&set, 3, text, sizeof(text));
	assert_string_equal(text, "3");
	codist_dataset_release(&set);
}

static void names_survive_a_transform(void **state)
{
	struct codist_builder builder;
	struct codist_dataset set;
	struct codist_spec spec;

	(void)state;
	codist_builder_init(&builder, "made");
	add(&builder, "a", "b", "one");
	assert_int_equal(codist_builder_finish(&builder, &set, NULL),
			 CODIST_OK);
	codist_builder_release(&builder);
	assert_int_equal(codist_spec_init(&spec, &codist_transforms, "invert",
					  NULL),
			 CODIST_OK);
	assert_int_equal(codist_dataset_transform(&set, &spec, NULL),
			 CODIST_OK);
	assert_string_equal(set.sample_names[0], "one");
	codist_spec_release(&spec);
	codist_dataset_release(&set);
}

static void many_samples_of_many_classes_keep_their_places(void **state)
{
	enum { N = 30000 };
	struct codist_builder builder;
	struct codist_dataset set;
	char text[16];

	(void)state;
	codist_builder_init(&builder, "many");
	for (unsigned i = 0; i < N; i++) {
		/* 7919 is prime, so that all numbers below N come up. */
		snprintf(text, sizeof(text), "%u", i * 7919 % N);
		add(&builder, text, text, i % 3 == 1 ? text : NULL);
	}
	assert_int_equal(codist_builder_finish(&builder, &set, NULL),
			 CODIST_OK);
	codist_builder_release(&builder);
	assert_int_equal(set.n_samples, N);
	assert_int_equal(set.n_classes, N);
	for (unsigned i = 0; i < N; i++) {
		struct codist_bytes x = codist_dataset_sample(&set, i);

		snprintf(text, sizeof(text), "%u", i * 7919 % N);
		assert_int_equal(set.labels[i], i * 7919 % N);
		assert_string_equal(set.class_names[set.labels[i]], text);
		assert_int_equal(x.nbytes, strlen(text));
		assert_memory_equal(x.data, text, x.nbytes);
		if (i % 3 == 1)
			assert_string_equal(set.sample_names[i], text);
		else
			assert_null(set.sample_names[i]);
	}
	codist_dataset_release(&set);
}

static void an_empty_builder_makes_an_empty_set_or_is_dropped(void **state)
{
	struct codist_builder builder;
	struct codist_dataset set;

	(void)state;
	codist_builder_init(&builder, "none");
	assert_int_equal(codist_builder_finish(&builder, &set, NULL),
			 CODIST_OK);
	codist_builder_release(&builder);
	assert_int_equal(set.n_samples, 0);
	assert_int_equal(set.n_classes, 0);
	assert_int_equal(set.starts[0], 0);
	codist_dataset_release(&set);
	codist_builder_init(&builder, "dropped");
	add(&builder, "x", "y", "z");
	codist_builder_release(&builder);
	codist_builder_release(&builder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(classes_that_are_whole_numbers_stand_by_value),
		cmocka_unit_test(all_other_classes_stand_by_their_bytes),
		cmocka_unit_test(
			samples_come_in_order_with_their_names_and_bytes),
		cmocka_unit_test(names_survive_a_transform),
		cmocka_unit_test(
			many_samples_of_many_classes_keep_their_places),
		cmocka_unit_test(
			an_empty_builder_makes_an_empty_set_or_is_dropped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
