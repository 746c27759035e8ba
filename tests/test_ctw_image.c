/*
 * test_ctw_image.c - pictures by context trees: a code that can be read back
 *
 * Lengths are checked against fractions in Python, see ctw_against_python.sh.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "backends/image/ctw.h"

#include "base/material.h"

#include <codist.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STREAM_MOST 4000
#define PICTURES_MOST 20

static struct codist_costs costs;

static int fill_costs(void **state)
{
	(void)state;
	codist_costs_init(&costs);
	return 0;
}

static struct codist_coder *new_coder(struct codist_spec *spec,
				      const char *text)
{
	struct codist_error err = { 0 };
	struct codist_coder *coder = NULL;

	if (codist_spec_init(spec, &codist_backends, text, &err) ||
	    codist_coder_new(&coder, spec, &err))
		fail_msg("%s: %s", text, err.message);
	return coder;
}

static void free_coder(struct codist_coder *coder, struct codist_spec *spec)
{
	codist_coder_free(coder);
	codist_spec_release(spec);
}

static double length(struct codist_coder *coder, struct codist_bytes x)
{
	struct codist_error err = { 0 };
	double bits = NAN;

	if (codist_coder_length(coder, x, &bits, &err))
		fail_msg("%s", err.message);
	return bits;
}

static double primed(struct codist_coder *coder, struct codist_bytes x)
{
	struct codist_error err = { 0 };
	double bits = NAN;

	if (codist_coder_length_primed(coder, x, NULL, &bits, &err))
		fail_msg("%s", err.message);
	return bits;
}

static void prime(struct codist_coder *coder, struct codist_bytes p)
{
	struct codist_error err = { 0 };

	if (codist_coder_prime(coder, p, &err))
		fail_msg("%s", err.message);
}

/* A picture of one of few sizes, and such that many have contexts in common. */
static size_t put_picture(unsigned char *out, uint64_t *state)
{
	static const unsigned sizes[][2] = {
		{ 1, 1 }, { 7, 5 }, { 7, 5 }, { 7, 5 }, { 1, 9 }, { 12, 1 },
		{ 17, 12 },
	};
	const unsigned *size = sizes[draw(state, 7)];
	size_t row = (size[0] + 7) / 8, n = row * size[1];
	unsigned kind = draw(state, 6);
	size_t head = (size_t)sprintf((char *)out, "P4\n%u %u\n", size[0],
				      size[1]);

	for (size_t i = 0; i < n; i++)
		out[head + i] = (unsigned char)(kind == 0 ? 0 :
						kind == 1 ? 0xff :
						kind == 2 ? draw(state, 256) :
							    0x3cu >> i % 3);
	if (kind > 3)
		out[head + draw(state, (unsigned)n)] ^=
			(unsigned char)(1 << draw(state, 8));
	return head + n;
}

static struct codist_bytes put_stream(unsigned char out[STREAM_MOST],
				      unsigned n_most, uint64_t *state)
{
	size_t n = 0;

	for (unsigned i = draw(state, n_most + 1); i > 0; i--)
		n += put_picture(out + n, state);
	assert_true(n < STREAM_MOST);
	return (struct codist_bytes){ out, n };
}

static void draw_spec(char text[128], uint64_t *state)
{
	static const char *const alphas[] = { "0.5", "0.001", "1", "0.1" };
	static const char *const weights[] = { "0.5", "0.999", "0.1", "0.001" };

	snprintf(text, 128,
		 "ctw-image:depth=%u,template=%s,per=%s,alpha=%s,weight=%s",
		 draw(state, 25), draw(state, 2) ? "near" : "wide",
		 draw(state, 3) ? "pixel" : "image", alphas[draw(state, 4)],
		 weights[draw(state, 4)]);
}

static void a_primed_length_is_that_of_the_whole_stream(void **unused)
{
	uint64_t state = 12;

	(void)unused;
	for (int round = 0; round < 300; round++) {
		unsigned char joined[2 * STREAM_MOST];
		char text[128];
		struct codist_spec spec;
		struct codist_coder *coder, *other;
		struct codist_bytes p = put_stream(joined, PICTURES_MOST,
						   &state);
		double of_p;

		draw_spec(text, &state);
		coder = new_coder(&spec, text);
		if (codist_coder_new(&other, &spec, NULL))
			fail_msg("%s", text);
		prime(coder, p);
		of_p = length(other, p);
		for (int i = 0; i < 10; i++) {
			struct codist_bytes x = put_stream(
				joined + p.nbytes, draw(&state, 3) ? 1 : 4,
				&state);
			struct codist_bytes whole = {
				joined, p.nbytes + x.nbytes
			};

			if (primed(coder, x) != length(other, whole))
				fail_msg("%s, round %d", text, round);
			x.nbytes = 0;
			assert_true(primed(coder, x) == of_p);
		}
		codist_coder_free(other);
		free_coder(coder, &spec);
	}
}

