/*
 * test_matrix_writer.c - the texts of a matrix, and what no format can hold
 *
 * Given two paths, reads a matrix from the one and writes it to the other, for
 * matrix_against_python.sh.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h" /* for posix_openpt() */

#include <codist.h>

#include "scratch.h"

#include <fcntl.h>
#include <math.h>

/* A quote of each kind, separators, a line's end, and what is not UTF-8. */
static const char *const hostile[] = { "it's, \"a\"", "b\tc\nd\\", "\xff\x01" };
static const char *const utf8[] = { "it's, \"a\"", "b\tc\nd\\",
				    "\xc3\xa9\x01" };
static const char *const plain[] = { "a", "b c", "it's" };
static const char *const phylip[] = { "a", "a,very_long\"name", "it's" };

/*
 * The shortest decimals: 0.1 + 0.2 is 0.30000000000000004 in binary, as any
 * Python prints it, and 1/3 needs 16 digits.
 */
static const double values[3][3] = {
	{ 0, 0.1 + 0.2, 1e300 },
	{ 0.1 + 0.2, 0, 1.0 / 3 },
	{ 1e300, 1.0 / 3, 0 },
};

static void write_one(const char *path, enum codist_matrix_format format,
		      const char *const *names)
{
	struct codist_error err = { 0 };
	struct codist_matrix_writer writer;

	assert_int_equal(codist_matrix_writer_open(&writer, path, format, 3, 3,
						   names, names, &err),
			 CODIST_OK);
	/* As well in parts, of which one is empty. */
	assert_int_equal(codist_matrix_writer_write(&writer, 1, values[0],
						    &err),
			 CODIST_OK);
	assert_int_equal(codist_matrix_writer_write(&writer, 0, NULL, &err),
			 CODIST_OK);
	assert_int_equal(codist_matrix_writer_write(&writer, 2, values[1],
						    &err),
			 CODIST_OK);
	assert_int_equal(codist_matrix_writer_finish(&writer, &err),
			 CODIST_OK);
}

static void csv_is_quoted_where_it_needs_that(void **state)
{
	const char *path = scratch_path(state, "a.CSV");

	write_one(path, CODIST_MATRIX_AUTO, hostile);
	assert_contents(path,
			",\"it's, \"\"a\"\"\",\"b\tc\nd\\\",\xff\x01\n"
			"\"it's, \"\"a\"\"\",0,0.30000000000000004,1e+300\n"
			"\"b\tc\nd\\\",0.30000000000000004,0,"
			"0.3333333333333333\n"
			"\xff\x01,1e+300,0.3333333333333333,0\n");
}

static void tsv_is_quoted_where_it_needs_that(void **state)
{
	static const char *const names[] = { "a,b", "c\td", "e" };
	const char *path = scratch_path(state, "a.tsv");

	write_one(path, CODIST_MATRIX_AUTO, names);
	assert_contents(path,
			"\ta,b\t\"c\td\"\te\n"
			"a,b\t0\t0.30000000000000004\t1e+300\n"
			"\"c\td\"\t0.30000000000000004\t0\t"
			"0.3333333333333333\n"
			"e\t1e+300\t0.3333333333333333\t0\n");
}

static void phylip_has_names_of_any_length(void **state)
{
	const char *path = scratch_path(state, "a.phy");

	write_one(path, CODIST_MATRIX_AUTO, phylip);
	assert_contents(path,
			"3\n"
			"a 0 0.30000000000000004 1e+300\n"
			"a,very_long\"name 0.30000000000000004 0 "
			"0.3333333333333333\n"
			"it's 1e+300 0.3333333333333333 0\n");
}

