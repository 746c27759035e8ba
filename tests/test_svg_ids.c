/*
 * test_svg_ids.c - identifiers are numbered in the order they come
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "experiment/svg_ids.h"

#include "scratch.h"

static void renumber(const char *svg, const char *expected)
{
	struct codist_text copy = { 0 };

	codist_svg_renumber(svg, &copy);
	assert_false(copy.failed);
	assert_string_equal(copy.chars, expected);
	free(copy.chars);
}

static void references_follow_what_they_refer_to(void **state)
{
	(void)state;
	renumber("<image id=\"image21\"/><g id=\"surface17\" mask=\"url(#m3)\">"
		 "<use xlink:href=\"#image21\"/></g><mask id=\"m3\"/>",
		 "<image id=\"image1\"/><g id=\"surface2\" mask=\"url(#m3)\">"
		 "<use xlink:href=\"#image1\"/></g><mask id=\"m3\"/>");
}

static void names_with_the_same_stem_stay_apart(void **state)
{
	(void)state;
	renumber("<a id=\"g0-7\"/><a id=\"g0-8\"/><a id=\"g\"/>",
		 "<a id=\"g0-1\"/><a id=\"g0-2\"/><a id=\"g3\"/>");
}

static void what_is_no_identifier_stays(void **state)
{
	(void)state;
	renumber("<p grid=\"a21\" d=\"M 1 2\">id=7 #9</p>\n",
		 "<p grid=\"a21\" d=\"M 1 2\">id=7 #9</p>\n");
	renumber("", "");
}

static void hundreds_of_identifiers_are_told_apart(void **state)
{
	char svg[8000] = "", expected[8000] = "";

	(void)state;
	for (unsigned i = 0; i < 300; i++) {
		snprintf(svg + strlen(svg), 20, "<a id=\"x%u\"/>", 900 - i);
		snprintf(expected + strlen(expected), 20, "<a id=\"x%u\"/>",
			 i + 1);
	}
	renumber(svg, expected);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(references_follow_what_they_refer_to),
		cmocka_unit_test(names_with_the_same_stem_stay_apart),
		cmocka_unit_test(what_is_no_identifier_stays),
		cmocka_unit_test(hundreds_of_identifiers_are_told_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
