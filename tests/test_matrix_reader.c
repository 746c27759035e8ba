/*
 * test_matrix_reader.c - matrices as we and others write them, and bad ones
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <codist.h>

#include "matrices.h"

#include <float.h>
#include <math.h>

static const char *const abc[] = { "a", "b", "c" };

/* All the texts of good[] below mean this. */
static const double distances[] = { 0, 1, 2.5, 1, 0, 3, 2.5, 3, 0 };

static const struct {
	const char *name, *text;
} good[] = {
	{ "a.csv", ",a,b,c\na,0,1,2.5\nb,1,0,3\nc,2.5,3,0\n" },
	/* A mark of UTF-8, CR LF, quotes, blanks, a corner, no last end. */
	{ "a.csv", "\xef\xbb\xbf" "x y,\"a\",b,c\r\n\"a\", 0 ,1,2.50\r\n"
		   "b,+1,\"0\",3e0\r\n\r\nc,25e-1,3.,-0" },
	{ "a.tsv", "\ta\tb\tc\na\t0\t1\t2.5\nb\t1\t0\t3\nc\t2.5\t3\t0\n" },
	{ "a.phy", "3\na 0 1 2.5\nb 1 0 3\nc 2.5 3 0\n" },
	/* Names of ten characters, rows that go on. */
	{ "a.phy", "    3\r\na         0.0 1\r\n 2.5\r\n"
		   "b         1.0000 0.0 3.0\r\n\r\n"
		   "c         \r\n 2.5\r\n   3 0\r\n\r\n" },
	{ "a.phy", "3\na\nb 1\nc 2.5 3\n" },
	{ "a.phy", "3\na 0\nb 1 0\nc 2.5 3 0" },
	{ "a.nex", "#NEXUS\nBegin taxa;\n dimensions ntax = 3;\n"
		   " taxlabels a [a comment [within]] 'b' c;\nend;\n"
		   "begin trees; tree t = (a,(b,c)); end;\n"
		   "begin distances;\n format nodiagonal;\n"
		   " matrix a\n b 1\n c 2.5 3;\nend;\n" },
	{ "a.nex", "#nexus begin distances; title 'it''s';\n"
		   " dimensions newtaxa ntax=3 nchar=5;\n"
		   " format missing=? triangle=upper labels=left diagonal;\n"
		   " matrix [1] 'a' 0 1 2.5 [2] 'b' 0 3 [3] 'c' 0\n;\nend;" },
	{ "a.nex", "#NEXUS BEGIN TAXA; DIMENSIONS NTAX=3; TAXLABELS a b c;"
		   "ENDBLOCK; BEGIN DISTANCES; FORMAT NOLABELS "
		   "TRIANGLE=BOTH NODIAGONAL; MATRIX 1 2.5 1 3 2.5 3; END;" },
	{ "a.nex", "#NEXUS BEGIN TAXA; DIMENSIONS NTAX=3; TAXLABELS a b c;"
		   "END; BEGIN DISTANCES; FORMAT LABELS=NO "
		   "TRIANGLE=UPPER NODIAGONAL; MATRIX 1 2.5 3; END;" },
	/* Three taxa of four. */
	{ "a.nex", "#NEXUS BEGIN TAXA; DIMENSIONS NTAX=4; TAXLABELS a x b c;"
		   "END; BEGIN DISTANCES; DIMENSIONS NTAX=3; "
		   "FORMAT NODIAGONAL; MATRIX a b 1 c 2.5 3; END;" },
	{ "a.json", "{\"rows\": [\"a\", \"b\", \"c\"], \"more\": null,\n"
		    " \"values\": [[0, 1, \"2.5\"], [1.0, 0, 3],"
		    " [25e-1, 3, 0]]}" },
};

