/*
 * test_arff.c - rows of attributes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "loaded.h"

#define MAIL                                                             \
	"% mail\n@RELATION 'my mail'\n@attribute size NUMERIC\n"         \
	"@attribute 'the text' string\n\n@Attribute class {ham, 'a b',spam}" \
	" % of it\n@DATA\n"
#define FLOWERS                                                       \
	"@relation r\n@attribute w real\n@attribute h integer\n"      \
	"@attribute d date 'yyyy'\n@attribute kind {a,b}\n@data\n"

static void the_last_attribute_is_the_class_and_strings_are_the_text(
	void **state)
{
	struct codist_dataset set;
	static const char rows[] =
		MAIL "3, 'it\\'s, \\\"me\\\"\\t', spam\n% none\n\n"
		     "?,\"say 'x'\" ,'a b' % twice\n";

	assert_samples(state, "arff", rows,
		       SAMPLES("spam", "it's, \"me\"\t", "a b", "say 'x'"));
	/* All classes that are declared, in the order of all classes. */
	set = load_bytes(state, "arff", rows, sizeof(rows) - 1);
	assert_int_equal(set.n_classes, 3);
	assert_string_equal(set.class_names[0], "a b");
	assert_string_equal(set.class_names[1], "ham");
	codist_dataset_release(&set);
}

static void without_strings_all_other_values_are_joined(void **state)
{
	static const char rows[] = FLOWERS "1.50,2,\"2001\",b\r\n"
					   "?,-3,1999,a";

	assert_samples(state, "arff", rows,
		       SAMPLES("b", "1.50,2,2001", "a", "?,-3,1999"));
	assert_samples(state, "arff:join=none,text=kind+h", rows,
		       SAMPLES("b", "2b", "a", "-3a"));
	assert_samples(state, "arff:label=h,text=w", rows,
		       SAMPLES("2", "1.50", "-3", "?"));
	assert_samples(state, "arff:label=none,join=space", rows,
		       SAMPLES("unlabelled", "1.50 2 2001 b", "unlabelled",
			       "? -3 1999 a"));
	assert_samples(state, "arff:classes=a", rows,
		       SAMPLES("a", "?,-3,1999"));
}

static void bad_rows_are_refused_by_line(void **state)
{
	static const char nul[] = "@attribute c string\n@data\na\0b\n";

	assert_refused(state, "arff", FLOWERS "1,2,3\n",
		       "data: line 7: 3 values and then no comma, expected 4");
	assert_refused(state, "arff", FLOWERS "1,2,3,a,5\n",
		       "line 7: ',' after 4 values");
	assert_refused(state, "arff", FLOWERS "1,2,3,a,{5}\n",
		       "expected no more of them and no weight");
	assert_refused(state, "arff", FLOWERS "{0 1,3 a}\n",
		       "line 7: a sparse row");
	assert_refused(state, "arff", FLOWERS "1,2,3,c\n",
		       "'c' is none of the 2 values of attribute 'kind'");
	assert_refused(state, "arff", FLOWERS "1,2,3,?\n",
		       "the label, attribute 'kind', is missing");
	assert_refused(state, "arff", FLOWERS "1,,3,a\n",
		       "',', expected a value");
	assert_refused(state, "arff", FLOWERS "1,2,3,\n",
		       "the line ends, expected a value");
	assert_refused(state, "arff", FLOWERS "1,'2,3,a\n",
		       "line 7: a quote is not closed");
	assert_refused(state, "arff", FLOWERS "1 2 3 a\n",
		       "1 values and then no comma");
	assert_refused_bytes(state, "arff", nul, sizeof(nul) - 1,
			     CODIST_EFORMAT, "the label has a NUL byte");
	assert_refused(state, "arff", FLOWERS, "data: no samples");
}

static void bad_declarations_are_refused_by_line(void **state)
{
	static const char nul[] = "@attribute a\0b string\n";

	assert_refused(state, "arff", "", "data: the file ends, expected @data");
	assert_refused(state, "arff", "@relation x\n@data\n",
		       "line 2: @data, expected at least one @attribute");
	assert_refused(state, "arff", "1,2\n",
		       "line 1: '1', expected @relation, @attribute or @data");
	assert_refused(state, "arff", "@attribute x relational\n",
		       "attribute 'x' is of type 'relational', expected");
	assert_refused(state, "arff", "@attribute x {a b}\n",
		       "expected , or } after value 'a' of 'x'");
	assert_refused(state, "arff", "@attribute x {}\n",
		       "'}', expected a value of a nominal attribute");
	assert_refused(state, "arff", "@attribute x {a,\n", "the line ends");
	assert_refused(state, "arff", "@attribute x\n",
		       "the line ends, expected a type");
	assert_refused(state, "arff", "@attribute\n",
		       "the line ends, expected the name of an attribute");
	assert_refused(state, "arff", "@attribute 'x string\n",
		       "a quote is not closed");
	assert_refused(state, "arff",
		       "@attribute x string\n@attribute x real\n",
		       "line 2: a second attribute is named 'x'");
	assert_refused_bytes(state, "arff", nul, sizeof(nul) - 1,
			     CODIST_EFORMAT, "a NUL byte in a declaration");
	assert_refused(state, "arff:label=kin", FLOWERS "1,2,3,a\n",
		       "no attribute is named 'kin'; the last of 4 is 'kind'");
	assert_refused(state, "arff:text=w+v", FLOWERS "1,2,3,a\n",
		       "no attribute is named 'v'");
	assert_misuse(state, "arff:join=\\z", "join=\\z, expected");
	assert_misuse(state, "arff:classes=", "classes=, expected");
	assert_misuse(state, "arff:text=w++h", "text=w++h, expected");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(
			the_last_attribute_is_the_class_and_strings_are_the_text),
		IN_SCRATCH(without_strings_all_other_values_are_joined),
		IN_SCRATCH(bad_rows_are_refused_by_line),
		IN_SCRATCH(bad_declarations_are_refused_by_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
