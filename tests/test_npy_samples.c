/*
 * test_npy_samples.c - the loader npy, over files written by hand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "loaded.h"

/* The bytes of a file: version, header, data. */
struct npy {
	unsigned char bytes[512];
	size_t n;
};

static struct npy npy_of(unsigned version, const char *header,
			 const void *data, size_t nbytes)
{
	struct npy npy = { .bytes = { 0x93, 'N', 'U', 'M', 'P', 'Y',
				      (unsigned char)version, 0,
				      (unsigned char)strlen(header) } };

	npy.n = version == 1 ? 10 : 12;
	memcpy(npy.bytes + npy.n, header, strlen(header));
	npy.n += strlen(header);
	memcpy(npy.bytes + npy.n, data, nbytes);
	npy.n += nbytes;
	return npy;
}

#define HEADER(descr, shape) \
	"{'descr': '" descr "', 'fortran_order': False, 'shape': " shape ", }"

static void the_first_index_is_that_of_the_sample(void **state)
{
	struct npy npy = npy_of(1, HEADER("|u1", "(2, 1, 3)") "  \n",
				"abcdef", 6);
	struct codist_dataset set = load_bytes(state, "npy", npy.bytes, npy.n);

	assert_int_equal(set.n_samples, 2);
	assert_int_equal(set.n_classes, 1);
	assert_int_equal(set.rank, 2);
	assert_int_equal(set.dimensions[0], 1);
	assert_int_equal(set.dimensions[1], 3);
	assert_memory_equal(set.bytes, "abcdef", 6);
	assert_int_equal(set.starts[1], 3);
	codist_dataset_release(&set);
}

static void a_header_may_be_written_in_other_ways(void **state)
{
	static const char header[] =
		"{\"shape\":(4,),\"fortran_order\":False,\"descr\":\"|b1\"}";

	for (unsigned version = 1; version <= 3; version++) {
		struct npy npy = npy_of(version, header, "\0\1\1\0", 4);
		struct codist_dataset set = load_bytes(state, "npy",
						       npy.bytes, npy.n);

		assert_int_equal(set.n_samples, 4);
		assert_int_equal(set.rank, 1);
		assert_int_equal(set.dimensions[0], 1);
		assert_memory_equal(set.bytes, "\0\1\1\0", 4);
		codist_dataset_release(&set);
	}
}

/* Four samples with these labels have the classes of this text. */
static void assert_labels(void **state, const char *header, const void *data,
			  size_t nbytes, const char *expected)
{
	struct npy samples = npy_of(1, HEADER("|u1", "(4, 1)"), "abcd", 4);
	struct npy labels = npy_of(1, header, data, nbytes);
	char spec[600], found[200];
	struct codist_dataset set;
	size_t at = 0;

	put_bytes(state, "labels.npy", labels.bytes, labels.n);
	snprintf(spec, sizeof(spec), "npy:labels=%s",
		 scratch_path(state, "labels.npy"));
	set = load_bytes(state, spec, samples.bytes, samples.n);
	for (size_t i = 0; i < set.n_samples; i++)
		at += (size_t)snprintf(found + at, sizeof(found) - at, "%s ",
				       set.class_names[set.labels[i]]);
	assert_string_equal(found, expected);
	codist_dataset_release(&set);
}

static void labels_are_whole_numbers_of_any_width(void **state)
{
	assert_labels(state, HEADER("|i1", "(4,)"), "\0\x7f\x80\xff", 4,
		      "0 127 -128 -1 ");
	assert_labels(state, HEADER("|u1", "(4,)"), "\0\x7f\x80\xff", 4,
		      "0 127 128 255 ");
	assert_labels(state, HEADER("<u2", "(4,)"), "\1\0\0\1\2\0\xff\xff", 8,
		      "1 256 2 65535 ");
	assert_labels(state, HEADER(">i2", "(4,)"), "\0\1\1\0\x80\0\xff\xff",
		      8, "1 256 -32768 -1 ");
	assert_labels(state, HEADER("<i4", "(4,)"),
		      "\1\0\0\0\0\0\0\x80\xff\xff\xff\x7f\0\0\0\0", 16,
		      "1 -2147483648 2147483647 0 ");
	assert_labels(state, HEADER(">i8", "(4,)"),
		      "\0\0\0\0\0\0\0\1\x80\0\0\0\0\0\0\0"
		      "\xff\xff\xff\xff\xff\xff\xff\xfe\0\0\0\0\0\0\0\0", 32,
		      "1 -9223372036854775808 -2 0 ");
	assert_labels(state, HEADER("<u8", "(4,)"),
		      "\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x80"
		      "\xff\xff\xff\xff\xff\xff\xff\xff\0\0\0\0\0\0\0\0", 32,
		      "1 9223372036854775808 18446744073709551615 0 ");
}