/* The trees of a writer, or of a reader, who begin with the same. */
static struct codist_ctw begin(const struct codist_template *template,
			       unsigned depth, int has_one_tree)
{
	struct codist_ctw ctw = {
		.has_one_tree = has_one_tree,
		.forest = { .depth = depth, .alpha = 0.5, .weight = 0.5 },
		.canvas = { .template = template },
	};

	assert_int_equal(codist_ctw_clear(&ctw, NULL), CODIST_OK);
	return ctw;
}

static void write_stream(struct codist_ctw *ctw, struct codist_coding *coding,
			 struct codist_bytes stream)
{
	struct codist_pbm picture = { 0 };
	int is_there;

	for (;;) {
		assert_int_equal(codist_pbm_next(&picture, &stream, "", &is_there,
						 NULL), CODIST_OK);
		if (!is_there)
			break;
		assert_int_equal(codist_ctw_write(ctw, coding, &picture, NULL),
				 CODIST_OK);
	}
	codist_sizes_end(coding);
}

static void read_stream(struct codist_ctw *ctw, struct codist_coding *coding,
			struct codist_bytes expected)
{
	struct codist_pbm picture = { 0 };
	int is_there, is_read;

	do {
		assert_int_equal(codist_pbm_next(&picture, &expected, "",
						 &is_there, NULL), CODIST_OK);
		assert_int_equal(codist_ctw_read(ctw, coding, &is_read, NULL),
				 CODIST_OK);
		assert_int_equal(is_read, is_there);
		if (!is_there)
			break;
		assert_int_equal(ctw->canvas.width, picture.width);
		assert_int_equal(ctw->canvas.height, picture.height);
		for (size_t y = 0; y < picture.height; y++)
			for (size_t x = 0; x < picture.width; x++)
				assert_int_equal(
					*codist_canvas_at(&ctw->canvas, y, x),
					codist_pbm_pixel(&picture, y, x));
	} while (1);
}

static void what_is_written_is_read_back_and_as_long_as_is_said(void **unused)
{
	uint64_t state = 5;

	(void)unused;
	for (int round = 0; round < 200; round++) {
		const struct codist_template *template =
			draw(&state, 2) ? &codist_template_near :
					  &codist_template_wide;
		unsigned depth = draw(&state, CODIST_DEPTH_MOST + 1);
		int has_one_tree = draw(&state, 2) == 0;
		unsigned char bytes[STREAM_MOST];
		struct codist_bytes stream = put_stream(bytes, PICTURES_MOST,
							&state);
		struct codist_ctw from = begin(template, depth, has_one_tree);
		struct codist_ctw to = begin(template, depth, has_one_tree);
		struct codist_coding written, read;
		struct codist_coder *coder;
		struct codist_bytes code;
		struct codist_spec spec;
		char text[128];
		double bits;

		codist_coding_write(&written, &costs);
		write_stream(&from, &written, stream);
		assert_int_equal(codist_coding_finish(&written, &code, NULL),
				 CODIST_OK);
		codist_coding_read(&read, &costs, code);
		read_stream(&to, &read, stream);

		snprintf(text, sizeof(text),
			 "ctw-image:depth=%u,template=%s,per=%s,weight=0.5",
			 depth,
			 template == &codist_template_near ? "near" : "wide",
			 has_one_tree ? "image" : "pixel");
		coder = new_coder(&spec, text);
		bits = length(coder, stream);
		assert_true(bits == codist_coding_bits(&written));
		/* Whole bytes, of which zeros at the end are not written. */
		assert_true(8 * (double)code.nbytes < bits + 9);
		free_coder(coder, &spec);
		codist_coding_free(&written);
		codist_ctw_release(&from);
		codist_ctw_release(&to);
	}
}

#define PBM(text) \
	(struct codist_bytes){ (const unsigned char *)(text), sizeof(text) - 1 }

