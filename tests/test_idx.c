/*
 * test_idx.c - IDX files made by hand, good and bad
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <codist.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#define IMAGES "idx-test-images"
#define LABELS "idx-test-labels"

/* Four images of 1x2 bytes, of classes 7, 3, 7, 9. */
static const unsigned char images[] = { 0, 0, 8, 3, 0, 0, 0, 4, 0, 0, 0, 1,
					0, 0, 0, 2, 10, 11, 20, 21, 30, 31,
					40, 41 };
static const unsigned char labels[] = { 0, 0, 8, 1, 0, 0, 0, 4, 7, 3, 7, 9 };

static void put(const char *path, const unsigned char *bytes, size_t n)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, n, file), n);
	assert_int_equal(fclose(file), 0);
}

static enum codist_status load(struct codist_dataset *set, const char *more,
			       struct codist_error *err)
{
	struct codist_spec spec;
	enum codist_status status;
	char text[256];

	snprintf(text, sizeof(text), "idx:images=" IMAGES ",labels=" LABELS "%s",
		 more);
	status = codist_spec_init(&spec, &codist_loaders, text, err);
	if (status != CODIST_OK)
		return status;
	status = codist_dataset_load(set, &spec, err);
	codist_spec_release(&spec);
	return status;
}

static void assert_refused(enum codist_status expected, const char *words)
{
	struct codist_dataset set;
	struct codist_error err = { 0 };

	assert_int_equal(load(&set, "", &err), expected);
	if (!strstr(err.message, words))
		fail_msg("'%s' does not say '%s'", err.message, words);
}

static void images_get_the_classes_of_their_labels(void **state)
{
	struct codist_dataset set;
	struct codist_error err = { 0 };

	(void)state;
	put(IMAGES, images, sizeof(images));
	put(LABELS, labels, sizeof(labels));
	if (load(&set, "", &err))
		fail_msg("%s", err.message);
	assert_int_equal(set.n_samples, 4);
	assert_int_equal(set.n_classes, 3);
	assert_string_equal(set.class_names[0], "3");
	assert_string_equal(set.class_names[2], "9");
	assert_int_equal(set.labels[0], 1);
	assert_int_equal(set.labels[1], 0);
	assert_int_equal(set.rank, 2);
	assert_int_equal(set.dimensions[1], 2);
	assert_int_equal(codist_dataset_sample(&set, 2).nbytes, 2);
	assert_int_equal(codist_dataset_sample(&set, 2).data[1], 31);
	codist_dataset_release(&set);
}

static void classes_then_offset_then_limit_cut_the_set(void **state)
{
	struct codist_dataset set;
	struct codist_error err = { 0 };

	(void)state;
	put(IMAGES, images, sizeof(images));
	put(LABELS, labels, sizeof(labels));
	if (load(&set, ",classes=4-7+9,offset=1,limit=1", &err))
		fail_msg("%s", err.message);
	assert_int_equal(set.n_samples, 1);
	assert_int_equal(set.n_classes, 2);
	assert_string_equal(set.class_names[0], "7");
	assert_int_equal(codist_dataset_sample(&set, 0).data[0], 30);
	codist_dataset_release(&set);
}

static void bad_files_are_refused_with_what_was_found(void **state)
{
	unsigned char bad[sizeof(images) + 1] = { 0 };

	(void)state;
	put(LABELS, labels, sizeof(labels));
	put(IMAGES, images, sizeof(images) - 1);
	assert_refused(CODIST_EFORMAT, "7 bytes of data, expected 8");
	memcpy(bad, images, sizeof(images));
	put(IMAGES, bad, sizeof(bad));
	assert_refused(CODIST_EFORMAT, "more data than the 8 bytes");
	put(IMAGES, images, 0);
	assert_refused(CODIST_EFORMAT, "0 bytes, expected");
	put(IMAGES, images, 10);
	assert_refused(CODIST_EFORMAT, "expected a header of 16");
	bad[2] = 13;
	put(IMAGES, bad, sizeof(images));
	assert_refused(CODIST_EFORMAT, "type 0x0d, expected 0x08");
	bad[2] = 8;
	bad[0] = 'P';
	put(IMAGES, bad, sizeof(images));
	assert_refused(CODIST_EFORMAT, "0x50000803");
	bad[0] = 0;
	memset(bad + 4, 255, 12);
	put(IMAGES, bad, sizeof(images));
	assert_refused(CODIST_EFORMAT, "overflows");
	unlink(IMAGES);
	assert_refused(CODIST_EIO, "No such file");
	put(IMAGES, images, sizeof(images));
	put(LABELS, images, sizeof(images));
	assert_refused(CODIST_EFORMAT, "expected labels to have 1");
	memcpy(bad, labels, sizeof(labels));
	bad[7] = 3;
	put(LABELS, bad, sizeof(labels) - 1);
	assert_refused(CODIST_EFORMAT, "has 3 labels");
	unlink(LABELS);
	unlink(IMAGES);
}

static void a_spec_names_a_path_or_two_files(void **state)
{
	struct codist_spec spec;
	struct codist_error err = { 0 };

	(void)state;
	assert_int_equal(codist_spec_init(&spec, &codist_loaders, "idx", &err),
			 CODIST_EUSAGE);
	assert_int_equal(codist_spec_init(&spec, &codist_loaders,
					  "idx:a,images=b", &err),
			 CODIST_EUSAGE);
	assert_int_equal(codist_spec_init(&spec, &codist_loaders,
					  "idx:a,classes=5-3", &err),
			 CODIST_EUSAGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(images_get_the_classes_of_their_labels),
		cmocka_unit_test(classes_then_offset_then_limit_cut_the_set),
		cmocka_unit_test(bad_files_are_refused_with_what_was_found),
		cmocka_unit_test(a_spec_names_a_path_or_two_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