static void refused(void **state, const char *loader, const char *header,
		    size_t nbytes, const char *words)
{
	static const char zeros[64];
	struct npy npy = npy_of(1, header, zeros, nbytes);

	assert_refused_bytes(state, loader, npy.bytes, npy.n, CODIST_EFORMAT,
			     words);
}

static void arrays_of_other_things_are_refused(void **state)
{
	refused(state, "npy", HEADER("<f8", "(1,)"), 8, "items of type '<f8'");
	refused(state, "npy", HEADER("|O", "(1,)"), 8, "items of type '|O'");
	refused(state, "npy", HEADER("<b2", "(1,)"), 2, "items of type '<b2'");
	refused(state, "npy", HEADER("<u2", "(2,)"), 4,
		"items of type u2, expected samples to be of unsigned bytes");
	refused(state, "npy", HEADER("|i1", "(2,)"), 2, "items of type i1");
	refused(state, "npy",
		"{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3)}", 6,
		"in Fortran's order");
	refused(state, "npy", HEADER("|u1", "()"), 1, "a single number");
	refused(state, "npy", HEADER("|u1", "(2, 0)"), 0,
		"dimension 2 of 2 is 0");
	refused(state, "npy", HEADER("|u1", "(0, 2)"), 0, "no samples");
}

static void sizes_that_do_not_fit_are_refused(void **state)
{
	refused(state, "npy", HEADER("|u1", "(2, 3)"), 5,
		"truncated: 5 bytes of data, expected 6");
	refused(state, "npy", HEADER("|u1", "(2, 3)"), 7,
		"7 bytes of data, expected 6");
	refused(state, "npy", HEADER("|u1", "(4294967296, 4294967296)"), 0,
		"overflows");
	refused(state, "npy", HEADER("|u1", "(99999999999999999999,)"), 0,
		"a header that is not");
	refused(state, "npy", HEADER("|u1", "(1,1,1,1,1,1,1,1,1,1)"), 1,
		"at most 9 dimensions");
}

static void headers_that_are_none_are_refused(void **state)
{
	static const char *const headers[] = {
		"", "{", "{}", "{'descr': '|u1'}", "[('descr', '|u1')]",
		"{'descr': '|u1', 'fortran_order': False, 'shape': (1,)",
		"{'descr': '|u1', 'fortran_order': False, 'shape': (1,)} x",
		"{'descr': '|u1', 'fortran_order': False, 'shape': (-1,)}",
		"{'descr': '|u1', 'fortran_order': 0, 'shape': (1,)}",
		"{'descr': [('a', '|u1')], 'fortran_order': False, "
		"'shape': (1,)}",
		"{'descr': '|u1', 'fortran_order': False, 'shape': (1,), "
		"'more': 1}",
	};

	for (size_t i = 0; i < sizeof(headers) / sizeof(headers[0]); i++)
		refused(state, "npy", headers[i], 1, "a header that is not");
	assert_refused(state, "npy", "", "not a NumPy file: its 0 bytes");
	assert_refused(state, "npy", "P5 1 1 255 x", "not a NumPy file");
	assert_refused_bytes(state, "npy", "\x93NUMPY\4\0\0\0\0\0", 12,
			     CODIST_EFORMAT, "version 4.0 of NumPy's format");
	assert_refused_bytes(state, "npy", "\x93NUMPY\1\0\xff\xff", 10,
			     CODIST_EFORMAT,
			     "truncated: 10 bytes, expected a header of 65545");
	assert_refused_bytes(state, "npy", "\x93NUMPY\2\0\1\0", 10,
			     CODIST_EFORMAT, "truncated");
}

static void labels_that_do_not_fit_are_refused(void **state)
{
	struct npy labels = npy_of(1, HEADER("|u1", "(3,)"), "abc", 3);
	char spec[600];

	put_bytes(state, "labels.npy", labels.bytes, labels.n);
	snprintf(spec, sizeof(spec), "npy:labels=%s",
		 scratch_path(state, "labels.npy"));
	refused(state, spec, HEADER("|u1", "(2, 3)"), 6,
		"labels.npy: 3 labels, but ");
	labels = npy_of(1, HEADER("|u1", "(2, 1)"), "abc", 2);
	put_bytes(state, "labels.npy", labels.bytes, labels.n);
	refused(state, spec, HEADER("|u1", "(2, 3)"), 6,
		"labels.npy: 2 dimensions, expected labels to have 1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(the_first_index_is_that_of_the_sample),
		IN_SCRATCH(a_header_may_be_written_in_other_ways),
		IN_SCRATCH(labels_are_whole_numbers_of_any_width),
		IN_SCRATCH(arrays_of_other_things_are_refused),
		IN_SCRATCH(sizes_that_do_not_fit_are_refused),
		IN_SCRATCH(headers_that_are_none_are_refused),
		IN_SCRATCH(labels_that_do_not_fit_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
