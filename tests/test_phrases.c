/*
 * test_phrases.c - sets of phrases by hand, and against a list of all
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "toys.h"

#include "measure/phrases.h"

static struct codist_phrases *find(struct codist_bytes x,
				   enum codist_parse parse)
{
	size_t most = codist_phrases_size(x), nbytes = 0;
	/* Of just that size, so that a step beyond is seen. */
	struct codist_phrases *phrases = malloc(most);
	struct codist_error err = { 0 };

	assert_non_null(phrases);
	if (codist_phrases_find(x, parse, phrases, &nbytes, &err))
		fail_msg("%s", err.message);
	assert_true(nbytes <= most);
	return phrases;
}

static struct codist_bytes bytes_of(const char *text)
{
	return (struct codist_bytes){ (const unsigned char *)text,
				      strlen(text) };
}

/* The phrases of the set in order, with blanks between. */
static void write_out(const struct codist_phrases *phrases, char *to)
{
	char phrase[64];
	char *end = to;

	*end = '\0';
	for (uint32_t i = 0; i < phrases->n; i++) {
		uint32_t depth = phrases->nodes[i].depth >> 8;

		assert_true(depth > 0 && depth < sizeof(phrase));
		phrase[depth - 1] = (char)(phrases->nodes[i].depth & 255);
		if (depth >= phrases->shortest)
			end += sprintf(end, "%s%.*s", end == to ? "" : " ",
				       (int)depth, phrase);
	}
}

static void assert_phrases(const char *text, enum codist_parse parse,
			   const char *expected)
{
	struct codist_phrases *phrases = find(bytes_of(text), parse);
	char found[256];
	uint32_t n = *expected != '\0';

	write_out(phrases, found);
	assert_string_equal(found, expected);
	for (const char *c = expected; *c; c++)
		n += *c == ' ';
	assert_int_equal(phrases->n_in_set, n);
	free(phrases);
}

/*
 * Cut where a phrase is new: a|b|ab|c|abd|a, of which the last is not new;
 * a|aa|aaa|a; b|a|n|an|as|...
 */
static void lz78_cuts_behind_the_shortest_new_phrase(void **state)
{
	(void)state;
	assert_phrases("", CODIST_PARSE_LZ78, "");
	assert_phrases("a", CODIST_PARSE_LZ78, "a");
	assert_phrases("aa", CODIST_PARSE_LZ78, "a");
	assert_phrases("ababcabda", CODIST_PARSE_LZ78, "a ab abd b c");
	assert_phrases("aaaaaaa", CODIST_PARSE_LZ78, "a aa aaa");
	assert_phrases("bananas", CODIST_PARSE_LZ78, "a an as b n");
}

/*
 * Welch's: of "ababcabda" ab, ba, abc (the longest known, ab, and then c), ca,
 * abd, da; of a run of 7 aa (out: a), aaa (out: aa), aaaa (out: aaa), and the
 * last a is known; of "bananas" ba, an, na, ana (out: an), as.
 */
static void lzw_begins_a_phrase_with_the_last_byte_of_the_one_before(
	void **state)
{
	(void)state;
	assert_phrases("", CODIST_PARSE_LZW, "");
	assert_phrases("a", CODIST_PARSE_LZW, "");
	assert_phrases("aa", CODIST_PARSE_LZW, "aa");
	assert_phrases("ababcabda", CODIST_PARSE_LZW, "ab abc abd ba ca da");
	assert_phrases("aaaaaaa", CODIST_PARSE_LZW, "aa aaa aaaa");
	assert_phrases("bananas", CODIST_PARSE_LZW, "an ana as ba na");
}

/* The same, with every phrase a piece of the text, looked for in a list. */
struct piece {
	size_t start, nbytes;
};

static int is_in(const unsigned char *text, const struct piece *list, size_t n,
		 const unsigned char *bytes, size_t nbytes)
{
	for (size_t i = 0; i < n; i++)
		if (list[i].nbytes == nbytes &&
		    memcmp(text + list[i].start, bytes, nbytes) == 0)
			return 1;
	return 0;
}

static size_t list_phrases(struct codist_bytes x, enum codist_parse parse,
			   struct piece *list)
{
	size_t n = 0, start = 0;

	for (size_t end = 1; end <= x.nbytes; end++) {
		size_t nbytes = end - start;

		if (parse == CODIST_PARSE_LZW && nbytes == 1)
			continue;
		if (is_in(x.data, list, n, x.data + start, nbytes))
			continue;
		list[n++] = (struct piece){ start, nbytes };
		start = parse == CODIST_PARSE_LZW ? end - 1 : end;
	}
	return n;
}

#define LONGEST 400

static void check_random(uint32_t *seed, unsigned n_letters)
{
	unsigned char bytes[2][LONGEST];
	struct piece lists[2][LONGEST];

	for (int parse = CODIST_PARSE_LZ78; parse <= CODIST_PARSE_LZW; parse++) {
		struct codist_phrases *found[2];
		size_t n[2], n_common = 0;

		for (int side = 0; side < 2; side++) {
			struct codist_bytes x = { bytes[side],
						  toy_random(seed) % LONGEST };

			for (size_t i = 0; i < x.nbytes; i++)
				bytes[side][i] = (unsigned char)
					(toy_random(seed) % n_letters * 85);
			found[side] = find(x, (enum codist_parse)parse);
			n[side] = list_phrases(x, (enum codist_parse)parse,
					       lists[side]);
			assert_int_equal(found[side]->n_in_set, n[side]);
		}
		for (size_t i = 0; i < n[0]; i++)
			n_common += (size_t)is_in(bytes[1], lists[1], n[1],
						  bytes[0] + lists[0][i].start,
						  lists[0][i].nbytes);
		assert_int_equal(codist_phrases_common(found[0], found[1]),
				 n_common);
		assert_int_equal(codist_phrases_common(found[1], found[0]),
				 n_common);
		assert_int_equal(codist_phrases_common(found[0], found[0]),
				 n[0]);
		free(found[0]);
		free(found[1]);
	}
}