static void it_is_what_the_text_says(void **state)
{
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct codist_matrix matrix;
		struct codist_error err = { 0 };
		const char *path = scratch_path(state, good[i].name);

		put_text(path, good[i].text);
		if (codist_matrix_read(&matrix, path, CODIST_MATRIX_AUTO,
				       &err) != CODIST_OK)
			fail_msg("%s: %s", good[i].text, err.message);
		assert_matrix(&matrix, 3, 3, abc, abc, distances);
		assert_int_equal(codist_matrix_check_distances(&matrix, &err),
				 CODIST_OK);
		codist_matrix_release(&matrix);
	}
}

static void the_beginning_tells_what_no_ending_does(void **state)
{
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct codist_matrix matrix;
		struct codist_error err = { 0 };
		const char *path = scratch_path(state, "distances");

		put_text(path, good[i].text);
		if (codist_matrix_read(&matrix, path, CODIST_MATRIX_AUTO,
				       &err) != CODIST_OK)
			fail_msg("%s: %s", good[i].text, err.message);
		assert_matrix(&matrix, 3, 3, abc, abc, distances);
		codist_matrix_release(&matrix);
	}
}

/* A name of just ten characters may touch the first value, and have blanks. */
static void strict_phylip_names_may_hold_blanks(void **state)
{
	static const char *const names[] = { "Homo sapie", "Pan", "Mus m." };
	const char *path = scratch_path(state, "a.phy");
	struct codist_error err = { 0 };
	struct codist_matrix matrix;

	put_text(path, "3\nHomo sapie0.0 1 2.5\nPan       1 0 3\n"
		       "Mus m.    2.5 3.0 0.0\n");
	assert_int_equal(codist_matrix_read(&matrix, path, CODIST_MATRIX_AUTO,
					    &err),
			 CODIST_OK);
	assert_matrix(&matrix, 3, 3, names, names, distances);
	codist_matrix_release(&matrix);
}

static const char *const hostile[] = {
	"it's, \"a\"", "b\tc\nd\r\n\\", "\xc3\xa9 ", "", "#NEXUS", "0",
	"[x];='y'",
};

/*
 * Numbers that are hard to read back: not to be had in 15 digits, the least
 * and the greatest, and infinities. Rows that look like a header.
 */
static void what_was_written_is_read_back(void **state)
{
	static const double values[2][7] = {
		{ 0.1 + 0.2, 1.0 / 3, DBL_MAX, DBL_MIN, 5e-324, -0.0, 1e22 },
		{ INFINITY, -INFINITY, -1e-7, 123456789.123456789, 1, 2, 3 },
	};
	static const char *const paths[] = { "a.csv", "a.tsv", "a.json" };

	for (size_t i = 0; i < 3; i++) {
		const char *path = scratch_path(state, paths[i]);
		struct codist_matrix matrix, again;
		struct codist_error err = { 0 };

		assert_int_equal(codist_matrix_init(&matrix, 2, 7, hostile,
						    hostile, &err),
				 CODIST_OK);
		memcpy(matrix.values, values, sizeof(values));
		assert_int_equal(codist_matrix_write(&matrix, path,
						     CODIST_MATRIX_AUTO, &err),
				 CODIST_OK);
		if (codist_matrix_read(&again, path, CODIST_MATRIX_AUTO, &err))
			fail_msg("%s", err.message);
		assert_matrix(&again, 2, 7, hostile, hostile, values[0]);
		assert_true(signbit(again.values[5]));
		codist_matrix_release(&matrix);
		codist_matrix_release(&again);
	}
}

