/*
 * test_image_coding.c - bits through the arithmetic code, sizes, PBM streams
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "backends/image/pbm.h"
#include "backends/image/sizes.h"

#include "draw.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct codist_costs costs;

static int fill_costs(void **state)
{
	(void)state;
	codist_costs_init(&costs);
	return 0;
}

/* Bits whose probabilities are right on average, far off, or the extremes. */
enum kind { RIGHT, WRONG, EXTREME, UNHEARD_OF, N_KINDS };

static uint32_t draw_p1(enum kind kind)
{
	if (kind == EXTREME || kind == UNHEARD_OF)
		return draw(2) ? 1 : 65535;
	return 1 + draw(65535);
}

static unsigned draw_bit(enum kind kind, uint32_t p1)
{
	if (kind == RIGHT)
		return draw(65536) < p1;
	if (kind == EXTREME)
		return p1 == 65535;
	if (kind == UNHEARD_OF)
		return p1 == 1;
	return draw(2);
}

static void round_trip(enum kind kind, size_t n)
{
	struct codist_coding counted, written, read;
	struct codist_bytes bytes;
	uint32_t *p1 = malloc((n + 1) * sizeof(*p1));
	unsigned char *bits = malloc(n + 1);
	double spare;

	assert_true(p1 && bits);
	codist_coding_count(&counted, &costs);
	codist_coding_write(&written, &costs);
	for (size_t i = 0; i < n; i++) {
		p1[i] = draw_p1(kind);
		bits[i] = (unsigned char)draw_bit(kind, p1[i]);
		assert_int_equal(codist_coding_bit(&counted, p1[i], bits[i]),
				 bits[i]);
		assert_int_equal(codist_coding_bit(&written, p1[i], bits[i]),
				 bits[i]);
	}
	assert_int_equal(codist_coding_finish(&written, &bytes, NULL),
			 CODIST_OK);
	assert_true(codist_coding_bits(&written) ==
		    codist_coding_bits(&counted));
	/* Bytes are whole, and zeros at the end need not be written. */
	spare = 8 * (double)bytes.nbytes - codist_coding_bits(&counted);
	assert_true(spare < 9);
	codist_coding_read(&read, &costs, bytes);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(codist_coding_bit(&read, p1[i], 2), bits[i]);
	assert_true(codist_coding_bits(&read) == codist_coding_bits(&counted));
	codist_coding_free(&written);
	free(bits);
	free(p1);
}

static void what_is_written_is_read_back_and_as_long_as_was_counted(void **state)
{
	static const size_t sizes[] = { 0, 1, 2, 7, 100, 3000, 100000 };

	(void)state;
	for (enum kind kind = 0; kind < N_KINDS; kind++)
		for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
			for (int n = 0; n < 20; n++)
				round_trip(kind, sizes[i]);
}

/* All of the range's lower end: carries go through long runs of 0xff. */
static void a_carry_goes_through_all_bytes(void **state)
{
	(void)state;
	for (size_t n = 1; n < 2000; n += 37) {
		struct codist_coding written, read;
		struct codist_bytes bytes;

		codist_coding_write(&written, &costs);
		(void)codist_coding_bit(&written, 65535, 1);
		for (size_t i = 0; i < n; i++)
			(void)codist_coding_bit(&written, 1, 0);
		(void)codist_coding_bit(&written, 65535, 0);
		assert_int_equal(codist_coding_finish(&written, &bytes, NULL),
				 CODIST_OK);
		codist_coding_read(&read, &costs, bytes);
		assert_int_equal(codist_coding_bit(&read, 65535, 0), 1);
		for (size_t i = 0; i < n; i++)
			assert_int_equal(codist_coding_bit(&read, 1, 1), 0);
		assert_int_equal(codist_coding_bit(&read, 65535, 1), 0);
		codist_coding_free(&written);
	}
}

/* By hand: 2^20 parts a bit; -log2(3 / 4) is 0.4150375. */
static void costs_are_logarithms(void **state)
{
	(void)state;
	assert_int_equal(costs.of[32768], 1 << 20);
	assert_int_equal(costs.of[1], 16 << 20);
	assert_int_equal(costs.of[49152], 435198);
	for (uint32_t p = 1; p < 65536; p++) {
		double exact = (1 << 20) * log2(65536.0 / p);

		/* No tie, so that every log2() rounds it alike. */
		assert_true(fabs(exact - floor(exact) - 0.5) > 1e-6);
		assert_true(fabs(costs.of[p] - exact) < 0.5);
	}
}