static void nexus_has_taxa_and_distances(void **state)
{
	const char *path = scratch_path(state, "a.nex");

	write_one(path, CODIST_MATRIX_AUTO, plain);
	assert_contents(path,
			"#NEXUS\n\n"
			"BEGIN TAXA;\n"
			"\tDIMENSIONS NTAX=3;\n"
			"\tTAXLABELS\n"
			"\t\t'a'\n\t\t'b c'\n\t\t'it''s'\n\t;\n"
			"END;\n\n"
			"BEGIN DISTANCES;\n"
			"\tFORMAT TRIANGLE=BOTH DIAGONAL LABELS;\n"
			"\tMATRIX\n"
			"\t\t'a' 0 0.30000000000000004 1e+300\n"
			"\t\t'b c' 0.30000000000000004 0 0.3333333333333333\n"
			"\t\t'it''s' 1e+300 0.3333333333333333 0\n"
			"\t;\nEND;\n");
}

static void json_escapes_names(void **state)
{
	const char *path = scratch_path(state, "a.json");

	write_one(path, CODIST_MATRIX_AUTO, utf8);
	assert_contents(path,
			"{\n"
			"  \"rows\": [\"it's, \\\"a\\\"\", "
			"\"b\\u0009c\\u000ad\\\\\", "
			"\"\xc3\xa9\\u0001\"],\n"
			"  \"columns\": [\"it's, \\\"a\\\"\", "
			"\"b\\u0009c\\u000ad\\\\\", "
			"\"\xc3\xa9\\u0001\"],\n"
			"  \"values\": [\n"
			"    [0, 0.30000000000000004, 1e+300],\n"
			"    [0.30000000000000004, 0, 0.3333333333333333],\n"
			"    [1e+300, 0.3333333333333333, 0]\n"
			"  ]\n}\n");
}

static void npy_is_what_the_npy_writer_writes(void **state)
{
	char *by_matrix, *by_npy;
	size_t n, n_npy;
	struct codist_npy npy;

	write_one(scratch_path(state, "a.npy"), CODIST_MATRIX_AUTO, hostile);
	by_matrix = scratch_read(scratch_path(state, "a.npy"), &n);
	assert_int_equal(codist_npy_open(&npy, scratch_path(state, "b.npy"), 3,
					 3, NULL),
			 CODIST_OK);
	assert_int_equal(codist_npy_write(&npy, 3, values[0], NULL),
			 CODIST_OK);
	assert_int_equal(codist_npy_finish(&npy, NULL), CODIST_OK);
	by_npy = scratch_read(scratch_path(state, "b.npy"), &n_npy);
	assert_int_equal(n, n_npy);
	assert_memory_equal(by_matrix, by_npy, n);
	free(by_matrix);
	free(by_npy);
}

static void names_are_made_up_and_infinities_told(void **state)
{
	static const double rows[] = { INFINITY, -INFINITY, -0.5 };
	struct codist_error err = { 0 };
	struct codist_matrix_writer writer;
	const char *path = scratch_path(state, "open");
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs("before\n", file);
	assert_int_equal(codist_matrix_writer_attach(
				 &writer, file, "an open file",
				 CODIST_MATRIX_CSV, 1, 3, NULL, NULL, &err),
			 CODIST_OK);
	assert_int_equal(codist_matrix_writer_write(&writer, 1, rows, &err),
			 CODIST_OK);
	assert_int_equal(codist_matrix_writer_finish(&writer, &err),
			 CODIST_OK);
	assert_int_equal(codist_matrix_writer_attach(
				 &writer, file, "an open file",
				 CODIST_MATRIX_JSON, 1, 3, NULL, NULL, &err),
			 CODIST_OK);
	assert_int_equal(codist_matrix_writer_write(&writer, 1, rows, &err),
			 CODIST_OK);
	assert_int_equal(codist_matrix_writer_finish(&writer, &err),
			 CODIST_OK);
	assert_true(fputs("after\n", file) >= 0);
	fclose(file);
	assert_contents(path, "before\n,0,1,2\n0,inf,-inf,-0.5\n"
			      "{\n  \"rows\": [\"0\"],\n"
			      "  \"columns\": [\"0\", \"1\", \"2\"],\n"
			      "  \"values\": [\n"
			      "    [\"inf\", \"-inf\", -0.5]\n  ]\n}\n"
			      "after\n");
}

