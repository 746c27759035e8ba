/*
 * test_label.c - names are one line of UTF-8, no wider than their place
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "experiment/canvas.h"
#include "experiment/label.h"

#include "scratch.h"

#define MARK "\xef\xbf\xbd"

static void assert_label(const char *name, const char *expected)
{
	char *label = codist_label_new(name, 10, 1e6);

	assert_non_null(label);
	assert_string_equal(label, expected);
	free(label);
}

static void what_is_utf8_stays(void **state)
{
	(void)state;
	assert_label("", "");
	assert_label("comp.graphics", "comp.graphics");
	assert_label("\xc2\xa0\xdf\xbf", "\xc2\xa0\xdf\xbf");
	assert_label("\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80",
		     "\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80");
	assert_label("\xf0\x90\x80\x80\xf4\x8f\xbf\xbf",
		     "\xf0\x90\x80\x80\xf4\x8f\xbf\xbf");
}

/* The first beyond each limit of the Unicode Standard's table 3-7. */
static void what_is_not_utf8_is_marked(void **state)
{
	(void)state;
	assert_label("caf\xe9", "caf" MARK);
	assert_label("\xe9t\xe9", MARK "t" MARK);
	assert_label("\xc1\xbf", MARK MARK);
	assert_label("\xe0\x9f\xbf", MARK MARK MARK);
	assert_label("\xed\xa0\x80", MARK MARK MARK);
	assert_label("\xf0\x8f\xbf\xbf", MARK MARK MARK MARK);
	assert_label("\xf4\x90\x80\x80", MARK MARK MARK MARK);
	assert_label("\xf5", MARK);
	assert_label("\xe2\x80", MARK MARK);
	assert_label("a\nb\x7f\xc2\x85", "a" MARK "b" MARK MARK MARK);
}

#ifdef HAVE_CAIRO /* without it, no text has a width */

static void a_long_name_keeps_both_ends(void **state)
{
	static const char *const names[] = {
		"talk.politics.guns.and.much.more.than.that",
		/* n with a tilde, two bytes each, 30 times */
		"\xc3\xb1\xc3\xb1\xc3\xb1\xc3\xb1\xc3\xb1\xc3\xb1\xc3\xb1"
		"\xc3\xb1\xc3\xb1\xc3\xb1\xc3\xb1\xc3\xb1\xc3\xb1\xc3\xb1"
		"\xc3\xb1\xc3\xb1\xc3\xb1\xc3\xb1\xc3\xb1\xc3\xb1\xc3\xb1"
		"\xc3\xb1\xc3\xb1\xc3\xb1\xc3\xb1\xc3\xb1\xc3\xb1\xc3\xb1"
		"\xc3\xb1\xc3\xb1",
	};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		char *label = codist_label_new(names[i], 10, 80);
		size_t length, n = strlen(names[i]), head, tail;
		char *dots;

		assert_non_null(label);
		length = strlen(label);
		dots = strstr(label, "\xe2\x80\xa6");
		assert_non_null(dots);
		head = (size_t)(dots - label);
		tail = length - head - 3;
		assert_true(head >= 4 && tail >= 4);
		assert_memory_equal(label, names[i], head);
		assert_string_equal(dots + 3, names[i] + n - tail);
		assert_true(codist_text_width(label, 10) <= 80);
		/* No character was cut in two. */
		assert_label(label, label);
		free(label);
	}
}

#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_utf8_stays),
		cmocka_unit_test(what_is_not_utf8_is_marked),
#ifdef HAVE_CAIRO
		cmocka_unit_test(a_long_name_keeps_both_ends),
#endif
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
