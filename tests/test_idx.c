/*
 * test_idx.c - IDX files made by hand, good and bad
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <codist.h>

#include "scratch.h"

#include <sys/stat.h>

/* Four images of 1x2 bytes, of classes 7, 3, 7, 9. */
static const unsigned char images[] = { 0, 0, 8, 3, 0, 0, 0, 4, 0, 0, 0, 1,
					0, 0, 0, 2, 10, 11, 20, 21, 30, 31,
					40, 41 };
static const unsigned char labels[] = { 0, 0, 8, 1, 0, 0, 0, 4, 7, 3, 7, 9 };

static void put(void **state, const char *name, const unsigned char *bytes,
		size_t n)
{
	FILE *file = fopen(scratch_path(state, name), "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, n, file), n);
	assert_int_equal(fclose(file), 0);
}

static void put_images(void **state, const unsigned char *bytes, size_t n)
{
	put(state, "train-images-idx3-ubyte", bytes, n);
}

static void put_labels(void **state, const unsigned char *bytes, size_t n)
{
	put(state, "train-labels-idx1-ubyte", bytes, n);
}

/* The scratch folder's training part, with more options. */
static enum codist_status load(void **state, struct codist_dataset *set,
			       const char *more, struct codist_error *err)
{
	struct codist_spec spec;
	enum codist_status status;
	char text[1024];

	snprintf(text, sizeof(text), "idx:%s%s", scratch_path(state, "train"),
		 more);
	status = codist_spec_init(&spec, &codist_loaders, text, err);
	if (status != CODIST_OK)
		return status;
	status = codist_dataset_load(set, &spec, err);
	codist_spec_release(&spec);
	return status;
}

static void assert_refused(void **state, const char *more,
			   enum codist_status expected, const char *words)
{
	struct codist_dataset set;
	struct codist_error err = { 0 };

	assert_int_equal(load(state, &set, more, &err), expected);
	assert_null(set.bytes);
	if (!strstr(err.message, words))
		fail_msg("'%s' does not say '%s'", err.message, words);
}

static void assert_loaded(void **state, struct codist_dataset *set,
			  const char *more)
{
	struct codist_error err = { 0 };

	if (load(state, set, more, &err))
		fail_msg("%s", err.message);
}

static void assert_whole(void **state)
{
	struct codist_dataset set;

	assert_loaded(state, &set, "");
	assert_int_equal(set.n_samples, 4);
	assert_int_equal(set.starts[4], 8);
	assert_memory_equal(set.bytes, images + 16, 8);
	codist_dataset_release(&set);
}

static int setup(void **state)
{
	if (scratch_setup(state))
		return -1;
	put_images(state, images, sizeof(images));
	put_labels(state, labels, sizeof(labels));
	return 0;
}

static void images_get_the_classes_of_their_labels(void **state)
{
	struct codist_dataset set;

	assert_loaded(state, &set, "");
	assert_int_equal(set.n_samples, 4);
	assert_int_equal(set.n_classes, 3);
	assert_string_equal(set.class_names[0], "3");
	assert_string_equal(set.class_names[1], "7");
	assert_string_equal(set.class_names[2], "9");
	assert_int_equal(set.labels[0], 1);
	assert_int_equal(set.labels[1], 0);
	assert_int_equal(set.rank, 2);
	assert_int_equal(set.dimensions[0], 1);
	assert_int_equal(set.dimensions[1], 2);
	assert_int_equal(codist_dataset_sample(&set, 2).nbytes, 2);
	assert_int_equal(codist_dataset_sample(&set, 2).data[1], 31);
	codist_dataset_release(&set);
}

static void classes_then_offset_then_limit_cut_the_set(void **state)
{
	struct codist_dataset set;

	assert_loaded(state, &set, ",classes=4-7+9,offset=1,limit=1");
	assert_int_equal(set.n_samples, 1);
	assert_int_equal(set.n_classes, 2);
	assert_string_equal(set.class_names[0], "7");
	assert_int_equal(codist_dataset_sample(&set, 0).data[0], 30);
	codist_dataset_release(&set);
	assert_loaded(state, &set, ",offset=3,limit=1000000000000000");
	assert_int_equal(set.n_samples, 1);
	assert_int_equal(set.n_classes, 3);
	assert_int_equal(codist_dataset_sample(&set, 0).data[0], 40);
	codist_dataset_release(&set);
}

static void a_choice_that_leaves_nothing_is_refused(void **state)
{
	assert_refused(state, ",offset=4", CODIST_EFORMAT,
		       "offset=4 passes over all 4 samples");
	assert_refused(state, ",classes=7,offset=1000000000000000",
		       CODIST_EFORMAT, "passes over all 2 samples");
	assert_refused(state, ",classes=4-6", CODIST_EFORMAT,
		       "classes=4-6 keeps none of its 4 samples");
	/* Of a range some may be missing, but not what is asked for alone. */
	assert_refused(state, ",classes=3+5-9+88", CODIST_EFORMAT,
		       "no sample has the label 88");
}

static void labels_up_to_nine_dimensions_and_255_are_read(void **state)
{
	unsigned char nine[4 + 4 * 9 + 2] = { 0, 0, 8, 9 };
	static const unsigned char two[] = { 0, 0, 8, 1, 0, 0, 0, 2, 255, 0 };
	struct codist_dataset set;

	for (size_t d = 0; d < 9; d++)
		nine[4 + 4 * d + 3] = d ? 1 : 2;
	nine[4 + 4 * 9] = 5;
	put_images(state, nine, sizeof(nine));
	put_labels(state, two, sizeof(two));
	assert_loaded(state, &set, "");
	assert_int_equal(set.rank, 8);
	assert_int_equal(set.n_samples, 2);
	assert_string_equal(set.class_names[1], "255");
	assert_int_equal(codist_dataset_sample(&set, 0).data[0], 5);
	codist_dataset_release(&set);
	nine[3] = 10;
	put_images(state, nine, sizeof(nine));
	assert_refused(state, "", CODIST_EFORMAT,
		       "10 dimensions, expected 1..9");
}

static void bad_images_are_refused_with_what_was_found(void **state)
{
	static const unsigned char promise[] = { 0,   0,   8,   3,  0x0f, 255,
						 255, 255, 0,   0,  0x10, 0,
						 0,   0,   0x10, 0, 1,    2 };
	unsigned char bad[sizeof(images) + 1] = { 0 };

	memcpy(bad, images, sizeof(images));
	put_images(state, bad, sizeof(bad));
	assert_refused(state, "", CODIST_EFORMAT, "more data than the 8 bytes");
	bad[2] = 13;
	put_images(state, bad, sizeof(images));
	assert_refused(state, "", CODIST_EFORMAT,
		       "type 0x0d, expected 0x08");
	bad[2] = 8;
	bad[0] = 'P';
	put_images(state, bad, sizeof(images));
	assert_refused(state, "", CODIST_EFORMAT, "0x50000803");
	bad[0] = 0;
	bad[15] = 0;
	put_images(state, bad, 16);
	assert_refused(state, "", CODIST_EFORMAT, "dimension 3 of 3 is 0");
	memset(bad + 4, 255, 12);
	put_images(state, bad, sizeof(images));
	assert_refused(state, "", CODIST_EFORMAT, "overflows");
	/* (2^28 - 1) 2^24 bytes, 4096 TiB: none is taken before it comes. */
	put_images(state, promise, sizeof(promise));
	assert_refused(state, "", CODIST_EFORMAT,
		       "2 bytes of data, expected 4503599610593280");
}

static void a_file_cut_anywhere_is_refused(void **state)
{
	for (size_t n = 0; n < sizeof(images); n++) {
		put_images(state, images, n);
		assert_refused(state, "", CODIST_EFORMAT, "expected");
	}
	put_images(state, images, sizeof(images));
	for (size_t n = 0; n < sizeof(labels); n++) {
		put_labels(state, labels, n);
		assert_refused(state, "", CODIST_EFORMAT, "expected");
	}
}

static void images_and_labels_must_be_what_they_are_called(void **state)
{
	static const unsigned char none[] = { 0, 0, 8, 1, 0, 0, 0, 0 };
	static const unsigned char no_images[] = { 0, 0, 8, 3, 0, 0, 0, 0,
						   0, 0, 0, 1, 0, 0, 0, 2 };
	unsigned char three[sizeof(labels)];

	put_labels(state, images, sizeof(images));
	assert_refused(state, "", CODIST_EFORMAT,
		       "3 dimensions, expected labels to have 1");
	put_labels(state, labels, sizeof(labels));
	put_images(state, labels, sizeof(labels));
	assert_refused(state, "", CODIST_EFORMAT,
		       "1 dimension, expected samples to have 2 or more");
	put_images(state, images, sizeof(images));
	memcpy(three, labels, sizeof(labels));
	three[7] = 3;
	put_labels(state, three, sizeof(labels) - 1);
	assert_refused(state, "", CODIST_EFORMAT, "has 3 labels");
	put_labels(state, none, sizeof(none));
	put_images(state, no_images, sizeof(no_images));
	assert_refused(state, "", CODIST_EFORMAT, "no samples");
}

static void what_cannot_be_read_is_told_with_the_reason(void **state)
{
	const char *path = scratch_path(state, "train-images-idx3-ubyte");
	struct codist_dataset set;
	struct codist_spec spec;
	struct codist_error err = { 0 };
	char text[1024];

	if (geteuid() != 0) { /* who may read everything */
		assert_int_equal(chmod(path, 0), 0);
		assert_refused(state, "", CODIST_EIO, "Permission denied");
	}
	unlink(path);
	assert_refused(state, "", CODIST_EIO, "no images beside it");
	unlink(scratch_path(state, "train-labels-idx1-ubyte"));
	assert_refused(state, "", CODIST_EMISSING, "no images and labels at");
	snprintf(text, sizeof(text), "idx:images=nowhere,labels=%s",
		 ((struct scratch *)*state)->folder);
	assert_int_equal(codist_spec_init(&spec, &codist_loaders, text, &err),
			 CODIST_OK);
	assert_int_equal(codist_dataset_load(&set, &spec, &err), CODIST_EIO);
	assert_non_null(strstr(err.message, "Is a directory"));
	codist_spec_release(&spec);
}

static void a_spec_names_a_path_or_two_files(void **state)
{
	static const char *const bad[] = { "idx", "idx:a,images=b",
					   "idx:images=b", "idx:a,classes=5-3",
					   "idx:a,classes=256",
					   "idx:a,classes=1+",
					   "idx:a,classes=" };
	struct codist_spec spec;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(codist_spec_init(&spec, &codist_loaders,
						  bad[i], NULL),
				 CODIST_EUSAGE);
}

/*
 * By Python: gzip.compress(images[:10], mtime=0) + gzip.compress(images[10:],
 * mtime=0), where the first member ends within the header.
 */
#define FIRST_MEMBER 30
static const unsigned char gzipped[] = {
	0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x63, 0x60,
	0xe0, 0x60, 0x66, 0x60, 0x60, 0x60, 0x61, 0x60, 0x00, 0x00, 0x82, 0xc1,
	0x8e, 0x06, 0x0a, 0x00, 0x00, 0x00, 0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00,
	0x00, 0x00, 0x02, 0x03, 0x63, 0x60, 0x64, 0x60, 0x60, 0x60, 0xe2, 0xe2,
	0x16, 0x11, 0x95, 0x93, 0xd7, 0xd0, 0x04, 0x00, 0xae, 0x6a, 0x08, 0x39,
	0x0e, 0x00, 0x00, 0x00,
};

static void put_gzipped(void **state, const unsigned char *bytes, size_t n)
{
	put(state, "train-images-idx3-ubyte.gz", bytes, n);
}

static int setup_gzipped(void **state)
{
	if (setup(state))
		return -1;
	unlink(scratch_path(state, "train-images-idx3-ubyte"));
	put_gzipped(state, gzipped, sizeof(gzipped));
	return 0;
}

static void gzip_members_are_joined(void **state)
{
	assert_whole(state);
}

static void gzip_data_cut_anywhere_is_refused(void **state)
{
	for (size_t n = 0; n < sizeof(gzipped); n++) {
		put_gzipped(state, gzipped, n);
		assert_refused(state, "", CODIST_EFORMAT,
			       n < 2 || n == FIRST_MEMBER ? "expected" :
							    "ends in its midst");
	}
}

static void what_follows_gzip_data_is_refused(void **state)
{
	unsigned char more[sizeof(gzipped) + 18] = { 0 };

	memcpy(more, gzipped, sizeof(gzipped));
	put_gzipped(state, more, sizeof(gzipped) + 1);
	assert_refused(state, "", CODIST_EFORMAT, "ends in its midst");
	put_gzipped(state, more, sizeof(more));
	assert_refused(state, "", CODIST_EFORMAT,
		       "not gzip data after its gzip data");
	/* Well packed, but too much. */
	memcpy(more + sizeof(gzipped), gzipped, 18);
	put_gzipped(state, more, sizeof(more));
	assert_refused(state, "", CODIST_EFORMAT, "more data than the 8 bytes");
}

/* But the dates, flags and names of gzip's headers are nobody's business. */
static void a_flipped_bit_is_refused_or_changes_nothing(void **state)
{
	unsigned n_refused = 0;

	for (size_t bit = 0; bit < 8 * sizeof(gzipped); bit++) {
		unsigned char bad[sizeof(gzipped)];
		struct codist_dataset set;

		memcpy(bad, gzipped, sizeof(gzipped));
		bad[bit / 8] ^= (unsigned char)(1 << bit % 8);
		put_gzipped(state, bad, sizeof(bad));
		if (load(state, &set, "", NULL)) {
			n_refused++;
			continue;
		}
		assert_int_equal(set.starts[set.n_samples], 8);
		assert_memory_equal(set.bytes, images + 16, 8);
		codist_dataset_release(&set);
	}
	/* All of the data, lengths and checksums: no header has 10 bytes. */
	assert_true(n_refused >= 8 * (sizeof(gzipped) - 20));
}

#define WITH_FILES(test) \
	cmocka_unit_test_setup_teardown(test, setup, scratch_teardown)
#define WITH_GZIP(test) \
	cmocka_unit_test_setup_teardown(test, setup_gzipped, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_FILES(images_get_the_classes_of_their_labels),
		WITH_FILES(classes_then_offset_then_limit_cut_the_set),
		WITH_FILES(a_choice_that_leaves_nothing_is_refused),
		WITH_FILES(labels_up_to_nine_dimensions_and_255_are_read),
		WITH_FILES(bad_images_are_refused_with_what_was_found),
		WITH_FILES(a_file_cut_anywhere_is_refused),
		WITH_FILES(images_and_labels_must_be_what_they_are_called),
		WITH_FILES(what_cannot_be_read_is_told_with_the_reason),
		cmocka_unit_test(a_spec_names_a_path_or_two_files),
		WITH_GZIP(gzip_members_are_joined),
		WITH_GZIP(gzip_data_cut_anywhere_is_refused),
		WITH_GZIP(what_follows_gzip_data_is_refused),
		WITH_GZIP(a_flipped_bit_is_refused_or_changes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