/* What a format cannot hold is refused, as test_matrix_writer.c shows. */
static void distances_are_read_back(void **state)
{
	static const char *const of_phylip[] = { "it's,\"a\"", "\xff", "3" };
	static const char *const of_nexus[] = { "it's ;[", " \xff]", "a=_b" };
	static const struct {
		const char *path;
		const char *const *names;
	} cases[] = {
		{ "a.phy", of_phylip }, { "a.nex", of_nexus },
	};

	for (size_t i = 0; i < 2; i++) {
		const char *path = scratch_path(state, cases[i].path);
		const char *const *names = cases[i].names;
		struct codist_matrix matrix, again;
		struct codist_error err = { 0 };

		assert_int_equal(codist_matrix_init(&matrix, 3, 3, names,
						    names, &err),
				 CODIST_OK);
		memcpy(matrix.values, distances, sizeof(distances));
		matrix.values[1] = 0.1 + 0.2; /* it need not be symmetric */
		assert_int_equal(codist_matrix_write(&matrix, path,
						     CODIST_MATRIX_AUTO, &err),
				 CODIST_OK);
		if (codist_matrix_read(&again, path, CODIST_MATRIX_AUTO, &err))
			fail_msg("%s", err.message);
		assert_matrix(&again, 3, 3, names, names, matrix.values);
		codist_matrix_release(&matrix);
		codist_matrix_release(&again);
	}
}

/* 1.5 is 0x3ff8000000000000 and 0x3fc00000; -2 is 0xc000... in both. */
static void npy_of_either_size_and_order_is_read(void **state)
{
	static const char *const numbers[] = { "0", "1" };
	static const double values[] = { 1.5, -2 };
	static const struct {
		const char *descr, *bytes;
		size_t nbytes;
	} cases[] = {
		{ "<f8", "\0\0\0\0\0\0\xf8\x3f\0\0\0\0\0\0\0\xc0", 16 },
		{ ">f8", "\x3f\xf8\0\0\0\0\0\0\xc0\0\0\0\0\0\0\0", 16 },
		{ "<f4", "\0\0\xc0\x3f\0\0\0\xc0", 8 },
		{ ">f4", "\x3f\xc0\0\0\xc0\0\0\0", 8 },
	};

	for (size_t i = 0; i < 4; i++)
		for (int version = 1; version <= 2; version++) {
			const char *path = scratch_path(state, "a.npy");
			char bytes[128] = "\x93NUMPY";
			size_t prefix = version == 1 ? 10 : 12;
			struct codist_error err = { 0 };
			struct codist_matrix matrix;
			int n;

			n = snprintf(bytes + prefix, 80,
				     "{'shape': (1, 2), \"descr\":'%s',"
				     "'fortran_order' : False}  \n",
				     cases[i].descr);
			bytes[6] = (char)version;
			bytes[8] = (char)n;
			memcpy(bytes + prefix + n, cases[i].bytes,
			       cases[i].nbytes);
			put_bytes(path, bytes,
				  prefix + (size_t)n + cases[i].nbytes);
			if (codist_matrix_read(&matrix, path,
					       CODIST_MATRIX_AUTO, &err))
				fail_msg("%s", err.message);
			assert_matrix(&matrix, 1, 2, numbers, numbers, values);
			codist_matrix_release(&matrix);
		}
}

#define TAXA(n) "#NEXUS BEGIN TAXA; DIMENSIONS NTAX=" n ";"
#define ABC TAXA("3") "TAXLABELS a b c; END; BEGIN DISTANCES; "