/* A stream's end is 8 bits; a picture, 2 of 256 equally unlikely ends not. */
static void lengths_by_hand(void **unused)
{
	const double another = -log2(255.0 / 256);
	struct codist_spec spec;
	struct codist_coder *coder;

	(void)unused;
	coder = new_coder(&spec, "ctw-image:alpha=0.5");
	assert_true(length(coder, PBM("")) == 8);
	/* 1 x 1: gamma codes of a bit each, and a pixel of a half. */
	assert_true(fabs(length(coder, PBM("P4\n1 1\n\x80")) -
			 (another + 2 + 1 + 8)) < 1e-5);
	free_coder(coder, &spec);
	/* Two black pixels by one count: 1/2, then (1 + 1/2) / 2. */
	coder = new_coder(&spec, "ctw-image:alpha=0.5,depth=0,per=image");
	assert_true(fabs(length(coder, PBM("P4\n2 1\n\xc0")) -
			 (another + 4 + 1 - log2(0.75) + 8)) < 1e-5);
	free_coder(coder, &spec);
	/* The second time a place is black: 3/4, and the size is as before. */
	coder = new_coder(&spec, "ctw-image:alpha=0.5,depth=7");
	assert_true(fabs(length(coder, PBM("P4\n1 1\n\x80"
					   "P4\n1 1\n\x80")) -
			 (3 * another + 2 + 1 - log2(0.75) + 8)) < 1e-5);
	free_coder(coder, &spec);
}

/* The mixture has at least its share of what its part gives to the stream. */
static void a_deep_tree_loses_a_bit_at_most_to_its_root(void **unused)
{
	uint64_t state = 9;
	struct codist_spec deep_spec, flat_spec;
	struct codist_coder *deep = new_coder(
		&deep_spec, "ctw-image:per=image,weight=0.5,depth=16");
	struct codist_coder *flat = new_coder(
		&flat_spec, "ctw-image:per=image,weight=0.5,depth=0");

	(void)unused;
	for (int round = 0; round < 200; round++) {
		unsigned char bytes[STREAM_MOST];
		struct codist_bytes x = put_stream(bytes, PICTURES_MOST,
						   &state);

		/* Probabilities have 16 bits, which costs a little. */
		assert_true(length(deep, x) < length(flat, x) + 1.01);
	}
	free_coder(deep, &deep_spec);
	free_coder(flat, &flat_spec);
}

/* Padding at the end of a row is no pixel, and comments are none. */
static void only_pixels_count(void **unused)
{
	struct codist_spec spec;
	struct codist_coder *coder = new_coder(&spec, "ctw-image");

	(void)unused;
	assert_true(length(coder, PBM("P4\n3 2\n\xa0\x40")) ==
		    length(coder, PBM("P4 # padded\n3\t2\n\xbf\x55")));
	/* The same bits in another shape are another picture. */
	prime(coder, PBM("P4\n3 2\n\xa0\x40"));
	assert_true(primed(coder, PBM("P4\n3 2\n\xbf\x55")) <
		    primed(coder, PBM("P4\n2 3\n\x80\xc0\x40")));
	free_coder(coder, &spec);
}

static void refuse(struct codist_coder *coder, struct codist_bytes x,
		   const char *says)
{
	struct codist_error err = { 0 };
	double bits;

	assert_int_equal(codist_coder_length_primed(coder, x, NULL, &bits,
						    &err), CODIST_EFORMAT);
	if (!strstr(err.message, says))
		fail_msg("%s", err.message);
}

/* Some of it was taken in when that was found out. */
static void what_is_no_picture_leaves_the_prefix_as_it_is(void **unused)
{
	static const char *const specs[] = { "ctw-image",
					     "ctw-image:per=image" };
	const struct codist_bytes p = PBM("P4\n8 2\n\x12\x34P4\n8 2\n\x92\x34");
	const struct codist_bytes x = PBM("P4\n8 2\n\x12\x36");

	(void)unused;
	for (size_t i = 0; i < 2; i++) {
		struct codist_spec spec;
		struct codist_coder *coder = new_coder(&spec, specs[i]);
		double bits;

		prime(coder, p);
		bits = primed(coder, x);
		refuse(coder, PBM("not a picture"), "found bytes 0x6e 0x6f");
		refuse(coder, PBM("P4\n8 2\n\x12"), "truncated");
		refuse(coder, PBM("P4\n8 2\n\x12\x34P4\n9 2\n\x12\x34\x92\x34"
				  "P5"), "PGM (P5) as picture 3");
		refuse(coder, PBM("P4\n8 2\n\x12\x34P"), "1 byte behind picture 1, at first 0x50");
		assert_true(primed(coder, x) == bits);
		assert_int_equal(codist_coder_prime(coder, PBM("P4\n0 1\n"),
						    NULL), CODIST_EFORMAT);
		prime(coder, p);
		assert_true(primed(coder, x) == bits);
		free_coder(coder, &spec);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_primed_length_is_that_of_the_whole_stream),
		cmocka_unit_test(
			what_is_written_is_read_back_and_as_long_as_is_said),
		cmocka_unit_test(lengths_by_hand),
		cmocka_unit_test(a_deep_tree_loses_a_bit_at_most_to_its_root),
		cmocka_unit_test(only_pixels_count),
		cmocka_unit_test(what_is_no_picture_leaves_the_prefix_as_it_is),
	};

	return cmocka_run_group_tests(tests, fill_costs, NULL);
}
