/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <codist.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

static void a_failure_keeps_its_status_and_message(void **state)
{
	struct codist_error err = { 0 };

	(void)state;
	assert_int_equal(codist_fail(&err, CODIST_EFORMAT, "%s: %d", "a", 7),
			 CODIST_EFORMAT);
	assert_int_equal(err.status, CODIST_EFORMAT);
	assert_string_equal(err.message, "a: 7");
}

static void a_long_message_is_cut(void **state)
{
	char text[2 * CODIST_MESSAGE_SIZE];
	struct codist_error err = { 0 };

	(void)state;
	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	assert_int_equal(codist_fail(&err, CODIST_EIO, "%s", text),
			 CODIST_EIO);
	assert_int_equal(strlen(err.message), CODIST_MESSAGE_SIZE - 1);
}

static void no_error_to_fill_is_fine(void **state)
{
	(void)state;
	assert_int_equal(codist_no_memory(NULL, "nothing"), CODIST_ENOMEM);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_failure_keeps_its_status_and_message),
		cmocka_unit_test(a_long_message_is_cut),
		cmocka_unit_test(no_error_to_fill_is_fine),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
