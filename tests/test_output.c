/*
 * test_output.c - a file has its final name only once it is whole
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <codist.h>

#include "scratch.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

static void write_file(const char *path, const char *contents)
{
	struct codist_error err = { 0 };
	struct codist_output output;

	if (codist_output_open(&output, path, &err))
		fail_msg("%s", err.message);
	fputs(contents, output.file);
	if (codist_output_finish(&output, &err))
		fail_msg("%s", err.message);
}

static void a_finished_file_stands_alone_under_its_name(void **state)
{
	write_file(scratch_path(state, "a"), "whole");
	assert_contents(scratch_path(state, "a"), "whole");
	assert_int_equal(scratch_count(state, 0), 1);
}

static void an_abandoned_file_leaves_nothing(void **state)
{
	struct codist_error err = { 0 };
	struct codist_output output;

	assert_int_equal(codist_output_open(&output, scratch_path(state, "a"),
					    &err),
			 CODIST_OK);
	fputs("half", output.file);
	assert_int_equal(access(scratch_path(state, "a"), F_OK), -1);
	codist_output_abandon(&output);
	assert_int_equal(scratch_count(state, 0), 0);
	codist_output_abandon(&output);
}

static void an_old_file_stays_until_the_new_one_is_whole(void **state)
{
	const char *path = scratch_path(state, "a");
	struct codist_error err = { 0 };
	struct codist_output output;

	write_file(path, "old");
	assert_int_equal(codist_output_open(&output, path, &err), CODIST_OK);
	fputs("new", output.file);
	fflush(output.file);
	assert_contents(path, "old");
	codist_output_abandon(&output);
	assert_contents(path, "old");
	write_file(path, "new");
	assert_contents(path, "new");
	assert_int_equal(scratch_count(state, 0), 1);
}

static void two_outputs_of_one_name_do_not_meet(void **state)
{
	const char *path = scratch_path(state, "a");
	struct codist_error err = { 0 };
	struct codist_output first, second;

	assert_int_equal(codist_output_open(&first, path, &err), CODIST_OK);
	assert_int_equal(codist_output_open(&second, path, &err), CODIST_OK);
	fputs("first", first.file);
	fputs("second", second.file);
	assert_int_equal(codist_output_finish(&second, &err), CODIST_OK);
	assert_contents(path, "second");
	assert_int_equal(codist_output_finish(&first, &err), CODIST_OK);
	assert_contents(path, "first");
	assert_int_equal(scratch_count(state, 0), 1);
}

static void a_missing_folder_is_named(void **state)
{
	const char *path = scratch_path(state, "none/a");
	struct codist_error err = { 0 };
	struct codist_output output;

	assert_int_equal(codist_output_open(&output, path, &err), CODIST_EIO);
	assert_non_null(strstr(err.message, path));
	assert_non_null(strstr(err.message, "No such file or directory"));
	assert_int_equal(codist_output_open(&output, "", &err), CODIST_EIO);
	assert_int_equal(codist_output_check(path, &err), CODIST_EIO);
}

static void a_folder_is_not_written_over(void **state)
{
	struct scratch *scratch = *state;
	struct codist_error err = { 0 };
	struct codist_output output;

	assert_int_equal(codist_output_open(&output, scratch->folder, &err),
			 CODIST_EIO);
	assert_non_null(strstr(err.message, "Is a directory"));
	assert_int_equal(codist_output_check(scratch->folder, &err),
			 CODIST_EIO);
}

static void a_check_leaves_all_as_it_was(void **state)
{
	struct codist_error err = { 0 };

	assert_int_equal(codist_output_check(scratch_path(state, "a"), &err),
			 CODIST_OK);
	assert_int_equal(scratch_count(state, 0), 0);
	write_file(scratch_path(state, "a"), "old");
	assert_int_equal(codist_output_check(scratch_path(state, "a"), &err),
			 CODIST_OK);
	assert_contents(scratch_path(state, "a"), "old");
	/* Opening a pipe would wait for somebody to read it. */
	assert_int_equal(mkfifo(scratch_path(state, "pipe"), 0666), 0);
	assert_int_equal(codist_output_check(scratch_path(state, "pipe"),
					     &err),
			 CODIST_OK);
	assert_int_equal(scratch_count(state, 0), 2);
}

static void a_failed_rename_leaves_nothing(void **state)
{
	char path[512];
	struct codist_error err = { 0 };
	struct codist_output output;

	strcpy(path, scratch_path(state, "a"));
	assert_int_equal(codist_output_open(&output, path, &err), CODIST_OK);
	assert_int_equal(mkdir(path, 0777), 0);
	assert_int_equal(codist_output_finish(&output, &err), CODIST_EIO);
	assert_int_equal(rmdir(path), 0);
	assert_int_equal(scratch_count(state, 0), 0);
	assert_non_null(strstr(err.message, path));
}

