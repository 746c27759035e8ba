/*
 * test_find.c - sets by name, in a data directory made for the purpose
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <codist.h>

#include "scratch.h"

#include <errno.h>
#include <sys/stat.h>

/* Put an empty file there; finding looks at names only. */
static void touch(void **state, const char *folder, const char *name)
{
	FILE *file;
	char path[256];

	if (*folder && mkdir(scratch_path(state, folder), 0777) &&
	    errno != EEXIST)
		fail_msg("cannot make %s", folder);
	snprintf(path, sizeof(path), "%s/%s", *folder ? folder : ".", name);
	file = fopen(scratch_path(state, path), "wb");
	assert_non_null(file);
	fclose(file);
}

static void assert_found(const char *name, const char *train, const char *test)
{
	struct codist_error err = { 0 };
	char *found_train, *found_test;

	if (codist_data_find(name, &found_train, &found_test, &err))
		fail_msg("%s", err.message);
	assert_string_equal(found_train ? found_train : "none", train);
	assert_string_equal(found_test ? found_test : "none", test);
	free(found_train);
	free(found_test);
}

static void assert_not_found(const char *name, enum codist_status expected,
			     const char *words)
{
	struct codist_error err = { 0 };
	char *train, *test;

	assert_int_equal(codist_data_find(name, &train, &test, &err), expected);
	assert_null(train);
	assert_null(test);
	if (!strstr(err.message, words))
		fail_msg("'%s' does not say '%s'", err.message, words);
}

/* The text of "idx:" and a path in the scratch folder. */
static const char *idx(void **state, const char *path)
{
	static char text[2][600];
	static unsigned at;

	at = !at;
	snprintf(text[at], sizeof(text[at]), "idx:%s",
		 scratch_path(state, path));
	return text[at];
}

static int setup(void **state)
{
	if (scratch_setup(state))
		return -1;
	return setenv("CODIST_DATA", ((struct scratch *)*state)->folder, 1);
}

static void touch_mnist(void **state, const char *folder)
{
	touch(state, folder, "train-images-idx3-ubyte.gz");
	touch(state, folder, "train-labels-idx1-ubyte");
	touch(state, folder, "t10k-images.idx3-ubyte");
	touch(state, folder, "t10k-labels.idx1-ubyte.gz");
}

static void a_name_is_looked_up_in_the_data_directory(void **state)
{
	touch_mnist(state, "mnist");
	assert_found("mnist", "idx:mnist/train", "idx:mnist/test");
}

static void the_data_directory_may_itself_be_mnist(void **state)
{
	touch_mnist(state, "");
	assert_found("mnist", idx(state, "train"), idx(state, "test"));
	assert_not_found("emnist", CODIST_EMISSING, "/emnist'");
}

static void a_folder_is_found_where_it_is(void **state)
{
	char folder[512];

	touch_mnist(state, "mnist");
	snprintf(folder, sizeof(folder), "%s", scratch_path(state, "mnist"));
	setenv("CODIST_DATA", "/nowhere", 1);
	assert_found(folder, idx(state, "mnist/train"),
		     idx(state, "mnist/test"));
	strcat(folder, "/t10k-images.idx3-ubyte");
	assert_found(folder, idx(state, "mnist/t10k-images.idx3-ubyte"),
		     "none");
}

static void a_path_that_looks_like_options_is_spelled_out(void **state)
{
	char name[512], expected[600];

	touch_mnist(state, "a=b,c");
	snprintf(name, sizeof(name), "%s", scratch_path(state, "a=b,c"));
	snprintf(expected, sizeof(expected), "idx:path=%s",
		 scratch_path(state, "a=b\\,c/train"));
	setenv("CODIST_DATA", "/nowhere", 1);
	unlink(scratch_path(state, "a=b,c/t10k-images.idx3-ubyte"));
	unlink(scratch_path(state, "a=b,c/t10k-labels.idx1-ubyte.gz"));
	assert_found(name, expected, "none");
}

static void images_without_labels_are_told_of(void **state)
{
	touch(state, "half", "test-images-idx3-ubyte");
	assert_not_found("half", CODIST_EIO,
			 "half/test-images-idx3-ubyte: no labels beside it");
	touch(state, "half", "train-labels-idx1-ubyte");
	assert_not_found("half", CODIST_EIO,
			 "half/train-labels-idx1-ubyte: no images beside it");
}

static void a_name_of_nothing_is_told_with_the_places(void **state)
{
	char place[600];

	snprintf(place, sizeof(place), "at 'mnist' or '%s' or '",
		 scratch_path(state, "mnist"));
	assert_not_found("mnist", CODIST_EMISSING, place);
	assert_not_found("", CODIST_EUSAGE, "empty");
}

