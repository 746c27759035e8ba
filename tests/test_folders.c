/*
 * test_folders.c - the loaders files and directory, over folders made by hand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "loaded.h"

#include "../datasets/whole_file.h"

#include <errno.h>
#include <sys/stat.h>

/* Make the folders on the way to a path. */
static void make_folders(void **state, const char *name)
{
	for (const char *slash = strchr(name, '/'); slash;
	     slash = strchr(slash + 1, '/')) {
		char folder[256];

		snprintf(folder, sizeof(folder), "%.*s", (int)(slash - name),
			 name);
		if (mkdir(scratch_path(state, folder), 0777) &&
		    errno != EEXIST)
			fail_msg("cannot make %s", folder);
	}
}

static void put(void **state, const char *name, const char *text)
{
	make_folders(state, name);
	put_bytes(state, name, text, strlen(text));
}

static void link_to(void **state, const char *target, const char *name)
{
	make_folders(state, name);
	assert_int_equal(symlink(target, scratch_path(state, name)), 0);
}

/* What is in "data": a class, a name and a text in turns, NULL at the end. */
static void assert_found(void **state, const char *loader,
			 const char *const *expected)
{
	struct codist_dataset set;
	struct codist_error err = { 0 };
	size_t n = 0;

	if (try_load(state, loader, &set, &err))
		fail_msg("%s", err.message);
	assert_int_equal(set.rank, 0);
	for (; expected[3 * n]; n++) {
		struct codist_bytes x;

		assert_true(n < set.n_samples);
		x = codist_dataset_sample(&set, n);
		assert_string_equal(set.class_names[set.labels[n]],
				    expected[3 * n]);
		assert_string_equal(set.sample_names[n], expected[3 * n + 1]);
		assert_int_equal(x.nbytes, strlen(expected[3 * n + 2]));
		assert_memory_equal(x.data, expected[3 * n + 2], x.nbytes);
	}
	assert_int_equal(set.n_samples, n);
	codist_dataset_release(&set);
}

static void assert_fails(void **state, const char *loader,
			 enum codist_status expected, const char *words)
{
	struct codist_dataset set;
	struct codist_error err = { 0 };

	if (try_load(state, loader, &set, &err) != expected)
		fail_msg("%s: %d, %s", loader, err.status, err.message);
	if (!strstr(err.message, words))
		fail_msg("'%s' does not say '%s'", err.message, words);
}

static void a_folder_is_a_class_and_a_file_a_sample(void **state)
{
	/* Made in neither order. */
	put(state, "data/spam/b", "2");
	put(state, "data/ham/z", "26");
	put(state, "data/spam/a", "");
	put(state, "data/ham/Z", "Zz");
	put(state, "data/spam/\xff", "255");
	put(state, "data/spam/a b\n", "blank");
	assert_found(state, "directory",
		     SAMPLES("ham", "ham/Z", "Zz", "ham", "ham/z", "26",
			     "spam", "spam/a", "", "spam", "spam/a b\n",
			     "blank", "spam", "spam/b", "2", "spam",
			     "spam/\xff", "255"));
	assert_found(state, "directory:classes=spam,offset=1,limit=2",
		     SAMPLES("spam", "spam/a b\n", "blank", "spam", "spam/b",
			     "2"));
}

static void hidden_names_and_files_beside_the_classes_are_passed_over(
	void **state)
{
	put(state, "data/a/x", "1");
	put(state, "data/a/.DS_Store", "no");
	put(state, "data/.git/x", "no");
	put(state, "data/README", "no");
	assert_found(state, "directory", SAMPLES("a", "a/x", "1"));
}

static void folders_within_a_class_are_asked_for(void **state)
{
	put(state, "data/a/y", "1");
	put(state, "data/a/x/z/w", "2");
	put(state, "data/b/v", "3");
	assert_fails(state, "directory", CODIST_EIO,
		     "data/a/x: a folder where files are expected; "
		     "recursive=yes goes into folders");
	assert_found(state, "directory:recursive=yes",
		     SAMPLES("a", "a/x/z/w", "2", "a", "a/y", "1", "b", "b/v",
			     "3"));
}

static void links_are_followed_but_not_in_a_circle(void **state)
{
	put(state, "elsewhere/f", "1");
	put(state, "elsewhere/g/h", "2");
	link_to(state, "../elsewhere", "data/a");
	assert_found(state, "directory:recursive=yes",
		     SAMPLES("a", "a/f", "1", "a", "a/g/h", "2"));
	link_to(state, "..", "elsewhere/g/back");
	assert_fails(state, "directory:recursive=yes", CODIST_EIO,
		     "a/g/back: a link to a folder that it is in");
	unlink(scratch_path(state, "elsewhere/g/back"));
	link_to(state, "nothing", "elsewhere/g/lost");
	assert_fails(state, "directory:recursive=yes", CODIST_EIO,
		     "a/g/lost: cannot read: No such file or directory");
}

static void what_is_no_file_is_refused(void **state)
{
	put(state, "data/a/x", "1");
	assert_int_equal(mkfifo(scratch_path(state, "data/a/pipe"), 0666), 0);
	assert_fails(state, "directory", CODIST_EIO,
		     "data/a/pipe: neither a file nor a folder");
	assert_fails(state, "files:recursive=yes", CODIST_EIO,
		     "data/a/pipe: neither a file nor a folder");
}