static void sizes_are_read_back(void **state)
{
	static const size_t sizes[][2] = {
		{ 1, 1 }, { 1, 1 }, { 28, 28 }, { 28, 28 }, { 28, 28 },
		{ 28, 27 }, { 27, 28 }, { 1, 999999999 }, { 65536, 65535 },
		{ SIZE_MAX >> 1, 2 },
	};
	struct codist_sizes from = { 0, 0 }, to = { 0, 0 };
	struct codist_coding written, read;
	struct codist_bytes bytes;
	size_t width, height;

	(void)state;
	codist_coding_write(&written, &costs);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		width = sizes[i][0];
		height = sizes[i][1];
		assert_int_equal(codist_sizes_picture(&from, &written, &width,
						      &height), 1);
	}
	codist_sizes_end(&written);
	assert_int_equal(codist_coding_finish(&written, &bytes, NULL),
			 CODIST_OK);
	codist_coding_read(&read, &costs, bytes);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		assert_int_equal(codist_sizes_picture(&to, &read, &width,
						      &height), 1);
		assert_int_equal(width, sizes[i][0]);
		assert_int_equal(height, sizes[i][1]);
	}
	assert_int_equal(codist_sizes_picture(&to, &read, &width, &height), 0);
	codist_coding_free(&written);
}

/* The first size is two gamma codes of 9 bits; the same again is nearly free. */
static void a_size_costs_little_when_it_repeats(void **state)
{
	const double likely = -log2(255.0 / 256), unlikely = 8;
	struct codist_sizes sizes = { 0, 0 };
	struct codist_coding counted;
	size_t width = 28, height = 28;

	(void)state;
	codist_coding_count(&counted, &costs);
	(void)codist_sizes_picture(&sizes, &counted, &width, &height);
	assert_true(fabs(codist_coding_bits(&counted) -
			 (likely + 9 + 9)) < 1e-5);
	codist_coding_count(&counted, &costs);
	(void)codist_sizes_picture(&sizes, &counted, &width, &height);
	codist_sizes_end(&counted);
	assert_true(fabs(codist_coding_bits(&counted) -
			 (2 * likely + unlikely)) < 1e-5);
}

/* A code that nobody wrote is read without end, but not beyond a size_t. */
static void any_bytes_are_some_sizes(void **state)
{
	unsigned char bytes[64];

	(void)state;
	for (int n = 0; n < 3000; n++) {
		struct codist_sizes sizes = { 0, 0 };
		struct codist_coding read;
		size_t width = 0, height = 0;

		for (size_t i = 0; i < sizeof(bytes); i++)
			bytes[i] = n < 3 ? 0 : (unsigned char)draw(256);
		codist_coding_read(&read, &costs, (struct codist_bytes){
			bytes, sizeof(bytes) });
		for (int i = 0; i < 20; i++)
			if (codist_sizes_picture(&sizes, &read, &width,
						 &height))
				assert_true(width > 0 && height > 0);
	}
}

#define PBM(text) { (const unsigned char *)(text), sizeof(text) - 1 }

static void a_stream_is_read_picture_by_picture(void **state)
{
	struct codist_bytes stream = PBM(
		"P4\n3 2\n\xa0\x40"
		"P4 9\t1\r\xff\x80"
		"P4\n# a comment\n 1 # another\n1\n\x00"
		"P4#\n8 1\n\nP");
	struct codist_pbm picture = { 0 };
	int is_there;

	(void)state;
	assert_int_equal(codist_pbm_next(&picture, &stream, "it", &is_there,
					 NULL), CODIST_OK);
	assert_true(is_there && picture.width == 3 && picture.height == 2);
	assert_int_equal(codist_pbm_pixel(&picture, 0, 0), 1);
	assert_int_equal(codist_pbm_pixel(&picture, 0, 1), 0);
	assert_int_equal(codist_pbm_pixel(&picture, 0, 2), 1);
	assert_int_equal(codist_pbm_pixel(&picture, 1, 0), 0);
	assert_int_equal(codist_pbm_pixel(&picture, 1, 1), 1);
	assert_int_equal(codist_pbm_next(&picture, &stream, "it", &is_there,
					 NULL), CODIST_OK);
	assert_true(is_there && picture.width == 9 && picture.height == 1);
	assert_int_equal(codist_pbm_pixel(&picture, 0, 8), 1);
	assert_int_equal(codist_pbm_next(&picture, &stream, "it", &is_there,
					 NULL), CODIST_OK);
	assert_true(is_there && picture.width == 1 && picture.height == 1);
	assert_int_equal(codist_pbm_pixel(&picture, 0, 0), 0);
	assert_int_equal(codist_pbm_next(&picture, &stream, "it", &is_there,
					 NULL), CODIST_OK);
	assert_true(is_there && picture.width == 8 && picture.height == 1);
	assert_int_equal(*picture.raster, '\n');
	/* One white space ends the header, and what follows are pixels. */
	assert_int_equal(stream.nbytes, 1);
	stream.nbytes = 0;
	assert_int_equal(codist_pbm_next(&picture, &stream, "it", &is_there,
					 NULL), CODIST_OK);
	assert_int_equal(is_there, 0);
}