static const char *const twice[] = { "a", "b", "a" };
static const char *const blank[] = { "a", "b", "c d" };
static const char *const empty[] = { "a", "", "c" };
static const char *const line[] = { "a", "b\nc", "d" };
static const char *const surrogate[] = { "a", "\xed\xa0\x80", "c" };
static const char *const other[] = { "a", "b", "d" };

static void what_cannot_be_held_is_refused_at_once(void **state)
{
	static const struct {
		const char *path;
		size_t n_rows, n_columns;
		const char *const *rows, *const *columns;
		const char *message;
	} cases[] = {
		{ "a.csv", 0, 3, plain, plain,
		  "0 rows and 3 columns, expected at least one of each" },
		{ "a.csv", 3, 0, plain, plain,
		  "3 rows and 0 columns, expected at least one of each" },
		{ "a.phy", 2, 3, phylip, phylip,
		  "2 rows and 3 columns, but phylip holds square matrices "
		  "only" },
		{ "a.nex", 3, 2, plain, plain,
		  "3 rows and 2 columns, but nexus holds square matrices "
		  "only" },
		{ "a.nex", 3, 3, other, twice,
		  "row 3 is 'd' and column 3 is 'a', but nexus has one name "
		  "for both" },
		{ "a.csv", 3, 3, twice, other,
		  "the name 'a' stands for two rows or columns" },
		{ "a.json", 3, 3, other, twice,
		  "the name 'a' stands for two rows or columns" },
		{ "a.phy", 3, 3, blank, blank,
		  "the name 'c d' holds a blank, which phylip cannot hold" },
		{ "a.phy", 3, 3, empty, empty,
		  "the name '' is empty, which phylip cannot hold" },
		{ "a.phy", 3, 3, line, line,
		  "the name 'b\nc' holds a control character, which phylip" },
		{ "a.nex", 3, 3, empty, empty,
		  "the name '' is empty, which nexus cannot hold" },
		{ "a.nex", 3, 3, line, line,
		  "the name 'b\nc' holds a control character, which nexus" },
		{ "a.json", 3, 3, hostile, plain,
		  "the name '\xff\x01' is not UTF-8, which json cannot hold" },
		{ "a.json", 3, 3, plain, surrogate,
		  "the name '\xed\xa0\x80' is not UTF-8, which json cannot" },
		{ "a.xls", 3, 3, plain, plain,
		  "its ending tells no format of matrices" },
		{ "csv", 3, 3, plain, plain,
		  "its ending tells no format of matrices" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *path = scratch_path(state, cases[i].path);
		struct codist_matrix_writer writer;
		struct codist_error err = { 0 }, before = { 0 };

		assert_int_equal(codist_matrix_writer_open(
					 &writer, path, CODIST_MATRIX_AUTO,
					 cases[i].n_rows, cases[i].n_columns,
					 cases[i].rows, cases[i].columns,
					 &err),
				 CODIST_EUSAGE);
		assert_int_equal(codist_matrix_writer_check(
					 path, CODIST_MATRIX_AUTO,
					 cases[i].n_rows, cases[i].n_columns,
					 cases[i].rows, cases[i].columns,
					 &before),
				 CODIST_EUSAGE);
		assert_string_equal(before.message, err.message);
		assert_ptr_equal(strstr(err.message, path), err.message);
		if (!strstr(err.message, cases[i].message))
			fail_msg("'%s' instead of '%s'", err.message,
				 cases[i].message);
		assert_int_equal(scratch_count(state, 0), 0);
	}
}

static void what_can_be_written_is_told_without_a_trace(void **state)
{
	const char *path = scratch_path(state, "a.csv");
	struct codist_error err = { 0 };

	assert_int_equal(codist_matrix_writer_check(path, CODIST_MATRIX_AUTO, 3,
						    3, plain, NULL, &err),
			 CODIST_OK);
	path = scratch_path(state, "none/a.csv");
	assert_int_equal(codist_matrix_writer_check(path, CODIST_MATRIX_NPY, 3,
						    3, plain, plain, &err),
			 CODIST_EIO);
	assert_ptr_equal(strstr(err.message, path), err.message);
	assert_int_equal(scratch_count(state, 0), 0);
}

static void a_bad_value_is_named_and_leaves_no_file(void **state)
{
	static const struct {
		const char *path;
		double value;
		const char *message;
	} cases[] = {
		{ "a.csv", NAN, "row 2 'b c', column 1 'a': not a number" },
		{ "a.tsv", NAN, "row 2 'b c', column 1 'a': not a number" },
		{ "a.json", NAN, "row 2 'b c', column 1 'a': not a number" },
		{ "a.nex", NAN, "row 2 'b c', column 1 'a': not a number" },
		{ "a.npy", NAN, "row 2, column 1: not a number" },
		{ "a.nex", -INFINITY, "row 2 'b c', column 1 'a': infinite, "
				      "which cannot be told in nexus" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *path = scratch_path(state, cases[i].path);
		double bad[3][3] = { { 0 } };
		struct codist_matrix_writer writer;
		struct codist_error err = { 0 };

		bad[1][0] = cases[i].value;
		assert_int_equal(codist_matrix_writer_open(
					 &writer, path, CODIST_MATRIX_AUTO, 3,
					 3, plain, plain, &err),
				 CODIST_OK);
		assert_int_equal(codist_matrix_writer_write(&writer, 3, bad[0],
							    &err),
				 CODIST_EFORMAT);
		assert_ptr_equal(strstr(err.message, path), err.message);
		assert_string_equal(err.message + strlen(path) + 2,
				    cases[i].message);
		codist_matrix_writer_abandon(&writer);
		assert_int_equal(scratch_count(state, 0), 0);
	}
}

static void the_number_of_rows_must_be_as_announced(void **state)
{
	static const char *const paths[] = { "a.csv", "a.npy" };

	for (size_t i = 0; i < 2; i++) {
		const char *path = scratch_path(state, paths[i]);
		struct codist_matrix_writer writer;
		struct codist_error err = { 0 };

		assert_int_equal(codist_matrix_writer_open(
					 &writer, path, CODIST_MATRIX_AUTO, 2,
					 3, NULL, NULL, &err),
				 CODIST_OK);
		assert_int_equal(codist_matrix_writer_write(&writer, 3,
							    values[0], &err),
				 CODIST_EUSAGE);
		assert_non_null(strstr(err.message,
				       "3 rows after 0, expected 2 in all"));
		assert_int_equal(codist_matrix_writer_write(&writer, 1,
							    values[0], &err),
				 CODIST_OK);
		assert_int_equal(codist_matrix_writer_finish(&writer, &err),
				 CODIST_EIO);
		assert_non_null(strstr(err.message,
				       "1 rows written, expected 2"));
		assert_int_equal(scratch_count(state, 0), 0);
	}
}

static void a_full_disk_is_reported(void **state)
{
	static const double row[4096];
	static const enum codist_matrix_format formats[] = {
		CODIST_MATRIX_CSV,  CODIST_MATRIX_TSV,	CODIST_MATRIX_PHYLIP,
		CODIST_MATRIX_NEXUS, CODIST_MATRIX_JSON, CODIST_MATRIX_NPY,
	};

	(void)state;
	if (access("/dev/full", W_OK) != 0) {
		print_message("no /dev/full here\n");
		skip();
	}
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		struct codist_matrix_writer writer;
		struct codist_error err = { 0 };
		enum codist_status status;

		/* A large one fails while it is written, */
		assert_int_equal(codist_matrix_writer_open(
					 &writer, "/dev/full", formats[i],
					 4096, 4096, NULL, NULL, &err),
				 CODIST_OK);
		status = codist_matrix_writer_write(&writer, 1, row, &err);
		assert_int_equal(status, CODIST_EIO);
		assert_string_equal(err.message, "/dev/full: cannot write: "
						 "No space left on device");
		codist_matrix_writer_abandon(&writer);
		/* and a small one once it is flushed. */
		assert_int_equal(codist_matrix_writer_open(
					 &writer, "/dev/full", formats[i], 1,
					 1, NULL, NULL, &err),
				 CODIST_OK);
		assert_int_equal(codist_matrix_writer_write(&writer, 1, row,
							    &err),
				 CODIST_OK);
		err = (struct codist_error){ 0 };
		assert_int_equal(codist_matrix_writer_finish(&writer, &err),
				 CODIST_EIO);
		assert_string_equal(err.message, "/dev/full: cannot write: "
						 "No space left on device");
	}
}

static void npy_is_not_shown_to_a_terminal(void **state)
{
	struct codist_matrix_writer writer;
	struct codist_error err = { 0 };
	int fd = posix_openpt(O_RDWR | O_NOCTTY);
	FILE *file = fd < 0 ? NULL : fdopen(fd, "w");

	(void)state;
	if (!file || !isatty(fd)) {
		print_message("no terminal to be had here\n");
		skip();
	}
	assert_int_equal(codist_matrix_writer_attach(
				 &writer, file, "standard output",
				 CODIST_MATRIX_NPY, 1, 1, NULL, NULL, &err),
			 CODIST_EUSAGE);
	assert_string_equal(err.message, "standard output: a terminal, where "
					 "npy would be unreadable");
	assert_int_equal(codist_matrix_writer_attach(
				 &writer, file, "standard output",
				 CODIST_MATRIX_AUTO, 1, 1, NULL, NULL, &err),
			 CODIST_EUSAGE);
	fclose(file);
}

static void formats_are_found_by_their_names(void **state)
{
	static const char *const names[] = { "auto",   "csv",  "tsv",
					     "phylip", "nexus", "json",
					     "npy" };
	struct codist_error err = { 0 };
	enum codist_matrix_format format;

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		assert_int_equal(codist_matrix_format_find(&format, names[i],
							   &err),
				 CODIST_OK);
		assert_string_equal(codist_matrix_format_name(format),
				    names[i]);
	}
	assert_int_equal(codist_matrix_format_find(&format, "CSV", &err),
			 CODIST_EUSAGE);
	assert_string_equal(err.message,
			    "matrix format 'CSV': expected auto, csv, tsv, "
			    "phylip, nexus, json or npy");
}