/* "LOADER:" and a path in the scratch folder. */
static const char *by(void **state, const char *loader, const char *path)
{
	static char text[2][600];
	static unsigned at;

	at = !at;
	snprintf(text[at], sizeof(text[at]), "%s:%s", loader,
		 scratch_path(state, path));
	return text[at];
}

static void make(void **state, const char *folder)
{
	assert_int_equal(mkdir(scratch_path(state, folder), 0777), 0);
}

static void find_in(void **state, const char *name, const char *train,
		    const char *test)
{
	char path[512];

	snprintf(path, sizeof(path), "%s", scratch_path(state, name));
	assert_found(path, train, test);
}

static void folders_of_classes_are_of_bytes_or_images(void **state)
{
	char path[512];

	make(state, "set");
	touch(state, "set/ham", "1");
	touch(state, "set/spam", "2.txt");
	find_in(state, "set", by(state, "directory", "set"), "none");
	make(state, "pictures");
	touch(state, "pictures/cat", "1.png");
	touch(state, "pictures/cat", ".DS_Store");
	touch(state, "pictures/dog", "2.PGM");
	find_in(state, "pictures", by(state, "images", "pictures"), "none");
	/* Named by the data directory. */
	assert_found("set", "directory:set", "none");
	touch(state, "pictures/dog", "notes");
	snprintf(path, sizeof(path), "%s", scratch_path(state, "pictures"));
	assert_not_found(path, CODIST_EFORMAT,
			 "pictures: 2 files in its folders are called like "
			 "images (.png, .pgm, .ppm), and 1 are not");
}

static void train_and_test_may_be_folders(void **state)
{
	char path[512];

	make(state, "set");
	make(state, "set/train");
	touch(state, "set/train/a", "1");
	find_in(state, "set", by(state, "directory", "set/train"), "none");
	make(state, "set/test");
	snprintf(path, sizeof(path), "%s", scratch_path(state, "set"));
	assert_not_found(path, CODIST_EFORMAT,
			 "set: its folders train and test do not both have");
	touch(state, "set/test/a", "1.ppm");
	find_in(state, "set", by(state, "directory", "set/train"),
		by(state, "images", "set/test"));
	touch_mnist(state, "set");
	assert_not_found(path, CODIST_EFORMAT,
			 "set: IDX files, and folders train and test");
}

static void arrays_may_have_labels_beside_them(void **state)
{
	char expected[1200];

	touch(state, "set", "x.npy");
	find_in(state, "set/x.npy", by(state, "npy", "set/x.npy"), "none");
	touch(state, "set", "images-1.npy");
	touch(state, "set", "labels-1.npy");
	snprintf(expected, sizeof(expected), "%s,labels=%s/set/labels-1.npy",
		 by(state, "npy", "set/images-1.npy"),
		 ((struct scratch *)*state)->folder);
	find_in(state, "set/images-1.npy", expected, "none");
	assert_found("set/images-1.npy",
		     "npy:set/images-1.npy,labels=set/labels-1.npy", "none");
}

static void a_folder_with_nothing_in_its_folders_is_no_set(void **state)
{
	char path[512];

	make(state, "set");
	make(state, "set/a");
	snprintf(path, sizeof(path), "%s", scratch_path(state, "set"));
	assert_not_found(path, CODIST_EMISSING,
			 "a folder with a folder for each class");
	/* The data directory's folders are no classes of a missing set. */
	touch(state, "set/a", "1");
	assert_not_found("mnist", CODIST_EMISSING, "no data set 'mnist'");
}

static void a_spec_of_a_loader_stands_for_itself(void **state)
{
	(void)state;
	assert_found("idx:images=a,labels=b", "idx:images=a,labels=b", "none");
	assert_not_found("idx:a,limit=x", CODIST_EUSAGE, "limit=x");
}

#define IN_DATA(test) \
	cmocka_unit_test_setup_teardown(test, setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_DATA(a_name_is_looked_up_in_the_data_directory),
		IN_DATA(the_data_directory_may_itself_be_mnist),
		IN_DATA(a_folder_is_found_where_it_is),
		IN_DATA(a_path_that_looks_like_options_is_spelled_out),
		IN_DATA(images_without_labels_are_told_of),
		IN_DATA(a_name_of_nothing_is_told_with_the_places),
		IN_DATA(folders_of_classes_are_of_bytes_or_images),
		IN_DATA(train_and_test_may_be_folders),
		IN_DATA(arrays_may_have_labels_beside_them),
		IN_DATA(a_folder_with_nothing_in_its_folders_is_no_set),
		IN_DATA(a_spec_of_a_loader_stands_for_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
