/*
 * test_text.c - a label and a text a line; and classes, offset and limit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "loaded.h"

#include <sys/stat.h>

static void a_line_is_a_label_a_tab_and_a_text(void **state)
{
	assert_samples(state, "text", "ham\thello you\nspam\tbuy\tnow\n",
		       SAMPLES("ham", "hello you", "spam", "buy\tnow"));
	/* Blanks are as good as letters, the last end of line may lack, and
	 * a text may be empty. */
	assert_samples(state, "text", "a b\t x \nc\t\nc\tend",
		       SAMPLES("a b", " x ", "c", "", "c", "end"));
	assert_samples(state, "text", "a\tx\r\nb\ty\rz\r\n\r\n\na\tw\r",
		       SAMPLES("a", "x", "b", "y\rz", "a", "w"));
	assert_samples(state, "text", "\xef\xbb\xbf" "a\tx\n",
		       SAMPLES("a", "x"));
}

static void the_separator_and_the_side_of_the_label_are_options(void **state)
{
	assert_samples(state, "text:separator=space", "a b c\nd e\n",
		       SAMPLES("a", "b c", "d", "e"));
	assert_samples(state, "text:separator=space,label=last", "a b c\nd e\n",
		       SAMPLES("c", "a b", "e", "d"));
	assert_samples(state, "text:separator=::", "a:b::c::d\n",
		       SAMPLES("a:b", "c::d"));
	assert_samples(state, "text:separator=::,label=last", "a:b::c::d\n",
		       SAMPLES("d", "a:b::c"));
	assert_samples(state, "text:separator=comma", "a,b\n",
		       SAMPLES("a", "b"));
	assert_samples(state, "text:separator=\\,", "a,b\n", SAMPLES("a", "b"));
	assert_samples(state, "text:separator=%2c", "a,b\n", SAMPLES("a", "b"));
	assert_samples(state, "text:separator=%%%09", "a%b%\tc\n",
		       SAMPLES("a%b", "c"));
	assert_samples(state, "text:separator=\\t\\x7c", "a\tb\t|c\n",
		       SAMPLES("a\tb", "c"));
	assert_samples(state, "text:label=none", "a\tb\n\nc\n",
		       SAMPLES("unlabelled", "a\tb", "unlabelled", "c"));
}

static void a_separator_that_is_none_is_refused(void **state)
{
	assert_misuse(state, "text:separator=none", "separator=none");
	assert_misuse(state, "text:separator=", "between label and text");
	assert_misuse(state, "text:separator=\\q", "separator=\\q, expected");
	assert_misuse(state, "text:separator=\\x1", "separator=\\x1, expected");
	assert_misuse(state, "text:separator=a\\", "separator=a\\, expected");
	assert_misuse(state, "text:separator=%", "separator=%, expected up to ");
	assert_misuse(state, "text:separator=%2", "separator=%2, expected");
	assert_misuse(state,
		      "text:separator=123456789012345678901234567890123",
		      "up to 32 bytes");
}

static void bytes_of_a_text_are_kept_whatever_they_are(void **state)
{
	/* No UTF-8: a lone continuation byte, half a character, 0xff, NUL. */
	static const char bytes[] = "a\t\x80x\xc3\n\xffz\t\xff\0y\n";
	struct codist_dataset set = load_bytes(state, "text", bytes,
					       sizeof(bytes) - 1);

	assert_int_equal(set.n_samples, 2);
	assert_string_equal(set.class_names[1], "\xffz");
	assert_int_equal(set.starts[2], 6);
	assert_memory_equal(set.bytes, "\x80x\xc3\xff\0y", 6);
	codist_dataset_release(&set);
}

static void bad_lines_are_refused_by_number(void **state)
{
	static const char nul[] = "a\tx\nb\0b\ty\n";

	assert_refused(state, "text", "a\tx\n\nno tab\n",
		       "data: line 3: no separator 'tab' in its 6 bytes");
	assert_refused(state, "text", "a\tx\n\ty\n",
		       "line 2: the label is empty");
	assert_refused_bytes(state, "text", nul, sizeof(nul) - 1,
			     CODIST_EFORMAT, "line 2: the label has a NUL");
	assert_refused(state, "text", "", "data: no samples");
	assert_refused(state, "text", "\n\r\n", "data: no samples");
	assert_refused(state, "text:label=none", "\xef\xbb\xbf",
		       "data: no samples");
}

