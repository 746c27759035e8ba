/*
 * test_mnist.c - MNIST as it is loaded, against what numpy says of it
 *
 * All expected values come from Python: gzip and numpy.frombuffer() to read
 * the files, numpy.bincount(), hashlib.sha256(), numpy.packbits(), and
 * numpy.unique(axis=0) and a set of bytes to find what stands twice. Where
 * there is no MNIST in the data directory, all is skipped.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <codist.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

static struct codist_dataset train, test;

static void load(struct codist_dataset *set, const char *text)
{
	struct codist_error err = { 0 };
	struct codist_spec spec;

	if (codist_spec_init(&spec, &codist_loaders, text, &err) ||
	    codist_dataset_load(set, &spec, &err))
		fail_msg("%s", err.message);
	codist_spec_release(&spec);
}

static void load_mnist(void **state)
{
	char *train_spec, *test_spec;

	(void)state;
	if (train.bytes)
		return;
	if (codist_data_find("mnist", &train_spec, &test_spec, NULL)) {
		print_message("no MNIST (see codist fetch)\n");
		skip();
	}
	load(&train, train_spec);
	load(&test, test_spec);
	free(train_spec);
	free(test_spec);
}

static int release(void **state)
{
	(void)state;
	codist_dataset_release(&train);
	codist_dataset_release(&test);
	return 0;
}

static void expect_set(const struct codist_dataset *set, size_t n,
		       const size_t n_of[10], const char *sha256)
{
	char checksum[CODIST_CHECKSUM_SIZE];
	size_t found[10] = { 0 };

	assert_int_equal(set->n_samples, n);
	assert_int_equal(set->n_classes, 10);
	assert_int_equal(set->rank, 2);
	assert_int_equal(set->dimensions[0], 28);
	assert_int_equal(set->dimensions[1], 28);
	for (size_t i = 0; i < n; i++)
		found[set->labels[i]]++;
	for (size_t c = 0; c < 10; c++)
		assert_int_equal(found[c], n_of[c]);
	codist_dataset_checksum(set, checksum);
	assert_string_equal(checksum, sha256);
}

static void all_images_are_there_with_their_classes(void **state)
{
	static const size_t in_train[10] = { 5923, 6742, 5958, 6131, 5842,
					     5421, 5918, 6265, 5851, 5949 };
	static const size_t in_test[10] = { 980, 1135, 1032, 1010, 982,
					    892, 958,  1028, 974,  1009 };

	load_mnist(state);
	expect_set(&train, 60000, in_train,
		   "741c988805d008ac6e4c904b69001ba1"
		   "84c24b2c540a4ef403f4c71b676cf757");
	expect_set(&test, 10000, in_test,
		   "6d87418db22cc8025d05968bec9bd5c3"
		   "932904b23485740db143a061a2c9d161");
}

static void expect_duplicates(const struct codist_dataset *set,
			      const struct codist_dataset *other, size_t n)
{
	size_t found;

	assert_int_equal(codist_dataset_duplicates(set, other, &found, NULL),
			 CODIST_OK);
	assert_int_equal(found, n);
}

static void no_image_stands_twice(void **state)
{
	load_mnist(state);
	expect_duplicates(&train, NULL, 0);
	expect_duplicates(&test, NULL, 0);
	expect_duplicates(&test, &train, 0);
}

static void transform(struct codist_dataset *set, const char *text)
{
	struct codist_spec spec;

	assert_int_equal(codist_spec_init(&spec, &codist_transforms, text,
					  NULL), CODIST_OK);
	assert_int_equal(codist_dataset_transform(set, &spec, NULL),
			 CODIST_OK);
	codist_spec_release(&spec);
}

static void expect_checksum(const struct codist_dataset *set,
			    const char *sha256)
{
	char checksum[CODIST_CHECKSUM_SIZE];

	codist_dataset_checksum(set, checksum);
	assert_string_equal(checksum, sha256);
}

/* The last of the tests, since it changes the sets. */
static void some_images_are_the_same_in_black_and_white(void **state)
{
	load_mnist(state);
	transform(&train, "binarize:threshold=128");
	transform(&test, "binarize:threshold=128");
	expect_checksum(&test, "89ba780dee8bae72a6e99d565e97bc93"
			       "a9069e969c7ec81008f4a5cdf9e778a7");
	transform(&train, "pack");
	transform(&test, "pack");
	expect_checksum(&train, "1b7a75c885f164abbded76f434f8a566"
				"01898630fff731a58d5ec099859046f4");
	expect_checksum(&test, "0f241057dcdfd3ff181fb1389503d987"
			       "475dc4539301868124d25a54cabf6531");
	expect_duplicates(&train, NULL, 16);
	expect_duplicates(&test, NULL, 1);
	expect_duplicates(&test, &train, 9);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_images_are_there_with_their_classes),
		cmocka_unit_test(no_image_stands_twice),
		cmocka_unit_test(some_images_are_the_same_in_black_and_white),
	};

	return cmocka_run_group_tests(tests, NULL, release);
}
