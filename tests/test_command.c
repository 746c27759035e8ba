/*
 * test_command.c - the backend `command`, against programs that behave or not
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <codist.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

/* More than a pipe holds, so that a program has to be fed and drained. */
static unsigned char big[300000];

static enum codist_status length(const char *text, size_t nbytes, double *bits,
				 struct codist_error *err)
{
	struct codist_bytes x = { big, nbytes };
	struct codist_coder *coder = NULL;
	struct codist_spec spec;
	enum codist_status status;

	if (codist_spec_init(&spec, &codist_backends, text, err) ||
	    codist_coder_new(&coder, &spec, err))
		fail_msg("%s", err->message);
	status = codist_coder_length(coder, x, bits, err);
	codist_coder_free(coder);
	codist_spec_release(&spec);
	return status;
}

static void check(const char *text, size_t nbytes, size_t expected)
{
	struct codist_error err = { 0 };
	double bits = 0;

	if (length(text, nbytes, &bits, &err))
		fail_msg("%s", err.message);
	if (bits != 8 * (double)expected)
		fail_msg("%s: %g bits, expected %zu bytes", text, bits,
			 expected);
}

static void what_comes_out_is_counted(void **state)
{
	(void)state;
	check("command:cat", 0, 0);
	check("command:cat", 1, 1);
	check("command:cat", sizeof(big), sizeof(big));
	check("command:sh -c 'cat; echo -n much ado >&2'", sizeof(big),
	      sizeof(big));
}

/* Nor is it told so by a signal. */
static void a_program_need_not_read_its_input(void **state)
{
	(void)state;
	check("command:printf abc", sizeof(big), 3);
	check("command:true", sizeof(big), 0);
}

static void words_are_split_at_blanks_and_quotes_but_by_no_shell(void **state)
{
	(void)state;
	check("command:printf 'a  b'", 1, 4);
	check("command:run=printf \"a  b\"", 1, 4);
	check("command:printf a\\\\ b", 1, 3);
	check("command:printf 'a\\,b'", 1, 3);
	check("command:printf '' ignored", 1, 0);
	check("command:printf $HOME", 1, 5);
	check("command:printf *", 1, 1);
	check("command:printf a;false", 1, 7);
}

static void check_failure(const char *text, size_t nbytes, const char *message)
{
	struct codist_error err = { 0 };
	double bits;

	if (length(text, nbytes, &bits, &err) != CODIST_EIO)
		fail_msg("%s: it did not fail, expected '%s'", text, message);
	if (!strstr(err.message, message))
		fail_msg("%s: '%s', expected '%s'", text, err.message,
			 message);
}

static void a_program_that_fails_is_an_error_that_tells_why(void **state)
{
	(void)state;
	check_failure("command:no-such-program -c", 1,
		      "no-such-program: no such program on the PATH");
	check_failure("command:/dev/null", 1, "Permission denied");
	check_failure("command:false", sizeof(big),
		      "'false': exit status 1, expected 0");
	check_failure("command:sh -c 'echo no disk >&2; exit 3'", 1,
		      "exit status 3, expected 0; it says: no disk");
	check_failure("command:sh -c 'kill -9 $$'", 1, "ended by signal 9");
}

/* The last one has closed its pipes, and is waited for all the same. */
static void a_program_that_hangs_is_ended_with_all_its_children(void **state)
{
	static const char *const hangs[] = {
		"command:sleep 60,timeout=0.2",
		"command:sh -c 'sleep 60 & sleep 60',timeout=0.2",
		"command:sh -c 'sleep 60 &',timeout=0.2",
		"command:sh -c 'exec <&- >&- 2>&-; sleep 60',timeout=0.2",
	};
	time_t began = time(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(hangs) / sizeof(hangs[0]); i++)
		check_failure(hangs[i], sizeof(big),
			      "still running after 0.2 s, ended (timeout=0.2)");
	assert_true(time(NULL) - began < 30);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
}

static void check_refusal(const char *text, const char *message)
{
	struct codist_error err = { 0 };
	struct codist_spec spec;

	assert_int_equal(codist_spec_init(&spec, &codist_backends, text, &err),
			 CODIST_EUSAGE);
	if (!strstr(err.message, message))
		fail_msg("%s: '%s', expected '%s'", text, err.message,
			 message);
}

static void what_is_no_command_is_refused(void **state)
{
	(void)state;
	check_refusal("command", "option 'run' (");
	check_refusal("command:", "empty, expected a program");
	check_refusal("command:run= ", "empty, expected a program");
	check_refusal("command:printf 'a", "a quote is not closed");
	check_refusal("command:cat,timeout=0", "timeout=0, expected a number");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_comes_out_is_counted),
		cmocka_unit_test(a_program_need_not_read_its_input),
		cmocka_unit_test(
			words_are_split_at_blanks_and_quotes_but_by_no_shell),
		cmocka_unit_test(
			a_program_that_fails_is_an_error_that_tells_why),
		cmocka_unit_test(
			a_program_that_hangs_is_ended_with_all_its_children),
		cmocka_unit_test(what_is_no_command_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