static void what_is_empty_is_told(void **state)
{
	assert_fails(state, "directory", CODIST_EMISSING, "nothing at '");
	put(state, "data/x", "1");
	assert_fails(state, "directory", CODIST_EFORMAT,
		     "data: no folders in it, expected one a class");
	put(state, "data/b/.hidden", "1");
	put(state, "data/a/x", "1");
	assert_fails(state, "directory", CODIST_EFORMAT,
		     "data/b: no files, expected a class to have at least "
		     "one");
	put(state, "plain", "1");
	assert_int_equal(rename(scratch_path(state, "data"), "moved"), 0);
	scratch_remove("moved");
	put(state, "data", "1");
	assert_fails(state, "directory", CODIST_EIO,
		     "data: cannot read: Not a directory");
}

static void what_may_not_be_read_is_told(void **state)
{
	put(state, "data/a/x", "1");
	if (geteuid() == 0)
		skip(); /* who may read everything */
	assert_int_equal(chmod(scratch_path(state, "data/a/x"), 0), 0);
	assert_fails(state, "directory", CODIST_EIO,
		     "data/a/x: cannot read: Permission denied");
	assert_int_equal(chmod(scratch_path(state, "data/a"), 0), 0);
	assert_fails(state, "directory", CODIST_EIO, "data/a");
	assert_int_equal(chmod(scratch_path(state, "data/a"), 0777), 0);
}

static void files_of_a_folder_are_of_one_class(void **state)
{
	char name[3][512];

	put(state, "data/b/c", "3");
	put(state, "data/a", "1");
	put(state, "data/b.", "2");
	for (size_t i = 0; i < 3; i++)
		snprintf(name[i], sizeof(name[i]), "%s",
			 scratch_path(state, i == 0 ? "data/a" :
					     i == 1 ? "data/b." : "data/b/c"));
	assert_fails(state, "files", CODIST_EIO, "data/b: a folder where");
	/* A full stop comes before a slash. */
	assert_found(state, "files:recursive=yes",
		     SAMPLES("unlabelled", name[0], "1", "unlabelled", name[1],
			     "2", "unlabelled", name[2], "3"));
}

static void one_file_is_one_sample(void **state)
{
	char name[512];

	put(state, "data", "one\n");
	snprintf(name, sizeof(name), "%s", scratch_path(state, "data"));
	assert_found(state, "files", SAMPLES("unlabelled", name, "one\n"));
}

/* By the list "list", which has these lines. */
static enum codist_status load_list(void **state, const char *lines,
				    struct codist_dataset *set,
				    struct codist_error *err)
{
	struct codist_spec spec;
	enum codist_status status;
	char text[1024];

	put(state, "list", lines);
	snprintf(text, sizeof(text), "files:list=%s",
		 scratch_path(state, "list"));
	if (codist_spec_init(&spec, &codist_loaders, text, NULL))
		fail();
	status = codist_dataset_load(set, &spec, err);
	codist_spec_release(&spec);
	return status;
}

static void a_list_keeps_its_order(void **state)
{
	struct codist_error err = { 0 };
	struct codist_dataset set;
	char name[2][512], lines[1600];

	put(state, "x", "1");
	put(state, "y", "22");
	for (size_t i = 0; i < 2; i++)
		snprintf(name[i], sizeof(name[i]), "%s",
			 scratch_path(state, i ? "x" : "y"));
	snprintf(lines, sizeof(lines), "%s\n\n%s\n%s", name[0], name[1],
		 name[0]);
	if (load_list(state, lines, &set, &err))
		fail_msg("%s", err.message);
	assert_int_equal(set.n_samples, 3);
	assert_memory_equal(set.bytes, "22122", 5);
	assert_string_equal(set.sample_names[1], name[1]);
	codist_dataset_release(&set);
	snprintf(lines, sizeof(lines), "%s\nno/such", name[0]);
	assert_int_equal(load_list(state, lines, &set, &err), CODIST_EIO);
	assert_string_equal(err.message,
			    "no/such: cannot read: No such file or directory");
	err = (struct codist_error){ 0 };
	assert_int_equal(load_list(state, "\n", &set, &err), CODIST_EFORMAT);
	assert_non_null(strstr(err.message, "no samples"));
}

static void files_are_asked_for_in_one_way(void **state)
{
	struct codist_error err = { 0 };
	struct codist_spec spec;

	(void)state;
	assert_int_equal(codist_spec_init(&spec, &codist_loaders, "files",
					  &err), CODIST_EUSAGE);
	assert_int_equal(codist_spec_init(&spec, &codist_loaders,
					  "files:a,list=b", &err),
			 CODIST_EUSAGE);
	assert_non_null(strstr(err.message, "either a path or list="));
}

/* /proc/self/stat is a regular file of 0 bytes, of which more can be read. */
static void a_file_that_grows_is_named(void **state)
{
	struct codist_whole_file file = { 0 };
	struct codist_error err = { 0 };

	(void)state;
	if (access("/proc/self/stat", R_OK))
		skip();
	assert_int_equal(codist_whole_file_read(&file, "/proc/self/stat",
						&err), CODIST_EIO);
	assert_string_equal(err.message,
			    "/proc/self/stat: changed while it was read: 0 "
			    "bytes at first, then at least 1");
	codist_whole_file_release(&file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(a_folder_is_a_class_and_a_file_a_sample),
		IN_SCRATCH(
			hidden_names_and_files_beside_the_classes_are_passed_over),
		IN_SCRATCH(folders_within_a_class_are_asked_for),
		IN_SCRATCH(links_are_followed_but_not_in_a_circle),
		IN_SCRATCH(what_is_no_file_is_refused),
		IN_SCRATCH(what_is_empty_is_told),
		IN_SCRATCH(what_may_not_be_read_is_told),
		IN_SCRATCH(files_of_a_folder_are_of_one_class),
		IN_SCRATCH(one_file_is_one_sample),
		IN_SCRATCH(a_list_keeps_its_order),
		IN_SCRATCH(files_are_asked_for_in_one_way),
		IN_SCRATCH(a_file_that_grows_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
