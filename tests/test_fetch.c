/*
 * test_fetch.c - files come whole and right from mirrors that may be neither
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <codist.h>

#include "../datasets/download.h"
#include "../datasets/fetch.h"
#include "mirrors.h"
#include "scratch.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>

static struct mirrors mirrors;

/* The examples of FIPS 180-2, appendix B: a million "a", and "abc". */
static const struct codist_remote_file files[] = {
	{ "million.gz", 1000000,
	  "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0" },
	{ "letters.gz", 3,
	  "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
	{ NULL, 0, NULL },
};

#define MOST_MIRRORS 10

/* Fetch into a folder from mirrors of these kinds, with blanks between. */
static enum codist_status fetch_into(const char *folder, const char *kinds,
				     const struct codist_fetching *more,
				     struct codist_error *err)
{
	char urls[MOST_MIRRORS][64];
	const char *list[MOST_MIRRORS + 1] = { NULL };
	const struct codist_remote_set set = {
		.name = "test", .files = files, .mirrors = list,
		.connect_seconds = 5, .stall_seconds = 1,
	};
	struct codist_fetching how = more ? *more :
					    (struct codist_fetching){ 0 };
	int length;

	for (size_t i = 0; *kinds; i++) {
		length = (int)strcspn(kinds, " ");
		assert_true(i < MOST_MIRRORS);
		snprintf(urls[i], sizeof(urls[i]), "http://127.0.0.1:%u/%.*s",
			 mirrors.port, length, kinds);
		list[i] = urls[i];
		kinds += length + (kinds[length] == ' ');
	}
	how.directory = folder;
	assert_int_equal(truncate(mirrors.log, 0), 0);
	return codist_fetch_set(&set, &how, err);
}

static enum codist_status fetch(void **state, const char *kinds,
				struct codist_error *err)
{
	return fetch_into(((struct scratch *)*state)->folder, kinds, NULL, err);
}

static void assert_fetched(void **state, const char *kinds)
{
	struct codist_error err = { 0 };

	if (fetch(state, kinds, &err) != CODIST_OK)
		fail_msg("%s", err.message);
	assert_int_equal(access(scratch_path(state, "million.gz"), F_OK), 0);
	assert_int_equal(access(scratch_path(state, "letters.gz"), F_OK), 0);
	assert_int_equal(scratch_count(state, 0), 2);
}

static void assert_says(const struct codist_error *err, const char *words)
{
	if (!strstr(err->message, words))
		fail_msg("'%s' does not say '%s'", err->message, words);
}

static void assert_refused(void **state, const char *kinds,
			   enum codist_status expected, const char *words)
{
	struct codist_error err = { 0 };

	assert_int_equal(fetch(state, kinds, &err), expected);
	assert_int_equal(err.status, expected);
	assert_says(&err, words);
	assert_int_equal(access(scratch_path(state, "million.gz"), F_OK), -1);
}

/* The requests since the last fetch began. */
static void assert_asked(const char *expected)
{
	assert_contents(mirrors.log, expected);
}

static void put(void **state, const char *name, const char *bytes, size_t n)
{
	FILE *file = fopen(scratch_path(state, name), "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, n, file), n);
	assert_int_equal(fclose(file), 0);
}

/* Leave the folder as an interrupted fetch does, `n` bytes of a million in. */
static void interrupt_at(void **state, long n)
{
	char path[512];

	assert_fetched(state, "good");
	assert_int_equal(unlink(scratch_path(state, "letters.gz")), 0);
	strcpy(path, scratch_path(state, "million.gz"));
	assert_int_equal(truncate(path, n), 0);
	assert_int_equal(rename(path, scratch_path(state, "million.gz.part")),
			 0);
}

static void both_files_come(void **state)
{
	assert_fetched(state, "good");
	assert_asked("/good/million.gz -\n/good/letters.gz -\n");
}

static void a_redirection_is_followed(void **state)
{
	assert_fetched(state, "moved");
}

static void files_that_are_there_and_right_are_left_alone(void **state)
{
	assert_fetched(state, "good");
	assert_fetched(state, "good");
	assert_asked("");
}

static void an_unpacked_file_counts_as_there(void **state)
{
	struct codist_error err = { 0 };

	put(state, "letters", "abc", 3);
	assert_int_equal(fetch(state, "good", &err), CODIST_OK);
	assert_asked("/good/million.gz -\n");
	assert_int_equal(access(scratch_path(state, "letters.gz"), F_OK), -1);
}

static void a_file_that_is_there_and_wrong_is_told_and_left(void **state)
{
	put(state, "million.gz", "mine", 4);
	assert_int_equal(fetch(state, "good", NULL), CODIST_EFORMAT);
	assert_asked("");
	assert_contents(scratch_path(state, "million.gz"), "mine");
	unlink(scratch_path(state, "million.gz"));
	put(state, "letters", "abd", 3);

	struct codist_error err = { 0 };

	assert_int_equal(fetch(state, "good", &err), CODIST_EFORMAT);
	/* printf abd | sha256sum */
	assert_says(&err, "letters: contents of SHA-256 a52d159f262b2c6ddb724a6"
			  "1840befc36eb30c88877a4030b65cbe86298449c9, expected "
			  "ba7816bf");
	assert_says(&err, "move it away");
	assert_contents(scratch_path(state, "letters"), "abd");
}

static void an_unfinished_file_is_resumed(void **state)
{
	interrupt_at(state, 123456);
	assert_fetched(state, "good");
	assert_asked("/good/million.gz bytes=123456-\n/good/letters.gz -\n");
}

static void a_part_that_is_whole_already_is_taken(void **state)
{
	struct stat whole;

	assert_fetched(state, "good");
	assert_int_equal(stat(scratch_path(state, "million.gz"), &whole), 0);
	interrupt_at(state, (long)whole.st_size);
	assert_fetched(state, "good");
	interrupt_at(state, (long)whole.st_size);
	assert_fetched(state, "whole");
}

static void a_server_that_cannot_resume_sends_all_again(void **state)
{
	interrupt_at(state, 123456);
	assert_fetched(state, "whole");
	assert_asked("/whole/million.gz bytes=123456-\n/whole/million.gz -\n"
		     "/whole/letters.gz -\n");
}

static void a_part_of_something_else_is_begun_anew(void **state)
{
	put(state, "million.gz.part", "<html>", 6);
	assert_fetched(state, "good");
	assert_asked("/good/million.gz bytes=6-\n/good/million.gz -\n"
		     "/good/letters.gz -\n");
}

static void a_part_that_is_too_long_is_begun_anew(void **state)
{
	put(state, "million.gz.part", "", 0);
	assert_int_equal(truncate(scratch_path(state, "million.gz.part"),
				  1 << 24),
			 0);
	assert_fetched(state, "good");
	assert_asked("/good/million.gz -\n/good/letters.gz -\n");
}

static void another_mirror_goes_on_where_one_broke_off(void **state)
{
	char expected[128];
	struct stat whole;

	assert_fetched(state, "good");
	assert_int_equal(stat(scratch_path(state, "million.gz"), &whole), 0);
	unlink(scratch_path(state, "million.gz"));
	assert_fetched(state, "short good");
	snprintf(expected, sizeof(expected),
		 "/short/million.gz -\n/good/million.gz bytes=%ld-\n",
		 (long)whole.st_size / 2);
	assert_asked(expected);
}

static void one_good_mirror_is_enough(void **state)
{
	assert_fetched(state, "missing page wrong damaged short endless good");
}

static void what_mirrors_send_wrong_is_told(void **state)
{
	assert_refused(state, "missing", CODIST_EIO, "404");
	assert_refused(state, "page", CODIST_EFORMAT,
		       "/page/million.gz: 56 bytes of contents, expected "
		       "1000000 (it looks like a web page)");
	assert_refused(state, "wrong", CODIST_EFORMAT,
		       "/wrong/million.gz: contents of SHA-256 ");
	assert_refused(state, "damaged", CODIST_EFORMAT, "damaged gzip data");
	assert_refused(state, "endless", CODIST_EFORMAT,
		       "/endless/million.gz: more than 1005096 bytes");
	assert_int_equal(scratch_count(state, 0), 0);
	/* Both reasons, and the graver status. */
	assert_refused(state, "page missing", CODIST_EFORMAT, "web page");
	assert_refused(state, "page missing", CODIST_EFORMAT, "404");
	assert_int_equal(scratch_count(state, 0), 0);
}

static void what_came_of_a_file_is_kept(void **state)
{
	assert_refused(state, "short", CODIST_EIO, "/short/million.gz: ");
	assert_int_equal(access(scratch_path(state, "million.gz.part"), F_OK),
			 0);
	scratch_count(state, 1);
	assert_refused(state, "stalled", CODIST_EIO, "/stalled/million.gz: nothing came for 1 s");
	assert_int_equal(access(scratch_path(state, "million.gz.part"), F_OK),
			 0);
	assert_int_equal(scratch_count(state, 0), 1);
}

static void nobody_at_home_is_told(void **state)
{
	const struct codist_fetching how = { .mirror = "http://127.0.0.1:1" };
	struct scratch *scratch = *state;
	struct codist_error err = { 0 };

	assert_int_equal(fetch_into(scratch->folder, "good", &how, &err),
			 CODIST_EIO);
	assert_says(&err, "http://127.0.0.1:1/million.gz: ");
	assert_asked("");
	assert_int_equal(scratch_count(state, 0), 0);
}

struct watch {
	unsigned n_calls;
	size_t last, total;
	size_t enough; /* stops when there is more */
};

static int look_on(void *user, const char *file, size_t done, size_t total)
{
	struct watch *watch = user;

	if (strcmp(file, "million.gz") != 0)
		return 0;
	assert_true(done >= watch->last);
	watch->n_calls++;
	watch->last = done;
	watch->total = total;
	return done > watch->enough;
}

static void progress_ends_with_all_of_it(void **state)
{
	struct watch watch = { .enough = SIZE_MAX };
	const struct codist_fetching how = { .progress = look_on,
					     .user = &watch };
	struct scratch *scratch = *state;
	struct stat whole;

	assert_int_equal(fetch_into(scratch->folder, "good", &how, NULL),
			 CODIST_OK);
	assert_int_equal(stat(scratch_path(state, "million.gz"), &whole), 0);
	assert_true(watch.n_calls > 0);
	assert_int_equal(watch.last, whole.st_size);
	assert_int_equal(watch.total, whole.st_size);
}

static void whoever_watches_can_stop_it_and_go_on_later(void **state)
{
	struct watch watch = { .enough = 0 };
	const struct codist_fetching how = { .progress = look_on,
					     .user = &watch };
	struct scratch *scratch = *state;
	struct codist_error err = { 0 };

	assert_int_equal(fetch_into(scratch->folder, "slow good", &how, &err),
			 CODIST_ECANCELLED);
	assert_asked("/slow/million.gz -\n");
	assert_true(watch.last > 0 && watch.last < 1000000);
	assert_int_equal(access(scratch_path(state, "million.gz"), F_OK), -1);
	assert_int_equal(access(scratch_path(state, "million.gz.part"), F_OK),
			 0);
	assert_fetched(state, "good");
}

static void the_folder_is_made_with_its_parents(void **state)
{
	char folder[600], parent[512];

	snprintf(parent, sizeof(parent), "%s", scratch_path(state, "a"));
	snprintf(folder, sizeof(folder), "%s/b/", parent);
	assert_int_equal(fetch_into(folder, "good", NULL, NULL), CODIST_OK);
	unlink(scratch_path(state, "a/b/million.gz"));
	unlink(scratch_path(state, "a/b/letters.gz"));
	assert_int_equal(rmdir(folder), 0);
	assert_int_equal(rmdir(parent), 0);
}

static void a_folder_that_cannot_be_is_told(void **state)
{
	struct codist_error err = { 0 };

	put(state, "file", "", 0);
	assert_int_equal(fetch_into(scratch_path(state, "file"), "good", NULL,
				    &err),
			 CODIST_EIO);
	assert_says(&err, "file: is there, but is no folder");
	assert_int_equal(fetch_into(scratch_path(state, "file/a"), "good", NULL,
				    &err),
			 CODIST_EIO);
	assert_says(&err, "file/a: cannot make this folder: Not a directory");
	assert_int_equal(fetch_into("", "good", NULL, &err), CODIST_EIO);
	assert_int_equal(mkdir(scratch_path(state, "million.gz.part"), 0777),
			 0);
	assert_int_equal(fetch(state, "good", &err), CODIST_EIO);
	assert_says(&err, "million.gz.part: cannot write: Is a directory");
	assert_int_equal(rmdir(scratch_path(state, "million.gz.part")), 0);
	assert_asked("");
}

/* A limit on the size of files stands in for a disk that fills up. */
static void a_full_disk_is_no_fault_of_the_mirror(void **state)
{
	struct codist_error err = { 0 };
	struct rlimit before, limit;
	void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
	enum codist_status status;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	limit = before;
	limit.rlim_cur = 100000;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	status = fetch(state, "good whole", &err);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	signal(SIGXFSZ, handler);
	assert_int_equal(status, CODIST_EIO);
	assert_says(&err, "million.gz.part: cannot write: ");
	assert_asked("/good/million.gz -\n");
	assert_fetched(state, "good");
	assert_asked("/good/million.gz bytes=100000-\n/good/letters.gz -\n");
}

static void two_fetches_do_not_meet(void **state)
{
	struct codist_error err = { 0 };
	int fd = open(scratch_path(state, "million.gz.part"),
		      O_RDWR | O_CREAT, 0666);

	assert_true(fd >= 0);
	assert_int_equal(flock(fd, LOCK_EX), 0);
	assert_int_equal(fetch(state, "good", &err), CODIST_EIO);
	assert_says(&err, "another fetch is at work on it");
	assert_asked("");
	close(fd);
	assert_fetched(state, "good");
}

static void only_sets_that_are_known_are_fetched(void **state)
{
	const struct codist_fetching how = { 0 };
	struct codist_error err = { 0 };

	(void)state;
	assert_int_equal(codist_fetch("mnits", &how, &err), CODIST_EUSAGE);
	assert_string_equal(err.message,
			    "'mnits' cannot be fetched; expected one of: "
			    "mnist");
}

static void a_set_needs_a_place_to_go(void **state)
{
	static const char *const names[] = { "CODIST_DATA", "XDG_DATA_HOME",
					     "HOME" };
	const struct codist_fetching how = { 0 };
	struct codist_error err = { 0 };
	char *values[3];

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		values[i] = getenv(names[i]) ? strdup(getenv(names[i])) : NULL;
		unsetenv(names[i]);
	}
	assert_int_equal(codist_fetch("mnist", &how, &err), CODIST_EUSAGE);
	assert_says(&err, "neither CODIST_DATA nor");
	for (size_t i = 0; i < 3; i++) {
		if (values[i])
			setenv(names[i], values[i], 1);
		free(values[i]);
	}
}

/* The real files pass for the real set, found in place and copied. */
static void mnist_is_known_by_its_checksums(void **state)
{
	const char *data = getenv("CODIST_DATA");
	struct scratch *scratch = *state;
	struct codist_fetching how = { 0 };
	struct codist_error err = { 0 };
	char first[4096], mirror[4096];

	snprintf(first, sizeof(first), "%s/mnist/train-images-idx3-ubyte.gz",
		 data ? data : "");
	if (!data || access(first, R_OK) != 0) {
		print_message("no MNIST in $CODIST_DATA/mnist\n");
		skip();
	}
	if (codist_fetch("mnist", &how, &err) != CODIST_OK)
		fail_msg("%s", err.message);
	if (!codist_can_download)
		return;
	snprintf(mirror, sizeof(mirror), "file://%s/mnist", data);
	how.mirror = mirror;
	how.directory = scratch->folder;
	if (codist_fetch("mnist", &how, &err) != CODIST_OK)
		fail_msg("%s", err.message);
	assert_int_equal(scratch_count(state, 0), 4);
}

static void without_libcurl_it_is_told_what_to_do(void **state)
{
	struct scratch *scratch = *state;
	const struct codist_fetching how = { .directory = scratch->folder };
	struct codist_error err = { 0 };

	assert_int_equal(codist_fetch("mnist", &how, &err), CODIST_EMISSING);
	assert_says(&err, "/train-images-idx3-ubyte.gz is missing");
	assert_says(&err, "libcurl4-openssl-dev");
	assert_says(&err, "put it there by hand, from https://");
	assert_int_equal(scratch_count(state, 0), 0);
}

static int run_alone(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_sets_that_are_known_are_fetched),
		cmocka_unit_test(a_set_needs_a_place_to_go),
		IN_SCRATCH(mnist_is_known_by_its_checksums),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

static int run_without_libcurl(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(without_libcurl_it_is_told_what_to_do),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

static int run_with_mirrors(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(both_files_come),
		IN_SCRATCH(a_redirection_is_followed),
		IN_SCRATCH(files_that_are_there_and_right_are_left_alone),
		IN_SCRATCH(an_unpacked_file_counts_as_there),
		IN_SCRATCH(a_file_that_is_there_and_wrong_is_told_and_left),
		IN_SCRATCH(an_unfinished_file_is_resumed),
		IN_SCRATCH(a_part_that_is_whole_already_is_taken),
		IN_SCRATCH(a_server_that_cannot_resume_sends_all_again),
		IN_SCRATCH(a_part_of_something_else_is_begun_anew),
		IN_SCRATCH(a_part_that_is_too_long_is_begun_anew),
		IN_SCRATCH(another_mirror_goes_on_where_one_broke_off),
		IN_SCRATCH(one_good_mirror_is_enough),
		IN_SCRATCH(what_mirrors_send_wrong_is_told),
		IN_SCRATCH(what_came_of_a_file_is_kept),
		IN_SCRATCH(nobody_at_home_is_told),
		IN_SCRATCH(progress_ends_with_all_of_it),
		IN_SCRATCH(whoever_watches_can_stop_it_and_go_on_later),
		IN_SCRATCH(the_folder_is_made_with_its_parents),
		IN_SCRATCH(a_folder_that_cannot_be_is_told),
		IN_SCRATCH(a_full_disk_is_no_fault_of_the_mirror),
		IN_SCRATCH(two_fetches_do_not_meet),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

int main(void)
{
	int n_failed = run_alone();

	if (!codist_can_download)
		return n_failed + run_without_libcurl();
	/* A proxy would be asked for 127.0.0.1, too. */
	setenv("no_proxy", "*", 1);
	if (!mirrors_start(&mirrors))
		return n_failed ? n_failed : 77;
	n_failed += run_with_mirrors();
	mirrors_end(&mirrors);
	return n_failed;
}