static int convert(const char *from, const char *to)
{
	struct codist_error err = { 0 };
	struct codist_matrix matrix;

	if (codist_matrix_read(&matrix, from, CODIST_MATRIX_AUTO, &err) ||
	    codist_matrix_write(&matrix, to, CODIST_MATRIX_AUTO, &err)) {
		fprintf(stderr, "%s\n", err.message);
		return 1;
	}
	codist_matrix_release(&matrix);
	return 0;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(csv_is_quoted_where_it_needs_that),
		IN_SCRATCH(tsv_is_quoted_where_it_needs_that),
		IN_SCRATCH(phylip_has_names_of_any_length),
		IN_SCRATCH(nexus_has_taxa_and_distances),
		IN_SCRATCH(json_escapes_names),
		IN_SCRATCH(npy_is_what_the_npy_writer_writes),
		IN_SCRATCH(names_are_made_up_and_infinities_told),
		IN_SCRATCH(what_cannot_be_held_is_refused_at_once),
		IN_SCRATCH(what_can_be_written_is_told_without_a_trace),
		IN_SCRATCH(a_bad_value_is_named_and_leaves_no_file),
		IN_SCRATCH(the_number_of_rows_must_be_as_announced),
		cmocka_unit_test(a_full_disk_is_reported),
		cmocka_unit_test(npy_is_not_shown_to_a_terminal),
		cmocka_unit_test(formats_are_found_by_their_names),
	};

	if (argc > 2)
		return convert(argv[1], argv[2]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