static const struct {
	const char *name, *text, *message;
} bad[] = {
	{ "a.csv", "", "empty" },
	{ "a.csv", "\n\n", "empty" },
	{ "a.csv", "a\n", "0 rows and 0 columns, expected at least one" },
	{ "a.csv", ",a,b\n", "0 rows and 2 columns, expected at least one" },
	{ "a.csv", ",a,b\na,0\n", "line 2: 1 values after the row's name, "
				  "expected 2, as many as the header names" },
	{ "a.csv", ",a,b\na,0,1\nb,1,0,2\n",
	  "line 3: 3 values after the row's name, expected 2" },
	{ "a.csv", ",a,b\na,0,x\nb,1,0\n", "line 2: 'x', expected a number" },
	{ "a.csv", ",a,b\na,0,\nb,1,0\n", "line 2: '', expected a number" },
	{ "a.csv", ",a,b\na,0,nan\nb,1,0\n",
	  "line 2: 'nan', expected a number" },
	{ "a.csv", ",a,b\na,0,0x1p3\nb,1,0\n",
	  "line 2: '0x1p3', expected a number" },
	{ "a.csv", ",a,b\na,0,1e999\nb,1,0\n",
	  "line 2: '1e999', expected a number" },
	{ "a.csv", ",a,b\na,0,\"1\"2\nb,1,0\n",
	  "line 2: a closing quote is followed by more than the field's end" },
	{ "a.csv", ",a,b\na,0,1\n\"b\n\n,1,0\n",
	  "line 3: a quote is not closed" },
	{ "a.csv", ",a,b\na,0,1\na,1,0\n",
	  "the rows 1 and 2 are both named 'a', expected names that differ" },
	{ "a.csv", ",a,b,a\na,0,1,2\n",
	  "the columns 1 and 3 are both named 'a', expected names that "
	  "differ" },
	{ "a.tsv", "\ta,b\na,0,1\n", "line 2: 0 values after the row's name, "
				     "expected 1" },
	{ "a.phy", "", "empty" },
	{ "a.phy", "a 0 1\nb 1 0\n",
	  "line 1: 'a 0 1', expected the number of rows" },
	{ "a.phy", "0\n", "line 1: '0', expected the number of rows" },
	{ "a.phy", "-1\n", "line 1: '-1', expected the number of rows" },
	{ "a.phy", "99999999999999999999\n",
	  "line 1: '99999999999999999999', expected the number of rows" },
	{ "a.phy", "2 x\n", "line 1: '2 x', expected the number of rows" },
	{ "a.phy", "9999999999999999\na 0 1\nb 1 0\n",
	  "line 2: 2 values after the name 'a', expected 9999999999999999 as "
	  "in a square, or none or one as in a triangle" },
	{ "a.phy", "999999999999999\na\nb 1\n",
	  "truncated: 2 rows, expected the 999999999999999 that the first "
	  "line tells" },
	{ "a.phy", "3\na 0 1 2\nb 1 0 3\n",
	  "truncated: 2 rows, expected the 3 that the first line tells" },
	{ "a.phy", "2\na 0 1\nb 1 0\nc 1 2\n",
	  "line 4: 'c' goes beyond the 2 rows that the first line tells" },
	{ "a.phy", "2\na 0 1\nb 1\n",
	  "line 3: 1 values after the name 'b', expected 2 as in a square" },
	{ "a.phy", "3\na\nb 1\n\nc 1 2 0\n",
	  "line 5: 3 values after the name 'c', expected 2 as in a lower "
	  "triangle" },
	{ "a.phy", "2\na 0 1\nb x 0\n", "line 3: 'x', expected a number" },
	{ "a.phy", "2\na 0 1\nb nan 0\n",
	  "line 3: a value of 'b' is 'nan', expected a number" },
	{ "a.phy", "2\n a 0 1\n b 1 0\n",
	  "line 2: begins with a blank, expected a name" },
	{ "a.phy", "2\na 0 1\na 1 0\n", "the rows 1 and 2 are both named 'a'" },
	{ "a.nex", "", "truncated: expected #NEXUS" },
	{ "a.nex", "a 0 1", "line 1: 'a', expected #NEXUS" },
	{ "a.nex", "#NEXUS\n", "has no block DISTANCES with a MATRIX" },
	{ "a.nex", TAXA("2") "END;", "has no block DISTANCES with a MATRIX" },
	{ "a.nex", "#NEXUS\nEND;", "line 2: 'END', expected BEGIN" },
	{ "a.nex", "#NEXUS\n[", "line 2: a comment is not closed" },
	{ "a.nex", "#NEXUS\n\n'", "line 3: a quote is not closed" },
	{ "a.nex", TAXA("x"), "line 1: 'x', expected a number of taxa" },
	{ "a.nex", TAXA("0"), "line 1: '0', expected a number of taxa" },
	{ "a.nex", TAXA("3") "\nTAXLABELS a b;",
	  "line 2: 2 labels of taxa, expected NTAX, which is 3" },
	{ "a.nex", "#NEXUS BEGIN DISTANCES; MATRIX a 0; END;",
	  "line 1: MATRIX, expected DIMENSIONS NTAX=... before it" },
	{ "a.nex", "#NEXUS BEGIN DISTANCES; DIMENSIONS NTAX=1; FORMAT "
		   "NOLABELS;\nMATRIX 0; END;",
	  "line 2: a matrix without labels, expected TAXLABELS before it" },
	{ "a.nex", ABC "FORMAT INTERLEAVE;",
	  "line 1: 'INTERLEAVE', expected a matrix that is not interleaved" },
	{ "a.nex", ABC "FORMAT TRIANGLE=LEFT;",
	  "line 1: 'LEFT', expected LOWER, UPPER or BOTH" },
	{ "a.nex", ABC "FORMAT LABELS=RIGHT;",
	  "line 1: 'RIGHT', expected LEFT or NO" },
	{ "a.nex", ABC "MATRIX a 0\nb 1 0\nx 1 2 0; END;",
	  "line 3: 'x', expected a label that is among the TAXLABELS" },
	{ "a.nex", ABC "MATRIX a 0\nb 1 ?\nc 1 2 0; END;",
	  "line 2: '?', expected a number" },
	{ "a.nex", ABC "MATRIX a 0\nb 1 0\nc 1 2; END;",
	  "line 3: ';', expected another value" },
	{ "a.nex", ABC "MATRIX a 0\nb 1 0; END;",
	  "line 2: ';', expected the label of another row" },
	{ "a.nex", ABC "MATRIX a 0\nb 1 0\nc 1 2 0 4; END;",
	  "line 3: '4', expected ';' after all rows" },
	{ "a.nex", ABC "MATRIX a 0\nb 1 0\nc 1 2", "truncated: expected "
						   "another value" },
	{ "a.nex", ABC "MATRIX a 0\nb 1 0\nb 1 2 0;",
	  "the rows 2 and 3 are both named 'b'" },
	{ "a.nex", TAXA("2") "TAXLABELS a b; END; BEGIN DISTANCES; DIMENSIONS "
		   "NTAX=3; FORMAT NODIAGONAL;\nMATRIX a b 1 c 1 1; END;",
	  "line 2: a matrix of NTAX=3 taxa, expected at most 2, as many as "
	  "there are TAXLABELS" },
	{ "a.nex", TAXA("2") "TAXLABELS a b; DIMENSIONS NTAX=4; END;\nBEGIN "
		   "DISTANCES; FORMAT NOLABELS;\nMATRIX 0 1 0 1 1 0; END;",
	  "line 3: a matrix of NTAX=4 taxa, expected 2, as many as there are "
	  "TAXLABELS" },
	{ "a.nex", ABC "DIMENSIONS NTAX=2; FORMAT NOLABELS; MATRIX 0 1 0; END;",
	  "line 1: a matrix of NTAX=2 taxa, expected 3, as many as there are "
	  "TAXLABELS" },
	{ "a.json", "", "empty" },
	{ "a.json", "{\"rows\": [\"a\"],\n\"values\": [[0]", "line 2: " },
	{ "a.json", "[[0]]", "an array, expected an object with \"rows\"" },
	{ "a.json", "{}", "\"rows\" is missing or no array" },
	{ "a.json", "{\"rows\": [1], \"values\": [[0]]}",
	  "rows[0] is no string" },
	{ "a.json", "{\"rows\": [\"a\"], \"columns\": \"a\"}",
	  "\"columns\" is missing or no array" },
	{ "a.json", "{\"rows\": [\"a\"]}", "\"values\" is missing or no "
					   "array" },
	{ "a.json", "{\"rows\": [\"a\", \"b\"], \"values\": [[0, 1]]}",
	  "1 rows of values, expected 2, as many as \"rows\" names" },
	{ "a.json", "{\"rows\": [\"a\", \"b\"], \"values\": [[0, 1], [0]]}",
	  "values[1] has 1 values, expected 2" },
	{ "a.json", "{\"rows\": [\"a\"], \"values\": [[null]]}",
	  "values[0][0] is no number" },
	{ "a.json", "{\"rows\": [\"a\"], \"values\": [[\"nan\"]]}",
	  "values[0][0] is no number" },
	{ "a.json", "{\"rows\": [\"a\"], \"rows\": [\"b\"]}", "line 1: " },
	{ "a.json", "{\"rows\": [\"a\", \"a\"], \"values\": [[0, 1], [1, 0]]}",
	  "the rows 1 and 2 are both named 'a'" },
	{ "a.json", "{\"rows\": [], \"values\": []}",
	  "0 rows and 0 columns, expected at least one of each" },
	{ "a.npy", "", "empty" },
	{ "a.npy", "\x93NUM", "truncated: ends within its header" },
	{ "a.npy", ",a,b,c,d", "no NumPy file: does not begin with" },
	{ "a.npy", "\x93NUMPY\x09 ", "version 9 of NumPy files, expected 1, 2 "
				     "or 3" },
};

