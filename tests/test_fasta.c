/*
 * test_fasta.c - sequences, each below a line with its name
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "loaded.h"

static const char two[] = "\n; a comment\n>cow|X1 Bos taurus\r\nACGT\r\nac gt\r\n"
			  "\r\n>cat|X2\tFelis catus \nTT\tNN*\n;more\n--x\n";

static void a_record_is_its_lines_without_blanks(void **state)
{
	struct codist_dataset set = load_bytes(state, "fasta", two,
					       sizeof(two) - 1);

	assert_string_equal(set.sample_names[0], "cow|X1");
	assert_string_equal(set.sample_names[1], "cat|X2");
	codist_dataset_release(&set);
	assert_samples(state, "fasta", two,
		       SAMPLES("unlabelled", "ACGTacgt", "unlabelled",
			       "TTNN*--x"));
	assert_samples(state, "fasta:case=lower", two,
		       SAMPLES("unlabelled", "acgtacgt", "unlabelled",
			       "ttnn*--x"));
	assert_samples(state, "fasta:case=upper", two,
		       SAMPLES("unlabelled", "ACGTACGT", "unlabelled",
			       "TTNN*--X"));
	/* Without a name, and without a sequence. */
	assert_samples(state, "fasta", ">\nA>\n>x", SAMPLES("unlabelled", "A>",
							     "unlabelled", ""));
}

static void a_part_of_the_header_is_the_label(void **state)
{
	assert_samples(state, "fasta:label=name", two,
		       SAMPLES("cow|X1", "ACGTacgt", "cat|X2", "TTNN*--x"));
	assert_samples(state, "fasta:label=description", two,
		       SAMPLES("Bos taurus", "ACGTacgt", "Felis catus ",
			       "TTNN*--x"));
	assert_samples(state, "fasta:label=before", two,
		       SAMPLES("cow", "ACGTacgt", "cat", "TTNN*--x"));
	assert_samples(state, "fasta:label=after,separator=|X", two,
		       SAMPLES("1 Bos taurus", "ACGTacgt", "2\tFelis catus ",
			       "TTNN*--x"));
	assert_samples(state, "fasta:label=before,separator=_",
		       ">a_1_2\nA\n>b_1\nC\n", SAMPLES("a", "A", "b", "C"));
	assert_samples(state, "fasta:label=after,separator=_,classes=2",
		       ">a_1_2\nA\n>b_1\nC\n", SAMPLES("2", "A"));
}

static void what_is_no_record_is_refused_by_line(void **state)
{
	static const char nul[] = ">a\nACGT\n>b\0c\nA\n";
	static const char within[] = ">a\nA\0C\n";
	struct codist_dataset set = load_bytes(state, "fasta", within,
					       sizeof(within) - 1);

	assert_memory_equal(set.bytes, "A\0C", 3);
	codist_dataset_release(&set);
	assert_refused(state, "fasta", "\nacgt\n>a\nac\n",
		       "data: line 2: a sequence without a name");
	assert_refused(state, "fasta:label=before", ">a|\nA\n>b\nA\nA\n",
		       "line 3: '>b' has no label by label=before,"
		       "separator=pipe");
	assert_refused(state, "fasta:label=description", ">a\nA\n",
		       "line 1: '>a' has no label by label=description");
	assert_refused_bytes(state, "fasta", nul, sizeof(nul) - 1,
			     CODIST_EFORMAT, "line 3: a NUL byte in the name");
	assert_refused(state, "fasta", "", "data: no samples");
	assert_refused(state, "fasta", "\n;only a comment\n",
		       "data: no samples");
	assert_misuse(state, "fasta:separator=", "separator=, expected");
	assert_misuse(state, "fasta:classes=", "classes=, expected");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(a_record_is_its_lines_without_blanks),
		IN_SCRATCH(a_part_of_the_header_is_the_label),
		IN_SCRATCH(what_is_no_record_is_refused_by_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
