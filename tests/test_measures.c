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

#include "draw.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct codist_bytes bytes_of(const char *text)
{
	return (struct codist_bytes){ (const unsigned char *)text,
				      strlen(text) };
}

static void begin(const char *backend, struct codist_spec *spec,
		  struct codist_coder **coder)
{
	struct codist_error err = { 0 };

	if (codist_spec_init(spec, &codist_backends, backend, &err) ||
	    codist_coder_new(coder, spec, &err))
		fail_msg("%s", err.message);
}

static double score(const char *backend, struct codist_bytes p,
		    struct codist_bytes x)
{
	const struct codist_measure *measure =
		(const struct codist_measure *)codist_registry_find(
			&codist_measures, "conditional");
	struct codist_error err = { 0 };
	struct codist_spec spec;
	struct codist_coder *coder;
	struct codist_item query = { .bytes = x };
	double base, score = NAN;

	begin(backend, &spec, &coder);
	if (measure->reference(NULL, coder, p, &base, &err) ||
	    measure->score(NULL, coder, base, NULL, &query, &score, &err))
		fail_msg("%s", err.message);
	codist_coder_free(coder);
	codist_spec_release(&spec);
	return score;
}

static double length(const char *backend, struct codist_bytes x)
{
	struct codist_error err = { 0 };
	struct codist_spec spec;
	struct codist_coder *coder;
	double bits;

	begin(backend, &spec, &coder);
	if (codist_coder_length(coder, x, &bits, &err))
		fail_msg("%s", err.message);
	codist_coder_free(coder);
	codist_spec_release(&spec);
	return bits;
}

static double conditional(const char *backend, const char *p, const char *x)
{
	return score(backend, bytes_of(p), bytes_of(x));
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

/* Repeats after 200 bytes, so that matches reach from x into p. */
static void fill(unsigned char *bytes, size_t nbytes)
{
	for (size_t i = 0; i < nbytes; i++)
		bytes[i] = i < 200 || i % 50 == 0 ? (unsigned char)draw(256) :
						    bytes[i - 200];
}

/* Also across the window of 32 KiB, and one of 512 bytes. */
static void conditional_is_the_difference_of_two_fresh_streams(void **state)
{
	static const char *const backends[] = {
		"deflate:level=9", "deflate:level=1,wbits=31",
		"deflate:level=9,wbits=-9,unit=bit", "deflate:level=0",
		"command:cat",
	};
	static const size_t sizes[][2] = { { 0, 0 },	  { 1, 1 },
					   { 100, 784 },  { 5000, 0 },
					   { 32700, 784 }, { 70000, 2000 } };
	static unsigned char bytes[72000];

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct codist_bytes p = { bytes, sizes[i][0] };
		struct codist_bytes x = { bytes + p.nbytes, sizes[i][1] };
		struct codist_bytes px = { bytes, p.nbytes + x.nbytes };

		fill(bytes, px.nbytes);
		for (size_t b = 0; b < sizeof(backends) / sizeof(backends[0]);
		     b++)
			assert_true(score(backends[b], p, x) ==
				    length(backends[b], px) -
					    length(backends[b], p));
	}
}

static double value(const char *text, const unsigned char *x, size_t nbytes)
{
	struct codist_bytes item = { x, nbytes };
	struct codist_error err = { 0 };
	struct codist_spec spec;
	double value = NAN;

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
	struct codist_item few = { .value = 98 }, many = { .value = 100.5 };
	double score;

	(void)state;
	assert_int_equal(measure->score(NULL, NULL, 0, &many, &few, &score,
					NULL),
			 CODIST_OK);
	assert_true(score == 2.5);
	assert_int_equal(measure->score(NULL, NULL, 0, &few, &many, &score,
					NULL),
			 CODIST_OK);
	assert_true(score == 2.5);
}