static void bad_input_is_told_where_it_is(void **state)
{
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		const char *path = scratch_path(state, bad[i].name);
		struct codist_error err = { 0 };
		struct codist_matrix matrix;

		put_text(path, bad[i].text);
		if (codist_matrix_read(&matrix, path, CODIST_MATRIX_AUTO,
				       &err) != CODIST_EFORMAT)
			fail_msg("taken: %s", bad[i].text);
		assert_ptr_equal(strstr(err.message, path), err.message);
		if (strncmp(err.message + strlen(path) + 2, bad[i].message,
			    strlen(bad[i].message)) != 0)
			fail_msg("'%s' instead of '%s' of %s", err.message,
				 bad[i].message, bad[i].text);
		assert_null(matrix.values);
		assert_null(matrix.row_names);
	}
}

static void a_nul_byte_is_in_no_name_or_number(void **state)
{
	static const struct {
		const char *name, *bytes;
		size_t nbytes;
	} cases[] = {
		{ "a.csv", ",a\na\0b,0\n", 9 },
		{ "a.csv", ",a\nb,0\0\n", 8 },
		{ "a.phy", "1\na\0b 0\n", 8 },
		{ "a.phy", "1\0x\na 0\n", 8 },
		{ "a.phy", "1 \0\na 0\n", 8 },
		{ "a.nex", "#NEXUS BEGIN DISTANCES; DIMENSIONS NTAX=1; "
			   "MATRIX a\0b 0;", 56 },
		{ "a.nex", "#NEXUS BEGIN TAXA; DIMENSIONS NTAX=1; "
			   "TAXLABELS a\0b; END; BEGIN DISTANCES; "
			   "FORMAT NOLABELS; MATRIX 0; END;", 106 },
		{ "a.nex", "#NEXUS BEGIN DISTANCES; DIMENSIONS NTAX=1\0x; "
			   "MATRIX a 0; END;", 61 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *path = scratch_path(state, cases[i].name);
		struct codist_matrix matrix;

		put_bytes(path, cases[i].bytes, cases[i].nbytes);
		assert_int_equal(codist_matrix_read(&matrix, path,
						    CODIST_MATRIX_AUTO, NULL),
				 CODIST_EFORMAT);
	}
}

static void bad_arrays_are_refused(void **state)
{
	static const struct {
		const char *header, *message;
		size_t nbytes; /* of zeros that follow */
	} cases[] = {
		{ "{'descr': '<i8', 'fortran_order': False, 'shape': (1, 1)}",
		  "an array of '<i8', expected <f8, >f8, <f4 or >f4", 8 },
		{ "{'descr': '<f8', 'fortran_order': True, 'shape': (1, 1)}",
		  "an array in Fortran order, expected rows first", 8 },
		{ "{'descr': '<f8', 'fortran_order': False, 'shape': (1,)}",
		  "an array of 1 dimensions, expected 2", 8 },
		{ "{'descr': '<f8', 'fortran_order': False, 'shape': ()}",
		  "an array of 0 dimensions, expected 2", 8 },
		{ "{'descr': '<f8', 'fortran_order': False, "
		  "'shape': (1, 1, 1)}",
		  "an array of 3 dimensions, expected 2", 8 },
		{ "{'descr': '<f8', 'fortran_order': False, 'shape': (0, 1)}",
		  "0 rows and 1 columns, expected at least one of each", 0 },
		{ "{'descr': '<f8', 'fortran_order': False, "
		  "'shape': (4294967296, 4294967296)}",
		  "4294967296 rows and 4294967296 columns are more than "
		  "memory can hold", 8 },
		{ "{'descr': '<f8', 'fortran_order': False, "
		  "'shape': (99999999999999999999999, 2)}",
		  "18446744073709551615 rows and 2 columns are more than", 8 },
		{ "{'descr': '<f8', 'fortran_order': False, "
		  "'shape': (1000000, 1000000)}",
		  "truncated: ends within its values", 800 },
		{ "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 1)}",
		  "truncated: ends within its values", 15 },
		{ "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 1)}",
		  "goes on after 2 rows and 1 columns", 17 },
		{ "{'descr': '<f8', 'shape': (2, 1)}",
		  "its header is none of NumPy's", 16 },
		{ "{'descr': [('a', '<f8')], 'fortran_order': False, "
		  "'shape': (1, 1)}",
		  "its header is none of NumPy's", 8 },
		{ "{'descr': '<f8', 'fortran_order': False, 'shape': (-1, 1)}",
		  "its header is none of NumPy's", 8 },
		{ "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1)",
		  "its header is none of NumPy's", 8 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *path = scratch_path(state, "a.npy");
		size_t n = strlen(cases[i].header);
		char bytes[1024] = "\x93NUMPY\x01";
		struct codist_error err = { 0 };
		struct codist_matrix matrix;

		bytes[8] = (char)n;
		memcpy(bytes + 10, cases[i].header, n);
		put_bytes(path, bytes, 10 + n + cases[i].nbytes);
		assert_int_equal(codist_matrix_read(&matrix, path,
						    CODIST_MATRIX_AUTO, &err),
				 CODIST_EFORMAT);
		if (!strstr(err.message, cases[i].message))
			fail_msg("'%s' instead of '%s'", err.message,
				 cases[i].message);
	}
}

static void what_cannot_be_read_is_told(void **state)
{
	struct codist_error err = { 0 };
	struct codist_matrix matrix;

	assert_int_equal(codist_matrix_read(&matrix,
					    scratch_path(state, "none.csv"),
					    CODIST_MATRIX_AUTO, &err),
			 CODIST_EIO);
	assert_non_null(strstr(err.message, "none.csv: cannot read: No such "
					    "file or directory"));
	/* It can be opened, but not read. */
	for (int format = CODIST_MATRIX_AUTO; format <= CODIST_MATRIX_NPY;
	     format++) {
		err = (struct codist_error){ 0 };
		assert_int_equal(codist_matrix_read(
					 &matrix, scratch_path(state, ""),
					 (enum codist_matrix_format)format,
					 &err),
				 CODIST_EIO);
		assert_non_null(strstr(err.message,
				       "cannot read: Is a directory"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(it_is_what_the_text_says),
		IN_SCRATCH(the_beginning_tells_what_no_ending_does),
		IN_SCRATCH(strict_phylip_names_may_hold_blanks),
		IN_SCRATCH(what_was_written_is_read_back),
		IN_SCRATCH(distances_are_read_back),
		IN_SCRATCH(npy_of_either_size_and_order_is_read),
		IN_SCRATCH(bad_input_is_told_where_it_is),
		IN_SCRATCH(a_nul_byte_is_in_no_name_or_number),
		IN_SCRATCH(bad_arrays_are_refused),
		IN_SCRATCH(what_cannot_be_read_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
