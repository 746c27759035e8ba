/*
 * test_transforms.c - transforms and references by hand
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

static void expect(const char *text, const unsigned char *x, size_t n,
		   const unsigned char *expected, size_t n_expected)
{
	struct codist_error err = { 0 };
	struct codist_spec spec;
	const struct codist_transform *transform;
	struct codist_bytes view = { x, n };
	unsigned char out[32];

	if (codist_spec_init(&spec, &codist_transforms, text, &err))
		fail_msg("%s", err.message);
	transform = (const struct codist_transform *)spec.plugin;
	assert_int_equal(transform->size ? transform->size(spec.config, n) : n,
			 n_expected);
	transform->apply(spec.config, view, out);
	assert_memory_equal(out, expected, n_expected);
	codist_spec_release(&spec);
}

static void bytes_from_the_threshold_on_become_1(void **state)
{
	static const unsigned char x[] = { 0, 1, 127, 128, 129, 255 };
	static const unsigned char at_128[] = { 0, 0, 0, 1, 1, 1 };
	static const unsigned char at_1[] = { 0, 1, 1, 1, 1, 1 };
	static const unsigned char at_0[] = { 1, 1, 1, 1, 1, 1 };
	static const unsigned char at_255[] = { 0, 0, 0, 0, 0, 1 };

	(void)state;
	expect("binarize", x, 6, at_128, 6);
	expect("binarize:threshold=1", x, 6, at_1, 6);
	expect("binarize:threshold=0", x, 6, at_0, 6);
	expect("binarize:threshold=255", x, 6, at_255, 6);
}

static void inverted_bytes_add_up_to_255(void **state)
{
	static const unsigned char x[] = { 0, 1, 128, 255 };
	static const unsigned char inverted[] = { 255, 254, 127, 0 };

	(void)state;
	expect("invert", x, 4, inverted, 4);
}

/* 1,0,0,1,0,1,1,0 is 0x96; the rest 1,1 is filled up with zeros, 0xc0. */
static void eight_pixels_make_a_byte_the_first_one_highest(void **state)
{
	static const unsigned char x[] = { 1, 0, 0, 9, 0, 1, 255, 0, 1, 1 };
	static const unsigned char packed[] = { 0x96, 0xc0 };

	(void)state;
	expect("pack", x, 10, packed, 2);
	expect("pack", x, 8, packed, 1);
	expect("pack", x, 0, packed, 0);
}

/* Seven samples of a byte each, of the classes 0 1 0 0 1 0 0. */
static void make_set(struct codist_dataset *set)
{
	static const unsigned labels[] = { 0, 1, 0, 0, 1, 0, 0 };

	if (codist_dataset_allocate(set, "made", 7, 2, 7, NULL))
		fail();
	for (size_t i = 0; i < 7; i++) {
		set->bytes[i] = (unsigned char)('a' + i);
		set->starts[i + 1] = i + 1;
		set->labels[i] = labels[i];
	}
}

static void expect_references(const char *text, size_t n,
			      const char *const *bytes, const unsigned *classes)
{
	struct codist_reference_set references;
	struct codist_error err = { 0 };
	struct codist_dataset set;
	struct codist_spec spec;

	make_set(&set);
	if (codist_spec_init(&spec, &codist_references, text, &err) ||
	    codist_references_cut(&references, &spec, &set, &err))
		fail_msg("%s", err.message);
	assert_int_equal(references.n_references, n);
	for (size_t r = 0; r < n; r++) {
		struct codist_bytes found = references.bytes_of[r];

		assert_int_equal(references.class_of[r], classes[r]);
		assert_int_equal(references.samples_in[r], strlen(bytes[r]));
		assert_int_equal(found.nbytes, strlen(bytes[r]));
		assert_memory_equal(found.data, bytes[r], found.nbytes);
	}
	codist_references_release(&references);
	codist_spec_release(&spec);
	codist_dataset_release(&set);
}

static void chunks_are_consecutive_and_the_last_of_a_class_is_short(
	void **state)
{
	static const char *const bytes[] = { "ac", "df", "g", "be" };
	static const unsigned classes[] = { 0, 0, 0, 1 };

	(void)state;
	expect_references("chunk:size=2", 4, bytes, classes);
}

static void a_class_is_one_reference(void **state)
{
	static const char *const bytes[] = { "acdfg", "be" };
	static const unsigned classes[] = { 0, 1 };

	(void)state;
	expect_references("class", 2, bytes, classes);
	expect_references("chunk:size=64", 2, bytes, classes);
}

static void each_sample_is_one_in_the_order_of_the_set(void **state)
{
	static const char *const bytes[] = { "a", "b", "c", "d",
					     "e", "f", "g" };
	static const unsigned classes[] = { 0, 1, 0, 0, 1, 0, 0 };

	(void)state;
	expect_references("each", 7, bytes, classes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_from_the_threshold_on_become_1),
		cmocka_unit_test(inverted_bytes_add_up_to_255),
		cmocka_unit_test(
			eight_pixels_make_a_byte_the_first_one_highest),
		cmocka_unit_test(
			chunks_are_consecutive_and_the_last_of_a_class_is_short),
		cmocka_unit_test(a_class_is_one_reference),
		cmocka_unit_test(each_sample_is_one_in_the_order_of_the_set),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