static void what_is_no_picture_is_refused_by_what_it_is(void **state)
{
	static const struct {
		struct codist_bytes stream;
		const char *says;
	} bad[] = {
		{ PBM("P"), "found a byte 0x50" },
		{ PBM("P5\n1 1\n255\n\x80"), "found PGM (P5) as picture 1" },
		{ PBM("P1\n1 1\n1"), "found plain PBM (P1) as picture 1" },
		{ PBM("P2\n1 1\n9\n1"), "plain PGM (P2)" },
		{ PBM("P3\n1 1\n9\n1 1 1"), "plain PPM (P3)" },
		{ PBM("P6\n1 1\n255\nabc"), "found PPM (P6)" },
		{ PBM("P7\nWIDTH 1\n"), "PAM (P7)" },
		{ PBM("P0"), "found bytes 0x50 0x30; the transform binarize + "
			     "pbm makes such" },
		{ PBM("P8"), "found bytes 0x50 0x38" },
		{ PBM("\x00\x01"), "found bytes 0x00 0x01" },
		{ PBM("\nP4\n1 1\n\x80"), "found bytes 0x0a 0x50" },
		{ PBM("P4"), "picture 1: the header ends after P4, expected "
			     "white space and a width" },
		{ PBM("P4\n# 3 4"), "ends after P4" },
		{ PBM("P41 1\n\x80"), "a byte 0x31 behind P4" },
		{ PBM("P4\n12"), "ends after its width, expected white space "
				 "and a height" },
		{ PBM("P4\n1\n\x80"), "a byte 0x80 behind its width" },
		{ PBM("P4\n-1 1\n\x80"), "a byte 0x2d behind P4" },
		{ PBM("P4\n1 1"), "ends after its height, expected white "
				  "space" },
		{ PBM("P4\n1 1x\x80"), "a byte 0x78 behind its height" },
		{ PBM("P4\n1000000000 1\n"), "a byte 0x30 behind nine digits" },
		{ PBM("P4\n1 18446744073709551617\n\x80"),
		  "a byte 0x37 behind nine digits, expected white space and a "
		  "height of at most nine" },
		{ PBM("P4\n0 5\n"), "picture 1 is of 0 x 5 pixels" },
		{ PBM("P4\n5 0\n"), "picture 1 is of 5 x 0 pixels" },
		{ PBM("P4\n1 1\n"), "0 bytes of a PBM picture of 1 x 1" },
		{ PBM("P4\n9 2\n\x01\x02\x03"),
		  "picture 1 is truncated: 3 bytes of a PBM picture of 9 x 2 "
		  "pixels, expected 4 (2 rows of 2)" },
		{ PBM("P4\n999999999 999999999\n\x01"),
		  "expected 124999999875000000 (999999999 rows of 125000000)" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct codist_bytes stream = bad[i].stream;
		struct codist_error err = { 0 };
		struct codist_pbm picture = { 0 };
		int is_there;

		assert_int_equal(codist_pbm_next(&picture, &stream, "ctw-image",
						 &is_there, &err),
				 CODIST_EFORMAT);
		if (!strstr(err.message, bad[i].says) ||
		    !strstr(err.message, "ctw-image"))
			fail_msg("%zu: %s", i, err.message);
	}
}

/* Two whole pictures of a pixel each, and what is behind them. */
static void what_is_behind_pictures_is_told_with_where_it_is(void **state)
{
#define TWO "P4 1 1\n\x80P4 1 1\n\x80"
	static const struct {
		struct codist_bytes stream;
		const char *says;
	} bad[] = {
		{ PBM(TWO "xy"), "found 2 bytes behind picture 2, at first "
				 "0x78 0x79" },
		{ PBM(TWO "\n"), "found 1 byte behind picture 2, at first "
				 "0x0a" },
		{ PBM(TWO "P1\n1 1\n1"), "plain PBM (P1) as picture 3" },
		{ PBM(TWO "P4\n3"), "picture 3: the header ends after its "
				    "width" },
		{ PBM(TWO "P4\n0 1\n"), "picture 3 is of 0 x 1 pixels" },
		{ PBM(TWO "P4\n28 28\nabc"), "picture 3 is truncated: 3 bytes "
					     "of a PBM picture of 28 x 28 "
					     "pixels, expected 112 (28 rows "
					     "of 4)" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct codist_bytes stream = bad[i].stream;
		struct codist_error err = { 0 };
		struct codist_pbm picture = { 0 };
		int is_there;

		for (size_t k = 1; k <= 2; k++) {
			assert_int_equal(codist_pbm_next(&picture, &stream, "it",
							 &is_there, &err),
					 CODIST_OK);
			assert_true(is_there && picture.number == k);
		}
		assert_int_equal(codist_pbm_next(&picture, &stream, "it",
						 &is_there, &err),
				 CODIST_EFORMAT);
		if (!strstr(err.message, bad[i].says))
			fail_msg("%zu: %s", i, err.message);
	}
#undef TWO
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			what_is_written_is_read_back_and_as_long_as_was_counted),
		cmocka_unit_test(a_carry_goes_through_all_bytes),
		cmocka_unit_test(costs_are_logarithms),
		cmocka_unit_test(sizes_are_read_back),
		cmocka_unit_test(a_size_costs_little_when_it_repeats),
		cmocka_unit_test(any_bytes_are_some_sizes),
		cmocka_unit_test(a_stream_is_read_picture_by_picture),
		cmocka_unit_test(what_is_no_picture_is_refused_by_what_it_is),
		cmocka_unit_test(
			what_is_behind_pictures_is_told_with_where_it_is),
	};

	return cmocka_run_group_tests(tests, fill_costs, NULL);
}
