/*
 * test_picture.c - samples as PNGs, by pixels worked by hand
 *
 * A PNG here has its header's sides at 16 and 20 and its kind at 25; the rows
 * begin at 48, behind the heads of chunk, stream and block, each with a 0
 * before its pixels.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/picture.h"

#include <codist.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#define ROWS 48

/* A set of one sample, which is all of its bytes. */
static struct codist_dataset set_of(unsigned char *bytes, size_t nbytes,
				    size_t *starts, size_t rank, size_t a,
				    size_t b, size_t c)
{
	starts[0] = 0;
	starts[1] = nbytes;
	return (struct codist_dataset){
		.n_samples = 1, .bytes = bytes, .starts = starts,
		.rank = rank, .dimensions = { a, b, c },
	};
}

static struct codist_text png_of(const struct codist_dataset *set)
{
	struct codist_picture picture;
	struct codist_text png = { 0 };

	assert_true(codist_picture_init(&picture, set));
	codist_picture_png(&picture, codist_dataset_sample(set, 0), &png);
	assert_false(png.failed);
	return png;
}

static void assert_head(const struct codist_text *png, unsigned width,
			unsigned height, unsigned kind)
{
	const unsigned char *bytes = (const unsigned char *)png->chars;

	assert_memory_equal(bytes + 12, "IHDR", 4);
	assert_int_equal(bytes[18] << 8 | bytes[19], width);
	assert_int_equal(bytes[22] << 8 | bytes[23], height);
	assert_int_equal(bytes[25], kind);
	assert_memory_equal(bytes + 37, "IDAT", 4);
}

static void the_largest_byte_is_white(void **state)
{
	/* 255 / 4 = 63.75, 127.5 and 191.25 are rounded */
	unsigned char bytes[] = { 0, 1, 2, 3, 4, 0 };
	static const unsigned char rows[] = { 0, 0, 64, 128, 0, 191, 255, 0 };
	size_t starts[2];
	struct codist_dataset set = set_of(bytes, 6, starts, 2, 2, 3, 0);
	struct codist_text png = png_of(&set);

	(void)state;
	assert_head(&png, 3, 2, 0);
	assert_memory_equal(png.chars + ROWS, rows, sizeof(rows));
	free(png.chars);
}

static void an_image_of_nothing_is_black(void **state)
{
	unsigned char bytes[4] = { 0 };
	size_t starts[2];
	struct codist_dataset set = set_of(bytes, 4, starts, 2, 2, 2, 0);
	struct codist_text png = png_of(&set);

	(void)state;
	assert_memory_equal(png.chars + ROWS, "\0\0\0\0\0\0", 6);
	free(png.chars);
}

/* Two pixels, red and of 10 20 30, in planes and side by side. */
static void colours_are_found_in_planes_and_beside_each_other(void **state)
{
	unsigned char planes[] = { 255, 10, 0, 20, 0, 30 };
	unsigned char beside[] = { 255, 0, 0, 10, 20, 30 };
	static const unsigned char row[] = { 0, 255, 0, 0, 10, 20, 30 };
	size_t starts[2];
	struct codist_dataset set = set_of(planes, 6, starts, 3, 3, 1, 2);
	struct codist_text png = png_of(&set);

	(void)state;
	assert_head(&png, 2, 1, 2);
	assert_memory_equal(png.chars + ROWS, row, sizeof(row));
	free(png.chars);
	set = set_of(beside, 6, starts, 3, 1, 2, 3);
	png = png_of(&set);
	assert_head(&png, 2, 1, 2);
	assert_memory_equal(png.chars + ROWS, row, sizeof(row));
	free(png.chars);
}

/* 193 columns: three become one, and of the last three but one is there. */
static void a_large_image_shrinks_to_means(void **state)
{
	unsigned char bytes[2 * 193] = { 0 };
	size_t starts[2];
	struct codist_dataset set = set_of(bytes, sizeof(bytes), starts, 2, 2,
					   193, 0);
	struct codist_text png;

	(void)state;
	for (size_t i = 0; i < 6; i++) /* all of the first six pixels */
		bytes[i < 3 ? i : 190 + i] = 90;
	bytes[192] = 255;
	bytes[2 * 193 - 1] = 55;
	png = png_of(&set);
	assert_head(&png, 65, 1, 0);
	assert_int_equal((unsigned char)png.chars[ROWS + 1], 90);
	assert_int_equal((unsigned char)png.chars[ROWS + 2], 0);
	assert_int_equal((unsigned char)png.chars[ROWS + 65], 155);
	free(png.chars);
}

static void what_is_no_image_has_no_picture(void **state)
{
	unsigned char bytes[6] = { 0 };
	size_t starts[2];
	struct codist_picture picture;
	struct codist_dataset text = set_of(bytes, 6, starts, 0, 0, 0, 0);
	struct codist_dataset row = set_of(bytes, 6, starts, 1, 6, 0, 0);
	struct codist_dataset cube = set_of(bytes, 6, starts, 3, 1, 3, 2);

	(void)state;
	assert_false(codist_picture_init(&picture, &text));
	assert_false(codist_picture_init(&picture, &row));
	assert_false(codist_picture_init(&picture, &cube));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_largest_byte_is_white),
		cmocka_unit_test(an_image_of_nothing_is_black),
		cmocka_unit_test(
			colours_are_found_in_planes_and_beside_each_other),
		cmocka_unit_test(a_large_image_shrinks_to_means),
		cmocka_unit_test(what_is_no_image_has_no_picture),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