static void a_line_of_ten_megabytes_is_one_text(void **state)
{
	size_t n = 10000000;
	char *bytes = malloc(n + 6);
	struct codist_dataset set;

	assert_non_null(bytes);
	memcpy(bytes, "a\t", 2);
	memset(bytes + 2, 'x', n);
	memcpy(bytes + 2 + n, "\nb\ty", 4);
	set = load_bytes(state, "text", bytes, n + 6);
	assert_int_equal(set.n_samples, 2);
	assert_int_equal(codist_dataset_sample(&set, 0).nbytes, n);
	assert_int_equal(set.bytes[n - 1], 'x');
	assert_int_equal(set.bytes[n], 'y');
	codist_dataset_release(&set);
	free(bytes);
}

/* By Python: gzip.compress(b"a\tx\nb\ty\n", mtime=0). */
static const unsigned char gzipped[] = {
	0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03,
	0x4b, 0xe4, 0xac, 0xe0, 0x4a, 0xe2, 0xac, 0xe4, 0x02, 0x00,
	0x34, 0x82, 0xec, 0xc1, 0x08, 0x00, 0x00, 0x00,
};

static void gzipped_files_are_read_if_they_are_whole(void **state)
{
	struct codist_dataset set = load_bytes(state, "text", gzipped,
					       sizeof(gzipped));

	assert_int_equal(set.n_samples, 2);
	assert_memory_equal(set.bytes, "xy", 2);
	codist_dataset_release(&set);
	assert_refused_bytes(state, "text", gzipped, sizeof(gzipped) - 9,
			     CODIST_EFORMAT, "truncated");
}

static void a_file_that_cannot_be_read_is_told_with_the_reason(void **state)
{
	struct codist_dataset set;
	struct codist_error err = { 0 };
	const char *path = scratch_path(state, "data");

	assert_int_equal(try_load(state, "text", &set, &err), CODIST_EMISSING);
	assert_non_null(strstr(err.message, "nothing at 'scratch-"));
	assert_int_equal(mkdir(path, 0777), 0);
	err = (struct codist_error){ 0 };
	assert_int_equal(try_load(state, "text", &set, &err), CODIST_EIO);
	assert_non_null(strstr(err.message, "Is a directory"));
}

static void files_are_found_in_the_data_directory(void **state)
{
	struct scratch *scratch = *state;
	struct codist_dataset set;
	struct codist_spec spec;
	struct codist_error err = { 0 };

	put_bytes(state, "in-the-data-directory", "a\tx", 3);
	setenv("CODIST_DATA", scratch->folder, 1);
	if (codist_spec_init(&spec, &codist_loaders,
			     "text:in-the-data-directory", &err) ||
	    codist_dataset_load(&set, &spec, &err))
		fail_msg("%s", err.message);
	unsetenv("CODIST_DATA");
	assert_int_equal(set.n_samples, 1);
	codist_dataset_release(&set);
	codist_spec_release(&spec);
}

#define MAIL "text:separator=space,"
static const char mail[] = "ham 0\nspam 1\na+b 2\nham 3\nspam 4\nall 5\n"
			   "0-4 6\nham 7\n";

static void classes_then_offset_then_limit_cut_the_set(void **state)
{
	struct codist_dataset set;

	assert_samples(state, MAIL "classes=ham", mail,
		       SAMPLES("ham", "0", "ham", "3", "ham", "7"));
	assert_samples(state, MAIL "classes=spam+a\\+b", mail,
		       SAMPLES("spam", "1", "a+b", "2", "spam", "4"));
	assert_samples(state, MAIL "classes=\\all+0-4", mail,
		       SAMPLES("all", "5", "0-4", "6"));
	assert_samples(state, MAIL "classes=ham+spam,offset=1,limit=2", mail,
		       SAMPLES("spam", "1", "ham", "3"));
	assert_samples(state, MAIL "offset=6,limit=1000000000000000", mail,
		       SAMPLES("0-4", "6", "ham", "7"));
	/* Classes stay of which limit and offset leave nothing. */
	set = load_bytes(state, MAIL "classes=ham+spam,limit=1", mail,
			 sizeof(mail) - 1);
	assert_int_equal(set.n_classes, 2);
	assert_string_equal(set.class_names[0], "ham");
	assert_string_equal(set.class_names[1], "spam");
	codist_dataset_release(&set);
}

static void a_choice_that_leaves_nothing_is_refused(void **state)
{
	assert_refused(state, MAIL "offset=8", mail,
		       "offset=8 passes over all 8 samples");
	assert_refused(state, MAIL "classes=ham,offset=3", mail,
		       "offset=3 passes over all 3 samples of classes=ham");
	assert_refused(state, MAIL "classes=ham+eggs", mail,
		       "classes=ham+eggs, but no sample has the label eggs");
	assert_refused(state, MAIL "classes=0-3", mail,
		       "no sample has the label 0-3");
	assert_misuse(state, MAIL "classes=", "classes=, expected names");
	assert_misuse(state, MAIL "classes=a++b", "classes=a++b, expected");
	assert_misuse(state, MAIL "classes=a+", "classes=a+, expected");
}

