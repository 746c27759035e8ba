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

#include <stdio.h>
#include <string.h>

static void expect(const char *text, const unsigned char *x, size_t n,
		   const unsigned char *expected, size_t n_expected)
{
	struct codist_error err = { 0 };
	struct codist_spec spec;
	const struct codist_transform *transform;
	struct codist_bytes view = { x, n };
	unsigned char out[128];
	size_t size;

	if (codist_spec_init(&spec, &codist_transforms, text, &err))
		fail_msg("%s", err.message);
	transform = (const struct codist_transform *)spec.plugin;
	size = transform->size ? transform->size(spec.config, n) : n;
	assert_true(size <= sizeof(out) && size >= n_expected);
	assert_true(transform->varies || size == n_expected);
	assert_int_equal(transform->apply(spec.config, view, out), n_expected);
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

/* What planes make is compared in Python, image_transforms_against_python.sh. */
static void thresholds_of_planes_rise_from_1_to_255(void **state)
{
	static const char *const refused[] = {
		"", "0", "256", "1000", "0001", "64+64", "128+64", "64+", "+64",
		"64++128", "64+x", "64 + 128", "-1",
	};
	struct codist_error err = { 0 };
	struct codist_spec spec;
	char text[64];

	(void)state;
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		snprintf(text, sizeof(text), "planes:thresholds=%s",
			 refused[i]);
		assert_int_equal(codist_spec_init(&spec, &codist_transforms,
						  text, &err), CODIST_EUSAGE);
		if (!strstr(err.message, "expected numbers within 1..255"))
			fail_msg("%s: %s", text, err.message);
	}
	assert_int_equal(codist_spec_init(&spec, &codist_transforms,
					  "planes:thresholds=1+255", &err),
			 CODIST_OK);
	codist_spec_release(&spec);
}

static void expect_text(const char *spec, const char *x, const char *expected)
{
	expect(spec, (const unsigned char *)x, strlen(x),
	       (const unsigned char *)expected, strlen(expected));
}

/* "\xc3\x84" is a capital A umlaut in UTF-8, "\xc4" in Latin-1. */
static void only_letters_of_ascii_are_lowered(void **state)
{
	(void)state;
	expect_text("lower", "Az@AZ[`az{ 09 \xc3\x84\xc4",
		    "az@az[`az{ 09 \xc3\x84\xc4");
	expect_text("lower", "", "");
	expect("lower", (const unsigned char *)"A\0B", 3,
	       (const unsigned char *)"a\0b", 3);
}

static void words_are_one_blank_apart(void **state)
{
	(void)state;
	expect_text("squeeze-space", "  a \t\n b\vc\f\rd\r\n", "a b c d");
	expect_text("squeeze-space", " \t\r\n", "");
	expect_text("squeeze-space", "a b", "a b");
	/* A no-break space, in UTF-8 and in Latin-1, and \b are not blank. */
	expect_text("squeeze-space", "a \xc2\xa0 \xa0\b ",
		    "a \xc2\xa0 \xa0\b");
}

static void a_tag_stands_in_front(void **state)
{
	(void)state;
	expect_text("prefix-tag:re: ", "x", "re: x");
	expect_text("prefix-tag:tag=a\\,b=c", "", "a,b=c");
	expect_text("prefix-tag:tag=", "x", "x");
}

static void tags_and_comments_are_taken_out(void **state)
{
	(void)state;
	expect_text("strip-markup", "<p>a<br/>b</p> <i\nx=1>c</i>", "ab c");
	expect_text("strip-markup", "<!DOCTYPE html>a<?xml b?>c", "ac");
	expect_text("strip-markup", "a<!-- <b> -- > --->c", "ac");
	expect_text("strip-markup", "<!-->a<!--->b<!---->c", "abc");
	expect_text("strip-markup", "<a title=\"b > c\" x = '\">'>d", "d");
	expect_text("strip-markup", "<p it's \">a", "a");
	expect_text("strip-markup", "<p a=b's>c", "c");
	expect_text("strip-markup", "1 < 2 > 1 <3 <<b>", "1 < 2 > 1 <3 <");
}