static void common_phrases_are_those_on_both_lists(void **state)
{
	uint32_t seed = 9;

	(void)state;
	for (unsigned i = 0; i < 400; i++)
		check_random(&seed, 1 + i % 4);
}

/*
 * Phrases of a run are a, aa, aaa, and so on; n of them take n(n+1)/2 bytes by
 * LZ78, so of 2^20 there are 1447, with 992 bytes left: 1447 * 1448 / 2 =
 * 1047628. By LZW the phrase of k bytes is there behind 1 + 2 + ... + (k - 1)
 * bytes and another: 1447 * 1448 / 2 + 1 <= 2^20, so those of 2 to 1448 bytes.
 */
static void a_run_of_a_megabyte_is_a_deep_set(void **state)
{
	size_t nbytes = (size_t)1 << 20;
	unsigned char *bytes = calloc(nbytes, 1);
	struct codist_bytes whole = { bytes, nbytes };
	struct codist_bytes half = { bytes, nbytes / 2 };
	struct codist_phrases *a, *b;

	(void)state;
	assert_non_null(bytes);
	a = find(whole, CODIST_PARSE_LZ78);
	assert_int_equal(a->n_in_set, 1447);
	b = find(half, CODIST_PARSE_LZ78);
	/* 1023 * 1024 / 2 = 523776, and 512 are left. */
	assert_int_equal(b->n_in_set, 1023);
	assert_int_equal(codist_phrases_common(a, b), 1023);
	free(a);
	free(b);
	a = find(whole, CODIST_PARSE_LZW);
	assert_int_equal(a->n_in_set, 1447);
	free(a);
	free(bytes);
}

static void all_256_bytes_are_phrases(void **state)
{
	unsigned char bytes[512];
	struct codist_phrases *up, *down;

	(void)state;
	for (unsigned i = 0; i < 512; i++)
		bytes[i] = (unsigned char)(i < 256 ? i : 511 - i);
	/* 0|1|...|255, and down 255 254|253 252|...|1 0. */
	up = find((struct codist_bytes){ bytes, 256 }, CODIST_PARSE_LZ78);
	assert_int_equal(up->n_in_set, 256);
	down = find((struct codist_bytes){ bytes, 512 }, CODIST_PARSE_LZ78);
	assert_int_equal(down->n_in_set, 256 + 128);
	assert_int_equal(codist_phrases_common(up, down), 256);
	free(up);
	free(down);
	/* 0 1, 1 2, ..., 254 255: 255 pairs; down 255 255, 255 254, ...: 256
	 * more. */
	up = find((struct codist_bytes){ bytes, 256 }, CODIST_PARSE_LZW);
	assert_int_equal(up->n_in_set, 255);
	down = find((struct codist_bytes){ bytes, 512 }, CODIST_PARSE_LZW);
	assert_int_equal(down->n_in_set, 255 + 256);
	assert_int_equal(codist_phrases_common(down, up), 255);
	free(up);
	free(down);
}

/* Nodes in order: a, aa or ab. */
static void equal_phrases_have_equal_hashes_and_others_do_not(void **state)
{
	struct codist_phrases *a = find(bytes_of("aaab"), CODIST_PARSE_LZ78);
	struct codist_phrases *b = find(bytes_of("baaab"), CODIST_PARSE_LZ78);
	uint64_t of_a[3], of_b[3];
	struct codist_error err = { 0 };

	(void)state;
	/* a|aa|b and b|a|aa|b. */
	assert_int_equal(a->n, 3);
	assert_int_equal(b->n, 3);
	assert_int_equal(codist_phrases_hashes(a, of_a, &err), CODIST_OK);
	assert_int_equal(codist_phrases_hashes(b, of_b, &err), CODIST_OK);
	assert_memory_equal(of_a, of_b, sizeof(of_a));
	assert_true(of_a[0] != of_a[1] && of_a[1] != of_a[2] &&
		    of_a[0] != of_a[2]);
	free(a);
	free(b);
}

static void an_item_that_is_too_long_is_refused(void **state)
{
	struct codist_error err = { 0 };
	size_t nbytes;

	(void)state;
	/* It is told before a byte is read. */
	assert_int_equal(codist_phrases_find(
				 (struct codist_bytes){ NULL,
							((size_t)1 << 31) + 1 },
				 CODIST_PARSE_LZ78, NULL, &nbytes, &err),
			 CODIST_EUSAGE);
	assert_string_equal(err.message,
			    "an item of 2147483649 bytes, expected at most "
			    "2147483648 for its set of phrases");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lz78_cuts_behind_the_shortest_new_phrase),
		cmocka_unit_test(
			lzw_begins_a_phrase_with_the_last_byte_of_the_one_before),
		cmocka_unit_test(common_phrases_are_those_on_both_lists),
		cmocka_unit_test(a_run_of_a_megabyte_is_a_deep_set),
		cmocka_unit_test(all_256_bytes_are_phrases),
		cmocka_unit_test(
			equal_phrases_have_equal_hashes_and_others_do_not),
		cmocka_unit_test(an_item_that_is_too_long_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
