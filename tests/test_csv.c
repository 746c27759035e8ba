/*
 * test_csv.c - tables with commas
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "loaded.h"

static void columns_are_asked_for_by_name_or_number(void **state)
{
	static const char named[] = "id,text,label\r\n1,hello,ham\r\n"
				    "2,buy,spam\r\n";

	assert_samples(state, "csv", named,
		       SAMPLES("ham", "hello", "spam", "buy"));
	assert_samples(state, "csv:label=id,text=label+text", named,
		       SAMPLES("1", "ham hello", "2", "spam buy"));
	assert_samples(state, "csv:label=1,text=2+3,join=none",
		       "a,b,c\nd,e,f\n", SAMPLES("a", "bc", "d", "ef"));
	assert_samples(state, "csv:label=3,text=2,header=yes", named,
		       SAMPLES("ham", "hello", "spam", "buy"));
	assert_samples(state, "csv:label=none,text=2,join=\\,", named,
		       SAMPLES("unlabelled", "text", "unlabelled", "hello",
			       "unlabelled", "buy"));
	assert_samples(state, "csv:label=x y,text=a\\+b", "a+b,x y\n1,2",
		       SAMPLES("2", "1"));
}

static void fields_are_as_rfc_4180_has_them(void **state)
{
	assert_samples(state, "csv:label=1,text=2",
		       "a,\"x,y\"\r\nb,\"say \"\"no\"\"\"\r\n"
		       "c,\"two\r\nlines\"\r\nd, blanks stay \n"
		       "\"e\",\"\"\nf,\n",
		       SAMPLES("a", "x,y", "b", "say \"no\"", "c",
			       "two\r\nlines", "d", " blanks stay ", "e", "",
			       "f", ""));
	assert_samples(state, "csv:label=1,text=2,delimiter=tab",
		       "a\t b,\t\n\nb\t\"\t\"\t",
		       SAMPLES("a", " b,", "b", "\t"));
	assert_samples(state, "csv:label=1,text=2,delimiter=;", "a;b\rc;d",
		       SAMPLES("a", "b", "c", "d"));
	assert_samples(state, "csv", "\xef\xbb\xbflabel,text\na,\xc3(\n",
		       SAMPLES("a", "\xc3("));
}

static void bytes_of_a_field_are_kept_whatever_they_are(void **state)
{
	static const char bytes[] = "a,\xff\0\x80\n";
	static const char label[] = "a,b\n\0,c\n";
	struct codist_dataset set = load_bytes(state, "csv:label=1,text=2",
					       bytes, sizeof(bytes) - 1);

	assert_int_equal(set.starts[1], 3);
	assert_memory_equal(set.bytes, "\xff\0\x80", 3);
	codist_dataset_release(&set);
	assert_refused_bytes(state, "csv:label=1,text=2", label,
			     sizeof(label) - 1, CODIST_EFORMAT,
			     "line 2: the label has a NUL byte");
}

static void what_is_not_rfc_4180_is_refused_by_line(void **state)
{
	static const char by_number[] = "csv:label=1,text=2";

	assert_refused(state, by_number, "a,b\nc,d,e\n",
		       "data: line 2: 3 fields, expected 2 as in line 1");
	/* A row is named by the line in which it begins. */
	assert_refused(state, by_number, "\na,\"b\nb\"\n\n\"c\nc\n\"\n",
		       "line 5: 1 fields, expected 2 as in line 2");
	assert_refused(state, by_number, "a,b\nc,\"d\ne,f\n",
		       "line 2: a quote in the row that begins here is not");
	assert_refused(state, by_number, "a,b\nc,d\"e\n",
		       "line 2: byte 4: a quote in a field");
	assert_refused(state, by_number, "a,\"b\" \n", "line 1: byte 6: a quote");
	assert_refused(state, by_number, "a,b\n,c\n",
		       "line 2: the label is empty");
	assert_refused(state, by_number, "", "data: no samples");
	assert_refused(state, by_number, "\r\n\n", "data: no samples");
	assert_refused(state, "csv", "text,label\n", "data: no samples");
}

static void columns_that_are_not_there_are_refused(void **state)
{
	assert_refused(state, "csv", "v1,v2\nham,hello\n",
		       "line 1: no column is named 'text'; there are 'v1', "
		       "'v2'");
	assert_refused(state, "csv:text=v2", "v1,v2\nham,hello\n",
		       "no column is named 'label'");
	assert_refused(state, "csv:label=1,text=3", "a,b\n",
		       "line 1: 2 columns, but column 3 is asked for");
	assert_refused(state, "csv", "text,label,text\n",
		       "columns 1 and 3 are both named 'text'");
	assert_misuse(state, "csv:header=no", "expected numbers of columns");
	assert_misuse(state, "csv:label=1,text=2+x,header=no", "text=2+x");
	assert_misuse(state, "csv:text=", "text=, expected names");
	assert_misuse(state, "csv:text=a++b", "text=a++b, expected names");
	assert_misuse(state, "csv:label=", "label=, expected");
	assert_misuse(state, "csv:delimiter=\"", "delimiter=\", expected one");
	assert_misuse(state, "csv:delimiter=ab", "delimiter=ab, expected one");
	assert_misuse(state, "csv:delimiter=none", "expected one byte");
	assert_misuse(state, "csv:join=\\z", "join=\\z, expected");
	assert_misuse(state, "csv:classes=", "classes=, expected");
}

static void classes_offset_and_limit_cut_a_table(void **state)
{
	assert_samples(state,
		       "csv:label=1,text=2,classes=a+c,offset=1,limit=2",
		       "a,1\nb,2\nc,3\na,4\nc,5\n",
		       SAMPLES("c", "3", "a", "4"));
}

static void a_field_of_ten_megabytes_is_one_text(void **state)
{
	size_t n = 10000000;
	char *bytes = malloc(n + 8);
	struct codist_dataset set;

	assert_non_null(bytes);
	memcpy(bytes, "a,\"", 3);
	for (size_t i = 0; i < n; i++)
		bytes[3 + i] = i % 1000 ? 'x' : '\n';
	memcpy(bytes + 3 + n, "\"\nb,c", 5);
	set = load_bytes(state, "csv:label=1,text=2", bytes, n + 8);
	assert_int_equal(codist_dataset_sample(&set, 0).nbytes, n);
	assert_memory_equal(set.bytes, bytes + 3, n);
	codist_dataset_release(&set);
	free(bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(columns_are_asked_for_by_name_or_number),
		IN_SCRATCH(fields_are_as_rfc_4180_has_them),
		IN_SCRATCH(bytes_of_a_field_are_kept_whatever_they_are),
		IN_SCRATCH(what_is_not_rfc_4180_is_refused_by_line),
		IN_SCRATCH(columns_that_are_not_there_are_refused),
		IN_SCRATCH(classes_offset_and_limit_cut_a_table),
		IN_SCRATCH(a_field_of_ten_megabytes_is_one_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