/* Once within stdio's buffer, and once far beyond it. */
static void a_full_device_is_an_error(void **state)
{
	static const size_t sizes[] = { 1, 1 << 20 };

	(void)state;
	if (access("/dev/full", W_OK) != 0) {
		print_message("no /dev/full here\n");
		skip();
	}
	for (size_t i = 0; i < 2; i++) {
		struct codist_error err = { 0 };
		struct codist_output output;

		assert_int_equal(codist_output_open(&output, "/dev/full",
						    &err),
				 CODIST_OK);
		for (size_t n = 0; n < sizes[i]; n++)
			putc('x', output.file);
		assert_int_equal(codist_output_finish(&output, &err),
				 CODIST_EIO);
		assert_string_equal(err.message, "/dev/full: cannot write: "
						 "No space left on device");
	}
}

/* A limit on the size of files stands in for a disk that fills up. */
static void a_failed_write_leaves_the_old_file_and_nothing_else(void **state)
{
	const char *path = scratch_path(state, "a");
	struct codist_error err = { 0 };
	struct codist_output output;
	struct rlimit before, limit;
	void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);

	write_file(path, "old");
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	limit = before;
	limit.rlim_cur = 1000;
	assert_int_equal(codist_output_open(&output, path, &err), CODIST_OK);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	for (size_t n = 0; n < 2000; n++)
		putc('x', output.file);
	assert_int_equal(codist_output_finish(&output, &err), CODIST_EIO);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	signal(SIGXFSZ, handler);
	assert_non_null(strstr(err.message, path));
	assert_contents(path, "old");
	assert_int_equal(scratch_count(state, 0), 1);
}

static void a_device_is_written_to_and_stays_one(void **state)
{
	struct stat there;

	(void)state;
	write_file("/dev/null", "gone");
	assert_int_equal(stat("/dev/null", &there), 0);
	assert_true(S_ISCHR(there.st_mode));
}

static void a_pipe_is_written_to_and_stays_one(void **state)
{
	const char *path = scratch_path(state, "pipe");
	char got[8] = "";
	struct stat there;
	int fd;

	assert_int_equal(mkfifo(path, 0666), 0);
	fd = open(path, O_RDONLY | O_NONBLOCK);
	assert_true(fd >= 0);
	write_file(path, "through");
	assert_int_equal(read(fd, got, sizeof(got)), 7);
	assert_memory_equal(got, "through", 7);
	close(fd);
	assert_int_equal(stat(path, &there), 0);
	assert_true(S_ISFIFO(there.st_mode));
	assert_int_equal(scratch_count(state, 0), 1);
}

/*
 * As after `program --predictions /dev/stdout > a`: /dev/stdout then leads to
 * a regular file, which others also write to.
 */
static void a_redirected_standard_output_is_added_to(void **state)
{
	const char *path = scratch_path(state, "a");
	int fd = open(path, O_WRONLY | O_CREAT, 0666), before;

	fflush(stdout);
	before = dup(STDOUT_FILENO);
	assert_true(fd >= 0 && before >= 0);
	dup2(fd, STDOUT_FILENO);
	close(fd);
	assert_int_equal(write(STDOUT_FILENO, "one ", 4), 4);
	write_file("/dev/stdout", "two ");
	assert_int_equal(write(STDOUT_FILENO, "three", 5), 5);
	dup2(before, STDOUT_FILENO);
	close(before);
	assert_contents(path, "one two three");
	assert_int_equal(scratch_count(state, 0), 1);
}

static void a_link_is_followed(void **state)
{
	const char *path = scratch_path(state, "link");
	struct stat there;

	assert_int_equal(symlink("target", path), 0);
	write_file(scratch_path(state, "target"), "old");
	write_file(scratch_path(state, "link"), "new");
	assert_contents(scratch_path(state, "target"), "new");
	assert_int_equal(lstat(scratch_path(state, "link"), &there), 0);
	assert_true(S_ISLNK(there.st_mode));
	assert_int_equal(scratch_count(state, 0), 2);
}

static void the_mode_is_that_of_any_new_file(void **state)
{
	static const mode_t masks[] = { 022, 027, 077 };
	mode_t before = umask(0);

	for (size_t i = 0; i < 3; i++) {
		struct stat there;

		umask(masks[i]);
		write_file(scratch_path(state, "a"), "");
		assert_int_equal(stat(scratch_path(state, "a"), &there), 0);
		assert_int_equal(there.st_mode & 07777, 0666 & ~masks[i]);
	}
	umask(before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(a_finished_file_stands_alone_under_its_name),
		IN_SCRATCH(an_abandoned_file_leaves_nothing),
		IN_SCRATCH(an_old_file_stays_until_the_new_one_is_whole),
		IN_SCRATCH(two_outputs_of_one_name_do_not_meet),
		IN_SCRATCH(a_missing_folder_is_named),
		IN_SCRATCH(a_folder_is_not_written_over),
		IN_SCRATCH(a_check_leaves_all_as_it_was),
		IN_SCRATCH(a_failed_rename_leaves_nothing),
		cmocka_unit_test(a_full_device_is_an_error),
		IN_SCRATCH(
			a_failed_write_leaves_the_old_file_and_nothing_else),
		cmocka_unit_test(a_device_is_written_to_and_stays_one),
		IN_SCRATCH(a_pipe_is_written_to_and_stays_one),
		IN_SCRATCH(a_redirected_standard_output_is_added_to),
		IN_SCRATCH(a_link_is_followed),
		IN_SCRATCH(the_mode_is_that_of_any_new_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
