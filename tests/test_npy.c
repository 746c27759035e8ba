/*
 * test_npy.c - the bytes of a NumPy file, and how many rows it must have
 *
 * Given a path, writes the matrix for npy_against_numpy.sh there instead.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <codist.h>

#include "scratch.h"

#include <math.h>

/*
 * numpy.lib.format, version 1.0, by hand: 6 bytes of magic, 2 of version, 2 of
 * length (little-endian), and a dictionary of 59 characters for a one-digit
 * shape. 10 + 59 + the newline = 70, so padding reaches 128: 118 = 0x76 bytes
 * after the first 10, of which 118 - 59 - 1 = 58 are blanks.
 */
static void the_header_is_that_of_the_format(void **state)
{
	static const char prefix[] = "\x93NUMPY\x01\x00\x76";
	static const char dictionary[] = "{'descr': '<f8', 'fortran_order': "
					 "False, 'shape': (2, 1), }";
	/* 1.0 has the exponent 1023 = 0x3ff; -2.0 the sign and 1024. */
	static const unsigned char data[] = {
		0, 0, 0, 0, 0, 0, 0xf0, 0x3f,
		0, 0, 0, 0, 0, 0, 0x00, 0xc0,
	};
	const char *path = scratch_path(state, "a.npy");
	double rows[] = { 1.0, -2.0 };
	struct codist_error err = { 0 };
	struct codist_npy npy;
	size_t nbytes;
	char *bytes;

	assert_int_equal(codist_npy_open(&npy, path, 2, 1, &err), CODIST_OK);
	assert_int_equal(codist_npy_write(&npy, 2, rows, &err), CODIST_OK);
	assert_int_equal(codist_npy_finish(&npy, &err), CODIST_OK);
	bytes = scratch_read(path, &nbytes);
	assert_int_equal(nbytes, 128 + 16);
	assert_memory_equal(bytes, prefix, 10);
	assert_int_equal(strlen(dictionary), 59);
	assert_memory_equal(bytes + 10, dictionary, 59);
	for (size_t i = 10 + 59; i < 127; i++)
		assert_int_equal(bytes[i], ' ');
	assert_int_equal(bytes[127], '\n');
	assert_memory_equal(bytes + 128, data, 16);
	free(bytes);
}

/* 59 - 2 + 2 * 20 = 97 characters: still 128 bytes with all around them. */
static void the_widest_shape_has_a_header(void **state)
{
	const char *path = scratch_path(state, "a.npy");
	struct codist_error err = { 0 };
	struct codist_npy npy;
	char *bytes;

	assert_int_equal(codist_npy_open(&npy, path, SIZE_MAX, SIZE_MAX,
					 &err),
			 CODIST_OK);
	fflush(npy.output.file);
	bytes = scratch_read(npy.output.temporary, NULL);
	assert_int_equal(strlen(bytes + 10), 118);
	assert_int_equal(bytes[127], '\n');
	free(bytes);
	codist_npy_abandon(&npy);
	assert_int_equal(scratch_count(state, 0), 0);
}

static void the_wrong_number_of_rows_is_refused(void **state)
{
	static const size_t written[] = { 2, 4 };
	double rows[8] = { 0 };

	for (size_t i = 0; i < 2; i++) {
		const char *path = scratch_path(state, "a.npy");
		struct codist_error err = { 0 };
		struct codist_npy npy;

		assert_int_equal(codist_npy_open(&npy, path, 3, 2, &err),
				 CODIST_OK);
		assert_int_equal(codist_npy_write(&npy, written[i], rows,
						  &err),
				 CODIST_OK);
		assert_int_equal(codist_npy_finish(&npy, &err), CODIST_EIO);
		assert_non_null(strstr(err.message, "expected 3"));
		assert_non_null(strstr(err.message, path));
		assert_int_equal(scratch_count(state, 0), 0);
	}
}

static void a_failed_write_is_reported(void **state)
{
	static const double rows[4096];
	struct codist_error err = { 0 };
	struct codist_npy npy;

	(void)state;
	if (access("/dev/full", W_OK) != 0) {
		print_message("no /dev/full here\n");
		skip();
	}
	assert_int_equal(codist_npy_open(&npy, "/dev/full", 1, 4096, &err),
			 CODIST_OK);
	assert_int_equal(codist_npy_write(&npy, 1, rows, &err), CODIST_EIO);
	assert_string_equal(err.message, "/dev/full: cannot write: "
					 "No space left on device");
	codist_npy_abandon(&npy);
}

/* 700 rows of sqrt(0), sqrt(1)..., and an infinity, given in unequal parts. */
static int write_for_numpy(const char *path)
{
	static double rows[700][3];
	struct codist_error err = { 0 };
	struct codist_npy npy;

	for (size_t i = 0; i < 700 * 3; i++)
		rows[i / 3][i % 3] = sqrt((double)i);
	rows[699][2] = -INFINITY;
	if (codist_npy_open(&npy, path, 700, 3, &err) ||
	    codist_npy_write(&npy, 1, rows[0], &err) ||
	    codist_npy_write(&npy, 0, NULL, &err) ||
	    codist_npy_write(&npy, 699, rows[1], &err) ||
	    codist_npy_finish(&npy, &err)) {
		fprintf(stderr, "%s\n", err.message);
		return 1;
	}
	return 0;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(the_header_is_that_of_the_format),
		IN_SCRATCH(the_widest_shape_has_a_header),
		IN_SCRATCH(the_wrong_number_of_rows_is_refused),
		cmocka_unit_test(a_failed_write_is_reported),
	};

	if (argc > 1)
		return write_for_numpy(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
