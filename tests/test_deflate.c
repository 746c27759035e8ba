/*
 * test_deflate.c - zlib's lengths, against the library called plainly
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "by_spec.h"

/*
 * RFC 1951: an empty stream is one fixed block, 3 bits of header and 7 of
 * end-of-block, so 2 bytes; RFC 1950 and 1952 add 6 and 18 bytes.
 */
static void an_empty_stream_is_ten_bits_and_its_framing(void **state)
{
	(void)state;
	assert_true(length_of("deflate:wbits=-15", "", "") == 16);
	assert_true(length_of("deflate:wbits=-15,unit=bit", "", "") == 10);
	assert_true(length_of("deflate:wbits=15", "", "") == 64);
	assert_true(length_of("deflate:wbits=31", "", "") == 160);
	assert_true(length_of("deflate:wbits=31,unit=bit", "", "") == 154);
}

/*
 * Literals 'a'..'d' have 8 bits each in the fixed code: 3 + 4 * 8 + 7 = 42.
 */
static void four_literals_are_42_bits(void **state)
{
	(void)state;
	assert_true(length_of("deflate:wbits=-15,unit=bit", "ab", "cd") == 42);
	assert_true(length_of("deflate:wbits=-15", "ab", "cd") == 48);
}

static void an_impossible_window_is_refused(void **state)
{
	(void)state;
	assert_refused("deflate:wbits=17", "wbits=17");
	assert_refused("deflate:lewel=9", "'level'");
	assert_refused("deflate:level=9,level=9", "twice");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_stream_is_ten_bits_and_its_framing),
		cmocka_unit_test(four_literals_are_42_bits),
		cmocka_unit_test(an_impossible_window_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
