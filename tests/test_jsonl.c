/*
 * test_jsonl.c - a JSON object a line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "loaded.h"

static void keys_lead_to_label_and_text(void **state)
{
	assert_samples(state, "jsonl",
		       "{\"label\": \"ham\", \"text\": \"hello\"}\n \t\r\n\n"
		       "{\"text\":\"b\\u00e4r\\n\",\"more\":[1,2],"
		       "\"label\":\"spam\"}\r\n",
		       SAMPLES("ham", "hello", "spam", "b\xc3\xa4r\n"));
	assert_samples(state, "jsonl:label=none,text=a+b,join=\\,",
		       "{\"a\":\"x\",\"b\":\"y\"}",
		       SAMPLES("unlabelled", "x,y"));
	/* Numbers and truth values as they are written. */
	assert_samples(state, "jsonl:text=n",
		       "{\"label\":10,\"n\":-7}\n{\"label\":9,\"n\":true}\n",
		       SAMPLES("10", "-7", "9", "true"));
}

static void dots_lead_into_nested_objects(void **state)
{
	assert_samples(state, "jsonl:label=meta.kind.name,text=t",
		       "{\"t\":\"x\",\"meta\":{\"kind\":{\"name\":\"a\"}}}\n"
		       "{\"t\":\"y\",\"meta\":{\"kind.name\":\"b\"}}\n"
		       "{\"t\":\"z\",\"meta.kind.name\":\"c\",\"meta\":1}\n",
		       SAMPLES("a", "x", "b", "y", "c", "z"));
	assert_refused(state, "jsonl:label=meta.kind,text=t",
		       "{\"t\":\"x\",\"meta\":{\"other\":1}}\n",
		       "line 1: no key 'meta.kind'");
	assert_refused(state, "jsonl:label=meta.kind,text=t",
		       "{\"t\":\"x\",\"meta\":\"kind\"}\n",
		       "line 1: no key 'meta.kind'");
}

static void a_text_may_have_a_nul_and_a_label_may_not(void **state)
{
	static const char nul[] = "{\"label\":\"a\",\"text\":\"x\\u0000y\"}";
	struct codist_dataset set = load_bytes(state, "jsonl", nul,
					       sizeof(nul) - 1);

	assert_int_equal(set.starts[1], 3);
	assert_memory_equal(set.bytes, "x\0y", 3);
	codist_dataset_release(&set);
	assert_refused(state, "jsonl",
		       "{\"label\":\"a\\u0000\",\"text\":\"x\"}",
		       "line 1: the label has a NUL byte");
}

static void what_is_not_such_an_object_is_refused_by_line(void **state)
{
	static const char good[] = "{\"label\":\"a\",\"text\":\"\"}\n";
	static const struct {
		const char *line, *words;
	} bad[] = {
		{ "{\"label\":\"a\"", "line 2: not JSON: column 12" },
		{ "{\"label\":\"a\"} x", "line 2: not JSON" },
		{ "{\"label\":\"a\",\"label\":\"b\"}", "duplicate object key" },
		{ "{\"label\":\"a\",\"text\":\"\x80\"}",
		  "unable to decode byte 0x80" },
		{ "{\"label\":\"a\",\"text\":\"\xed\xa0\x80\"}",
		  "unable to decode byte 0xed" },
		{ "{\"label\":\"a\",\"text\":\"\\ud800\"}", "not JSON" },
		{ "[1]", "line 2: an array, expected an object" },
		{ "null", "line 2: null, expected an object" },
		{ "{\"text\":\"x\"}", "line 2: no key 'label'" },
		{ "{\"label\":\"x\"}", "line 2: no key 'text'" },
		{ "{\"label\":\"\",\"text\":\"x\"}", "the label is empty" },
		{ "{\"label\":null,\"text\":\"x\"}",
		  "the value of 'label' is null, expected a string" },
		{ "{\"label\":1.5,\"text\":\"x\"}",
		  "'label' is a number with a fraction" },
		{ "{\"label\":\"a\",\"text\":[]}",
		  "the value of 'text' is an array" },
		{ "{\"label\":\"a\",\"text\":{}}", "'text' is an object" },
		{ "{\"label\":99999999999999999999,\"text\":\"x\"}",
		  "too big integer" },
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		char text[256];

		snprintf(text, sizeof(text), "%s%s", good, bad[i].line);
		assert_refused(state, "jsonl", text, bad[i].words);
	}
	assert_refused(state, "jsonl", "", "data: no samples");
	assert_refused(state, "jsonl", " \n", "data: no samples");
	assert_misuse(state, "jsonl:label=", "label=, expected a key");
	assert_misuse(state, "jsonl:text=a+", "text=a+, expected names");
	assert_misuse(state, "jsonl:join=\\z", "join=\\z, expected");
	assert_misuse(state, "jsonl:classes=", "classes=, expected");
}

/* Deeper than any call stack: jansson has a limit of its own. */
static void nesting_without_end_is_refused(void **state)
{
	size_t n = 1000000;
	char *bytes = malloc(n);

	assert_non_null(bytes);
	memset(bytes, '[', n);
	assert_refused_bytes(state, "jsonl", bytes, n, CODIST_EFORMAT,
			     "maximum parsing depth reached");
	free(bytes);
}

static void a_value_of_ten_megabytes_is_one_text(void **state)
{
	static const char head[] = "{\"label\":1,\"text\":\"";
	size_t n = 10000000, before = sizeof(head) - 1;
	char *bytes = malloc(before + n + 2);
	struct codist_dataset set;

	assert_non_null(bytes);
	memcpy(bytes, head, before);
	memset(bytes + before, 'x', n);
	memcpy(bytes + before + n, "\"}", 2);
	set = load_bytes(state, "jsonl", bytes, before + n + 2);
	assert_int_equal(set.n_samples, 1);
	assert_int_equal(set.starts[1], n);
	codist_dataset_release(&set);
	free(bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(keys_lead_to_label_and_text),
		IN_SCRATCH(dots_lead_into_nested_objects),
		IN_SCRATCH(a_text_may_have_a_nul_and_a_label_may_not),
		IN_SCRATCH(what_is_not_such_an_object_is_refused_by_line),
		IN_SCRATCH(nesting_without_end_is_refused),
		IN_SCRATCH(a_value_of_ten_megabytes_is_one_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