static void markup_that_does_not_end_takes_the_rest(void **state)
{
	(void)state;
	expect_text("strip-markup", "a <b c", "a ");
	expect_text("strip-markup", "a <!-- b > c", "a ");
	expect_text("strip-markup", "a <b c='> d", "a ");
	expect_text("strip-markup", "a <? b", "a ");
	expect_text("strip-markup", "a <", "a <");
}

/*
 * U+E9 is 0xc3 0xa9, U+20AC 0xe2 0x82 0xac and U+1F600 0xf0 0x9f 0x98 0x80 by
 * the tables of RFC 3629, and U+FFFD is 0xef 0xbf 0xbd.
 */
static void character_references_become_utf_8(void **state)
{
	(void)state;
	expect_text("strip-markup", "&lt;b&gt; &amp;amp; &quot;&apos;",
		    "<b> &amp; \"'");
	expect_text("strip-markup", "&#233;&#xE9;&#Xe9;",
		    "\xc3\xa9\xc3\xa9\xc3\xa9");
	expect_text("strip-markup", "&#8364;&#x1F600;&#65;",
		    "\xe2\x82\xac\xf0\x9f\x98\x80" "A");
	expect_text("strip-markup", "&#0;&#xD800;&#1114112;&#99999999999999;",
		    "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
	/* What is not whole, or not known, stays. */
	expect_text("strip-markup", "&#;&#x;&#x41 &lt &AMP; &nbsp; &",
		    "&#;&#x;&#x41 &lt &AMP; &nbsp; &");
}

static size_t one_too_few(const void *config, struct codist_bytes x,
		       unsigned char *out)
{
	(void)config;
	(void)out;
	return x.nbytes - 1;
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

static void one_that_writes_less_than_it_said_is_refused(void **state)
{
	static const struct codist_transform transform = {
		.plugin = { .name = "short", .summary = "too short" },
		.apply = one_too_few,
	};
	const struct codist_spec spec = { &transform.plugin, NULL };
	struct codist_error err = { 0 };
	struct codist_dataset set;

	(void)state;
	make_set(&set);
	assert_int_equal(codist_dataset_transform(&set, &spec, &err),
			 CODIST_ELIBRARY);
	assert_string_equal(err.message,
			    "transform short: made 0 bytes of 1, expected 1");
	assert_int_equal(set.starts[7], 7); /* and the set is as it was */
	codist_dataset_release(&set);
}

static void samples_of_varying_length_have_no_shape(void **state)
{
	struct codist_dataset set;
	struct codist_spec spec;

	(void)state;
	make_set(&set);
	memcpy(set.bytes, "a b cd ", 7);
	set.rank = 1;
	set.dimensions[0] = 1;
	if (codist_spec_init(&spec, &codist_transforms, "squeeze-space",
			     NULL) ||
	    codist_dataset_transform(&set, &spec, NULL))
		fail();
	assert_int_equal(set.rank, 0);
	assert_int_equal(set.starts[7], 4);
	assert_memory_equal(set.bytes, "abcd", 4);
	assert_int_equal(codist_dataset_sample(&set, 1).nbytes, 0);
	assert_int_equal(codist_dataset_sample(&set, 2).data[0], 'b');
	codist_spec_release(&spec);
	codist_dataset_release(&set);
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
		cmocka_unit_test(thresholds_of_planes_rise_from_1_to_255),
		cmocka_unit_test(only_letters_of_ascii_are_lowered),
		cmocka_unit_test(words_are_one_blank_apart),
		cmocka_unit_test(a_tag_stands_in_front),
		cmocka_unit_test(tags_and_comments_are_taken_out),
		cmocka_unit_test(markup_that_does_not_end_takes_the_rest),
		cmocka_unit_test(character_references_become_utf_8),
		cmocka_unit_test(one_that_writes_less_than_it_said_is_refused),
		cmocka_unit_test(samples_of_varying_length_have_no_shape),
		cmocka_unit_test(
			chunks_are_consecutive_and_the_last_of_a_class_is_short),
		cmocka_unit_test(a_class_is_one_reference),
		cmocka_unit_test(each_sample_is_one_in_the_order_of_the_set),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
