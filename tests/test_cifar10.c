/*
 * test_cifar10.c - records as CIFAR-10 has them, made by a rule
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "loaded.h"

#include <sys/stat.h>

#define PLANE  1024
#define RECORD (1 + 3 * PLANE)

/* Pixel p of an image has red `seed`, green p modulo 251, and blue 7. */
static void put_records(void **state, const char *name, const char *labels,
			unsigned char seed)
{
	size_t n = strlen(labels);
	unsigned char *bytes = calloc(n, RECORD);

	assert_non_null(bytes);
	for (size_t i = 0; i < n; i++) {
		unsigned char *record = bytes + i * RECORD;

		record[0] = (unsigned char)(labels[i] - '0');
		for (size_t p = 0; p < PLANE; p++) {
			record[1 + p] = (unsigned char)(seed + i);
			record[1 + PLANE + p] = (unsigned char)(p % 251);
			record[1 + 2 * PLANE + p] = 7;
		}
	}
	put_bytes(state, name, bytes, n * RECORD);
	free(bytes);
}

static void put_folder(void **state)
{
	mkdir(scratch_path(state, "data"), 0777);
	put_records(state, "data/data_batch_2.bin", "90", 20);
	put_records(state, "data/data_batch_1.bin", "3", 10);
	put_records(state, "data/test_batch.bin", "1", 30);
	put_bytes(state, "data/readme.html", "x", 1);
}

static struct codist_dataset load(void **state, const char *loader)
{
	struct codist_error err = { 0 };
	struct codist_dataset set;

	if (try_load(state, loader, &set, &err))
		fail_msg("%s: %s", loader, err.message);
	return set;
}

static void assert_fails(void **state, const char *loader,
			 enum codist_status expected, const char *words)
{
	struct codist_error err = { 0 };
	struct codist_dataset set;

	assert_int_equal(try_load(state, loader, &set, &err), expected);
	if (!strstr(err.message, words))
		fail_msg("'%s' does not say '%s'", err.message, words);
}

static void a_folder_has_two_parts(void **state)
{
	struct codist_dataset set;

	put_folder(state);
	set = load(state, "cifar10:part=train");
	assert_int_equal(set.n_samples, 3);
	assert_int_equal(set.n_classes, 10);
	assert_string_equal(set.class_names[9], "9");
	assert_int_equal(set.labels[0], 3);
	assert_int_equal(set.labels[1], 9);
	assert_int_equal(set.labels[2], 0);
	assert_int_equal(set.bytes[0], 10);
	assert_int_equal(set.bytes[3 * PLANE], 20);
	codist_dataset_release(&set);
	set = load(state, "cifar10:part=test");
	assert_int_equal(set.n_samples, 1);
	assert_int_equal(set.n_classes, 10);
	assert_int_equal(set.bytes[0], 30);
	codist_dataset_release(&set);
	set = load(state, "cifar10");
	assert_int_equal(set.n_samples, 4);
	codist_dataset_release(&set);
}

/* Of pixel 33, red is 10, green 33 and blue 7; its grey is
 * (2990 + 19371 + 798 + 500) / 1000, 23. */
static void colours_come_in_three_ways(void **state)
{
	struct codist_dataset set;

	put_folder(state);
	set = load(state, "cifar10:limit=1");
	assert_int_equal(set.rank, 3);
	assert_int_equal(set.dimensions[0], 3);
	assert_int_equal(set.dimensions[2], 32);
	assert_int_equal(set.bytes[33], 10);
	assert_int_equal(set.bytes[PLANE + 33], 33);
	assert_int_equal(set.bytes[2 * PLANE + 33], 7);
	codist_dataset_release(&set);
	set = load(state, "cifar10:limit=1,colours=interleaved");
	assert_int_equal(set.dimensions[0], 32);
	assert_int_equal(set.dimensions[2], 3);
	assert_memory_equal(set.bytes + 3 * 33, "\x0a\x21\x07", 3);
	codist_dataset_release(&set);
	set = load(state, "cifar10:limit=1,colours=grey");
	assert_int_equal(set.rank, 2);
	assert_int_equal(set.starts[1], PLANE);
	assert_int_equal(set.bytes[33], 23);
	codist_dataset_release(&set);
}

static void classes_have_names_where_there_are_some(void **state)
{
	static const char names[] = "airplane\nautomobile\nbird\ncat\ndeer\r\n"
				    "dog\nfrog\nhorse\nship\ntruck\n\n";
	struct codist_dataset set;

	put_folder(state);
	put_bytes(state, "data/batches.meta.txt", names, strlen(names));
	set = load(state, "cifar10:classes=cat+truck+deer");
	assert_int_equal(set.n_samples, 2);
	assert_string_equal(set.class_names[set.labels[0]], "cat");
	assert_string_equal(set.class_names[set.labels[1]], "truck");
	codist_dataset_release(&set);
	put_bytes(state, "data/batches.meta.txt", names, 20);
	assert_fails(state, "cifar10", CODIST_EFORMAT,
		     "batches.meta.txt: line 3: 0 bytes, expected a name");
}

static void what_is_no_record_is_refused(void **state)
{
	mkdir(scratch_path(state, "data"), 0777);
	assert_fails(state, "cifar10", CODIST_EMISSING,
		     "data: no data_batch_*.bin in it");
	put_records(state, "data/test_batch.bin", "1:", 30);
	assert_fails(state, "cifar10:part=test", CODIST_EFORMAT,
		     "test_batch.bin: record 1 has label 10, expected 0..9");
	put_bytes(state, "data/test_batch.bin", "", 0);
	assert_fails(state, "cifar10:part=test", CODIST_EFORMAT,
		     "0 bytes, expected a multiple of 3073");
	put_bytes(state, "data/test_batch.bin", "x", 1);
	assert_fails(state, "cifar10:part=test", CODIST_EFORMAT,
		     "1 bytes, expected a multiple of 3073");
}

static void one_file_has_no_parts(void **state)
{
	struct codist_error err = { 0 };
	struct codist_spec spec;
	char *train, *test;

	(void)state;
	assert_int_equal(codist_spec_init(&spec, &codist_loaders,
					  "cifar10:a.bin,part=test", &err),
			 CODIST_EUSAGE);
	assert_non_null(strstr(err.message, "part=test of a.bin"));
	if (codist_data_find("cifar10:a.bin", &train, &test, NULL))
		fail();
	assert_string_equal(train, "cifar10:a.bin");
	assert_null(test);
	free(train);
	if (codist_data_find("cifar10:a", &train, &test, NULL))
		fail();
	assert_string_equal(train, "cifar10:a,part=train");
	assert_string_equal(test, "cifar10:a,part=test");
	free(train);
	free(test);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(a_folder_has_two_parts),
		IN_SCRATCH(colours_come_in_three_ways),
		IN_SCRATCH(classes_have_names_where_there_are_some),
		IN_SCRATCH(what_is_no_record_is_refused),
		cmocka_unit_test(one_file_has_no_parts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