/* The sketch of an item by bag-of-words, and how much of its room it touched. */
static void *bag_of(const struct codist_spec *spec, struct codist_bytes item,
		    size_t *n_touched)
{
	const struct codist_measure *measure = (const void *)spec->plugin;
	size_t most = measure->sketch_size(spec->config, item), nbytes;
	unsigned char *sketch = malloc(most);

	assert_non_null(sketch);
	memset(sketch, 0xa5, most);
	assert_int_equal(measure->sketch(spec->config, item, sketch, &nbytes,
					 NULL), CODIST_OK);
	*n_touched = most;
	while (*n_touched > 0 && sketch[*n_touched - 1] == 0xa5)
		--*n_touched;
	assert_true(nbytes <= *n_touched);
	return sketch;
}

static double bags_apart(const char *text, struct codist_bytes x,
			 struct codist_bytes y, size_t *n_touched)
{
	struct codist_item items[2] = { { .bytes = x }, { .bytes = y } };
	const struct codist_measure *measure;
	struct codist_spec spec;
	void *sketches[2];
	size_t n_of_y;
	double score = NAN;

	assert_int_equal(codist_spec_init(&spec, &codist_measures, text, NULL),
			 CODIST_OK);
	measure = (const void *)spec.plugin;
	sketches[0] = bag_of(&spec, x, n_touched);
	sketches[1] = bag_of(&spec, y, &n_of_y);
	items[0].sketch = sketches[0];
	items[1].sketch = sketches[1];
	assert_int_equal(measure->score(spec.config, NULL, 0, &items[1],
					&items[0], &score, NULL), CODIST_OK);
	free(sketches[0]);
	free(sketches[1]);
	codist_spec_release(&spec);
	return score;
}

/*
 * x has each of 20,000 words three times, y every fourth of them and 5,000
 * others, once. Of 20,000 and 10,000 words 5,000 are in both; counted, of
 * 60,000 and 10,000, 5,000, too.
 */
static void a_bag_of_many_words_counts_each_of_them(void **state)
{
	static char x[60000 * 8], y[10000 * 8];
	size_t n_touched, n_x = 0, n_y = 0;

	(void)state;
	for (size_t k = 0; k < 3; k++)
		for (size_t i = 0; i < 20000; i++)
			n_x += (size_t)sprintf(x + n_x, "w%zu ",
					       i * 7919 % 20000);
	for (size_t i = 0; i < 5000; i++)
		n_y += (size_t)sprintf(y + n_y, "w%zu v%zu ", 4 * i, i);
	assert_true(bags_apart("bag-of-words", bytes_of(x), bytes_of(y),
			       &n_touched) == 1 - 5000.0 / 25000);
	assert_true(bags_apart("bag-of-words:overlap=dice,count=each",
			       bytes_of(x), bytes_of(y), &n_touched) ==
		    1 - 5000.0 / 35000);
	assert_true(bags_apart("bag-of-words:overlap=larger", bytes_of(y),
			       bytes_of(x), &n_touched) == 1 - 5000.0 / 20000);
}

/* 500,000 repeats of two words, at 24 bytes each, would be 12 MB. */
static void words_that_repeat_take_no_room(void **state)
{
	static char x[1000001];
	size_t n_touched;

	(void)state;
	for (size_t i = 0; i < 1000000; i++)
		x[i] = "a b "[i % 4];
	assert_true(bags_apart("bag-of-words:count=each,overlap=larger",
			       bytes_of(x), bytes_of("a b c a"), &n_touched) ==
		    1 - 3.0 / 500000);
	assert_in_range(n_touched, 1, 200000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(conditional_is_what_a_sample_adds),
		cmocka_unit_test(conditional_needs_no_backend_that_primes),
		cmocka_unit_test(
			conditional_is_the_difference_of_two_fresh_streams),
		cmocka_unit_test(pixels_are_counted_or_added_up),
		cmocka_unit_test(pixels_are_as_far_apart_as_their_counts),
		cmocka_unit_test(a_bag_of_many_words_counts_each_of_them),
		cmocka_unit_test(words_that_repeat_take_no_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
