/*
 * test_images.c - images made by hand, and what is none
 *
 * PNG images are tested against Python by images_against_python.sh.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "loaded.h"

#include "../datasets/picture.h"

#include <sys/stat.h>

static enum codist_status decode(struct codist_picture *picture,
				 size_t n_channels, const char *bytes,
				 size_t nbytes, struct codist_error *err)
{
	/* Of the very size, so that a sanitizer sees what goes beyond it. */
	unsigned char *exact = malloc(nbytes + !nbytes);
	enum codist_status status;

	assert_non_null(exact);
	memcpy(exact, bytes, nbytes);
	*picture = (struct codist_picture){ .n_channels = n_channels };
	status = codist_picture_decode(picture, "x.pgm",
				       (struct codist_bytes){ exact, nbytes },
				       err);
	free(exact);
	return status;
}

static void expect(const char *bytes, size_t nbytes, size_t n_channels,
		   size_t width, size_t height, const char *pixels)
{
	struct codist_picture picture;
	struct codist_error err = { 0 };

	if (decode(&picture, n_channels, bytes, nbytes, &err))
		fail_msg("%s", err.message);
	assert_int_equal(picture.width, width);
	assert_int_equal(picture.height, height);
	assert_memory_equal(picture.pixels, pixels,
			    width * height * n_channels);
	codist_picture_release(&picture);
}

#define EXPECT(bytes, n_channels, width, height, pixels) \
	expect(bytes, sizeof(bytes) - 1, n_channels, width, height, pixels)

static void refuse(const char *bytes, size_t nbytes, const char *words)
{
	struct codist_picture picture;
	struct codist_error err = { 0 };

	assert_int_equal(decode(&picture, 1, bytes, nbytes, &err),
			 CODIST_EFORMAT);
	if (!strstr(err.message, words) || !strstr(err.message, "x.pgm"))
		fail_msg("'%s' does not say '%s'", err.message, words);
	codist_picture_release(&picture);
}

#define REFUSE(bytes, words) refuse(bytes, sizeof(bytes) - 1, words)

static void grey_images_are_read_by_rows(void **state)
{
	(void)state;
	EXPECT("P5 3 2 255\nabcdef", 1, 3, 2, "abcdef");
	EXPECT("P5 1 3 255 \n #", 1, 1, 3, "\n #");
	EXPECT("P2\n3 2\n255\n0 1 2\n253 254 255\n", 1, 3, 2,
	       "\0\1\2\xfd\xfe\xff");
	EXPECT("P2 1 1 255 7", 1, 1, 1, "\7");
	EXPECT("P5#by hand\n#again\r 1\t#width\n1 255\nx", 1, 1, 1, "x");
	EXPECT("P5 2 1 255 az", 3, 2, 1, "aaazzz");
}

/*
 * (299 * 255 + 500) / 1000 is 76, of green 150 and of blue 29; and of 10, 20
 * and 30: (2990 + 11740 + 3420 + 500) / 1000 is 18.
 */
static void colours_have_three_values_or_their_grey(void **state)
{
	static const char image[] =
		"P6 2 2 255\n\xff\0\0\0\xff\0\0\0\xff\x0a\x14\x1e";

	(void)state;
	EXPECT(image, 3, 2, 2, "\xff\0\0\0\xff\0\0\0\xff\x0a\x14\x1e");
	EXPECT(image, 1, 2, 2, "\x4c\x96\x1d\x12");
	EXPECT("P3 1 1 255 10 20 30", 3, 1, 1, "\x0a\x14\x1e");
	EXPECT("P3 1 1 255 255 255 255", 1, 1, 1, "\xff");
}

/* 255 * 7 / 15 is 119; 255 * 1 / 2 is 127.5, and thus 128. Of 65535, 128 is
 * 0.498 and 129 is 0.502. */
static void values_are_scaled_to_255(void **state)
{
	(void)state;
	EXPECT("P2 3 1 15 0 7 15", 1, 3, 1, "\0\x77\xff");
	EXPECT("P5 3 1 2 \0\1\2", 1, 3, 1, "\0\x80\xff");
	EXPECT("P5 3 1 65535 \0\x80\0\x81\xff\xff", 1, 3, 1, "\0\1\xff");
	EXPECT("P2 2 1 1 1 0", 1, 2, 1, "\xff\0");
	EXPECT("P5 2 1 256 \1\0\0\x80", 1, 2, 1, "\xff\x80");
}

static void headers_that_are_none_are_refused(void **state)
{
	(void)state;
	REFUSE("", "its 0 bytes do not begin as a PNG, PGM or PPM");
	REFUSE("GIF89a", "do not begin as");
	REFUSE("P4 1 1 x", "begins with P4, expected PGM (P2 or P5) or PPM");
	REFUSE("P5", "no width, height and greatest value behind P5");
	REFUSE("P5 1 1", "no width, height and greatest value");
	REFUSE("P5 -1 1 255 x", "no width, height and greatest value");
	REFUSE("P5 1 1 255", "no white space behind the greatest value 255");
	REFUSE("P5 1 1 255#x\nx", "no white space behind");
	REFUSE("P5 0 1 255\n", "0 x 1 pixels, expected some");
	REFUSE("P5 1 0 255\n", "1 x 0 pixels, expected some");
	REFUSE("P5 1 1 0\nx", "greatest value 0, expected 1..65535");
	REFUSE("P5 1 1 65536\nxx", "greatest value 65536, expected 1..65535");
}