static void whole_numbers_may_be_named_by_ranges(void **state)
{
	static const char numbers[] = "7 a\n-3 b\n1000 c\n8 d\n-1 e\n";
	struct codist_dataset set;
	struct codist_error err = { 0 };

	assert_samples(state, MAIL "classes=-2-7+1000", numbers,
		       SAMPLES("7", "a", "1000", "c", "-1", "e"));
	assert_samples(state, MAIL "classes=-9--1", numbers,
		       SAMPLES("-3", "b", "-1", "e"));
	assert_samples(state, MAIL "classes=8-99999999999999999999", numbers,
		       SAMPLES("1000", "c", "8", "d"));
	/* Of a range some may be missing, but not what is asked for alone. */
	assert_refused(state, MAIL "classes=7+9", numbers,
		       "no sample has the label 9");
	assert_refused(state, MAIL "classes=2-6", numbers,
		       "classes=2-6 keeps none of its 5 samples");
	assert_refused(state, MAIL "classes=8-7", numbers,
		       "no sample has the label 8-7");
	put_bytes(state, "data", numbers, sizeof(numbers) - 1);
	assert_int_equal(try_load(state, MAIL "classes=07", &set, &err),
			 CODIST_EFORMAT);
}

/* The counts of its README and of the set's own page: 5485 and 2189. */
static void reuters_r8_has_its_documents_of_eight_classes(void **state)
{
	static const struct {
		const char *spec;
		size_t n_samples, n_of[8];
	} parts[] = {
		/* By cut -f1 FILE | sort | uniq -c. */
		{ "text:reuters-r8/R8_train.txt", 5485,
		  { 1596, 253, 2840, 41, 190, 206, 108, 251 } },
		{ "text:reuters-r8/R8_test.txt", 2189,
		  { 696, 121, 1083, 10, 81, 87, 36, 75 } },
	};
	static const char *const names[] = { "acq",	 "crude", "earn",
					     "grain",	 "interest",
					     "money-fx", "ship",  "trade" };
	char *data = codist_data_directory();
	char path[512];

	(void)state;
	snprintf(path, sizeof(path), "%s/reuters-r8/R8_train.txt",
		 data ? data : "");
	free(data);
	if (access(path, R_OK) != 0) {
		print_message("no Reuters R8 in $CODIST_DATA/reuters-r8\n");
		skip();
	}
	for (size_t p = 0; p < 2; p++) {
		struct codist_dataset set;
		struct codist_spec spec;
		size_t n_of[8] = { 0 };

		assert_int_equal(codist_spec_init(&spec, &codist_loaders,
						  parts[p].spec, NULL),
				 CODIST_OK);
		assert_int_equal(codist_dataset_load(&set, &spec, NULL),
				 CODIST_OK);
		assert_int_equal(set.n_samples, parts[p].n_samples);
		assert_int_equal(set.n_classes, 8);
		for (size_t i = 0; i < set.n_samples; i++)
			n_of[set.labels[i]]++;
		for (size_t c = 0; c < 8; c++) {
			assert_string_equal(set.class_names[c], names[c]);
			assert_int_equal(n_of[c], parts[p].n_of[c]);
		}
		codist_dataset_release(&set);
		codist_spec_release(&spec);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(a_line_is_a_label_a_tab_and_a_text),
		IN_SCRATCH(
			the_separator_and_the_side_of_the_label_are_options),
		IN_SCRATCH(a_separator_that_is_none_is_refused),
		IN_SCRATCH(bytes_of_a_text_are_kept_whatever_they_are),
		IN_SCRATCH(bad_lines_are_refused_by_number),
		IN_SCRATCH(a_line_of_ten_megabytes_is_one_text),
		IN_SCRATCH(gzipped_files_are_read_if_they_are_whole),
		IN_SCRATCH(a_file_that_cannot_be_read_is_told_with_the_reason),
		cmocka_unit_test(reuters_r8_has_its_documents_of_eight_classes),
		IN_SCRATCH(files_are_found_in_the_data_directory),
		IN_SCRATCH(classes_then_offset_then_limit_cut_the_set),
		IN_SCRATCH(a_choice_that_leaves_nothing_is_refused),
		IN_SCRATCH(whole_numbers_may_be_named_by_ranges),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