static void sizes_that_do_not_fit_are_refused(void **state)
{
	(void)state;
	REFUSE("P5 2 2 255\nabc", "truncated: 3 bytes behind the header, too "
				  "few for 2 x 2 pixels");
	REFUSE("P5 2 2 255\nabcde", "5 bytes behind the header, expected 4 for "
				    "2 x 2 pixels");
	REFUSE("P5 1 1 256\nx", "truncated");
	REFUSE("P5 1 2 300\nxxx", "truncated");
	REFUSE("P6 1 1 255\nxx", "truncated");
	REFUSE("P5 9999999999 9999999999 255\nx", "truncated");
	REFUSE("P3 9999999999 1 255\n1 2 3", "truncated");
	REFUSE("P2 2 1 255\n1 ", "truncated");
	REFUSE("P2 2 1 255\n    1    ", "pixel 1 of 2 is no number");
	REFUSE("P2 1 1 255\n1 2", "more data than its 1 x 1 pixels");
	REFUSE("P2 2 1 255\n1 x", "pixel 1 of 2 is no number within 0..255");
	REFUSE("P2 2 1 255\n1 256", "pixel 1 of 2 is no number within 0..255");
	REFUSE("P5 1 1 100\n\x65", "pixel 0 of 1 is no number within 0..100");
}

/* data/a/1 and data/b/2 have these bytes. */
static enum codist_status load_two(void **state, const char *options,
				   const char *first, const char *second,
				   struct codist_dataset *set,
				   struct codist_error *err)
{
	mkdir(scratch_path(state, "data"), 0777);
	mkdir(scratch_path(state, "data/a"), 0777);
	mkdir(scratch_path(state, "data/b"), 0777);
	put_bytes(state, "data/a/1", first, strlen(first));
	put_bytes(state, "data/b/2", second, strlen(second));
	return try_load(state, options, set, err);
}

static void a_set_has_the_shape_of_its_images(void **state)
{
	struct codist_error err = { 0 };
	struct codist_dataset set;

	if (load_two(state, "images", "P5 3 2 255\nabcdef",
		     "P6 3 2 255\naaabbbcccdddeeefff", &set, &err))
		fail_msg("%s", err.message);
	assert_int_equal(set.rank, 2);
	assert_int_equal(set.dimensions[0], 2);
	assert_int_equal(set.dimensions[1], 3);
	assert_memory_equal(set.bytes, "abcdefabcdef", 12);
	assert_string_equal(set.class_names[1], "b");
	assert_string_equal(set.sample_names[1], "b/2");
	codist_dataset_release(&set);
	if (load_two(state, "images:channels=rgb", "P5 1 1 255\na",
		     "P6 1 1 255\nabc", &set, &err))
		fail_msg("%s", err.message);
	assert_int_equal(set.rank, 3);
	assert_int_equal(set.dimensions[2], 3);
	assert_memory_equal(set.bytes, "aaaabc", 6);
	codist_dataset_release(&set);
}

static void images_of_different_sizes_are_asked_for(void **state)
{
	struct codist_error err = { 0 };
	struct codist_dataset set;

	/* As many pixels, and yet another size. */
	assert_int_equal(load_two(state, "images", "P5 3 1 255\nabc",
				  "P5 1 3 255\ndef", &set, &err),
			 CODIST_EFORMAT);
	assert_non_null(strstr(err.message,
			       "data/b/2: 1 x 3 pixels, but those before have "
			       "3 x 1; size=any takes all sizes"));
	if (load_two(state, "images:size=any", "P5 3 1 255\nabc",
		     "P5 1 1 255\nd", &set, NULL))
		fail();
	assert_int_equal(set.rank, 0);
	assert_int_equal(codist_dataset_sample(&set, 0).nbytes, 3);
	assert_int_equal(codist_dataset_sample(&set, 1).nbytes, 1);
	codist_dataset_release(&set);
}

static void a_file_that_is_no_image_is_named(void **state)
{
	struct codist_error err = { 0 };
	struct codist_dataset set;

	assert_int_equal(load_two(state, "images", "P5 3 1 255\nabc", "text",
				  &set, &err), CODIST_EFORMAT);
	assert_non_null(strstr(err.message, "data/b/2: its 4 bytes do not"));
	err = (struct codist_error){ 0 };
	assert_int_equal(load_two(state, "images", "P5 3 1 255\nabc",
				  "\x89PNG\r\n\x1a\n", &set, &err),
			 codist_png_version() ? CODIST_EFORMAT :
						CODIST_EMISSING);
	assert_non_null(strstr(err.message, "data/b/2: "));
	assert_non_null(strstr(err.message, codist_png_version() ?
				       "truncated" : "libpng-dev"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(grey_images_are_read_by_rows),
		cmocka_unit_test(colours_have_three_values_or_their_grey),
		cmocka_unit_test(values_are_scaled_to_255),
		cmocka_unit_test(headers_that_are_none_are_refused),
		cmocka_unit_test(sizes_that_do_not_fit_are_refused),
		IN_SCRATCH(a_set_has_the_shape_of_its_images),
		IN_SCRATCH(images_of_different_sizes_are_asked_for),
		IN_SCRATCH(a_file_that_is_no_image_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
